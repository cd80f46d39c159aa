-- What a second look at the rule of access found: a request linked by another desk opened what the person hides, a refusal of a service let its members
-- in one by one, any right could ask for a request of its own, and look-alikes showed a hidden address.

/* The actor answers for the person's wishes: the DAC that accompanies her, herself, or whoever handles a request about her while nobody accompanies her.
   A request linked by another desk opens her identity, never what she hides. */
create function persons.speaks_for(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select persons.actor_sees(person, '{dac_in_charge,self}')
    or (persons.actor_sees(person, '{request}') and not exists (select from persons.sight s where s.person_id = person and s.basis = 'dac_in_charge'
      and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())))
$$;

/* She hides her address and the actor is not of the DAC that accompanies her or handles her request. */
create or replace function persons.address_hidden(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from persons.non_disclosure d where d.person_id = person and d.kind = 'hidden_address' and d.ended_at is null)
    and not persons.speaks_for(person)
$$;

/* Gives sight, for a reason that a row of another capability holds (source). Refuses what does not follow from the actor's own right:
   she sees the person now; a DAC takes charge for itself; a request opens the administrative volet only; the équipe de soins and a consent are recorded
   by the DAC in charge; an exceptional access has its own door. Given again for the same source, it replaces the right that lives, whatever its end. */
create or replace function persons.grant_sight(
  sight_id uuid, person uuid, party uuid, its_name text, its_basis text, its_volets text[], its_reason text, source uuid, since timestamptz, until timestamptz default null
) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  holds_back text[];
  left_of_it text[];
  living uuid;
begin
  if not persons.actor_sees(person)
    or its_basis in ('self', 'break_glass')
    or (its_basis = 'dac_in_charge' and (party is distinct from platform.actor_service() or not persons.actor_sees(person, '{dac_in_charge,request}')))
    or (its_basis = 'request' and (not its_volets <@ '{administrative}' or not persons.actor_sees(person, '{dac_in_charge,request}')))
    or (its_basis in ('care_team', 'consent') and not persons.actor_sees(person, '{dac_in_charge}')) then
    raise exception 'sight may not be granted by this actor' using errcode = 'insufficient_privilege';
  end if;
  perform persons.lock_sights(person);
  holds_back := persons.suspensions_of(person, party, its_basis);
  left_of_it := persons.effective_volets(person, party, its_basis, its_volets);
  select s.id into living from persons.sight s where s.person_id = person and s.party_id = party and s.source_id = source
    and (s.ends_at is null or s.ends_at > platform.clock()) order by s.ends_at desc nulls first limit 1;
  update persons.sight set ends_at = platform.clock() where person_id = person and party_id = party and source_id = source and id <> living
    and (ends_at is null or ends_at > platform.clock());
  update persons.sight set entrusted = case when left_of_it <> its_volets then its_volets end, volets = left_of_it, party_name = its_name, ends_at = until,
    reason = its_reason, basis = its_basis, suspended_at = case when holds_back <> '{}' then platform.clock() end, suspensions = holds_back
   where id = living;
  if found then return; end if;
  insert into persons.sight (id, person_id, party_id, party_name, basis, volets, reason, source_id, starts_at, ends_at, suspended_at, suspensions, granted_by)
  values (sight_id, person, party, its_name, its_basis, its_volets, its_reason, source, since, until,
    case when holds_back <> '{}' then platform.clock() end, holds_back, platform.actor_id());
end $$;

/* Whoever is about to open exceptionally: one of her names, whole, and her exact day of birth. Those who oppose care, the file or this professional are
   not found, like those who do not exist. Audited by the query that calls it. */
create or replace function persons.exceptional_candidates(words text[], sounds text[], born date) returns table (person jsonb, in_scope boolean)
  language sql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
  select jsonb_build_object('personId', p.person_id, 'birthName', coalesce(p.birth_name, p.used_name), 'usedName', p.used_name, 'firstName', coalesce(p.birth_given_names[1], ''),
      'usedFirstName', p.used_given_name, 'sex', p.sex, 'birthDay', p.birth_date, 'birthDayApproximate', p.birth_date_approximate, 'commune', c.name, 'deathDay', null,
      'identityStatus', 'PROV'),
    persons.actor_sees(p.person_id, '{dac_in_charge,care_team,consent,break_glass}')
  from persons.person p left join territory.commune c on c.code = p.commune_code
  where p.birth_date = born and persons.search_vector(p.search_key, p.sound_key) @@ persons.name_query(words, sounds, '&', true) and p.protection = 'shared'
    and not exists (select from unnest(platform.actor_parties()) mine where persons.suspensions_of(p.person_id, mine, 'break_glass') <> '{}')
    and exists (select from territory.user_account u where u.id = platform.actor_id() and u.status = 'active' and u.category in ('health', 'social', 'coordination'))
  order by p.search_key, p.person_id limit 5
