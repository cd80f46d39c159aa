-- Hospital events (HL7 v2 ADT, FHIR notifications): who may tell them, what was told, whom it may be about, and the stays of persons who are accompanied.
-- What a hospital tells of somebody whom nobody here accompanies is kept for hours, then destroyed.

create schema hospital_events;
grant usage on schema hospital_events to jalon_app, jalon_system, jalon_kernel, jalon_report;

-- An establishment that may tell: the name that it gives itself in messages, the certificates that speak for it, the key of its notifications.
create table hospital_events.sender (
  id uuid primary key,
  -- as it is read: « Centre hospitalier de Remiremont »
  name text not null,
  -- MSH-4: one certificate (that of a GHT) may speak for several establishments
  facility text not null,
  -- SHA-256 of the client certificates, 64 digits in lower case; two at once while one replaces the other
  fingerprints text[] not null default '{}' check (cardinality(fingerprints) <= 3),
  secret bytea not null default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'),
  last_message_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz
);
create unique index sender_facility on hospital_events.sender (facility) where ended_at is null;
create index sender_fingerprints on hospital_events.sender using gin (fingerprints) where ended_at is null;

-- How long is kept what is told of somebody: not known here, and not decided yet. Every decision of the region stays.
create table hospital_events.keeping (
  version integer primary key check (version > 0),
  unknown_hours smallint not null check (unknown_hours between 0 and 168),
  undecided_days smallint not null check (undecided_days between 1 and 60),
  decided_by_name text not null,
  decided_at timestamptz not null default now()
);
insert into hospital_events.keeping (version, unknown_hours, undecided_days, decided_by_name) values (1, 48, 15, 'Jalon, durées de départ');

-- A stay as the hospital numbers it, with the traits that it last told; null once they are destroyed.
create table hospital_events.visit (
  id uuid primary key,
  sender_id uuid not null references hospital_events.sender,
  number text not null,
  traits jsonb,
  -- when the hospital wrote the message that told them
  traits_at timestamptz,
  -- where it stands, from all its messages
  course jsonb,
  state text not null default 'received' check (state in ('received', 'unknown', 'undecided', 'recognised', 'forgotten')),
  first_at timestamptz not null,
  last_at timestamptz not null,
  unique (sender_id, number)
);
create index visit_to_forget on hospital_events.visit (last_at) where traits is not null;

-- What came in, once for a sender and a number of message: no trait, only acts and instants.
create table hospital_events.message (
  id uuid primary key,
  sender_id uuid not null references hospital_events.sender,
  control_id text not null,
  digest bytea not null,
  visit_id uuid references hospital_events.visit on delete set null,
  told jsonb not null,
  received_at timestamptz not null,
  unique (sender_id, control_id)
);
create index message_visit on hospital_events.message (visit_id) where visit_id is not null;
create index message_received on hospital_events.message (received_at);

-- Somebody who may be the one of the stay, for a DAC that accompanies her; and what it decided. Kept as long as the traits are.
create table hospital_events.candidate (
  id uuid primary key,
  visit_id uuid not null references hospital_events.visit on delete cascade,
  person_id uuid not null references persons.person,
  score smallint not null,
  reasons text[] not null default '{}',
  -- recognised without anybody: by her qualified INS, by five traits alike
  recognised text check (recognised in ('ins', 'traits')),
  decision text check (decision in ('hers', 'not_hers')),
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  found_at timestamptz not null,
  volet text not null default 'health',
  holder_org uuid not null references territory.service,
  protection text not null default 'org_private',
  version integer not null default 1,
  check ((decision is null) = (decided_at is null))
);
select persons.protect('hospital_events.candidate');
select duplicates.follow('hospital_events.candidate');
create index candidate_person on hospital_events.candidate (person_id);
create index candidate_visit on hospital_events.candidate (visit_id);
create index candidate_open on hospital_events.candidate (holder_org, found_at desc);

