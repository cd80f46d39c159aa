-- What every capability stands on: who acts, the clock, idempotency, the one order of events, the audit, drafts, long work.
-- Roles (made by migrate.ts): jalon_app is the application; jalon_system runs jobs; jalon_kernel owns the few reviewed
-- SECURITY DEFINER functions; jalon_report reads the views of schema reporting.

create schema platform;
create schema audit;
create schema reporting;
grant usage on schema platform, audit to jalon_app, jalon_system, jalon_kernel, jalon_report;
grant usage on schema reporting to jalon_report, jalon_system;

-- Who acts, set per transaction. An unset setting is '' after a first transaction, hence nullif.
create function platform.actor_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('jalon.actor', true), '')::uuid $$;
create function platform.actor_service() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('jalon.service', true), '')::uuid $$;
create function platform.actor_parties() returns uuid[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('jalon.parties', true), '')::uuid[], '{}') $$;
create function platform.actor_volets() returns text[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('jalon.volets', true), '')::text[], '{}') $$;
create function platform.actor_functions() returns text[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('jalon.functions', true), '')::text[], '{}') $$;
-- The business clock: policies, terms and delays read it; the audit reads the database's own.
create function platform.clock() returns timestamptz language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('jalon.clock', true), '')::timestamptz, now()) $$;
create function platform.today() returns date language sql stable parallel safe
  as $$ select (platform.clock() at time zone coalesce(nullif(current_setting('jalon.time_zone', true), ''), 'Europe/Paris'))::date $$;

