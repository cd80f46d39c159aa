-- Telephony (R121): the lines that tell Jalon who calls, and the calls of the day. A number is kept as long as the call is of use: a day.

create schema telephony;
grant usage on schema telephony to jalon_app, jalon_system, jalon_kernel, jalon_report;

create table telephony.line (
  id uuid primary key,
  service_id uuid not null references territory.service,
  label text not null,
  -- how the exchange speaks: signed messages over HTTP, or SIP
  shape text not null check (shape in ('webhook', 'sip')),
  -- the number or the extension that is called, as the exchange names it: what tells lines of SIP apart
  called text,
  -- signs the messages of a webhook line
  secret bytea not null default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'),
  last_call_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index line_service on telephony.line (service_id);
create unique index line_called on telephony.line (called) where shape = 'sip' and ended_at is null;

create table telephony.call (
  id uuid primary key,
  line_id uuid not null references telephony.line,
  -- how the exchange names the call: the same message twice is one call
  external_id text not null,
  service_id uuid not null references territory.service,
  caller text,
  state text not null check (state in ('ringing', 'answered', 'ended')),
  received_at timestamptz not null,
  taken_by uuid,
  taken_by_name text,
  ended_at timestamptz,
  unique (line_id, external_id)
);
create index call_recent on telephony.call (service_id, received_at desc);

alter table telephony.line enable row level security;
alter table telephony.line force row level security;
create policy administered on telephony.line to jalon_app using ((select platform.actor_functions()) && '{regional_admin}'::text[] or service_id = (select platform.actor_service()))
  with check ((select platform.actor_functions()) && '{regional_admin}'::text[] or service_id = (select platform.actor_service()));
create policy system on telephony.line to jalon_system using (true) with check (true);
create policy kernel on telephony.line to jalon_kernel using (true);
alter table telephony.call enable row level security;
alter table telephony.call force row level security;
create policy own on telephony.call to jalon_app using (service_id = (select platform.actor_service())) with check (service_id = (select platform.actor_service()));
create policy system on telephony.call to jalon_system using (true) with check (true);

-- everything but the secret
grant select (id, service_id, label, shape, called, last_call_at, created_at, ended_at) on telephony.line to jalon_app;
grant insert (id, service_id, label, shape, called, created_at) on telephony.line to jalon_app;
grant update (label, called, ended_at, last_call_at) on telephony.line to jalon_app;
grant select, insert, update, delete on telephony.call to jalon_app;
grant select, insert, update on telephony.line to jalon_system;
grant select, insert, update, delete on telephony.call to jalon_system;
grant select, update on telephony.line to jalon_kernel;

/* The secret of a line, for whoever sets the exchange up. Reviewed door: the regional administration only. */
create function telephony.secret_of(its_id uuid) returns text language sql stable security definer set search_path = pg_catalog as $$
  select encode(secret, 'hex') from telephony.line where id = its_id and ended_at is null and platform.actor_functions() && '{regional_admin}'::text[]
$$;
grant create on schema telephony to jalon_kernel;
alter function telephony.secret_of(uuid) owner to jalon_kernel;
revoke create on schema telephony from jalon_kernel;
revoke all on function telephony.secret_of(uuid) from public;
grant execute on function telephony.secret_of(uuid) to jalon_app;
