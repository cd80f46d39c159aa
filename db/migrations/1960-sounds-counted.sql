-- How many bear a sound, so that who may be somebody is looked for by what is rare in her names (1961). Counts only, as those of names: no person.

alter table persons.name_share drop constraint name_share_kind_check;
alter table persons.name_share add constraint name_share_kind_check check (kind in ('family', 'given', 'place', 'year', 'sound'));

/* As 1785 has it; the sounds too, as persons.person.sound_key writes them: what one person in five thousand bears, and ten at least. */
create or replace function persons.count_names() returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare
  total bigint := (select count(*) from persons.person p where p.protection = 'shared');
  kept integer;
begin
  delete from persons.name_share;
  insert into persons.name_share (kind, name, share)
    select kind, name, least(1, count(*)::real / total) from (
      select p.person_id, 'family' as kind, persons.compact_name(n) as name from persons.person p, unnest(array[p.birth_name, p.used_name]) n where p.protection = 'shared' and n is not null
      union
      select p.person_id, 'given', persons.compact_name(p.birth_given_names[1]) from persons.person p where p.protection = 'shared' and cardinality(p.birth_given_names) > 0
      union all
      select p.person_id, 'place', p.birth_place_code from persons.person p where p.protection = 'shared' and p.birth_place_code is not null
      union all
      select p.person_id, 'year', to_char(p.birth_date, 'YYYY') from persons.person p where p.protection = 'shared' and p.birth_date is not null
      union all
      select p.person_id, 'sound', s from persons.person p, unnest(string_to_array(p.sound_key, ' ')) s where p.protection = 'shared') borne
    where name <> '' group by kind, name having count(*) >= greatest(10, total / case when kind = 'sound' then 5000 else 50000 end);
  get diagnostics kept = row_count;
  insert into persons.file_size (persons, counted_at) values (total, platform.clock())
    on conflict (only_one) do update set persons = excluded.persons, counted_at = excluded.counted_at;
  return kept;
end $$;
