-- Feeds of the directory: when each is read, what it last came to; offers that the source no longer has; records refused one by one.

-- The plan of each feed, set by the administrators of the region; addresses and keys stay in the settings of the server.
create table directory.feed_plan (
  code text primary key check (code in ('rpps', 'skills', 'diplomas', 'mailboxes', 'finess', 'social', 'ror', 'annuaire')),
  frequency text not null check (frequency in ('never', 'daily', 'weekly', 'monthly')),
  -- hour of the region at which it is read
  hour smallint not null check (hour between 0 and 23),
  -- without success for so long, the administrators are told
  late_after_hours integer not null check (late_after_hours between 2 and 2400),
  version integer not null default 1,
  -- the settings of the server tell where to read it: said at each start
  configured boolean not null default false,
  -- 'stopped': an administrator stopped it, it waits to be resumed
  state text not null default 'idle' check (state in ('idle', 'running', 'stopped')),
  next_run_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  succeeded_at timestamptz,
  -- the last run: its report, and the code of what ended it before its end
  import_id uuid,
  failure jsonb,
  -- what the source said of its file when it was last brought in (ETag, name): the same again is not read again
  edition_mark text,
  -- an administrator accepts that the next whole reading takes away what the source no longer tells, however much
  accept_fall boolean not null default false,
  late_since timestamptz
);
insert into directory.feed_plan (code, frequency, hour, late_after_hours) values
  ('rpps', 'daily', 3, 72), ('annuaire', 'daily', 5, 72), ('mailboxes', 'weekly', 4, 336), ('skills', 'weekly', 4, 336), ('diplomas', 'weekly', 4, 336),
  ('finess', 'daily', 2, 72), ('ror', 'daily', 6, 48), ('social', 'weekly', 1, 336);
grant select, update on directory.feed_plan to jalon_app, jalon_system;
grant select on directory.feed_plan to jalon_report;

-- A whole reading tells what the source no longer has; between two of them, only what changed is asked for.
alter table directory.feed add column whole boolean not null default false, add column whole_read_at timestamptz,
  -- the last whole reading was refused, since it would have taken too much away: said until one is accepted
  add column fall jsonb;
alter table directory.service add column seen_at timestamptz, add column location_ids text[] not null default '{}';
create index service_location on directory.service using gin (location_ids) where source = 'ror';
-- Situations d’exercice that the Annuaire told between two extracts, by its own id: the rows of directory.practice that the next extract replaces.
create table directory.told_practice (
  role_id text primary key,
  party_id uuid not null,
  line_hash bigint not null
);
grant select on directory.told_practice to jalon_app, jalon_system, jalon_report;
grant insert, update, delete, truncate on directory.told_practice to jalon_system;

-- Who told that somebody left: an extract made before the Annuaire told it does not bring her back.
alter table directory.vanished add column told_by text not null default 'extract' check (told_by in ('extract', 'annuaire'));
