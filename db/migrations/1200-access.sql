-- The access kernel: volets that a person withholds, exceptional access, what a category sees, persons at risk, who is told when sight changes.

/* What the person withholds narrows a right: `entrusted` then keeps what the basis gives, `volets` what is left of it and what policies read.
   Null while nothing is withheld: both are the same. */
alter table persons.sight add column entrusted text[];
comment on column persons.sight.entrusted is 'What the basis gives, once something is withheld from it; null: the same as volets.';
alter table persons.sight drop constraint sight_basis_check;
alter table persons.sight add constraint sight_basis_check check (basis in ('dac_in_charge', 'request', 'care_team', 'consent', 'break_glass', 'self')) not valid;
alter table persons.sight validate constraint sight_basis_check;

-- A volet kept from a category of R.1110-2 CSP or from one named party (L.1110-4 IV): every wish is a row, with its mode, its reason and its end.
create table persons.withheld_volet (
  id uuid primary key,
  person_id uuid not null references persons.person,
  withholds text not null check (withholds in ('social', 'health')),
  from_category text check (from_category in ('health', 'social', 'legal_protection', 'coordination')),
  from_party_id uuid,
  from_party_name text,
  since date not null,
  mode text not null,
  given_by text not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  recorded_by_name text not null,
  ended_at timestamptz,
  ended_by uuid,
  end_reason text,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  check ((from_category is null) <> (from_party_id is null)),
  check ((ended_at is null) = (end_reason is null))
);
select persons.protect('persons.withheld_volet');
-- From whom something is withheld is for those who answer for the file and for the person: the others read what they do not see, not the rest.
create policy kept_by_her_dac on persons.withheld_volet as restrictive for select to jalon_app
  using (persons.actor_sees(person_id, '{dac_in_charge,request,self}'));
create index withheld_volet_person on persons.withheld_volet (person_id);
create unique index withheld_volet_current on persons.withheld_volet (person_id, withholds, coalesce(from_category, ''), coalesce(from_party_id, '00000000-0000-0000-0000-000000000000'))
  where ended_at is null;
grant select, insert, update on persons.withheld_volet to jalon_app;
grant select, insert, update, delete on persons.withheld_volet to jalon_system, jalon_kernel;
grant select on persons.withheld_volet to jalon_report;

/* Rights on one person change one after the other: a right given while an opposition is being recorded sees it, or is seen by it. */
create function persons.lock_sights(person uuid) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('persons.sight', 0) # hashtextextended(person::text, 0))
$$;

/* The same professional under another name: her account and her card of the directory. */
create function persons.same_party(party uuid) returns uuid[] language sql stable as $$
  select array(select party
    union select u.professional_id from territory.user_account u where u.id = party and u.professional_id is not null
    union select u.id from territory.user_account u where u.professional_id = party)
$$;

/* The category of R.1110-2 CSP of whoever holds a right; a DAC is (j). Null where nobody knows: a category cannot be withheld from it, its name can. */
create function persons.party_category(party uuid) returns text language sql stable as $$
  select coalesce(
    (select u.category from territory.user_account u where u.id = party),
    (select u.category from territory.user_account u where u.professional_id = party order by u.status, u.created_at limit 1),
    (select 'coordination' from territory.service s where s.id = party and s.kind = 'dac'),
    (select e.category from directory.entry e where e.party_id = party))
$$;

create function persons.withheld_from(person uuid, party uuid) returns text[] language sql stable as $$
  select array(select distinct w.withholds from persons.withheld_volet w where w.person_id = person and w.ended_at is null
    and (w.from_party_id = any (persons.same_party(party)) or w.from_category = persons.party_category(party)))
$$;

