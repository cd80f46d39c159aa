-- Imports of the size of the country: what is searched stands in one partition per kind, so that a first import fills, indexes and shows its own at once
-- while the others are being read.

alter table directory.entry rename to entry_before;
alter table directory.entry_before rename constraint entry_pkey to entry_before_pkey;
alter index directory.entry_words rename to entry_before_words;
alter index directory.entry_sounds_like rename to entry_before_sounds_like;
create table directory.entry (like directory.entry_before including defaults) partition by list (kind);
alter table directory.entry add primary key (party_id, kind);
-- in two halves, each filled and indexed by a connection of its own
create table directory.entry_professional partition of directory.entry for values in ('professional') partition by range (party_id);
create table directory.entry_professional_low partition of directory.entry_professional for values from (minvalue) to ('80000000-0000-0000-0000-000000000000');
create table directory.entry_professional_high partition of directory.entry_professional for values from ('80000000-0000-0000-0000-000000000000') to (maxvalue);
create table directory.entry_structure partition of directory.entry for values in ('structure');
create table directory.entry_local partition of directory.entry for values in ('local');
-- what a structure offers, as data·inclusion and the ROR tell it
create table directory.entry_service partition of directory.entry for values in ('service');
create index entry_words on directory.entry using gin (words);
create index entry_sounds_like on directory.entry using gin (sort_key gin_trgm_ops);
insert into directory.entry select * from directory.entry_before;
drop table directory.entry_before;
grant select on directory.entry to jalon_app, jalon_system, jalon_kernel, jalon_report;
grant insert, update, delete on directory.entry to jalon_app, jalon_system;
alter table directory.entry enable row level security;
alter table directory.entry force row level security;
create policy readable on directory.entry for select using (true);
create policy local on directory.entry to jalon_app using (kind = 'local') with check (kind = 'local');
create policy system on directory.entry to jalon_system using (true) with check (true);
-- a partition is reached through the whole: alone, it opens to nobody
do $$
declare part text;
begin
  foreach part in array array['entry_professional', 'entry_professional_low', 'entry_professional_high', 'entry_structure', 'entry_local', 'entry_service'] loop
    execute format('alter table directory.%1$I enable row level security; alter table directory.%1$I force row level security', part);
  end loop;
end $$;
drop function directory.set_search_indexes(boolean);

-- Lines are told apart by their hash without an index: an import reads them all or joins them all.
alter table directory.practice drop constraint practice_pkey;
alter table directory.staged_practice drop column rpps, drop column family_name, drop column given_name, drop column name_key, drop column civility, drop column title;
create unlogged table directory.staged_person (like directory.professional);
grant select on directory.staged_person to jalon_app, jalon_system, jalon_kernel, jalon_report;
grant insert, update, delete, truncate on directory.staged_person to jalon_system;

-- Indexes that a first import makes once its rows are there. half: of the entries that it belongs to, if any; the costliest first.
create table directory.postponed_index (
  name text primary key,
  definition text not null,
  half text check (half in ('low', 'high')),
  cost integer not null
);
grant select on directory.postponed_index to jalon_app, jalon_system, jalon_kernel, jalon_report;

/* A first import begins: the tables of professionals are emptied of what a killed one left, and lose their indexes; their entries will gather in two tables
   that nobody reads. Refused when the directory holds an extract: then changes go in one by one. */