$$;

/* Opens it: for the actor alone, at most 24 hours, with the volets of her category less what is withheld. Gives its end; null for whoever does not exist,
   opposes care or the file, or refuses this professional: the caller answers alike. Refused (unique_violation) to whoever sees the person already. */
create or replace function persons.open_exceptionally(access_id uuid, sight_id uuid, person uuid, its_reason text, words text, explained text, hours integer) returns timestamptz
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  who territory.user_account;
  until timestamptz := platform.clock() + make_interval(hours => hours);
begin
  select u.* into who from territory.user_account u where u.id = platform.actor_id() and u.status = 'active' and u.category in ('health', 'social', 'coordination');
  if who.id is null or hours not between 1 and 24 then
    raise exception 'no exceptional access for this actor' using errcode = 'insufficient_privilege';
  end if;
  perform persons.lock_sights(person);
  if not exists (select from persons.person p where p.person_id = person and p.protection = 'shared')
    or exists (select from unnest(platform.actor_parties()) mine where persons.suspensions_of(person, mine, 'break_glass') <> '{}') then
    return null;
  end if;
  if persons.actor_sees(person, '{dac_in_charge,care_team,consent,break_glass}') then
    raise exception 'the person is seen already' using errcode = 'unique_violation';
  end if;
  insert into persons.exceptional_access (id, person_id, user_id, user_name, profession, service_id, service_name, reason, explanation, opened_at, ends_at, holder_org)
  select access_id, person, who.id, who.given_name || ' ' || who.family_name, who.profession_label, s.id, s.name, its_reason, explained, platform.clock(), until, coalesce(s.id, who.id)
    from (select 1) one left join territory.service s on s.id = platform.actor_service();
  insert into persons.sight (id, person_id, party_id, party_name, basis, volets, reason, source_id, starts_at, ends_at, granted_by)
  values (sight_id, person, who.id, who.given_name || ' ' || who.family_name, 'break_glass',
    array(select v.volet from territory.category_volet v where v.category = who.category order by v.volet), words, access_id, platform.clock(), until, who.id);
  return until;
end $$;

/* Duplicates while an identity is typed, wherever they are: the one declared exception to « absent and invisible answer alike ». Audited by the
   query that calls it. Outside the actor's sight only what identification needs leaves it: names, birth day, commune, who accompanies her. */
create or replace function persons.identify(words text[], sounds text[], first_words text[], first_sounds text[], born date, phone text, matricule text, everywhere boolean, most integer) returns table (
  person_id uuid, in_scope boolean, birth_name text, used_name text, first_name text, used_first_name text, sex text, birth_day date, birth_day_approximate boolean,
  commune text, death_day date, identity_status text, address text, caller_instruction text, organisations text[], same_phone boolean, same_matricule boolean, score real
) language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  parties uuid[] := platform.actor_parties();
  at timestamptz := platform.clock();
  last_query tsquery := persons.name_query(words, sounds, '|');
  first_query tsquery := persons.name_query(first_words, first_sounds, '|');
  -- A line typed in one go says the same words twice: then each of them must be there. Any one of them would bring every « Marie » of those years.
  one_line boolean := words = first_words and cardinality(words) > 1;
  both_query tsquery := case when one_line then persons.name_query(words, sounds, '&') else last_query && first_query end;
  ids uuid[] := '{}';
