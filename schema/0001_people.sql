-- Places, people, who takes part where, sessions, key cards, and acts already done.
-- The tenant key (place_id) leads every primary key. Two things are the exception and belong to
-- the whole machine: a person has one account in many places, and a session is a person's.

create table place (
    place_id   blob   not null primary key,
    slug       text   not null unique,
    name       text   not null,
    about      text   not null,
    created_at bigint not null
);

create table person (
    person_id     blob   not null primary key,
    passphrase_id blob   not null,
    sign_in_name  blob   not null unique,
    language      text   not null,
    created_at    bigint not null
);

create table session (
    mark       blob   not null primary key,
    person_id  blob   not null references person (person_id),
    created_at bigint not null,
    seen_at    bigint not null
);
create index session_of_person on session (person_id);

create table taking_part (
    place_id        blob   not null references place (place_id),
    person_id       blob   not null references person (person_id),
    is_resident     bigint not null,
    is_professional bigint not null,
    is_host         bigint not null,
    public_name     text,
    since           bigint not null,
    primary key (place_id, person_id)
);
create index taking_part_of_person on taking_part (person_id);

create table key_card (
    place_id   blob   not null references place (place_id),
    card_id    blob   not null,
    kind       bigint not null,
    words_mark blob   not null unique,
    link_mark  blob   not null unique,
    made_by    blob,
    for_person blob,
    mandate_id blob,
    mandate_version bigint,
    made_at    bigint not null,
    ends_at    bigint not null,
    used_at    bigint,
    used_by    blob,
    primary key (place_id, card_id)
);
create index key_card_made on key_card (place_id, made_by, made_at);

create table act_done (
    mark      blob   not null primary key,
    location  text   not null,
    signed_in blob, -- who the act signed in: told twice, it signs in twice
    at        bigint not null
);
create index act_done_at on act_done (at);

create table sealed_item (
    place_id   blob   not null references place (place_id),
    owner_id   blob   not null,
    kind       bigint not null,
    item_id    blob   not null unique,
    sealed     blob   not null,
    changed_at bigint not null,
    primary key (place_id, owner_id, kind)
);
