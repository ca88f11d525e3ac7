-- Which sizes of the look log somebody took home in a bundle, so that the next bundle can prove
-- that the log only grew since. The log itself is not in the database: see src/looklog.

create table look_bundle (
    place_id  blob   not null references place (place_id),
    person_id blob   not null references person (person_id),
    size      bigint not null,
    made_at   bigint not null,
    primary key (place_id, person_id, size)
);