/* What is left of what a basis entrusts. Her own sight is never narrowed. */
create function persons.effective_volets(person uuid, party uuid, its_basis text, given text[]) returns text[] language sql stable as $$
  select case when its_basis = 'self' or not exists (select from persons.withheld_volet w where w.person_id = person and w.ended_at is null) then given
    else array(select v from unnest(given) with ordinality g(v, n) where v <> all (persons.withheld_from(person, party)) order by n) end
$$;

/* Whatever writes a right, seeds included: never more than what the person entrusts. */
create function persons.narrow_sight() returns trigger language plpgsql set search_path = pg_catalog as $$
declare left_of_it text[];
begin
  -- bulk loads: one look at an index that is nearly empty
  if not exists (select from persons.withheld_volet w where w.person_id = new.person_id and w.ended_at is null) then return new; end if;
  left_of_it := persons.effective_volets(new.person_id, new.party_id, new.basis, coalesce(new.entrusted, new.volets));
  if new.entrusted is not null or left_of_it <> new.volets then
    new.entrusted := coalesce(new.entrusted, new.volets);
    new.volets := left_of_it;
  end if;
  return new;
end $$;
create trigger narrow before insert on persons.sight for each row execute function persons.narrow_sight();

/* What suspends the right of this party: the opposition to being taken in charge or to the shared file (n° 1 or 2), and the refusal of sharing with
   this professional, under her account or her card. A DAC in charge and a request are not shares: they keep what closing needs. */
create or replace function persons.suspensions_of(person uuid, party uuid, its_basis text) returns text[]
  language sql stable security definer set search_path = pg_catalog as $$
  select case when its_basis not in ('care_team', 'consent', 'break_glass') then '{}'::text[] else
    case when exists (select 1 from (select distinct on (number) state from persons.non_opposition
        where person_id = person and number in (1, 2) order by number, recorded_at desc, id desc) last where last.state = 'opposition')
      then array['opposition'] else '{}'::text[] end ||
    case when exists (select 1 from persons.non_disclosure d where d.person_id = person and d.kind = 'no_sharing'
        and d.party_id = any (persons.same_party(party)) and d.ended_at is null)
      then array['refusal'] else '{}'::text[] end end
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
    or (its_basis = 'request' and not its_volets <@ '{administrative}')
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

/* Ends the sight that a source gave (a member leaves, an episode closes). Effective at the next request. Whoever holds it may give it
   up; else it takes the DAC in charge, a request in qualification or the person herself. Gives the parties that lost it: they are told. */
drop function persons.end_sight(uuid, uuid, uuid);
create function persons.end_sight(person uuid, source uuid, party uuid default null) returns uuid[]
  language plpgsql security definer set search_path = pg_catalog as $$
declare touched uuid[];
begin
  if not persons.actor_sees(person, '{dac_in_charge,request,self}') and (party is null or not party = any (platform.actor_parties())) then
    raise exception 'sight may not be ended by this actor' using errcode = 'insufficient_privilege';
  end if;
  with ended as (update persons.sight set ends_at = platform.clock()
    where person_id = person and source_id = source and (party is null or party_id = party) and (ends_at is null or ends_at > platform.clock()) returning party_id)
  select coalesce(array_agg(party_id), '{}') into touched from ended;
  return touched;
end $$;

/* Brings every right on the person in line with what she opposes and withholds now: suspended, narrowed, or given back. Run after each
   non-opposition, opposition, refusal of sharing and volet withheld. Gives the parties whose sight changed: they are told, whatever they still see. */
create or replace function persons.apply_opposition(person uuid) returns uuid[]
  language plpgsql security definer set search_path = pg_catalog as $$
declare touched uuid[];
begin
  if not persons.actor_sees(person, '{dac_in_charge,request,self}') then
    raise exception 'opposition may not be applied by this actor' using errcode = 'insufficient_privilege';
  end if;
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

