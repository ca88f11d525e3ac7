-- What is written: the public face. body is Markdown as it was given; page is the HTML made of it
-- when it was written, by the one converter that lets no HTML through.

create table article (
    place_id      blob   not null references place (place_id),
    article_id    blob   not null,
    platform      text   not null,
    title         text   not null,
    subtitle      text   not null,
    lead          text   not null,
    kind          text   not null,
    author        text   not null,
    written       bigint,
    photo_credit  text   not null,
    photo_caption text   not null,
    photo_licence text   not null,
    body          text   not null,
    page          text   not null,
    published_at  bigint not null,
    primary key (place_id, article_id)
);
create index article_published on article (place_id, published_at);

create table article_theme (
    place_id   blob   not null,
    article_id blob   not null,
    number     bigint not null,
    theme      text   not null,
    primary key (place_id, article_id, number),
    foreign key (place_id, article_id) references article (place_id, article_id)
);
