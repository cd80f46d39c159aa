/* A file in intermediate archive is in nobody's sight and at nobody's door: not a look-alike, not a candidate, not opened exceptionally, not joined. Those who
   read the archive find it by its exact name, and bring it back with the person. */

create function privacy.archived(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from privacy.archived_file a where a.person_id = any (persons.identity_set(person)))
$$;
grant create on schema privacy to jalon_kernel;
alter function privacy.archived(uuid) owner to jalon_kernel;
revoke create on schema privacy from jalon_kernel;
revoke all on function privacy.archived(uuid) from public;
grant execute on function privacy.archived(uuid) to jalon_kernel, jalon_system;

do $$
declare
  door regprocedure;
  was text;
  becomes text;
begin
  for door in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'persons' and p.proname in ('identify', 'exceptional_candidates', 'open_exceptionally') loop
    was := pg_get_functiondef(door);
    -- the last place where the door looks at the protection of the person is the one that decides
    becomes := regexp_replace(was, '(.*)p\.protection = ''shared''', '\1p.protection = ''shared'' and not privacy.archived(p.person_id)');
    if becomes = was then raise exception '% does not look at persons as expected', door; end if;
    execute becomes;
  end loop;
end $$;

/* Retention looks again at each person inside the transaction that ends what is due: whoever is being touched at that moment waits for the next night. */
create function persons.try_lock_sights(person uuid) returns boolean language sql as $$
  select pg_try_advisory_xact_lock(hashtextextended('persons.sight', 0) # hashtextextended(person::text, 0))
$$;

/* A request that joins a person changes her rights: in their order, as the other doors. Nobody joins a person who refuses sharing with her. */
create or replace function persons.join_person(person uuid, source uuid, its_reason text, sight_id uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if platform.actor_service() is null or not platform.actor_service() = any (platform.actor_parties())
    or (select v.kind from territory.service v where v.id = platform.actor_service()) is distinct from 'dac' then
    raise exception 'a person is joined for one''s own service' using errcode = 'insufficient_privilege';
  end if;
  perform persons.lock_sights(person);
  if not exists (select 1 from persons.person p where p.person_id = person and p.protection = 'shared' and not privacy.archived(p.person_id))
    or person = any (persons.refusing_actor()) then return false; end if;
  insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at, granted_by)
  values (sight_id, person, platform.actor_service(), 'request', '{administrative}', its_reason, source, platform.clock(), platform.actor_id())
  on conflict (person_id, party_id, source_id) where ends_at is null do nothing;
  return true;
end $$;
