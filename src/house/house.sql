-- place_by_slug: one
-- in  slug text
-- out id id, slug text, name text, about text
select place_id, slug, name, about from place where slug = :slug;

-- places_all: many 100
-- out id id, slug text, name text, about text
select place_id, slug, name, about from place order by name limit 100;

-- session_person: one
-- Who a session belongs to, what they are in this place, and when it was last used.
-- in  mark id, place id
-- out person id, seen moment, language text, resident bool, professional bool, host bool, public_name text?, any_professional bool
select s.person_id, s.seen_at, p.language,
       coalesce(t.is_resident, 0), coalesce(t.is_professional, 0), coalesce(t.is_host, 0),
       t.public_name,
       exists (select 1 from taking_part a
                where a.person_id = s.person_id and (a.is_professional = 1 or a.is_host = 1))
  from session s
  join person p on p.person_id = s.person_id
  left join taking_part t on t.place_id = :place and t.person_id = s.person_id
 where s.mark = :mark;

-- session_seen: do
-- in  mark id, now moment
update session set seen_at = :now where mark = :mark and seen_at < :now;

-- session_add: do
-- in  mark id, person id, now moment
insert into session (mark, person_id, created_at, seen_at) values (:mark, :person, :now, :now);

-- session_end: do
-- in  mark id
delete from session where mark = :mark;

-- sessions_end_of: do
-- in  person id
delete from session where person_id = :person;

-- sessions_end_old: do
-- in  before moment
delete from session where seen_at < :before;

-- act_done_find: one
-- in  mark id
-- out location text, signed_in id?
select location, signed_in from act_done where mark = :mark;

-- act_done_add: do
-- in  mark id, location text, signed_in id?, now moment
insert into act_done (mark, location, signed_in, at) values (:mark, :location, :signed_in, :now);

-- acts_done_forget: do
-- in  before moment
delete from act_done where at < :before;

-- sealed_find: one
-- in  place id, owner id, kind int
-- out item id, sealed blob, changed moment
select item_id, sealed, changed_at from sealed_item
 where place_id = :place and owner_id = :owner and kind = :kind;

-- sealed_drop: do
-- in  place id, owner id, kind int
delete from sealed_item where place_id = :place and owner_id = :owner and kind = :kind;

-- sealed_add: do
-- in  place id, owner id, kind int, item id, sealed blob, now moment
insert into sealed_item (place_id, owner_id, kind, item_id, sealed, changed_at)
values (:place, :owner, :kind, :item, :sealed, :now);

-- secret_wanted: one
-- Is this id still somebody, somebody's passphrase, or a gate?
-- in  id id
-- out yes int
select 1 where exists (select 1 from person where person_id = :id or passphrase_id = :id)
            or exists (select 1 from gate where gate_id = :id);