-- A stay of somebody who is accompanied. « not_hers »: it was another person's.
create table hospital_events.stay (
  id uuid primary key,
  visit_id uuid,
  person_id uuid not null references persons.person,
  sender_name text not null,
  kind text not null check (kind in ('inpatient', 'emergency')),
  state text not null check (state in ('in_hospital', 'discharged', 'cancelled', 'not_hers')),
  admitted_at timestamptz,
  discharged_at timestamptz,
  expected_on date,
  -- what raised the alerts of each, one a DAC: told once (an empty list alerted nobody), told anew after a cancellation
  admission_told uuid[],
  discharge_told uuid[],
  recognised_by text not null check (recognised_by in ('ins', 'traits', 'user')),
  recognised_by_name text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  volet text not null default 'health',
  holder_org uuid not null references territory.service,
  protection text not null default 'shared',
  version integer not null default 1
);
select persons.protect('hospital_events.stay');
select duplicates.follow('hospital_events.stay');
create index stay_person on hospital_events.stay (person_id, admitted_at desc);
create unique index stay_visit on hospital_events.stay (visit_id) where state <> 'not_hers';

do $$
declare t text;
begin
  foreach t in array array['sender', 'keeping', 'visit', 'message'] loop
    execute format('alter table hospital_events.%I enable row level security', t);
    execute format('alter table hospital_events.%I force row level security', t);
    execute format('create policy system on hospital_events.%I to jalon_system using (true) with check (true)', t);
    execute format('create policy kernel on hospital_events.%I to jalon_kernel using (true) with check (true)', t);
  end loop;
end $$;

create policy administered on hospital_events.sender to jalon_app using ((select platform.actor_functions()) && '{regional_admin}'::text[])
  with check ((select platform.actor_functions()) && '{regional_admin}'::text[]);
-- Whoever reads a list of stays reads who told them.
create policy named on hospital_events.sender for select to jalon_app using (id in (select v.sender_id from hospital_events.visit v));
create policy itself on hospital_events.sender for update to jalon_app using (id = (select platform.actor_id()));
create policy read on hospital_events.keeping for select to jalon_app using (true);
create policy write on hospital_events.keeping for insert to jalon_app with check ((select platform.actor_functions()) && '{regional_admin}'::text[]);
-- A sender writes what it tells and reads nothing else; a DAC reads a stay that may be of somebody whom it accompanies.
create policy told on hospital_events.visit to jalon_app using (sender_id = (select platform.actor_id())) with check (sender_id = (select platform.actor_id()));
create policy candidate on hospital_events.visit for select to jalon_app using (exists (select from hospital_events.candidate c where c.visit_id = visit.id));
create policy told on hospital_events.message to jalon_app using (sender_id = (select platform.actor_id())) with check (sender_id = (select platform.actor_id()));

grant select (id, name, facility, fingerprints, last_message_at, created_at, ended_at) on hospital_events.sender to jalon_app;
grant insert (id, name, facility, fingerprints, created_at) on hospital_events.sender to jalon_app;
grant update (name, facility, fingerprints, ended_at, last_message_at) on hospital_events.sender to jalon_app;
grant select, insert on hospital_events.keeping to jalon_app;
grant select, insert on hospital_events.visit to jalon_app;
grant update (traits, traits_at, state, last_at) on hospital_events.visit to jalon_app;
grant select, insert on hospital_events.message to jalon_app;
grant select on hospital_events.candidate, hospital_events.stay to jalon_app;
grant update (decision, decided_at, decided_by, decided_by_name, version) on hospital_events.candidate to jalon_app;
grant select, insert, update, delete on all tables in schema hospital_events to jalon_system, jalon_kernel;
grant select on hospital_events.stay, hospital_events.candidate to jalon_report;

/* The key of a sender's notifications, for whoever sets the hospital up. Reviewed door: the regional administration only. */
create function hospital_events.secret_of(its_id uuid) returns text language sql stable security definer set search_path = pg_catalog as $$
  select encode(secret, 'hex') from hospital_events.sender where id = its_id and ended_at is null and platform.actor_functions() && '{regional_admin}'::text[]
$$;
grant create on schema hospital_events to jalon_kernel;
alter function hospital_events.secret_of(uuid) owner to jalon_kernel;
revoke create on schema hospital_events from jalon_kernel;
revoke all on function hospital_events.secret_of(uuid) from public;
grant execute on function hospital_events.secret_of(uuid) to jalon_app;
