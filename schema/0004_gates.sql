-- Gates open only from both sides. What each side answered stands in its own row; no query that
-- serves one side reads the other side's answer before both said yes.

create table neighbour_group (
    place_id   blob   not null references place (place_id),
    group_id   blob   not null,
    name       text   not null,
    about      text   not null,
    keeper_id  blob   not null references person (person_id),
    created_at bigint not null,
    primary key (place_id, group_id)
);
create index group_of_keeper on neighbour_group (place_id, keeper_id);

create table gate (
    place_id        blob   not null references place (place_id),
    gate_id         blob   not null,
    proposed_by     blob   not null references person (person_id),
    mandate_id      blob   not null,
    mandate_version bigint not null,
    hat             bigint not null, -- 1 as a person, 2 from my assignment, 3 I signal
    proposed_at     bigint not null,
    waits_until     bigint not null,
    opened_at       bigint,
    met_at          bigint,
    closed_at       bigint,
    primary key (place_id, gate_id),
    foreign key (place_id, mandate_id) references mandate (place_id, mandate_id)
);
create index gate_proposed on gate (place_id, proposed_by, proposed_at);

create table gate_side (
    place_id    blob   not null,
    gate_id     blob   not null,
    person_id   blob   not null references person (person_id),
    group_id    blob,
    answer      bigint not null, -- 0 not yet, 1 yes, 2 no
    answered_at bigint,
    doors       bigint not null, -- bit 0 name and shared ground … bit 3 how to reach me
    met         bigint not null,
    primary key (place_id, gate_id, person_id),
    foreign key (place_id, gate_id) references gate (place_id, gate_id)
);
create index gate_side_of_person on gate_side (place_id, person_id);
