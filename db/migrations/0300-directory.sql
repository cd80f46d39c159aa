-- Directory: professionals (RPPS), structures (FINESS+), local cards, and the one table in which all of them are searched.
-- No table here concerns an accompanied person: there is no row-level security.

create schema directory;
grant usage on schema directory to jalon_app, jalon_system, jalon_kernel, jalon_report;

-- The edition of each national directory that the base holds, shown on every card.
create table directory.source (
  code text primary key check (code in ('rpps', 'finess')),
  -- day of the file, null when the file does not tell it
  edition date,
  imported_at timestamptz not null,
  import_id uuid not null,
  -- of the reading rules: another one makes the next import read everything again
  reading integer not null
);

-- Labels as the national files give them (profession, skill, mode, genre, role, sector).
create table directory.nomenclature (
  system text not null,
  code text not null,
  label text not null,
  primary key (system, code)
);

-- party_id = territory.party_id('rpps:' || rpps): the same from one import to the next, whoever vanishes and returns.
create table directory.professional (
  party_id uuid primary key,
  rpps text not null,
  family_name text not null,
  given_name text not null,
  name_key text not null collate "C",
  civility text,
  title text
);

-- One row per line of the extract: a situation d’exercice with one skill. line_hash tells the next import which lines are already known.
create table directory.practice (
  line_hash bigint primary key,
  party_id uuid not null,
  profession text,
  status text,
  skill_type text,
  skill text,
  mode text,
  role text,
  genre text,
  sector text,
  structure_key text,
  finess text,
  finess_legal text,
  siret text,
  site_name text,
  address text,
  postal_code text,
  commune_code text,
  city text,
  phone text,
  other_phone text,
  email text
);
create index practice_party on directory.practice (party_id);
create index practice_finess on directory.practice (finess) where finess is not null;
create index practice_gp on directory.practice (commune_code, party_id) where profession = '10' and skill in ('SM26', 'SM53', 'SM54');

-- A site of FINESS+ (EGE). party_id = territory.party_id('finess:' || finess).
create table directory.structure (
  party_id uuid primary key,
  finess text not null unique,
  finess_legal text,
  legal_name text,
  siret text,
  category text not null,
  kind text not null,
  name text not null,
  long_name text,
  address text,
  postal_code text,
  commune_code text,
  city text,
  phone text,
  other_phone text,
  email text,
  latitude double precision,
  longitude double precision,
  opened_on date,
  closed_on date,
  updated_on date,
  -- its category in words, and the words that find it besides its place and numbers
  detail text not null,
  name_key text not null collate "C",
  search_words text not null,
  row_hash bigint not null
);
create index structure_commune on directory.structure (commune_code);

-- Whoever the national directories miss: hospital social service, CCAS, SAD, landlord… Seen by the whole region, kept by its authors.
create table directory.local_card (
  party_id uuid primary key,
  kind text not null,
  name text not null,
  role text,
  structure_name text,
  phone text,
  other_phone text,
  email text,
  address text,
  postal_code text,
  commune_code text references territory.commune,
  note text,
  category text check (category in ('health', 'social', 'legal_protection', 'coordination', 'administrative')),
  created_by uuid not null,
  created_by_service uuid references territory.service,
  created_at timestamptz not null,
  confirmed_on date not null,
  ended_at timestamptz,
  version integer not null default 1
);

-- One searchable row per party, derived from the tables above in the transaction that changes them.
create table directory.entry (
  party_id uuid primary key,
  kind text not null check (kind in ('professional', 'structure', 'local')),
  -- trade or kind of structure: src/directory/contract/facets.ts
  facet text not null,
  label text not null,
  detail text not null,
  place text,
  postal_code text,
  city text,
  commune_code text,
  phone text,
  rpps text,
  finess text,
  category text not null,
  latitude double precision,
  longitude double precision,
  sort_key text not null collate "C",
  /* Words without accents, each searched by its beginning, and tokens with a mark: c: commune, e: EPCI, d: département, k: facet,
     r rpps, f finess, t telephone. */
  words tsvector not null
);
create index entry_words on directory.entry using gin (words);
create index entry_sounds_like on directory.entry using gin (sort_key gin_trgm_ops);

