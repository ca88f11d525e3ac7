-- place_add: do
-- in  id id, slug text, name text, about text, now moment
insert into place (place_id, slug, name, about, created_at) values (:id, :slug, :name, :about, :now);