/* An account that changes category, or takes a card, keeps no volet that is withheld from its new category. */
create function persons.follow_account() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update persons.sight s set entrusted = coalesce(s.entrusted, s.volets), volets = wanted.volets
    from (select id, persons.effective_volets(person_id, party_id, basis, coalesce(entrusted, volets)) as volets from persons.sight
      where party_id in (new.id, new.professional_id) and (ends_at is null or ends_at > platform.clock())
        and person_id in (select w.person_id from persons.withheld_volet w where w.ended_at is null)) wanted
   where s.id = wanted.id and s.volets <> wanted.volets;
  return null;
end $$;
create trigger follow_account after insert or update of category, professional_id on territory.user_account
  for each row execute function persons.follow_account();

/* The circle was there for the accompaniment: its end ends every right of the équipe de soins and by consent, at once; those who lose it are told. */
drop function episodes.end_circle_sight(uuid);
create function episodes.end_circle_sight(person uuid) returns uuid[] language plpgsql security definer set search_path = pg_catalog as $$
declare touched uuid[];
begin
  if not persons.actor_sees(person, '{dac_in_charge}') then
    raise exception 'the circle''s sight may not be ended by this actor' using errcode = 'insufficient_privilege';
  end if;
  with ended as (update persons.sight set ends_at = platform.clock()
    where person_id = person and basis in ('care_team', 'consent') and (ends_at is null or ends_at > platform.clock()) returning party_id)
  select coalesce(array_agg(party_id), '{}') into touched from ended;
  return touched;
end $$;

/* Everyone who sees, or saw, the person: why, what, until when. For those who accompany her. */
drop function persons.sights_of(uuid);
create function persons.sights_of(person uuid) returns table (
  party_id uuid, party_name text, party_kind text, basis text, volets text[], entrusted text[], reason text, starts_at timestamptz, ends_at timestamptz,
  suspended_at timestamptz, suspensions text[]
) language sql stable security definer set search_path = pg_catalog as $$
  select s.party_id, coalesce(v.name, u.given_name || ' ' || u.family_name, s.party_name), case when v.id is not null then 'service' when u.id is not null then 'user' else 'professional' end,
    s.basis, s.volets, coalesce(s.entrusted, s.volets), s.reason, s.starts_at, s.ends_at, s.suspended_at, s.suspensions
  from persons.sight s left join territory.service v on v.id = s.party_id left join territory.user_account u on u.id = s.party_id
  where s.person_id = person and persons.actor_sees(person, '{dac_in_charge,request,self}')
  order by s.ends_at is not null and s.ends_at <= platform.clock(), s.starts_at, s.id
$$;

/* How the person names whoever a volet is withheld from: a right on her is needed, living or past. Null: nobody who ever saw her. */
create function persons.name_of_party(person uuid, party uuid) returns text language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(v.name, (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = any (persons.same_party(party)) limit 1),
    s.party_name, 'Professionnel de l’annuaire')
  from persons.sight s left join territory.service v on v.id = s.party_id
  where s.person_id = person and s.party_id = any (persons.same_party(party)) and persons.actor_sees(person, '{dac_in_charge,request,self}')
  order by s.starts_at desc limit 1
$$;

/* How many shared lines of her Fil the actor does not see, and why, volet by volet. What is private to a service and what is restricted is not
   counted: its existence is not told. No row for whoever does not see the person. */
create function persons.hidden_items(person uuid, her_category text) returns table (volet text, count integer, why text)
  language sql stable security definer set search_path = pg_catalog as $$
  with own as (
    select s.person_id, s.volets, coalesce(s.entrusted, s.volets) as entrusted from persons.sight s
    where s.person_id = any (persons.identity_set(person)) and s.party_id = any (platform.actor_parties()) and s.suspended_at is null
      and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())),
  open_to_her as (select array(select c.volet from territory.category_volet c where c.category = her_category) as volets)
  select t.volet, count(*)::integer,
    case when t.volet <> all (o.volets) then 'category' when t.volet <> all (platform.actor_volets()) then 'function'
      when exists (select from own where t.volet = any (own.entrusted)) then 'withheld' else 'not_entrusted' end
  from persons.timeline_item t, open_to_her o
  where t.person_id = any (persons.identity_set(person)) and t.protection = 'shared' and persons.actor_sees(person)
    and not (t.volet = any (platform.actor_volets()) and exists (select from own where own.person_id = t.person_id and t.volet = any (own.volets)))
  group by t.volet, 3 order by t.volet
