-- mandate_of_holder_in_force: one
-- in  place id, holder id, today day
-- out id id, version int, name text, organisation text
select m.mandate_id, m.version, m.holder_name, v.organisation
  from mandate m
  join mandate_version v on v.place_id = m.place_id and v.mandate_id = m.mandate_id and v.version = m.version
 where m.place_id = :place and m.holder_id = :holder and m.version > 0 and m.ended_at is null
   and v.starts <= :today and v.ends >= :today
 order by v.in_force_at desc
 limit 1;

-- mandate_one_in_force: one
-- in  place id, id id, holder id, today day
-- out version int, name text, organisation text
select m.version, m.holder_name, v.organisation
  from mandate m
  join mandate_version v on v.place_id = m.place_id and v.mandate_id = m.mandate_id and v.version = m.version
 where m.place_id = :place and m.mandate_id = :id and m.holder_id = :holder and m.ended_at is null
   and v.starts <= :today and v.ends >= :today;

-- mandates_in_force: many 50
-- Who works here, on whose assignment.
-- in  place id, today day
-- out id id, holder text, version int, commissioner text, organisation text, purpose text, ends day
select m.mandate_id, m.holder_name, m.version, v.commissioner, v.organisation, v.purpose, v.ends
  from mandate m
  join mandate_version v on v.place_id = m.place_id and v.mandate_id = m.mandate_id and v.version = m.version
 where m.place_id = :place and m.ended_at is null and v.starts <= :today and v.ends >= :today
 order by m.holder_name, m.mandate_id
 limit 50;

-- mandates_of_holder: many 50
-- in  place id, holder id
-- out id id, version int, newest int, commissioner text, purpose text, starts day, ends day, ended moment?
select m.mandate_id, m.version, v.version, v.commissioner, v.purpose, v.starts, v.ends, m.ended_at
  from mandate m
  join mandate_version v on v.place_id = m.place_id and v.mandate_id = m.mandate_id
   and v.version = (select max(n.version) from mandate_version n
                     where n.place_id = m.place_id and n.mandate_id = m.mandate_id)
 where m.place_id = :place and m.holder_id = :holder
 order by m.created_at desc
 limit 50;

-- mandate_by_id: one
-- in  place id, id id
-- out holder id, name text, version int, ended moment?
select holder_id, holder_name, version, ended_at from mandate where place_id = :place and mandate_id = :id;

-- mandate_version_get: one
-- in  place id, id id, version int
-- out commissioner text, organisation text, purpose text, can_do text, cannot_do text, what_i_do text, reads_along text, starts day, ends day, in_force moment?
select commissioner, organisation, purpose, can_do, cannot_do, what_i_do, reads_along, starts, ends, in_force_at
  from mandate_version where place_id = :place and mandate_id = :id and version = :version;

-- mandate_newest_version: one
-- in  place id, id id
-- out version int
select max(version) from mandate_version where place_id = :place and mandate_id = :id;

-- mandate_add: do
-- in  place id, id id, holder id, name text, now moment
insert into mandate (place_id, mandate_id, holder_id, holder_name, version, created_at)
values (:place, :id, :holder, :name, 0, :now);

-- mandate_draft_drop: do
-- in  place id, id id, version int
delete from mandate_version
 where place_id = :place and mandate_id = :id and version = :version and in_force_at is null;

-- mandate_draft_add: do
-- in  place id, id id, version int, commissioner text, organisation text, purpose text, can_do text, cannot_do text, what_i_do text, reads_along text, starts day, ends day, now moment
insert into mandate_version (place_id, mandate_id, version, commissioner, organisation, purpose, can_do,
                             cannot_do, what_i_do, reads_along, starts, ends, made_at)
values (:place, :id, :version, :commissioner, :organisation, :purpose, :can_do,
        :cannot_do, :what_i_do, :reads_along, :starts, :ends, :now);

