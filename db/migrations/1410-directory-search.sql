-- The search of the directory at the size of the country: an entry holds names and codes; numbers, places, trades and skills are looked up where they are kept.

-- Numbers, whole or by their beginning.
create index practice_phone on directory.practice (phone collate "C") where phone is not null;
create index practice_other_phone on directory.practice (other_phone collate "C") where other_phone is not null;
create index professional_rpps on directory.professional (rpps collate "C");
create index structure_numbers on directory.structure (finess collate "C");
create index structure_siret_beginning on directory.structure (siret collate "C") where siret is not null;
create index structure_phone on directory.structure (phone collate "C") where phone is not null;
create index structure_other_phone on directory.structure (other_phone collate "C") where other_phone is not null;
create index outside_structure_siret on directory.outside_structure (siret collate "C") where siret is not null;
create index outside_structure_phone on directory.outside_structure (phone collate "C") where phone is not null;
create index service_phone on directory.service (phone collate "C") where phone is not null;
create index local_card_phone on directory.local_card (phone collate "C") where phone is not null;
create index local_card_other_phone on directory.local_card (other_phone collate "C") where other_phone is not null;

-- Communes by each word of their name and by their postal codes.
create function territory.words_of(search_key text, postal_codes text[]) returns tsvector language sql immutable parallel safe
  return array_to_tsvector(array_remove(string_to_array(search_key, ' ') || postal_codes, ''));
create index commune_words on territory.commune using gin (territory.words_of(search_key, postal_codes)) where in_force;
create index if not exists commune_parent on territory.commune (parent_code) where parent_code is not null;

-- Trades, skills and diplomas by each word of their labels.
alter table directory.nomenclature add column words tsvector not null default '';
create function directory.read_label() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  new.words := array_to_tsvector(array_remove(string_to_array(regexp_replace(lower(unaccent(new.label)), '[^a-z0-9]+', ' ', 'g'), ' '), ''));
  return new;
end $$;
create trigger read_label before insert or update of label on directory.nomenclature for each row execute function directory.read_label();
update directory.nomenclature set label = label;
create index nomenclature_words on directory.nomenclature using gin (words) where system in ('profession', 'role', 'skill', 'diploma', 'authorisation');

/* The words of all names, once each: a misspelt name is looked for among them, not among the millions of entries. */
create table directory.name_word (word text primary key collate "C");
create index name_word_sounds_like on directory.name_word using gin (word gin_trgm_ops);
grant select on directory.name_word to jalon_app, jalon_system, jalon_kernel, jalon_report;
grant insert on directory.name_word to jalon_app, jalon_system;
drop index directory.entry_sounds_like;

/* Learns the words of all names when many are unknown: after a first import, which derives entries where nobody reads. */
create function directory.learn_names() returns void language plpgsql security definer set search_path = pg_catalog, public set work_mem = '128MB' set enable_sort = off as $$
begin
  if (select count(*) from (select from directory.professional limit 20000) held) = 20000
    and (select count(*) filter (where n.word is null) * 5 <= count(*)
      from (select name_key from directory.professional tablesample system (1) limit 500) drawn, unnest(string_to_array(name_key, ' ')) as one
      left join directory.name_word n on n.word = one
      where length(one) > 2)
    then return; end if;
  -- names are many less than those who bear them: they are told apart before they are cut into words
  insert into directory.name_word
    select one from (
      select distinct unnest(string_to_array(regexp_replace(lower(unaccent(name)), '[^a-z0-9]+', ' ', 'g'), ' ')) as one
      from (select family_name as name from directory.professional group by family_name union all select given_name from directory.professional group by given_name offset 0) named) words
    where length(one) > 2 and one !~ '[0-9]' on conflict do nothing;
  insert into directory.name_word
    select one from (select distinct unnest(string_to_array(name, ' ')) as one from (select sort_key as name from directory.entry where kind <> 'professional' group by sort_key offset 0) named) words
    where length(one) > 2 and one !~ '[0-9]'
    on conflict do nothing;
end $$;
revoke all on function directory.learn_names from public;
select directory.learn_names();

create or replace function directory.gather_statistics(staged boolean) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if staged then
    analyze directory.staged_practice, directory.staged_person, directory.staged_structure, directory.staged_removal, directory.staged_party;
  else
    analyze directory.professional, directory.practice, directory.structure, directory.entry;
    perform directory.learn_names();
  end if;
end $$;
