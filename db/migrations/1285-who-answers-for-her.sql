/* One rule of who answers for a person: the DAC that accompanies her, herself, or whoever handles a request about her while nobody accompanies her now.
   The doors of the database and the verdicts of the application say the same (PersonTarget.speaksFor); tests/access-rule.test.ts compares them. */

/* « Now »: a DAC that closed its accompaniment keeps its records two years, it does not keep another desk from answering her. */
create or replace function persons.speaks_for(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select persons.actor_sees(person, '{dac_in_charge,self}')
    or (persons.actor_sees(person, '{request}') and not exists (select from persons.sight s where s.person_id = person and s.basis = 'dac_in_charge'
      and s.starts_at <= platform.clock() and s.ends_at is null))
$$;

/* Ends the sight that a source gave (a member leaves, an episode closes). Effective at the next request. Whoever holds it may give it
   up; else it takes whoever answers for the person. Gives the parties that lost it: they are told. */
create or replace function persons.end_sight(person uuid, source uuid, party uuid default null) returns uuid[]
  language plpgsql security definer set search_path = pg_catalog as $$
declare touched uuid[];
begin
  if not persons.speaks_for(person) and (party is null or not party = any (platform.actor_parties())) then
    raise exception 'sight may not be ended by this actor' using errcode = 'insufficient_privilege';
  end if;
  with ended as (update persons.sight set ends_at = platform.clock()
    where person_id = person and source_id = source and (party is null or party_id = party) and (ends_at is null or ends_at > platform.clock()) returning party_id)
  select coalesce(array_agg(party_id), '{}') into touched from ended;
  return touched;
end $$;

/* Brings every right on the person in line with what she opposes and withholds now: suspended, narrowed, or given back. Gives the parties whose sight
   changed: they are told, whatever they still see. `bring_in_line` is for the functions of this file; `apply_opposition` for whoever answers for her. */
create function persons.bring_in_line(person uuid) returns uuid[] language plpgsql set search_path = pg_catalog as $$
declare touched uuid[];
begin
  perform persons.lock_sights(person);
  with wanted as (
    select id, persons.suspensions_of(person_id, party_id, basis) as suspensions,
      persons.effective_volets(person_id, party_id, basis, coalesce(entrusted, volets)) as volets
    from persons.sight where person_id = person and basis <> 'self' and (ends_at is null or ends_at > platform.clock())),
  changed as (
    update persons.sight s set suspensions = wanted.suspensions,
        suspended_at = case when wanted.suspensions <> '{}' then coalesce(s.suspended_at, platform.clock()) end,
        entrusted = coalesce(s.entrusted, s.volets), volets = wanted.volets
      from wanted where s.id = wanted.id and (s.suspensions <> wanted.suspensions or s.volets <> wanted.volets) returning s.party_id)
  select coalesce(array_agg(party_id), '{}') into touched from changed;
  return touched;
end $$;
create or replace function persons.apply_opposition(person uuid) returns uuid[]
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not persons.speaks_for(person) then
    raise exception 'opposition may not be applied by this actor' using errcode = 'insufficient_privilege';
  end if;
  return persons.bring_in_line(person);
end $$;

/* An account that changes category, or takes or leaves a card, is the professional whom a volet is withheld from or a refusal names: what was said of
   one holds for the other at once. */
create or replace function persons.follow_account() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  cards uuid[] := array_remove(array[new.id, new.professional_id, case when tg_op = 'UPDATE' then old.professional_id end], null);
  person uuid;
begin
  for person in
    select distinct s.person_id from persons.sight s where s.party_id = any (cards) and s.basis <> 'self' and (s.ends_at is null or s.ends_at > platform.clock())
      and (exists (select from persons.withheld_volet w where w.person_id = s.person_id and w.ended_at is null)
        or exists (select from persons.non_disclosure d where d.person_id = s.person_id and d.kind = 'no_sharing' and d.ended_at is null and d.party_id = any (cards)))
    order by 1
  loop
    perform persons.bring_in_line(person);
  end loop;
  return null;
end $$;

/* Everyone who sees, or saw, the person: why, what, until when. For those who answer for her. */
create or replace function persons.sights_of(person uuid) returns table (
  party_id uuid, party_name text, party_kind text, basis text, volets text[], entrusted text[], reason text, starts_at timestamptz, ends_at timestamptz,
  suspended_at timestamptz, suspensions text[]
) language sql stable security definer set search_path = pg_catalog as $$
  select s.party_id, coalesce(v.name, u.given_name || ' ' || u.family_name, s.party_name), case when v.id is not null then 'service' when u.id is not null then 'user' else 'professional' end,
    s.basis, s.volets, coalesce(s.entrusted, s.volets), s.reason, s.starts_at, s.ends_at, s.suspended_at, s.suspensions
  from persons.sight s left join territory.service v on v.id = s.party_id left join territory.user_account u on u.id = s.party_id
  where s.person_id = person and persons.speaks_for(person)
  order by s.ends_at is not null and s.ends_at <= platform.clock(), s.starts_at, s.id
$$;

/* How the person names whoever a volet is withheld from: a right on her is needed, living or past. Null: nobody who ever saw her. */
create or replace function persons.name_of_party(person uuid, party uuid) returns text language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(v.name, (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = any (persons.same_party(party)) limit 1),
    s.party_name, 'Professionnel de l’annuaire')
  from persons.sight s left join territory.service v on v.id = s.party_id
  where s.person_id = person and s.party_id = any (persons.same_party(party)) and persons.speaks_for(person)
  order by s.starts_at desc limit 1
$$;

/* Gives sight, for a reason that a row of another capability holds (source). Refuses what does not follow from the actor's own right and from what the
   party is: a DAC takes charge for itself; a request is handled by a DAC, and opens the administrative volet only; the équipe de soins and a consent
   are recorded by the DAC that accompanies now, for somebody, never for a service; an exceptional access has its own door. Given again for the same source it
   replaces the right that lives, whatever its end, never its basis; and a request never touches the right of another service. */
create or replace function persons.grant_sight(
  sight_id uuid, person uuid, party uuid, its_name text, its_basis text, its_volets text[], its_reason text, source uuid, since timestamptz, until timestamptz default null
) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  holds_back text[];
  left_of_it text[];
  living persons.sight;
  its_kind text := (select v.kind from territory.service v where v.id = party);
begin
  if not persons.actor_sees(person)
    or its_basis in ('self', 'break_glass')
    or (its_basis = 'dac_in_charge' and (party is distinct from platform.actor_service() or its_kind is distinct from 'dac'
      or not persons.actor_sees(person, '{dac_in_charge,request}')))
    or (its_basis = 'request' and (its_kind is distinct from 'dac' or not its_volets <@ '{administrative}' or not persons.actor_sees(person, '{dac_in_charge,request}')))
    or (its_basis in ('care_team', 'consent') and (its_kind is not null or not exists (select from persons.sight s where s.person_id = person
      and s.party_id = platform.actor_service() and s.party_id = any (platform.actor_parties()) and s.basis = 'dac_in_charge' and s.starts_at <= platform.clock() and s.ends_at is null))) then
    raise exception 'sight may not be granted by this actor' using errcode = 'insufficient_privilege';
  end if;
  perform persons.lock_sights(person);
  holds_back := persons.suspensions_of(person, party, its_basis);
  left_of_it := persons.effective_volets(person, party, its_basis, its_volets);
  select s.* into living from persons.sight s where s.person_id = person and s.party_id = party and s.source_id = source
    and (s.ends_at is null or s.ends_at > platform.clock()) order by s.ends_at desc nulls first limit 1;
  if living.basis <> its_basis or (living.id is not null and its_basis = 'request' and party is distinct from platform.actor_service()) then
    raise exception 'sight may not be granted by this actor: another right stands there' using errcode = 'insufficient_privilege';
  end if;
  update persons.sight set ends_at = platform.clock() where person_id = person and party_id = party and source_id = source and id <> living.id
    and (ends_at is null or ends_at > platform.clock());
  update persons.sight set entrusted = case when left_of_it <> its_volets then its_volets end, volets = left_of_it, party_name = its_name, ends_at = until,
    reason = its_reason, suspended_at = case when holds_back <> '{}' then platform.clock() end, suspensions = holds_back
   where id = living.id;
  if found then return; end if;
  insert into persons.sight (id, person_id, party_id, party_name, basis, volets, reason, source_id, starts_at, ends_at, suspended_at, suspensions, granted_by)
  values (sight_id, person, party, its_name, its_basis, its_volets, its_reason, source, since, until,
    case when holds_back <> '{}' then platform.clock() end, holds_back, platform.actor_id());
end $$;

/* Creates a person together with the first sight of her: the two cannot exist apart. A DAC receives a request or takes charge; nobody else begins a file. */
create or replace function persons.create_person(record jsonb, party uuid, its_basis text, its_volets text[], its_reason text, source uuid, sight_id uuid)
  returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not (party = any (platform.actor_parties())) or its_basis not in ('dac_in_charge', 'request')
    or (its_basis = 'request' and not its_volets <@ '{administrative}')
    or (select v.kind from territory.service v where v.id = party) is distinct from 'dac' then
    raise exception 'a person is created for one''s own party' using errcode = 'insufficient_privilege';
  end if;
  insert into persons.person select * from jsonb_populate_record(null::persons.person, jsonb_build_object(
    'birth_date_approximate', false, 'identity_attributes', '[]'::jsonb, 'needs_interpreter', false, 'is_military', false,
    'birth_given_names', '[]'::jsonb, 'volet', 'administrative', 'protection', 'shared', 'version', 1, 'created_at', platform.clock(), 'created_by', platform.actor_id()) || record);
  insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at, granted_by)
  values (sight_id, (record ->> 'person_id')::uuid, party, its_basis, its_volets, its_reason, source, platform.clock(), platform.actor_id());