-- mandate_version_in_force: do
-- in  place id, id id, version int, now moment
update mandate_version set in_force_at = :now
 where place_id = :place and mandate_id = :id and version = :version and in_force_at is null;

-- mandate_set_version: do
-- in  place id, id id, version int
update mandate set version = :version where place_id = :place and mandate_id = :id;

-- mandate_set_ended: do
-- in  place id, id id, now moment
update mandate set ended_at = :now where place_id = :place and mandate_id = :id and ended_at is null;

-- contact_find: one
-- in  place id, resident id, professional id
-- out since moment
select since from contact where place_id = :place and resident_id = :resident and professional_id = :professional;

-- mandate_unread: one
-- A mandate of somebody in contact that this resident never read.
-- in  place id, resident id, today day
-- out id id
select m.mandate_id
  from contact c
  join mandate m on m.place_id = c.place_id and m.holder_id = c.professional_id and m.version > 0 and m.ended_at is null
  join mandate_version v on v.place_id = m.place_id and v.mandate_id = m.mandate_id and v.version = m.version
  left join mandate_read r on r.place_id = c.place_id and r.person_id = c.resident_id and r.mandate_id = m.mandate_id
 where c.place_id = :place and c.resident_id = :resident and r.version is null
   and v.starts <= :today and v.ends >= :today
 order by c.since, m.mandate_id
 limit 1;

-- mandates_of_contacts: many 50
-- The cards of everybody this resident is in contact with, and which version they read.
-- in  place id, resident id, today day
-- out id id, holder text, version int, read_version int, commissioner text, ends day
select m.mandate_id, m.holder_name, m.version, coalesce(r.version, 0), v.commissioner, v.ends
  from contact c
  join mandate m on m.place_id = c.place_id and m.holder_id = c.professional_id and m.version > 0 and m.ended_at is null
  join mandate_version v on v.place_id = m.place_id and v.mandate_id = m.mandate_id and v.version = m.version
  left join mandate_read r on r.place_id = c.place_id and r.person_id = c.resident_id and r.mandate_id = m.mandate_id
 where c.place_id = :place and c.resident_id = :resident and v.ends >= :today
 order by m.holder_name, m.mandate_id
 limit 50;

-- mandate_read_get: one
-- in  place id, person id, id id
-- out version int
select version from mandate_read where place_id = :place and person_id = :person and mandate_id = :id;

-- mandate_read_set: do
-- in  place id, person id, id id, version int, now moment
insert into mandate_read (place_id, person_id, mandate_id, version, read_at)
values (:place, :person, :id, :version, :now)
on conflict (place_id, person_id, mandate_id) do update set version = excluded.version, read_at = excluded.read_at;

-- question_add: do
-- in  place id, id id, mandate id, version int, by id, asked text, now moment, due moment
insert into question (place_id, question_id, mandate_id, version, asked_by, asked, asked_at, due_at)
values (:place, :id, :mandate, :version, :by, :asked, :now, :due);

-- question_get: one
-- in  place id, id id
-- out mandate id, asked text, asked_at moment, due moment, answer text?
select mandate_id, asked, asked_at, due_at, answer from question where place_id = :place and question_id = :id;

-- question_set_answer: do
-- in  place id, id id, answer text, now moment
update question set answer = :answer, answered_at = :now
 where place_id = :place and question_id = :id and answer is null;

-- questions_of_mandate: many 100
-- in  place id, mandate id
-- out id id, asked text, asked_at moment, due moment, answer text?, answered moment?
select question_id, asked, asked_at, due_at, answer, answered_at from question
 where place_id = :place and mandate_id = :mandate order by asked_at desc limit 100;

-- questions_waiting: many 50
-- in  place id, holder id
-- out id id, asked text, due moment
select q.question_id, q.asked, q.due_at
  from question q join mandate m on m.place_id = q.place_id and m.mandate_id = q.mandate_id
 where q.place_id = :place and m.holder_id = :holder and q.answer is null
 order by q.due_at limit 50;
