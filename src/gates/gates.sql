-- residents_in_contact: many 150
-- in  place id, professional id
-- out id id, since moment
select resident_id, since from contact
 where place_id = :place and professional_id = :professional order by since desc limit 150;

-- groups_all: many 100
-- in  place id
-- out id id, name text, about text, keeper id
select group_id, name, about, keeper_id from neighbour_group where place_id = :place order by name limit 100;

-- group_by_id: one
-- in  place id, id id
-- out name text, about text, keeper id
select name, about, keeper_id from neighbour_group where place_id = :place and group_id = :id;

-- group_add: do
-- in  place id, id id, name text, about text, keeper id, now moment
insert into neighbour_group (place_id, group_id, name, about, keeper_id, created_at)
values (:place, :id, :name, :about, :keeper, :now);

-- gate_between: one
-- The last gate between these two that this professional proposed and that did not close. What
-- somebody else proposed is not theirs to know.
-- in  place id, a id, b id, by id
-- out id id, proposed moment, waits moment, opened moment?
select g.gate_id, g.proposed_at, g.waits_until, g.opened_at
  from gate_side x
  join gate_side y on y.place_id = x.place_id and y.gate_id = x.gate_id and y.person_id = :b
  join gate g on g.place_id = x.place_id and g.gate_id = x.gate_id
 where x.place_id = :place and x.person_id = :a and g.proposed_by = :by and g.closed_at is null
 order by g.proposed_at desc
 limit 1;

-- gate_no_before: one
-- Did this person say no to the other within the time that a no lasts?
-- in  place id, who id, other id, since moment
-- out yes int
select 1
  from gate_side x
  join gate_side y on y.place_id = x.place_id and y.gate_id = x.gate_id and y.person_id = :other
 where x.place_id = :place and x.person_id = :who and x.answer = 2 and x.answered_at >= :since
 limit 1;

-- gate_add: do
-- in  place id, id id, by id, mandate id, version int, hat int, now moment, waits moment
insert into gate (place_id, gate_id, proposed_by, mandate_id, mandate_version, hat, proposed_at, waits_until)
values (:place, :id, :by, :mandate, :version, :hat, :now, :waits);

-- gate_side_add: do
-- in  place id, gate id, person id, group id?, answer int, answered moment?
insert into gate_side (place_id, gate_id, person_id, group_id, answer, answered_at, doors, met)
values (:place, :gate, :person, :group, :answer, :answered, 0, 0);

-- gate_get: one
-- in  place id, id id
-- out by id, mandate id, version int, hat int, proposed moment, waits moment, opened moment?, met moment?, closed moment?
select proposed_by, mandate_id, mandate_version, hat, proposed_at, waits_until, opened_at, met_at, closed_at
  from gate where place_id = :place and gate_id = :id;

-- gate_my_side: one
-- in  place id, gate id, person id
-- out answer int, doors int, group id?, met bool
select answer, doors, group_id, met from gate_side
 where place_id = :place and gate_id = :gate and person_id = :person;

-- gate_other_side_open: one
-- The other side, only once the gate is open.
-- in  place id, gate id, person id
-- out person id, doors int, group id?
select s.person_id, s.doors, s.group_id
  from gate_side s join gate g on g.place_id = s.place_id and g.gate_id = s.gate_id
 where s.place_id = :place and s.gate_id = :gate and s.person_id <> :person
   and g.opened_at is not null and g.closed_at is null;

-- gate_answer: do
-- in  place id, gate id, person id, answer int, now moment
update gate_side set answer = :answer, answered_at = :now
 where place_id = :place and gate_id = :gate and person_id = :person and answer = 0;

-- gate_open_when_both: do
-- in  place id, gate id, now moment
update gate set opened_at = :now
 where place_id = :place and gate_id = :gate and opened_at is null and closed_at is null
   and (select count(*) from gate_side s where s.place_id = :place and s.gate_id = :gate and s.answer = 1) = 2;

-- gate_set_doors: do
-- in  place id, gate id, person id, doors int
update gate_side set doors = :doors where place_id = :place and gate_id = :gate and person_id = :person;

-- gate_set_met: do
-- in  place id, gate id, now moment
update gate set met_at = :now
 where place_id = :place and gate_id = :gate and met_at is null and opened_at is not null and closed_at is null;

-- gate_set_closed: do
-- Only what was open can be closed: before that it would be a no that the other side sees.
-- in  place id, gate id, now moment
update gate set closed_at = :now
 where place_id = :place and gate_id = :gate and opened_at is not null and closed_at is null;

-- gates_of_person: many 100
-- What stands before this person: waiting for their answer, or answered yes. A no is gone.
-- in  place id, person id, now moment
-- out id id, answer int, proposed moment, opened moment?, met moment?, holder text
select g.gate_id, s.answer, g.proposed_at, g.opened_at, g.met_at, m.holder_name
  from gate_side s
  join gate g on g.place_id = s.place_id and g.gate_id = s.gate_id
  join mandate m on m.place_id = g.place_id and m.mandate_id = g.mandate_id
 where s.place_id = :place and s.person_id = :person and g.closed_at is null and s.answer <> 2
   and (g.opened_at is not null or g.waits_until > :now)
 order by g.proposed_at desc limit 100;

-- gates_waiting: one
-- in  place id, person id, now moment
-- out count int
select count(*)
  from gate_side s join gate g on g.place_id = s.place_id and g.gate_id = s.gate_id
 where s.place_id = :place and s.person_id = :person and s.answer = 0 and g.closed_at is null
   and g.opened_at is null and g.waits_until > :now;

-- gates_proposed: many 100
-- What the professional sees: that it was proposed, and whether it opened. Never an answer.
-- in  place id, by id
-- out id id, proposed moment, waits moment, opened bool
select gate_id, proposed_at, waits_until, opened_at is not null from gate
 where place_id = :place and proposed_by = :by order by proposed_at desc limit 100;

-- door_seen_through: one
-- Did this owner open this door (a bit) for this viewer, at a gate that is open?
-- in  place id, viewer id, owner id, bit int
-- out yes int
select 1
  from gate_side v
  join gate_side o on o.place_id = v.place_id and o.gate_id = v.gate_id and o.person_id = :owner
  join gate g on g.place_id = v.place_id and g.gate_id = v.gate_id
 where v.place_id = :place and v.person_id = :viewer and :viewer <> :owner
   and g.opened_at is not null and g.closed_at is null and v.answer = 1 and o.answer = 1
   and (o.doors & :bit) <> 0
 limit 1;
