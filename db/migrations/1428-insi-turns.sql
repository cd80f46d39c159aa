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

/* Of these, those whose traits may leave: neither merged into somebody else, nor archived, nor kept without being used (art. 18 RGPD), and nobody who is that person said
   no last to being taken in charge or to the shared file (n° 1 and 2). privacy.archived, persons.use_limited and persons.identity_set, asked of all at once. */
create function persons.traits_leaving(ids uuid[]) returns setof uuid language sql stable set search_path = pg_catalog as $$
  with asked as materialized (
    select p.person_id as id, coalesce(up.into_person_id, p.person_id) as root
    from persons.person p left join persons.alias up on up.person_id = p.person_id and up.ends_at is null where p.person_id = any (ids) and p.protection = 'shared'),
  hers as materialized (
    select id, id as who from asked union select id, root from asked
    union select a.id, d.person_id from asked a join persons.alias d on d.into_person_id = a.root and d.ends_at is null),
  barred as (
    select h.id from hers h join privacy.archived_file f on f.person_id = h.who
    union select h.id from hers h join privacy.limitation l on l.person_id = h.who and l.lifted_at is null
    union select last.id from (select distinct on (h.id, n.number) h.id, n.state from hers h join persons.non_opposition n on n.person_id = h.who and n.number in (1, 2)
      order by h.id, n.number, n.recorded_at desc, n.id desc) last where last.state = 'opposition')
  select a.id from asked a where not exists (select from barred b where b.id = a.id)
$$;
create function persons.traits_leave(person uuid) returns boolean language sql stable set search_path = pg_catalog as $$
  select exists (select from persons.traits_leaving(array[person]))
$$;
/* Those of these whom the actor sees (persons.actor_sees, of all at once) and whose traits may leave. Reviewed door: SECURITY DEFINER, owned by jalon_kernel. */
create function persons.traits_may_leave(ids uuid[]) returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select persons.traits_leaving(array(select distinct s.person_id from persons.sight s
    where s.person_id = any (ids) and s.party_id = any ((select platform.actor_parties())::uuid[]) and 'administrative' = any (s.volets) and s.suspended_at is null
      and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())
      and (s.basis = 'self' or s.person_id <> all ((select persons.refusing_actor())::uuid[]))))
$$;
revoke all on function persons.traits_leaving(uuid[]), persons.traits_leave(uuid), persons.traits_may_leave(uuid[]) from public;
grant execute on function persons.traits_leaving(uuid[]), persons.traits_leave(uuid) to jalon_kernel, jalon_system;
grant execute on function persons.traits_may_leave(uuid[]) to jalon_app;
grant create on schema persons to jalon_kernel;
alter function persons.traits_may_leave(uuid[]) owner to jalon_kernel;
revoke create on schema persons from jalon_kernel;