$$;

-- « Accès exceptionnel » (bris de glace): who, why, until when, and what its reviewer said. The explanation may speak of health.
create table persons.exceptional_access (
  id uuid primary key,
  person_id uuid not null references persons.person,
  user_id uuid not null,
  user_name text not null,
  profession text,
  service_id uuid,
  service_name text,
  reason text not null,
  explanation text not null check (length(explanation) >= 10),
  opened_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  end_cause text check (end_cause in ('closed', 'over')),
  review_outcome text check (review_outcome in ('justified', 'not_justified')),
  review_comment text,
  reviewed_at timestamptz,
  reviewed_by uuid,
  reviewed_by_name text,
  volet text not null default 'health' check (volet in ('administrative', 'social', 'health')),
  holder_org uuid not null,
  protection text not null default 'org_private' check (protection in ('shared', 'org_private', 'restricted')),
  check (ends_at > opened_at and ends_at <= opened_at + interval '24 hours'),
  check ((ended_at is null) = (end_cause is null)),
  check ((review_outcome is null) = (reviewed_by is null) and (review_outcome is null) = (reviewed_at is null) and (review_outcome is null) = (review_comment is null)),
  check (reviewed_by <> user_id)
);
create index exceptional_access_person on persons.exceptional_access (person_id);
create index exceptional_access_user on persons.exceptional_access (user_id, opened_at desc);
create index exceptional_access_service on persons.exceptional_access (service_id, opened_at desc);
create index exceptional_access_to_review on persons.exceptional_access (opened_at) where review_outcome is null;
alter table persons.exceptional_access enable row level security;
alter table persons.exceptional_access force row level security;
-- The application reads and writes it through the doors below only.
create policy system on persons.exceptional_access to jalon_system using (true) with check (true);
create policy kernel on persons.exceptional_access to jalon_kernel using (true) with check (true);
grant select, insert, update, delete on persons.exceptional_access to jalon_system, jalon_kernel;

/* Whoever is about to open exceptionally: one of her names, whole, and her exact day of birth. Those who oppose care, the file or this professional are
   not found, like those who do not exist. Audited by the query that calls it. */
create function persons.exceptional_candidates(words text[], sounds text[], born date) returns table (person jsonb, in_scope boolean)
  language sql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
  select jsonb_build_object('personId', p.person_id, 'birthName', coalesce(p.birth_name, p.used_name), 'usedName', p.used_name, 'firstName', coalesce(p.birth_given_names[1], ''),
      'usedFirstName', p.used_given_name, 'sex', p.sex, 'birthDay', p.birth_date, 'birthDayApproximate', p.birth_date_approximate, 'commune', c.name, 'deathDay', null,
      'identityStatus', 'PROV'),
    persons.actor_sees(p.person_id, '{dac_in_charge,care_team,consent,break_glass}')
  from persons.person p left join territory.commune c on c.code = p.commune_code
  where p.birth_date = born and persons.search_vector(p.search_key, p.sound_key) @@ persons.name_query(words, sounds, '&', true) and p.protection = 'shared'
    and persons.suspensions_of(p.person_id, platform.actor_id(), 'break_glass') = '{}'
    and exists (select from territory.user_account u where u.id = platform.actor_id() and u.status = 'active' and u.category in ('health', 'social', 'coordination'))
  order by p.search_key, p.person_id limit 5
$$;