begin
  if last_query is not null and first_query is not null then
    ids := ids || array(select p.person_id from persons.person p where persons.search_vector(p.search_key, p.sound_key) @@ both_query
      and (born is null or p.birth_date is null or abs(extract(year from p.birth_date) - extract(year from born)) <= 2
        or to_char(p.birth_date, 'MMDD') = to_char(born, 'MMDD') or to_char(p.birth_date, 'YYYYDDMM') = to_char(born, 'YYYYMMDD'))
      order by (p.birth_date = born) desc nulls last limit 50);
    if one_line and cardinality(ids) < 5 then
      ids := ids || array(select p.person_id from persons.person p where persons.near_vector(p.search_key) @@ persons.near_query(words)
        and (born is null or p.birth_date is null or abs(extract(year from p.birth_date) - extract(year from born)) <= 2) limit 50);
    end if;
  end if;
  if born is not null and (last_query is not null or first_query is not null) then
    ids := ids || array(select p.person_id from persons.person p where p.birth_date = born
      and (persons.search_vector(p.search_key, p.sound_key) @@ coalesce(last_query || first_query, last_query, first_query)
        or persons.near_vector(p.search_key) @@ persons.near_query(words)) limit 50);
  end if;
  if phone is not null then
    ids := ids || array(select c.person_id from persons.contact_point c where c.value = phone and c.ended_at is null limit 20);
  end if;
  if matricule is not null then
    ids := ids || array(select p.person_id from persons.person p where p.ins_matricule between matricule || '00' and matricule || '99' and p.protection = 'shared');
  end if;
  return query
    select f.id, f.seen, f.birth_name, f.used_name, f.first_name, f.used_first_name, f.its_sex, f.birth_date, f.approximate, f.commune_name, f.deceased_on,
      case when f.seen then f.status else 'PROV' end, case when f.seen and not persons.address_hidden(f.id) then f.its_address end, case when f.seen then f.instruction end, f.orgs,
      f.has_phone, f.has_matricule, (f.its_score + case when f.has_matricule then 20 else 0 end + case when f.has_phone then 3 else 0 end)::real
    from (
      select p.person_id as id, p.birth_name, p.used_name, p.birth_given_names[1] as first_name, p.used_given_name as used_first_name, p.sex as its_sex, p.birth_date,
        p.birth_date_approximate as approximate, c.name as commune_name, p.deceased_on, p.identity_status as status, p.address as its_address, p.caller_instruction as instruction,
        exists (select 1 from persons.sight s where s.person_id = p.person_id and s.party_id = any (parties) and 'administrative' = any (s.volets)
          and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at)) as seen,
        array(select distinct v.name from persons.sight s join territory.service v on v.id = s.party_id
          where s.person_id = p.person_id and s.basis in ('dac_in_charge', 'request') and s.ends_at is null order by v.name) as orgs,
        coalesce(p.ins_matricule between matricule || '00' and matricule || '99', false) as has_matricule,
        phone is not null and exists (select 1 from persons.contact_point n where n.person_id = p.person_id and n.value = phone and n.ended_at is null) as has_phone,
        (case when p.birth_date = born then 6 when to_char(p.birth_date, 'YYYYDDMM') = to_char(born, 'YYYYMMDD') then 4
            when to_char(p.birth_date, 'MMDD') = to_char(born, 'MMDD') then 3 else 0 end
          + coalesce((select max(case when ' ' || p.search_key || ' ' like '% ' || w || ' %' then 4 when ' ' || p.search_key like '% ' || w || '%' then 2 else public.word_similarity(w, p.search_key) * 2 end)
            from unnest(words) w), 0)
          + coalesce((select max(case when ' ' || p.search_key || ' ' like '% ' || w || ' %' then 3 when ' ' || p.search_key like '% ' || w || '%' then 1.5 else public.word_similarity(w, p.search_key) end)
            from unnest(first_words) w), 0))::real as its_score
      from persons.person p left join territory.commune c on c.code = p.commune_code
      where p.person_id = any (ids) and p.protection = 'shared') f
    where f.seen or everywhere
    order by 18 desc, f.seen desc, f.id limit most;
end $$;

grant create on schema persons to jalon_kernel;
alter function persons.speaks_for(uuid) owner to jalon_kernel;
revoke all on function persons.speaks_for(uuid) from public;
grant execute on function persons.speaks_for(uuid) to jalon_app, jalon_system;
revoke create on schema persons from jalon_kernel;

drop policy kept_by_her_dac on persons.withheld_volet;
create policy kept_by_her_dac on persons.withheld_volet as restrictive for select to jalon_app
  using (persons.speaks_for(person_id));
drop policy danger_is_for_her_dac on persons.non_disclosure;
create policy danger_is_for_her_dac on persons.non_disclosure as restrictive for select to jalon_app
  using (kind <> 'at_risk' or persons.speaks_for(person_id));
drop policy sensitive_structure on care_team.member;
-- The list is written out here: a call of the function costs each reading of a circle half a millisecond.
create policy sensitive_structure on care_team.member as restrictive for select to jalon_app using (
  party_id is null
  or party_id not in (
    select m.party_id from persons.sensitive_structure m where m.ended_at is null
    union all
    select p.party_id from persons.sensitive_structure m join directory.structure s on s.party_id = m.party_id join directory.practice p on p.finess = s.finess where m.ended_at is null)
  or party_id = any ((select platform.actor_parties())::uuid[])
  or not persons.at_risk(person_id) or persons.speaks_for(person_id));
