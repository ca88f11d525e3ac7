-- articles_of_place: many 50
-- in  place id
-- out id id, title text, subtitle text, kind text, author text, written day?
select article_id, title, subtitle, kind, author, written from article
 where place_id = :place order by published_at desc limit 50;

-- article_get: one
-- in  place id, id id
-- out platform text, title text, subtitle text, lead text, kind text, author text, written day?, photo_credit text, photo_caption text, photo_licence text, page text
select platform, title, subtitle, lead, kind, author, written, photo_credit, photo_caption, photo_licence, page
  from article where place_id = :place and article_id = :id;

-- article_themes: many 20
-- in  place id, id id
-- out theme text
select theme from article_theme where place_id = :place and article_id = :id order by number limit 20;

-- article_add: do
-- in  place id, id id, platform text, title text, subtitle text, lead text, kind text, author text, written day?, photo_credit text, photo_caption text, photo_licence text, body text, page text, now moment
insert into article (place_id, article_id, platform, title, subtitle, lead, kind, author, written,
                     photo_credit, photo_caption, photo_licence, body, page, published_at)
values (:place, :id, :platform, :title, :subtitle, :lead, :kind, :author, :written,
        :photo_credit, :photo_caption, :photo_licence, :body, :page, :now);

-- article_theme_add: do
-- in  place id, id id, number int, theme text
insert into article_theme (place_id, article_id, number, theme) values (:place, :id, :number, :theme);

-- article_same: one
-- in  place id, title text, author text
-- out id id
select article_id from article where place_id = :place and title = :title and author = :author limit 1;
