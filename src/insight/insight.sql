-- look_bundles_of: many 16
-- in  place id, person id
-- out size int
select size from look_bundle where place_id = :place and person_id = :person order by size desc limit 16;

-- look_bundle_add: do
-- in  place id, person id, size int, now moment
insert into look_bundle (place_id, person_id, size, made_at) values (:place, :person, :size, :now)
on conflict (place_id, person_id, size) do nothing;
