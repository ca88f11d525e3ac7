-- On whose assignment a professional is here. A version that came in force is never rewritten.

create table mandate (
    place_id    blob   not null references place (place_id),
    mandate_id  blob   not null,
    holder_id   blob   not null references person (person_id),
    holder_name text   not null,
    version     bigint not null, -- the newest that came in force; 0 while none has
    ended_at    bigint,          -- withdrawn by its holder
    created_at  bigint not null,
    primary key (place_id, mandate_id)
);
create index mandate_of_holder on mandate (place_id, holder_id);

create table mandate_version (
    place_id     blob   not null,
    mandate_id   blob   not null,
    version      bigint not null,
    commissioner text   not null,
    organisation text   not null,
    purpose      text   not null,
    can_do       text   not null,
    cannot_do    text   not null,
    what_i_do    text   not null, -- with what you tell me
    reads_along  text   not null,
    starts       bigint not null,
    ends         bigint not null,
    made_at      bigint not null,
    in_force_at  bigint,          -- null: a draft, only its holder sees it
    primary key (place_id, mandate_id, version),
    foreign key (place_id, mandate_id) references mandate (place_id, mandate_id)
);

create table contact (
    place_id        blob   not null references place (place_id),
    resident_id     blob   not null references person (person_id),
    professional_id blob   not null references person (person_id),
    mandate_id      blob   not null,
    mandate_version bigint not null,
    since           bigint not null,
    primary key (place_id, resident_id, professional_id)
);
create index contact_of_professional on contact (place_id, professional_id, since);

create table mandate_read (
    place_id   blob   not null,
    person_id  blob   not null references person (person_id),
    mandate_id blob   not null,
    version    bigint not null,
    read_at    bigint not null,
    primary key (place_id, person_id, mandate_id),
    foreign key (place_id, mandate_id) references mandate (place_id, mandate_id)
);

create table question (
    place_id       blob   not null,
    question_id    blob   not null,
    mandate_id     blob   not null,
    version        bigint not null,
    asked_by       blob   not null references person (person_id),
    asked          text   not null,
    asked_at       bigint not null,
    due_at         bigint not null,
    answer         text,
    answered_at    bigint,
    primary key (place_id, question_id),
    foreign key (place_id, mandate_id) references mandate (place_id, mandate_id)
);
create index question_of_mandate on question (place_id, mandate_id, asked_at);
