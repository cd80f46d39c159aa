-- Who is away, and who stands in. In territory, so that whoever routes alerts or tasks may read it. The reason is nobody's business: none is kept.

create table territory.absence (
  id uuid primary key,
  user_id uuid not null references territory.user_account,
  service_id uuid not null references territory.service,
  starts_at timestamptz not null,
  -- exclusive
  ends_at timestamptz not null,
  -- said in days, not in hours: how the screen and a calendar show it
  whole_days boolean not null default true,
  -- null: the binôme of each file
  substitute_id uuid references territory.user_account,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  cancelled_at timestamptz,
  cancelled_by uuid,
  check (ends_at > starts_at),
  check (substitute_id is distinct from user_id)
);
create index absence_user on territory.absence (user_id, ends_at) where cancelled_at is null;
create index absence_service on territory.absence (service_id, ends_at) where cancelled_at is null;

alter table territory.absence enable row level security;
alter table territory.absence force row level security;
create policy own_service on territory.absence to jalon_app using (service_id = (select platform.actor_service())) with check (service_id = (select platform.actor_service()));
create policy system on territory.absence to jalon_system using (true) with check (true);
create policy kernel on territory.absence to jalon_kernel using (true) with check (true);
grant select, insert, update on territory.absence to jalon_app;
grant select, insert, update, delete on territory.absence to jalon_system, jalon_kernel;

/* True while she is away: whoever routes something to her asks, from any service. */
create function territory.absent(person_in_charge uuid, at timestamptz) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from territory.absence a where a.user_id = person_in_charge and a.cancelled_at is null and a.starts_at <= at and a.ends_at > at)
$$;
/* Who stands in for her during the absence that runs, when somebody was named and is not away too; else null. */
create function territory.substitute(person_in_charge uuid, at timestamptz) returns uuid language sql stable security definer set search_path = pg_catalog as $$
  select a.substitute_id from territory.absence a
   where a.user_id = person_in_charge and a.cancelled_at is null and a.starts_at <= at and a.ends_at > at and a.substitute_id is not null
     and not exists (select from territory.absence b where b.user_id = a.substitute_id and b.cancelled_at is null and b.starts_at <= at and b.ends_at > at)
   order by a.recorded_at desc limit 1
$$;

grant create on schema territory to jalon_kernel;
do $$
declare f regprocedure;
begin
  foreach f in array array['territory.absent(uuid, timestamptz)', 'territory.substitute(uuid, timestamptz)']::regprocedure[] loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app, jalon_system, jalon_report', f);
  end loop;
end $$;
revoke create on schema territory from jalon_kernel;
