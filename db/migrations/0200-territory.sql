-- Territory: the geography, the organisations and who works where.

create schema territory;
grant usage on schema territory to jalon_app, jalon_system, jalon_kernel, jalon_report;

create table territory.region (code text primary key, name text not null);
create table territory.department (code text primary key, name text not null, region_code text not null references territory.region);
create table territory.epci (code text primary key, name text not null);
create table territory.commune (
  code text primary key,
  name text not null,
  search_key text not null collate "C",
  kind text not null check (kind in ('commune', 'arrondissement')),
  parent_code text references territory.commune,
  department_code text references territory.department,
  region_code text references territory.region,
  epci_code text references territory.epci,
  postal_codes text[] not null default '{}',
  population integer,
  -- middle of the known addresses of the commune, where the directory knows some: the official code gives no coordinate
  latitude double precision,
  longitude double precision,
  -- false for a commune that merged since: what was recorded under its code stays readable
  in_force boolean not null default true
);
comment on table territory.commune is 'Communes and arrondissements municipaux of the official geographic code; search_key is the normalised name.';
-- Names and codes of before a merger (communes déléguées et associées), by which people still know their commune.
create table territory.commune_alias (
  commune_code text not null references territory.commune,
  code text not null,
  name text not null,
  search_key text not null collate "C",
  primary key (commune_code, code, search_key)
);
create index commune_alias_search on territory.commune_alias (search_key text_pattern_ops);
create index commune_alias_code on territory.commune_alias (code);
create index commune_search on territory.commune (search_key text_pattern_ops);
create index commune_search_trigram on territory.commune using gin (search_key gin_trgm_ops);
create index commune_postal on territory.commune using gin (postal_codes);
create index commune_department on territory.commune (department_code);
create index commune_epci on territory.commune (epci_code);

/* The identifier of whoever a national number names, always the same: an import, a login and a second installation agree on it
   without asking one another, and whoever vanishes and returns is herself again. key: 'rpps:10001234567', 'finess:880780077'. UUID version 8 (RFC 9562). */
create function territory.party_id(key text) returns uuid language sql immutable strict parallel safe
  as $$ select overlay(overlay(md5(key) placing '8' from 13) placing '8' from 17)::uuid $$;

-- A legal person is not a service is not a site (R80, R90).
create table territory.legal_person (
  id uuid primary key,
  name text not null,
  legal_form text,
  siren text,
  finess_legal text,
  source text not null default 'local',
  version integer not null default 1,
  created_at timestamptz not null default now()
);
create table territory.service (
  id uuid primary key,
  legal_person_id uuid references territory.legal_person,
  kind text not null,
  name text not null,
  short_name text,
  phone text,
  email text,
  address text,
  postal_code text,
  commune_code text references territory.commune,
  finess text,
  -- the départements that a published directory announces for it; its perimeter alone decides who is in charge
  announced_departments text[] not null default '{}',
  -- CPTS only: code of territory.cpts_status (seed 001)
  cpts_status text,
  -- R31/R57: does it answer persons and relatives directly?
  open_to_public boolean not null default false,
  opening jsonb not null default '{}',
  source text not null default 'local',
  is_demo boolean not null default false,
  starts_on date,
  ends_on date,
  version integer not null default 1,
  created_at timestamptz not null default now()
);
create index service_kind on territory.service (kind);
create table territory.site (
  id uuid primary key,
  service_id uuid not null references territory.service,
  -- code of territory.site_kind
  kind text not null default 'branch',
  name text not null,
  address text,
  postal_code text,
  commune_code text references territory.commune,
  phone text,
  ends_on date,
  version integer not null default 1
);
create index site_service on territory.site (service_id);

-- commune ↔ service, dated. One commune has exactly one DAC on a date (R6): the database refuses an overlap.
create table territory.perimeter (
  id uuid primary key,
  service_id uuid not null references territory.service,
  commune_code text not null references territory.commune,
  starts_on date not null,
  ends_on date,
  exclusive boolean not null,
  -- code of territory.perimeter_source
  source text not null default 'service',
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  check (ends_on is null or ends_on > starts_on),
  constraint one_dac_per_commune exclude using gist (commune_code with =, daterange(starts_on, ends_on, '[)') with &&) where (exclusive),
  constraint one_row_per_period exclude using gist (service_id with =, commune_code with =, daterange(starts_on, ends_on, '[)') with &&)
);
comment on column territory.perimeter.exclusive is 'True for a DAC, false for others: a CPTS or a DSR may overlap (R77).';
create index perimeter_commune on territory.perimeter (commune_code);

create table territory.user_account (
  id uuid primary key,
  national_id text unique,
  given_name text not null,
  family_name text not null,
  profession_label text,
  category text not null check (category in ('health', 'social', 'legal_protection', 'coordination', 'administrative')),
  email text,
  phone text,
  -- her card in the directory; no foreign key: people who vanish from the RPPS are purged there
  professional_id uuid,
  status text not null default 'active' check (status in ('active', 'disabled')),
  disabled_at timestamptz,
  is_demo boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now()
);
create index user_account_professional on territory.user_account (professional_id) where professional_id is not null;
create table territory.membership (
  id uuid primary key,
  user_id uuid not null references territory.user_account,
  service_id uuid not null references territory.service,
  functions text[] not null check (cardinality(functions) > 0),
  job_title text,
  starts_on date not null,
  ends_on date,
  version integer not null default 1,
  check (ends_on is null or ends_on >= starts_on)
);
create index membership_user on territory.membership (user_id);
create index membership_service on territory.membership (service_id);