/* Opens it: for the actor alone, at most 24 hours, with the volets of her category less what is withheld. Gives its end; null for whoever does not exist,
   opposes care or the file, or refuses this professional: the caller answers alike. Refused (unique_violation) to whoever sees the person already. */
create function persons.open_exceptionally(access_id uuid, sight_id uuid, person uuid, its_reason text, words text, explained text, hours integer) returns timestamptz
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
    or persons.suspensions_of(person, who.id, 'break_glass') <> '{}' then
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

/* The actor answers for this access: she leads or directs the service of its author, or the DAC that sees the person for having accompanied her. */
create function persons.supervises(access persons.exceptional_access) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select platform.actor_functions() && '{director,team_lead}'::text[] and access.user_id <> platform.actor_id() and (access.service_id = platform.actor_service()
    or exists (select from persons.sight s where s.person_id = access.person_id and s.party_id = platform.actor_service() and s.basis = 'dac_in_charge'
      and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())))
$$;

/* What the rules of one access look at; no row for whoever neither opened it nor answers for it. */
create function persons.exceptional_access_target(access_id uuid) returns table (
  person_id uuid, user_id uuid, supervised boolean, ends_at timestamptz, ended boolean, reviewed boolean
) language sql stable security definer set search_path = pg_catalog as $$
  select a.person_id, a.user_id, persons.supervises(a), a.ends_at, a.ended_at is not null or a.ends_at <= platform.clock(), a.review_outcome is not null
  from persons.exceptional_access a where a.id = access_id and (a.user_id = platform.actor_id() or persons.supervises(a))
$$;

/* Who is told that it was opened: those who lead or direct the service of its author or the DAC that accompanies the person. Never its author. */
create function persons.supervisors_of(access_id uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct m.user_id), '{}') from persons.exceptional_access a
  join territory.membership m on m.functions && '{director,team_lead}'::text[] and m.user_id <> a.user_id
    and m.starts_on <= platform.today() and (m.ends_on is null or m.ends_on >= platform.today())
    and (m.service_id = a.service_id or m.service_id in (select s.party_id from persons.sight s where s.person_id = a.person_id and s.basis = 'dac_in_charge'
      and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())))
  where a.id = access_id and (a.user_id = platform.actor_id() or persons.supervises(a))
$$;

/* Closed early by whoever opened it. False when it was over already. */
create function persons.close_exceptionally(access_id uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  update persons.exceptional_access set ended_at = platform.clock(), end_cause = 'closed'
   where id = access_id and user_id = platform.actor_id() and ended_at is null and ends_at > platform.clock();
  if not found then return false; end if;
  update persons.sight set ends_at = platform.clock() where source_id = access_id and basis = 'break_glass' and ends_at > platform.clock();
  return true;
end $$;

/* Reviewed once, by someone who answers for it and did not open it. False when it was reviewed already. */
create function persons.review_exceptionally(access_id uuid, outcome text, said text, by_name text) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from persons.exceptional_access a where a.id = access_id and persons.supervises(a)) then
    raise exception 'not reviewed by this actor' using errcode = 'insufficient_privilege';
  end if;
  update persons.exceptional_access set review_outcome = outcome, review_comment = said, reviewed_at = platform.clock(), reviewed_by = platform.actor_id(), reviewed_by_name = by_name
   where id = access_id and review_outcome is null;
  return found;
end $$;