create table platform.setting (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
comment on table platform.setting is 'Settings of the installation: one database is one region.';
grant select on platform.setting to jalon_app, jalon_system, jalon_kernel, jalon_report;
grant insert, update on platform.setting to jalon_system;

create table platform.session (
  id_hash bytea primary key,
  user_id uuid not null,
  membership_id uuid,
  draft_secret text not null,
  identity jsonb not null default '{}',
  user_agent text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text
);
comment on table platform.session is 'Server-side sessions; the identifier is kept as its SHA-256 only.';
create index session_by_user on platform.session (user_id) where ended_at is null;
grant select, insert, update, delete on platform.session to jalon_system;

create table platform.idempotency (
  actor_id uuid not null,
  action text not null,
  key uuid not null,
  input_hash bytea not null,
  result jsonb,
  created_at timestamptz not null default now(),
  primary key (actor_id, action, key)
);
comment on table platform.idempotency is 'One effect per key; written with the effect, so that a refusal or a failure leaves nothing. result holds references only.';
alter table platform.idempotency enable row level security;
alter table platform.idempotency force row level security;
create policy own on platform.idempotency to jalon_app using (actor_id = (select platform.actor_id())) with check (actor_id = (select platform.actor_id()));
create policy system on platform.idempotency to jalon_system using (true) with check (true);
grant select, insert, update on platform.idempotency to jalon_app;
grant select, insert, update, delete on platform.idempotency to jalon_system;

-- Events: written in the business transaction, moved to the feed by one sequencer that gives a gapless order.
create table platform.event_inbox (
  id uuid primary key,
  type text not null,
  person_id uuid,
  volet text,
  audience uuid[] not null default '{}',
  payload jsonb not null default '{}',
  actor_id uuid,
  at timestamptz not null default now()
);
create table platform.event (
  seq bigint primary key,
  id uuid not null unique,
  type text not null,
  person_id uuid,
  volet text,
  audience uuid[] not null default '{}',
  payload jsonb not null default '{}',
  actor_id uuid,
  at timestamptz not null,
  sequenced_at timestamptz not null default clock_timestamp()
);
comment on table platform.event is 'The one order of events. payload holds ids only; audience is who had sight when it was sequenced.';
create index event_audience on platform.event using gin (audience);
create table platform.subscription (
  name text primary key,
  last_seq bigint not null default 0
);
comment on table platform.subscription is 'How far each subscriber of the feed has come.';
grant insert on platform.event_inbox to jalon_app, jalon_system, jalon_kernel;
grant select, delete on platform.event_inbox to jalon_system;
grant select, insert on platform.event to jalon_system;
grant select, insert, update on platform.subscription to jalon_system;

-- Replaced by persons: platform knows no capability.
create function platform.audience_of(person uuid, its_volet text) returns uuid[] language sql stable as $$ select '{}'::uuid[] $$;

-- Audit: one row per read, write or refusal; person_ids says whom it showed or touched. The sequencer seals it in the order of events.
create table audit.inbox (
  id uuid primary key,
  at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  actor_kind text not null,
  service_id uuid,
  name text not null,
  kind text not null check (kind in ('action', 'query', 'login')),
  outcome text not null check (outcome in ('done', 'refused', 'failed', 'replayed')),
  code text,
  person_ids uuid[] not null default '{}',
  details jsonb not null default '{}',
  request_id text
);
create table audit.entry (
  seq bigint not null,
  id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  actor_kind text not null,
  service_id uuid,
  name text not null,
  kind text not null,
  outcome text not null,
  code text,
  person_ids uuid[] not null default '{}',
  details jsonb not null default '{}',
  request_id text,
  hash bytea not null,
  primary key (at, seq)
) partition by range (at);
comment on table audit.entry is 'Append-only. hash chains each line to the one before it: a line changed, removed or moved shows.';
create index entry_person on audit.entry using gin (person_ids);
create index entry_actor on audit.entry (actor_id, at desc);
create table audit.entry_default partition of audit.entry default;
create table audit.head (
  single boolean primary key default true check (single),
  seq bigint not null default 0,
  hash bytea not null default '\x00'
);
insert into audit.head default values;
grant insert on audit.inbox to jalon_app, jalon_system, jalon_kernel;
grant select, delete on audit.inbox to jalon_system;
grant select, insert on audit.entry to jalon_system;
grant select, update on audit.head to jalon_system;
grant select on audit.entry, audit.inbox to jalon_kernel;

-- Drafts: what is being typed, per user and form; nobody else reads it.
create table platform.draft (
  user_id uuid not null,
  key text not null,
  content jsonb not null,
  version integer not null default 1,
  saved_at timestamptz not null default now(),
  primary key (user_id, key)
);
alter table platform.draft enable row level security;
alter table platform.draft force row level security;
create policy own on platform.draft to jalon_app using (user_id = (select platform.actor_id())) with check (user_id = (select platform.actor_id()));
create policy system on platform.draft to jalon_system using (true) with check (true);
grant select, insert, update, delete on platform.draft to jalon_app, jalon_system;

-- Long work: imports, exports, mass letters. Progress survives the page and the process.
create table platform.long_work (
  id uuid primary key,
  kind text not null,
  title text not null,
  requested_by uuid,
  service_id uuid,
  state text not null check (state in ('waiting', 'running', 'suspended', 'done', 'cancelled', 'failed')),
  done bigint not null default 0,
  total bigint,
  rejected bigint not null default 0,
  report jsonb not null default '{}',
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz
);
grant select, insert, update on platform.long_work to jalon_app, jalon_system;
alter table platform.long_work enable row level security;
alter table platform.long_work force row level security;
create policy own on platform.long_work to jalon_app
  using (requested_by = (select platform.actor_id())) with check (requested_by = (select platform.actor_id()));
create policy system on platform.long_work to jalon_system using (true) with check (true);

-- Field-by-field history of every mutable record: what changed, by whom; persons protects it by the rule of sight.
create table platform.field_history (
  record_id uuid not null,
  version integer not null,
  record_type text not null,
  person_id uuid,
  volet text not null default 'administrative',
  holder_org uuid,
  protection text not null default 'shared',
  changes jsonb not null,
  changed_by uuid,
  changed_at timestamptz not null default now(),
  primary key (record_id, version)
);
grant select, insert on platform.field_history to jalon_app, jalon_system, jalon_kernel;
