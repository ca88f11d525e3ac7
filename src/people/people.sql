-- person_by_sign_in_name: one
-- in  name blob
-- out id id, passphrase id, language text
select person_id, passphrase_id, language from person where sign_in_name = :name;

-- person_by_id: one
-- in  id id
-- out passphrase id, name blob, language text
select passphrase_id, sign_in_name, language from person where person_id = :id;

-- person_add: do
-- in  id id, passphrase id, name blob, language text, now moment
insert into person (person_id, passphrase_id, sign_in_name, language, created_at)
values (:id, :passphrase, :name, :language, :now);

-- person_language: do
-- in  id id, language text
update person set language = :language where person_id = :id;

-- person_passphrase: do
-- in  id id, passphrase id
update person set passphrase_id = :passphrase where person_id = :id;

-- takes_part_add: do
-- in  place id, person id, resident bool, professional bool, host bool, public_name text?, now moment
insert into taking_part (place_id, person_id, is_resident, is_professional, is_host, public_name, since)
values (:place, :person, :resident, :professional, :host, :public_name, :now);

-- places_of_person: many 50
-- in  person id
-- out slug text, name text
select p.slug, p.name from taking_part t join place p on p.place_id = t.place_id
 where t.person_id = :person order by p.name limit 50;

-- sign_ins_forget: do
-- A form that signed this person in does so again when it is sent twice; from here on no more.
-- in  person id
update act_done set signed_in = null where signed_in = :person;

-- sessions_of_person: one
-- in  person id
-- out count int
select count(*) from session where person_id = :person;

-- card_add: do
-- in  place id, id id, kind int, words id, link id, made_by id?, for_person id?, mandate id?, version int, now moment, ends moment
insert into key_card (place_id, card_id, kind, words_mark, link_mark, made_by, for_person,
                      mandate_id, mandate_version, made_at, ends_at)
values (:place, :id, :kind, :words, :link, :made_by, :for_person, :mandate, :version, :now, :ends);

-- card_by_link: one
-- in  link id
-- out place id, id id, kind int, made_by id?, for_person id?, mandate id?, version int, ends moment, used moment?
select place_id, card_id, kind, made_by, for_person, mandate_id, coalesce(mandate_version, 0), ends_at, used_at
  from key_card where link_mark = :link;

-- card_by_words: one
-- in  words id
-- out id id, ends moment, used moment?
select card_id, ends_at, used_at from key_card where words_mark = :words;

-- card_by_id: one
-- in  place id, id id
-- out kind int, made_by id?, made moment, ends moment, used moment?
select kind, made_by, made_at, ends_at, used_at from key_card where place_id = :place and card_id = :id;

-- cards_made: many 100
-- in  place id, made_by id
-- out id id, kind int, made moment, ends moment, used moment?
select card_id, kind, made_at, ends_at, used_at from key_card
 where place_id = :place and made_by = :made_by order by made_at desc limit 100;

-- card_use: do
-- in  place id, id id, person id, now moment
update key_card set used_at = :now, used_by = :person
 where place_id = :place and card_id = :id and used_at is null and ends_at > :now;

-- place_by_id: one
-- in  id id
-- out slug text, name text, about text
select slug, name, about from place where place_id = :id;

-- contact_add: do
-- in  place id, resident id, professional id, mandate id, version int, now moment
insert into contact (place_id, resident_id, professional_id, mandate_id, mandate_version, since)
values (:place, :resident, :professional, :mandate, :version, :now);

-- public_name_of: one
-- in  place id, person id?
-- out name text?
select public_name from taking_part where place_id = :place and person_id = :person;

-- everybody: many 1000
-- in  place id
-- out id id, resident bool
select person_id, is_resident from taking_part where place_id = :place order by since limit 1000;
