-- A first import writes the entries of professionals while it reads the file, with COPY, which row-level security refuses: the two tables that gather them
-- open to jalon_system alone, hold nobody accompanied, and get row-level security when they become part of directory.entry.

/* A first import begins: the tables of professionals are emptied of what a killed one left, and lose their indexes; their entries will gather in two tables
   that nobody reads. Refused when the directory holds an extract: then changes go in one by one. */
create or replace function directory.begin_first_import() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
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
      grant select, insert, delete on directory.entry_next_%1$s to jalon_system', half, case half when 'low' then '<' else '>=' end);
  end loop;
end $$;
/* The entries that a first import gathered become those of the professionals. */
create or replace function directory.show_first_import() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare half text; own record;
begin
  if exists (select from directory.postponed_index) then raise exception 'indexes are missing'; end if;
  foreach half in array array['low', 'high'] loop
    execute format('alter table directory.entry_next_%1$s add primary key using index entry_next_%1$s_pkey; revoke all on directory.entry_next_%1$s from jalon_system;
      alter table directory.entry_next_%1$s enable row level security; alter table directory.entry_next_%1$s force row level security;
      alter table directory.entry_professional detach partition directory.entry_professional_%1$s; drop table directory.entry_professional_%1$s;
      alter table directory.entry_next_%1$s rename to entry_professional_%1$s; alter table directory.entry_professional attach partition directory.entry_professional_%1$s for values %2$s;
      alter table directory.entry_professional_%1$s drop constraint entry_next_%1$s_is_professional',
      half, case half when 'low' then 'from (minvalue) to (''80000000-0000-0000-0000-000000000000'')' else 'from (''80000000-0000-0000-0000-000000000000'') to (maxvalue)' end);
    -- their names are those of the next first import, if there is ever another
    for own in select x.relname as name from pg_index i join pg_class x on x.oid = i.indexrelid where i.indrelid = format('directory.entry_professional_%s', half)::regclass loop
      execute format('alter index directory.%I rename to %I', own.name, replace(own.name, 'entry_next_', 'entry_professional_'));
    end loop;
  end loop;
end $$;
