-- How many bear a name, so that agreement on a rare one weighs more (src/persons/contract/matching.ts). Counts only: no person, no name borne by fewer than ten.

create table persons.name_share (
  kind text not null check (kind in ('family', 'given', 'place')),
  -- as compactKey of names.ts writes it; the INSEE code of a birthplace
  name text not null collate "C",
  -- part of the persons of the file, between 0 and 1
  share real not null check (share > 0 and share <= 1),
  primary key (kind, name)
);
create table persons.file_size (
  only_one boolean primary key default true check (only_one),
  persons bigint not null,
  counted_at timestamptz not null
);
grant select on persons.name_share, persons.file_size to jalon_app, jalon_system, jalon_kernel;
grant insert, update, delete on persons.name_share, persons.file_size to jalon_kernel;

/* Counts the file again: what one person in five thousand bears, and ten at least. Gives how many names are kept. */
create function persons.count_names() returns integer language plpgsql security definer set search_path = pg_catalog as $$
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
      select p.person_id, 'place', p.birth_place_code from persons.person p where p.protection = 'shared' and p.birth_place_code is not null) borne
    where name <> '' group by kind, name having count(*) >= greatest(10, total / 5000);
  get diagnostics kept = row_count;
  insert into persons.file_size (persons, counted_at) values (total, platform.clock())
    on conflict (only_one) do update set persons = excluded.persons, counted_at = excluded.counted_at;
  return kept;
end $$;
/* As compactKey of names.ts: capitals, no accent, letters and figures only. */
create function persons.compact_name(name text) returns text language sql stable set search_path = pg_catalog as $$
  select regexp_replace(upper(public.unaccent(name)), '[^A-Z0-9]', '', 'g')
$$;

grant create on schema persons to jalon_kernel;
alter function persons.count_names() owner to jalon_kernel;
revoke all on function persons.count_names() from public;
grant execute on function persons.count_names() to jalon_system;
revoke create on schema persons from jalon_kernel;
