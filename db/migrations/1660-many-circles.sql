-- One gesture over the circles of many files (somebody changes role or place, a structure is replaced by another): what was done, why, by whom.
-- About nobody; what changed in each file is in its circle, its Fil and its audit.

create table care_team.circle_gesture (
  id uuid primary key,
  service_id uuid not null references territory.service,
  kind text not null check (kind in ('role', 'place', 'replace')),
  party_id uuid not null,
  party_name text not null,
  -- what changed, as the form sent it: { from, to } | { place, phone } | { partyId, name }
  change jsonb not null,
  because text not null,
  done integer not null,
  refused integer not null,
  at timestamptz not null,
  by_user uuid not null,
  by_name text not null
);
create index circle_gesture_service on care_team.circle_gesture (service_id, at desc);
alter table care_team.circle_gesture enable row level security;
alter table care_team.circle_gesture force row level security;
create policy own on care_team.circle_gesture to jalon_app using (service_id = (select platform.actor_service())) with check (service_id = (select platform.actor_service()));
create policy system on care_team.circle_gesture to jalon_system using (true) with check (true);
grant select, insert on care_team.circle_gesture to jalon_app;
grant select, insert, update, delete on care_team.circle_gesture to jalon_system, jalon_kernel;
