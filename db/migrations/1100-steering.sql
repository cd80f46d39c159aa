-- Steering: what a DAC enters itself for the eight indicators (staff, funding). The rest is counted from the work.

create schema steering;
grant usage on schema steering to jalon_app, jalon_system, jalon_kernel, jalon_report;

/* Who reads and writes the figures of a service: its direction; the region and its governance read them all. */
create function steering.reads(service uuid) returns boolean language sql stable parallel safe as $$
  select (service = platform.actor_service() and platform.actor_functions() && '{director,team_lead}'::text[])
    or platform.actor_functions() && '{governance_member,regional_admin}'::text[]
$$;
create function steering.writes(service uuid) returns boolean language sql stable parallel safe as $$
  select service = platform.actor_service() and 'director' = any (platform.actor_functions())
$$;

-- Indicator 7. A post, not a person: no name is needed to count it.
create table steering.post (
  id uuid primary key,
  service_id uuid not null references territory.service,
  job text not null,
  employment text not null,
  label text,
  quotity numeric(4, 3) not null check (quotity > 0 and quotity <= 1),
  starts_on date not null,
  ends_on date,
  version integer not null default 1,
  removed_at timestamptz,
  recorded_by uuid,
  check (ends_on is null or ends_on >= starts_on)
);
create index post_service on steering.post (service_id, starts_on) where removed_at is null;

-- Indicator 8. One line per year and funder.
create table steering.funding (
  id uuid primary key,
  service_id uuid not null references territory.service,
  year integer not null check (year between 2000 and 2100),
  funder text not null,
  amount numeric(12, 2) not null check (amount >= 0),
  provisional boolean not null default true,
  note text,
  version integer not null default 1,
  removed_at timestamptz,
  recorded_by uuid
);
create unique index funding_line on steering.funding (service_id, year, funder) where removed_at is null;

do $$
declare t text;
begin
  foreach t in array array['steering.post', 'steering.funding'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy read on %s for select to jalon_app using (steering.reads(service_id))', t);
    execute format('create policy add on %s for insert to jalon_app with check (steering.writes(service_id))', t);
    execute format('create policy edit on %s for update to jalon_app using (steering.writes(service_id)) with check (steering.writes(service_id))', t);
    execute format('create policy system on %s to jalon_system using (true) with check (true)', t);
    execute format('create policy report on %s for select to jalon_report using (true)', t);
  end loop;
end $$;
grant select, insert, update on steering.post, steering.funding to jalon_app;
grant select, insert, update, delete on steering.post, steering.funding to jalon_system;
grant select on steering.post, steering.funding to jalon_report;