create function directory.begin_first_import() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare found record; half text; next text;
begin
  if exists (select from directory.source where code = 'rpps') then raise exception 'the directory holds an extract already'; end if;
  perform directory.undo_first_import();
  for found in select x.relname as name, c.relname as owner, pg_get_indexdef(i.indexrelid) as definition, i.indisprimary as is_key, a.amname, pg_get_constraintdef(k.oid) as key
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid join pg_am a on a.oid = x.relam
      left join pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid
    where c.oid in ('directory.practice'::regclass, 'directory.professional'::regclass, 'directory.entry'::regclass) loop
    if found.owner = 'entry' then
      foreach half in array array['low', 'high'] loop
        next := replace(found.name, 'entry', 'entry_next_' || half);
        insert into directory.postponed_index values (next,
          regexp_replace(replace(replace(found.definition, 'ON ONLY directory.entry ', 'ON directory.entry '), 'ON directory.entry ', 'ON directory.entry_next_' || half || ' '), 'INDEX \S+ ON', 'INDEX ' || next || ' ON'),
          half, case when found.amname = 'gin' and found.definition not like '%trgm%' then 9 when found.amname = 'gin' then 8 else 5 end);
      end loop;
    elsif found.is_key then
      insert into directory.postponed_index values (found.name, format('alter table directory.%I add constraint %I %s', found.owner, found.name, found.key), null, 4);
      execute format('alter table directory.%I drop constraint %I', found.owner, found.name);
    else
      insert into directory.postponed_index values (found.name, found.definition, null, 3);
      execute format('drop index directory.%I', found.name);
    end if;
  end loop;
  foreach half in array array['low', 'high'] loop
    execute format('create table directory.entry_next_%1$s (like directory.entry including defaults, constraint entry_next_%1$s_is_professional check (kind = ''professional'' and party_id %2$s ''80000000-0000-0000-0000-000000000000''));
      alter table directory.entry_next_%1$s enable row level security; alter table directory.entry_next_%1$s force row level security;
      create policy system on directory.entry_next_%1$s to jalon_system using (true) with check (true);
      grant select, insert on directory.entry_next_%1$s to jalon_system', half, case half when 'low' then '<' else '>=' end);
  end loop;
end $$;
/* One of the indexes of a first import. */
create function directory.make_postponed_index(wanted text) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare told text;
begin
  delete from directory.postponed_index where name = wanted returning definition into told;
  if told is not null then execute told; end if;
end $$;
/* The entries that a first import gathered become those of the professionals. */
create function directory.show_first_import() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare half text;
begin
  if exists (select from directory.postponed_index) then raise exception 'indexes are missing'; end if;
  foreach half in array array['low', 'high'] loop
    execute format('alter table directory.entry_next_%1$s add primary key using index entry_next_%1$s_pkey; drop policy system on directory.entry_next_%1$s; revoke all on directory.entry_next_%1$s from jalon_system;
      alter table directory.entry_professional detach partition directory.entry_professional_%1$s; drop table directory.entry_professional_%1$s;
      alter table directory.entry_next_%1$s rename to entry_professional_%1$s; alter table directory.entry_professional attach partition directory.entry_professional_%1$s for values %2$s;
      alter table directory.entry_professional_%1$s drop constraint entry_next_%1$s_is_professional',
      half, case half when 'low' then 'from (minvalue) to (''80000000-0000-0000-0000-000000000000'')' else 'from (''80000000-0000-0000-0000-000000000000'') to (maxvalue)' end);
  end loop;
end $$;
/* What a killed first import left is taken away, and the indexes come back. */
create function directory.undo_first_import() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare left_over record;
begin
  if to_regclass('directory.entry_next_low') is null and to_regclass('directory.entry_next_high') is null and not exists (select from directory.postponed_index) then return; end if;
  if not exists (select from directory.source where code = 'rpps') then truncate directory.practice, directory.professional; end if;
  drop table if exists directory.entry_next_low, directory.entry_next_high;
  delete from directory.postponed_index where half is not null;
  for left_over in delete from directory.postponed_index returning definition loop
    execute left_over.definition;
  end loop;
end $$;
create or replace function directory.gather_statistics(staged boolean) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if staged then
    analyze directory.staged_practice, directory.staged_person, directory.staged_structure, directory.staged_removal, directory.staged_party;
  else
    analyze directory.professional, directory.practice, directory.structure, directory.entry;
  end if;
end $$;
revoke all on function directory.begin_first_import, directory.make_postponed_index, directory.show_first_import, directory.undo_first_import from public;
grant execute on function directory.begin_first_import, directory.make_postponed_index, directory.show_first_import, directory.undo_first_import to jalon_system;