end $$;

/* Work of the installation itself: a job, an import, the sequencer. Never a request of somebody: the application takes that role for itself by asSystem. */
create function platform.runs_as_system() returns boolean language sql stable parallel safe set search_path = pg_catalog as $$
  select coalesce(current_setting('role', true), 'none') = 'jalon_system'
$$;

/* That she is in danger, whether a name may be said around her: answered about a person whom the actor sees, and about nobody else. */
create or replace function persons.at_risk(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from persons.non_disclosure d where d.person_id = person and d.kind = 'at_risk' and d.ended_at is null)
    and (platform.runs_as_system() or persons.actor_sees(person))
$$;
create or replace function persons.names_openly(person uuid, party uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select party is null or not persons.at_risk(person) or party not in (select persons.sensitive_parties())
$$;

/* She hides her address: for the functions of the database, which say it to nobody but the actor who sees her. */
create function persons.hides_address(person uuid) returns boolean language sql stable set search_path = pg_catalog as $$
  select exists (select from persons.non_disclosure d where d.person_id = person and d.kind = 'hidden_address' and d.ended_at is null)
$$;
create or replace function persons.address_hidden(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select persons.actor_sees(person) and persons.hides_address(person) and not persons.speaks_for(person)
$$;

-- Who sees whom is asked by the sequencer and by the feed, as the system; a request never asks it.
revoke execute on function platform.audience_of(uuid, text) from jalon_app;
revoke all on function persons.hides_address(uuid), persons.bring_in_line(uuid) from public;
grant execute on function persons.hides_address(uuid), persons.bring_in_line(uuid) to jalon_kernel;

/* The accesses to a person's file, the last first, sealed or not yet: for those who answer for the person, herself, and the regional
   administration that answers to her. Every identity under which she was known. */
create or replace function audit.accesses_of(person uuid, since timestamptz, before timestamptz, most integer) returns table (
  id uuid, at timestamptz, actor_id uuid, actor_kind text, actor_name text, service_id uuid, service_name text, category text, functions text[],
  name text, kind text, manner text, outcome text, reason text, purpose text, basis text, volets text[]
) language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare identities uuid[] := persons.identity_set(person);
begin
  if not persons.speaks_for(person) and not 'regional_admin' = any (platform.actor_functions()) then return; end if;
  return query
    select a.id, a.at, a.actor_id, a.actor_kind, a.actor_name, a.service_id, a.service_name, a.category, a.functions, a.name, a.kind, a.manner, a.outcome, a.reason, a.purpose,
      coalesce((select b.basis from unnest(a.person_ids, a.bases) as b(person_id, basis) where b.person_id = any (identities) limit 1), 'none'), a.volets
    from (
      select e.id, e.at, e.actor_id, e.actor_kind, e.actor_name, e.service_id, e.service_name, e.category, e.functions, e.name, e.kind, e.manner, e.outcome, e.reason, e.purpose,
        e.person_ids, e.bases, e.volets
      from audit.entry e where e.person_ids && identities and e.sealed_at >= since
      union all
      select i.id, i.at, i.actor_id, i.actor_kind, i.actor_name, i.service_id, i.service_name, i.category, i.functions, i.name, i.kind, i.manner, i.outcome, i.reason, i.purpose,
        i.person_ids, i.bases, i.volets
      from audit.inbox i where i.person_ids && identities) a
    where a.at >= since and (before is null or a.at < before)
    order by a.at desc, a.id desc limit most;
end $$;