/* Exceptional accesses that the actor opened (mine) or answers for, the last first, with how many times each was used. */
create function persons.exceptional_accesses(mine boolean, show text, since timestamptz, most integer) returns table (
  id uuid, person_id uuid, reference text, user_id uuid, user_name text, profession text, service_name text, reason text, explanation text, volets text[],
  opened_at timestamptz, ends_at timestamptz, ended_at timestamptz, reads integer, review jsonb, can_review boolean
) language sql stable security definer set search_path = pg_catalog as $$
  with own as (
    select a.* from persons.exceptional_access a
    where case when mine then a.user_id = platform.actor_id() and a.opened_at >= since else persons.supervises(a) end),
  page as (
    select * from own where show = 'all' or (show = 'to_review') = (own.review_outcome is null) order by own.opened_at desc, own.id limit most)
  select p.id, p.person_id, left(reporting.pseudonym(p.person_id), 8), p.user_id, p.user_name, p.profession, p.service_name, p.reason, p.explanation,
    coalesce((select s.volets from persons.sight s where s.source_id = p.id and s.basis = 'break_glass' limit 1), '{}'), p.opened_at, p.ends_at, p.ended_at,
    (select count(*)::integer from (
      select e.at from audit.entry e where e.person_ids @> array[p.person_id] and e.actor_id = p.user_id and e.kind = 'query' and e.outcome = 'done' and e.at >= p.opened_at
      union all select i.at from audit.inbox i where i.person_ids @> array[p.person_id] and i.actor_id = p.user_id and i.kind = 'query' and i.outcome = 'done' and i.at >= p.opened_at) r
     where r.at <= coalesce(p.ended_at, p.ends_at)),
    case when p.review_outcome is not null then jsonb_build_object('outcome', p.review_outcome, 'comment', p.review_comment, 'at', p.reviewed_at, 'byName', p.reviewed_by_name) end,
    p.review_outcome is null and p.user_id <> platform.actor_id()
  from page p order by p.opened_at desc, p.id
$$;
create function persons.exceptional_accesses_waiting() returns integer language sql stable security definer set search_path = pg_catalog as $$
  select count(*)::integer from persons.exceptional_access a where a.review_outcome is null and persons.supervises(a)
$$;

-- In danger: a live mark of the DAC. Only the DAC in charge reads it.
alter table persons.non_disclosure drop constraint non_disclosure_kind_check;
alter table persons.non_disclosure add constraint non_disclosure_kind_check check (kind in ('tell_nothing', 'no_call', 'no_sharing', 'hidden_address', 'at_risk')) not valid;
alter table persons.non_disclosure validate constraint non_disclosure_kind_check;
create policy danger_is_for_her_dac on persons.non_disclosure as restrictive for select to jalon_app
  using (kind <> 'at_risk' or persons.actor_sees(person_id, '{dac_in_charge,request,self}'));

create function persons.at_risk(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from persons.non_disclosure d where d.person_id = person and d.kind = 'at_risk' and d.ended_at is null)
$$;
/* She hides her address and the actor is not of the DAC that accompanies her or handles her request. */
create function persons.address_hidden(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from persons.non_disclosure d where d.person_id = person and d.kind = 'hidden_address' and d.ended_at is null)
    and not persons.actor_sees(person, '{dac_in_charge,request,self}')
$$;
/* The person wants nothing said to, or nothing shared with, the actor: whatever comes back to a requester stops there. */
create function persons.tells_actor_nothing(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from persons.non_disclosure d where d.person_id = person and d.kind in ('tell_nothing', 'no_sharing') and d.ended_at is null
    and d.party_id = any (platform.actor_parties()))
$$;

-- Structures whose name says too much (shelter, addiction care…): around a person at risk, known to the DAC in charge only.
create table persons.sensitive_structure (
  id uuid primary key default gen_random_uuid(),
  party_id uuid not null,
  reason text not null,
  since timestamptz not null,
  marked_by uuid not null,
  marked_by_name text not null,
  ended_at timestamptz,
  ended_by uuid,
  end_reason text
);
create unique index sensitive_structure_current on persons.sensitive_structure (party_id) where ended_at is null;
grant select, insert, update on persons.sensitive_structure to jalon_app;
grant select, insert, update, delete on persons.sensitive_structure to jalon_system, jalon_kernel;

/* The structures marked sensitive and the professionals who practise there. */
create function persons.sensitive_parties() returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select m.party_id from persons.sensitive_structure m where m.ended_at is null
  union
  select p.party_id from persons.sensitive_structure m join directory.structure s on s.party_id = m.party_id join directory.practice p on p.finess = s.finess where m.ended_at is null