-- Versioned lists: a region adds, hides and maps; it never deletes what was used.
create table territory.value_set (
  code text primary key,
  title text not null,
  version text not null,
  origin text not null check (origin in ('national', 'regional', 'local'))
);
create table territory.value (
  set_code text not null references territory.value_set,
  code text not null,
  label text not null,
  definition text,
  parent text,
  position integer not null,
  valid_from date not null,
  valid_to date,
  origin text not null check (origin in ('national', 'regional', 'local')),
  national_mapping text,
  hidden boolean not null default false,
  extra jsonb not null default '{}',
  primary key (set_code, code)
);

-- What a category may know of a person (R.1110-1, R.1110-2, D.1110-3-1 CSP): data, so that a region can change it.
create table territory.category_volet (
  category text not null,
  volet text not null check (volet in ('administrative', 'social', 'health')),
  legal_reference text not null,
  primary key (category, volet)
);
insert into territory.category_volet (category, volet, legal_reference) values
  ('health', 'administrative', 'R.1110-1 CSP'), ('health', 'social', 'R.1110-1 CSP'), ('health', 'health', 'L.1110-4 CSP'),
  ('coordination', 'administrative', 'R.1110-2, 2°, j CSP'), ('coordination', 'social', 'R.1110-2, 2°, j CSP'), ('coordination', 'health', 'R.1110-2, 2°, j CSP'),
  ('social', 'administrative', 'R.1110-2, 2° CSP'), ('social', 'social', 'R.1110-2, 2° CSP'),
  ('legal_protection', 'administrative', 'R.1110-2, 2°, f CSP'), ('legal_protection', 'social', 'R.1110-2, 2°, f CSP'),
  ('administrative', 'administrative', 'R.1110-1 CSP');

grant select on all tables in schema territory to jalon_app, jalon_system, jalon_kernel, jalon_report;
grant insert, update on territory.legal_person, territory.service, territory.site, territory.perimeter, territory.user_account,
  territory.membership, territory.value_set, territory.value to jalon_app, jalon_system;
-- a planned period that never ran may be taken back
grant delete on territory.perimeter to jalon_app, jalon_system;
grant insert, update, delete on territory.region, territory.department, territory.epci, territory.commune, territory.commune_alias to jalon_system;

/* The session and whoever it belongs to, in one call: what every request begins with. Reviewed door: SECURITY DEFINER, owned by
   jalon_kernel. Ended, expired or idle sessions, disabled accounts and ended memberships give no row. */
create function territory.session_actor(hash bytea, at timestamptz, idle interval, today date) returns table (
  user_id uuid, given_name text, family_name text, category text, professional_id uuid, membership_id uuid, functions text[],
  service_id uuid, service_kind text, service_name text, volets text[], draft_secret text, last_seen_at timestamptz, expires_at timestamptz
) language sql stable security definer set search_path = pg_catalog as $$
  select u.id, u.given_name, u.family_name, u.category, u.professional_id, m.id, m.functions, s.id, s.kind, s.name,
    array(select v.volet from territory.category_volet v where v.category = u.category), x.draft_secret, x.last_seen_at, x.expires_at
  from platform.session x
  join territory.user_account u on u.id = x.user_id and u.status = 'active'
  join territory.membership m on m.id = x.membership_id and m.user_id = u.id and m.starts_on <= today and (m.ends_on is null or m.ends_on >= today)
  join territory.service s on s.id = m.service_id
  where x.id_hash = hash and x.ended_at is null and x.expires_at > at and x.last_seen_at > at - idle
$$;
/* Ends the sessions of a user, or those opened in one membership, for whoever administers accounts. Reviewed door: sessions belong to
   jalon_system. Effective at the next request of that user. */
create function territory.end_sessions(its_user uuid, membership uuid, reason text) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare ended integer;
begin
  if not ('regional_admin' = any (platform.actor_functions())) then
    raise exception 'sessions may not be ended by this actor' using errcode = 'insufficient_privilege';
  end if;
  update platform.session set ended_at = platform.clock(), end_reason = reason
   where user_id = its_user and (membership is null or membership_id = membership) and ended_at is null;
  get diagnostics ended = row_count;
  return ended;
end $$;

grant create on schema territory to jalon_kernel;
alter function territory.session_actor owner to jalon_kernel;
alter function territory.end_sessions owner to jalon_kernel;
revoke create on schema territory from jalon_kernel;
revoke all on function territory.session_actor, territory.end_sessions from public;
grant execute on function territory.session_actor, territory.end_sessions to jalon_app, jalon_system;
grant select, update on platform.session to jalon_kernel;
