-- Asking the teleservice about many files of a service at once: a turn, whose progress shows.

create table persons.insi_turn (
  id uuid primary key,
  -- 'verification': matricules already held; 'search': complete traits without matricule
  operation text not null check (operation in ('search', 'verification')),
  service_id uuid not null,
  asked_at timestamptz not null,
  asked_by uuid not null,
  asked_by_name text not null,
  total integer not null default 0
);
create index insi_turn_service on persons.insi_turn (service_id, asked_at desc);
alter table persons.insi_call add column turn_id uuid references persons.insi_turn;
create index insi_call_turn on persons.insi_call (turn_id, state) where turn_id is not null;
alter table persons.insi_turn enable row level security;
alter table persons.insi_turn force row level security;
create policy service on persons.insi_turn to jalon_app using (service_id = platform.actor_service()) with check (service_id = platform.actor_service());
create policy system on persons.insi_turn to jalon_system using (true) with check (true);
create policy kernel on persons.insi_turn to jalon_kernel using (true) with check (true);
grant select, insert, update on persons.insi_turn to jalon_app;
grant select, insert, update, delete on persons.insi_turn to jalon_system, jalon_kernel;

/* Her traits may leave: neither merged into somebody else, nor archived, nor kept without being used (art. 18 RGPD), and nobody who is that person said no last to being
   taken in charge or to the shared file (n° 1 and 2). Asked again each time that they would leave. */
create function persons.traits_leave(person uuid) returns boolean language sql stable set search_path = pg_catalog as $$
  select exists (select from persons.person p where p.person_id = person and p.protection = 'shared')
    and not privacy.archived(person) and not persons.use_limited(person)
    and not exists (select from (select distinct on (n.number) n.state from persons.non_opposition n
        where n.person_id = any (persons.identity_set(person)) and n.number in (1, 2) order by n.number, n.recorded_at desc, n.id desc) last
      where last.state = 'opposition')
$$;
/* Those of these whom the actor sees and whose traits may leave. Reviewed door: SECURITY DEFINER, owned by jalon_kernel. */
create function persons.traits_may_leave(ids uuid[]) returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select i.id from unnest(ids) as i(id) where persons.actor_sees(i.id) and persons.traits_leave(i.id)
$$;
revoke all on function persons.traits_leave(uuid), persons.traits_may_leave(uuid[]) from public;
grant execute on function persons.traits_leave(uuid) to jalon_kernel, jalon_system;
grant execute on function persons.traits_may_leave(uuid[]) to jalon_app;
grant create on schema persons to jalon_kernel;
alter function persons.traits_may_leave(uuid[]) owner to jalon_kernel;
revoke create on schema persons from jalon_kernel;