$$;
-- The list is written out here: a call of the function costs each reading of a circle half a millisecond.
create policy sensitive_structure on care_team.member as restrictive for select to jalon_app using (
  party_id is null
  or party_id not in (
    select m.party_id from persons.sensitive_structure m where m.ended_at is null
    union all
    select p.party_id from persons.sensitive_structure m join directory.structure s on s.party_id = m.party_id join directory.practice p on p.finess = s.finess where m.ended_at is null)
  or party_id = any ((select platform.actor_parties())::uuid[])
  or not persons.at_risk(person_id) or persons.actor_sees(person_id, '{dac_in_charge,request,self}'));

/* What a category sees of each volet is decided for a region, with its reference; every decision is kept. territory.category_volet holds what is
   allowed today: it is read when an actor is made, so that a decision acts at the next request. */
create table territory.category_volet_decision (
  category text not null check (category in ('health', 'social', 'legal_protection', 'coordination', 'administrative')),
  volet text not null check (volet in ('administrative', 'social', 'health')),
  version integer not null,
  allowed boolean not null,
  legal_reference text not null,
  reason text not null,
  decided_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  primary key (category, volet, version),
  -- R.1110-2 CSP: administrative staff is not in the list; who accompanies needs identity and contacts
  check (allowed = (volet = 'administrative') or (category <> 'administrative' and volet <> 'administrative'))
);
insert into territory.category_volet_decision (category, volet, version, allowed, legal_reference, reason, decided_at)
select c.category, v.volet, 1, a.volet is not null, coalesce(a.legal_reference, 'R.1110-1 et R.1110-2 CSP'), 'Règle d’origine', now()
from unnest('{health,social,legal_protection,coordination,administrative}'::text[]) c(category) cross join unnest('{administrative,social,health}'::text[]) v(volet)
left join territory.category_volet a on a.category = c.category and a.volet = v.volet;
grant select on territory.category_volet_decision to jalon_app, jalon_system, jalon_kernel, jalon_report;
grant insert on territory.category_volet_decision to jalon_kernel;
grant insert, update, delete on territory.category_volet to jalon_kernel;

/* Decides; gives the new version, null when somebody decided since `base`. */
create function territory.decide_category_volet(its_category text, its_volet text, base integer, now_allowed boolean, reference text, why text, by_name text) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not ('regional_admin' = any (platform.actor_functions())) then
    raise exception 'not decided by this actor' using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('territory.category_volet', 0));
  if base is distinct from (select max(d.version) from territory.category_volet_decision d where d.category = its_category and d.volet = its_volet) then return null; end if;
  insert into territory.category_volet_decision values (its_category, its_volet, base + 1, now_allowed, reference, why, platform.clock(), platform.actor_id(), by_name);
  if now_allowed then
    insert into territory.category_volet values (its_category, its_volet, reference) on conflict (category, volet) do update set legal_reference = excluded.legal_reference;
  else
    delete from territory.category_volet where category = its_category and volet = its_volet;
  end if;
  return base + 1;
end $$;

/* Who of a category is signed in, to be told of a decision. */
create function territory.signed_in_of_category(its_category text) returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct x.user_id), '{}') from platform.session x join territory.user_account u on u.id = x.user_id
  where u.category = its_category and x.ended_at is null and x.expires_at > platform.clock() and 'regional_admin' = any (platform.actor_functions())
$$;

grant usage on schema reporting to jalon_kernel;
grant create on schema persons, territory, episodes to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
    where p.prosecdef and n.nspname in ('persons', 'territory', 'episodes') and r.rolname <> 'jalon_kernel' loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app, jalon_system', f);
  end loop;
end $$;
revoke create on schema persons, territory, episodes from jalon_kernel;
