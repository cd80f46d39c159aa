/* « Ne rien partager avec… » names a professional, not a right: she does not read through her service what she may not read as herself. The lock stands on
   persons.sight, which every policy of a person reads, on the function that the doors ask, and on what the desk of her service holds. */

create index non_disclosure_refused on persons.non_disclosure (party_id) where kind = 'no_sharing' and ended_at is null;

/* The persons who refuse sharing with the actor, under her account or her card; under every identity. A refusal of her whole service is not one of her:
   a DAC in charge keeps what closing needs. plpgsql keeps its plan: this runs in nearly every statement. */
create function persons.refusing_actor() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
declare hers uuid[] := array_remove(platform.actor_parties(), platform.actor_service());
begin
  return coalesce((select array_agg(distinct i.id) from persons.non_disclosure d cross join lateral unnest(persons.identity_set(d.person_id)) i(id)
    where d.kind = 'no_sharing' and d.ended_at is null and d.party_id = any (hers || persons.other_names(hers))), '{}');
end $$;

/* The same professionals under their other name: the cards of these accounts, the accounts of these cards. */
create function persons.other_names(parties uuid[]) returns uuid[] language sql stable set search_path = pg_catalog as $$
  select coalesce(array_agg(same.id), '{}') from (
    select u.professional_id as id from territory.user_account u where u.id = any (parties) and u.professional_id is not null
    union all select u.id from territory.user_account u where u.professional_id = any (parties)) same
$$;

drop policy own on persons.sight;
create policy own on persons.sight for select to jalon_app using (party_id = any ((select platform.actor_parties())::uuid[])
  and (basis = 'self' or person_id <> all ((select persons.refusing_actor())::uuid[])));

/* True if the actor sees the person administratively now, on one of these bases. Reviewed door, as all that follow: SECURITY DEFINER,
   owned by jalon_kernel. They are the only writers of persons.sight for the application; the gate has checked the gesture before. */
create or replace function persons.actor_sees(person uuid, on_bases text[] default null) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from persons.sight s where s.person_id = person and s.party_id = any (platform.actor_parties())
    and 'administrative' = any (s.volets) and s.suspended_at is null and s.starts_at <= platform.clock()
    and (s.ends_at is null or s.ends_at > platform.clock()) and (on_bases is null or s.basis = any (on_bases))
    and (s.basis = 'self' or s.person_id <> all (persons.refusing_actor())))
$$;

-- Search and look-alikes apply the scope themselves: the same words, in each place where they look at a right.
do $$
declare
  door regprocedure;
  was text;
  becomes text;
begin
  for door in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'persons' and p.proname in ('search', 'identify') loop
    was := pg_get_functiondef(door);
    becomes := replace(replace(was, 'parties uuid[] := platform.actor_parties();', E'parties uuid[] := platform.actor_parties();\n  refusing uuid[] := persons.refusing_actor();'),
      's.suspended_at is null', 's.suspended_at is null and s.person_id <> all (refusing)');
    if position('refusing uuid[]' in becomes) = 0 or position('<> all (refusing)' in becomes) = 0 then
      raise exception '% does not look at rights as expected', door;
    end if;
    execute becomes;
  end loop;
end $$;

/* Whoever is told nothing through her service is told nothing by its desk either; a requester reads what she wrote herself. */
create policy not_refused on intake.sollicitation as restrictive for select to jalon_app using (
  person_id is null or person_id <> all ((select persons.refusing_actor())::uuid[])
  or requester_user_id = (select platform.actor_id()) or requester_party_id = any ((select platform.actor_parties())::uuid[]));
create policy not_refused on intake.contact as restrictive for select to jalon_app using (
  person_id is null or person_id <> all ((select persons.refusing_actor())::uuid[]));

/* The actor answers for this access: she leads or directs the service of its author, or the DAC that sees the person for having accompanied her. Not when
   the person refuses sharing with her: the explanation speaks of the person. */
create or replace function persons.supervises(access persons.exceptional_access) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select platform.actor_functions() && '{director,team_lead}'::text[] and access.user_id <> platform.actor_id() and (access.service_id = platform.actor_service()
    or exists (select from persons.sight s where s.person_id = access.person_id and s.party_id = platform.actor_service() and s.basis = 'dac_in_charge'
      and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())))
    and access.person_id <> all (persons.refusing_actor())
$$;

/* Accounts and cards with whom the person refuses sharing: the live stream does not tell them of her, whatever party the event is for. */
create function platform.barred_from(person uuid) returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
declare named uuid[] := (select array_agg(d.party_id) from persons.non_disclosure d
  where d.person_id = any (persons.identity_set(person)) and d.kind = 'no_sharing' and d.ended_at is null and d.party_id is not null
    and not exists (select from territory.service v where v.id = d.party_id));
begin
  return case when named is null then '{}'::uuid[] else named || persons.other_names(named) end;
end $$;

grant create on schema persons, platform to jalon_kernel;
alter function persons.refusing_actor() owner to jalon_kernel;
alter function platform.barred_from(uuid) owner to jalon_kernel;
revoke create on schema persons, platform from jalon_kernel;
revoke all on function persons.refusing_actor(), platform.barred_from(uuid), persons.other_names(uuid[]) from public;
grant execute on function persons.refusing_actor() to jalon_app, jalon_system, jalon_kernel;
grant execute on function platform.barred_from(uuid) to jalon_system, jalon_kernel;
grant execute on function persons.other_names(uuid[]) to jalon_kernel;
