-- place_counts: one
-- Health and counts, never content.
-- in  place id, today day
-- out residents int, professionals int, hosts int, in_force int, gates_open int, articles int
select (select count(*) from taking_part where place_id = :place and is_resident = 1),
       (select count(*) from taking_part where place_id = :place and is_professional = 1),
       (select count(*) from taking_part where place_id = :place and is_host = 1),
       (select count(*) from mandate m
          join mandate_version v on v.place_id = m.place_id and v.mandate_id = m.mandate_id and v.version = m.version
         where m.place_id = :place and m.ended_at is null and v.starts <= :today and v.ends >= :today),
       (select count(*) from gate where place_id = :place and opened_at is not null and closed_at is null),
       (select count(*) from article where place_id = :place);