-- Who left a national directory (opposition, danger, retirement): gone from every screen at once; files keep the name recorded with the act.
create table directory.vanished (
  party_id uuid primary key,
  vanished_at timestamptz not null,
  import_id uuid not null
);

create table directory.import (
  id uuid primary key,
  source text not null check (source in ('rpps', 'finess')),
  file_name text not null,
  byte_length bigint not null,
  state text not null check (state in ('receiving', 'waiting', 'running', 'done', 'failed', 'cancelled')),
  allow_shrink boolean not null default false,
  cancel_requested boolean not null default false,
  -- bytes read and to read
  done bigint not null default 0,
  total bigint,
  requested_by uuid,
  requested_by_name text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  -- counts, and the code of what stopped it
  report jsonb not null default '{}'
);
create index import_recent on directory.import (created_at desc, id desc);
create table directory.rejected_line (
  import_id uuid not null references directory.import,
  line bigint not null,
  reason text not null,
  excerpt text not null,
  primary key (import_id, line)
);
-- A file on its way from a browser to whichever process imports it; emptied when the import ends.
create unlogged table directory.import_part (
  import_id uuid not null,
  position integer not null,
  content bytea not null,
  primary key (import_id, position)
);

-- What an import brings before it shows: not written to the log, emptied by the next import.
create unlogged table directory.staged_practice (
  like directory.practice,
  rpps text not null,
  family_name text not null,
  given_name text not null,
  name_key text not null,
  civility text,
  title text
);
create unlogged table directory.staged_structure (like directory.structure);
create unlogged table directory.staged_removal (line_hash bigint not null);
create unlogged table directory.staged_party (party_id uuid not null);

grant select on all tables in schema directory to jalon_app, jalon_system, jalon_kernel, jalon_report;
grant insert, update on directory.local_card to jalon_app;
grant insert, update, delete on directory.entry to jalon_app;
grant insert, update on directory.import to jalon_app;
grant insert, delete on directory.import_part to jalon_app;
-- The application writes local cards only; imports write the rest.
alter table directory.entry enable row level security;
alter table directory.entry force row level security;
create policy readable on directory.entry for select using (true);
create policy local on directory.entry to jalon_app using (kind = 'local') with check (kind = 'local');
create policy system on directory.entry to jalon_system using (true) with check (true);
grant insert, update, delete, truncate on all tables in schema directory to jalon_system;
-- the middle of a commune comes from the addresses of its structures
grant update (latitude, longitude) on territory.commune to jalon_system;

/* The first import fills the search without its indexes and makes them afterwards: four times faster. Only the owner may; while it lasts the
   table is locked, hence only when there is nothing to read in it yet. */
create function directory.set_search_indexes(wanted boolean) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if wanted then
    create index if not exists entry_words on directory.entry using gin (words);
    create index if not exists entry_sounds_like on directory.entry using gin (sort_key gin_trgm_ops);
  elsif not exists (select from directory.entry where kind <> 'local') then
    drop index if exists directory.entry_words, directory.entry_sounds_like;
  end if;
end $$;
/* Only the owner may tell the planner what an import just wrote; without it, it would read whole tables for a few changes. */
create function directory.gather_statistics(staged boolean) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if staged then
    analyze directory.staged_practice, directory.staged_structure, directory.staged_removal, directory.staged_party;
  else
    analyze directory.professional, directory.practice, directory.structure, directory.entry;
  end if;
end $$;
revoke all on function directory.set_search_indexes, directory.gather_statistics from public;
grant execute on function directory.set_search_indexes, directory.gather_statistics to jalon_system;

-- Indicator 6: the general practitioners who practise in a commune, in a cabinet, a centre de santé or a maison de santé.
grant create on schema reporting to jalon_report;
create view reporting.general_practitioner as
  select commune_code, party_id, bool_or(mode = 'L') as liberal from directory.practice where profession = '10' and skill in ('SM26', 'SM53', 'SM54') and commune_code is not null
    and (mode = 'L' or sector in ('SA05', 'SA07', 'SA08', 'SA09', 'SA52'))
  group by commune_code, party_id;
alter view reporting.general_practitioner owner to jalon_report;
revoke create on schema reporting from jalon_report;
grant select on reporting.general_practitioner to jalon_app, jalon_system;
