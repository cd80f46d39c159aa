-- Persons: who she is, who may see her and why, what she was told and what she opposes.

create schema persons;
grant usage on schema persons to jalon_app, jalon_system, jalon_kernel, jalon_report;

-- Who may see whom, why, until when. One row per basis; written only by the events that create or end the right.
create table persons.sight (
  id uuid primary key,
  person_id uuid not null,
  party_id uuid not null,
  -- as the gesture named it; services and users are named by territory
  party_name text,
  basis text not null check (basis in ('dac_in_charge', 'request', 'care_team', 'consent', 'self')),
  volets text[] not null,
  reason text not null,
  -- the row of another capability that gives this right (episode, request, member): its end ends the sight
  source_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  -- an opposition suspends what it covers; lifting it gives it back. Two may hold at once: to all sharing, to this one professional
  suspended_at timestamptz,
  suspensions text[] not null default '{}' check (suspensions <@ '{opposition,refusal}'),
  granted_by uuid,
  check ((suspended_at is null) = (suspensions = '{}'))
);
create unique index sight_source on persons.sight (person_id, party_id, source_id) where ends_at is null;
create index sight_person_party on persons.sight (person_id, party_id);
create index sight_party_person on persons.sight (party_id, person_id);
create index sight_source_id on persons.sight (source_id);

-- Merges: a reversible, dated alias; rows keep the person under whom they were written.
create table persons.alias (
  person_id uuid not null,
  into_person_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  check (person_id <> into_person_id)
);
create unique index alias_live on persons.alias (person_id) where ends_at is null;
create index alias_into on persons.alias (into_person_id) where ends_at is null;

-- Everyone who is that person: her own id, what was merged into her, what she was merged into.
create function persons.identity_set(person uuid) returns uuid[] language sql stable as $$
  with root as (select coalesce((select into_person_id from persons.alias where person_id = person and ends_at is null), person) as id)
  select array_agg(distinct id) from (
    select id from root union all select person union all
    select a.person_id from persons.alias a, root where a.into_person_id = root.id and a.ends_at is null
  ) s
$$;

/* The rule of visibility, written once. A row of a person is visible to the application when the actor holds, now, a sight of that
   person that covers the row's volet, when her functions allow that volet, and when the row is shared or held by her own service.
   Inline EXISTS with parties in an uncorrelated sub-select: measured 30 to 40 times faster than a function called per row. */
create function persons.protect(target regclass, with_person boolean default true) returns void language plpgsql as $$
declare
  qualified text := target::text;
  rule text;
begin
  rule := format($rule$
    exists (select 1 from persons.sight s
      where s.person_id = %1$s.person_id
        and s.party_id = any ((select platform.actor_parties())::uuid[])
        and %1$s.volet = any (s.volets)
        and s.starts_at <= (select platform.clock())
        and (s.ends_at is null or s.ends_at > (select platform.clock()))
        and s.suspended_at is null)
    and %1$s.volet = any ((select platform.actor_volets())::text[])
    and (%1$s.protection = 'shared' or (%1$s.protection = 'org_private' and %1$s.holder_org = (select platform.actor_service())))
  $rule$, qualified);
  execute format('alter table %s enable row level security', qualified);
  execute format('alter table %s force row level security', qualified);
  execute format('create policy sight on %s to jalon_app using (%s) with check (%s)', qualified, rule, rule);
  execute format('create policy system on %s to jalon_system using (true) with check (true)', qualified);
  execute format('create policy kernel on %s to jalon_kernel using (true) with check (true)', qualified);
  execute format('create policy report on %s for select to jalon_report using (true)', qualified);
  execute format('alter table %s add check (volet in (''administrative'', ''social'', ''health''))', qualified);
  execute format('alter table %s add check (protection in (''shared'', ''org_private'', ''restricted''))', qualified);
end $$;
comment on function persons.protect is 'Gives a person-bearing table (person_id, volet, holder_org, protection) its policies. restricted rows are opened by no policy here.';

alter table persons.sight enable row level security;
alter table persons.sight force row level security;
create policy own on persons.sight for select to jalon_app using (party_id = any ((select platform.actor_parties())::uuid[]));
create policy system on persons.sight to jalon_system using (true) with check (true);
create policy kernel on persons.sight to jalon_kernel using (true) with check (true);
create policy report on persons.sight for select to jalon_report using (true);
alter table persons.alias enable row level security;
alter table persons.alias force row level security;
create policy own on persons.alias for select to jalon_app using (
  exists (select 1 from persons.sight s where s.person_id = alias.into_person_id and s.party_id = any ((select platform.actor_parties())::uuid[])));
create policy system on persons.alias to jalon_system using (true) with check (true);
create policy kernel on persons.alias to jalon_kernel using (true) with check (true);

create table persons.person (
  person_id uuid primary key,
  -- a caller often gives the used name only: a strict trait that nobody said is not made up
  birth_name text,
  used_name text,
  birth_given_names text[] not null default '{}',
  used_given_name text,
  birth_date date,
  birth_date_approximate boolean not null default false,
  sex text check (sex in ('F', 'M', 'I')),
  birth_place_code text,
  birth_place_name text,
  -- normalised names and their sound, made by src/persons/contract/names.ts; sorted and searched under COLLATE "C"
  search_key text not null collate "C",
  sound_key text not null collate "C",
  ins_matricule text,
  ins_oid text,
  ins_retrieved_at timestamptz,
  identity_checked_at timestamptz,
  identity_checked_by uuid,
  identity_document text,
  identity_status text not null check (identity_status in ('PROV', 'VALI', 'RECUP', 'QUAL')),
  identity_attributes text[] not null default '{}',
  commune_code text,
  address text,
  -- what whoever answers the telephone must know (« Parler fort, appeler avant 11 h »)
  caller_instruction text,
  language text,
  needs_interpreter boolean not null default false,
  is_military boolean not null default false,
  deceased_on date,
  death_recorded_at timestamptz,
  death_recorded_by uuid,
  death_source text,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  check (birth_name is not null or used_name is not null)
);
select persons.protect('persons.person');
-- Words of the names, and their sounds marked by ~: any order, prefixes, one index.
create function persons.search_vector(search_key text, sound_key text) returns tsvector language sql immutable parallel safe as $$
  select array_to_tsvector(array_remove(string_to_array(search_key, ' '), '') ||
    array(select '~' || sound from unnest(string_to_array(sound_key, ' ')) sound where sound <> ''))
$$;
-- Without a pending list: a person is written rarely and searched at every key; the list would be read whole by each search until a vacuum.
create index person_search on persons.person using gin (persons.search_vector(search_key, sound_key)) with (fastupdate = off);
-- Each word of four letters and more, and what it becomes when one letter is left out: two spellings that differ by one letter missing,
-- added, replaced or swapped with its neighbour share one of them. Trigrams found 20 % of such mistakes in names, this finds them all.
create function persons.near_spellings(word text) returns text[] language sql immutable parallel safe as $$
  select case when length(word) < 4 then array[word] else array[word] || array(select left(word, i - 1) || substr(word, i + 1) from generate_series(1, length(word)) i) end
$$;
create function persons.near_vector(search_key text) returns tsvector language sql immutable parallel safe as $$
  select array_to_tsvector(array(select n from unnest(string_to_array(search_key, ' ')) w, unnest(persons.near_spellings(w)) n where w <> ''))
$$;
create index person_near on persons.person using gin (persons.near_vector(search_key)) with (fastupdate = off);
create index person_birth on persons.person (birth_date);
create unique index person_matricule on persons.person (ins_matricule) where ins_matricule is not null and protection <> 'restricted';

create table persons.contact_point (
  id uuid primary key,
  person_id uuid not null references persons.person,
  -- code of persons.contact_kind; a telephone is kept as its digits (phones.ts)
  kind text not null,
  value text not null,
  label text,
  preferred boolean not null default false,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  ended_at timestamptz
);
select persons.protect('persons.contact_point');
create index contact_point_person on persons.contact_point (person_id);
create index contact_point_value on persons.contact_point (value) where ended_at is null;

create table persons.protection_measure (
  id uuid primary key,
  person_id uuid not null references persons.person,
  measure text not null,
  scope text,
  -- who exercises it (persons.protection_holder), and her name
  holder_kind text,
  representative_name text,
  representative_party_id uuid,
  representative_phone text,
  document_seen text,
  starts_on date,
  ends_on date,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid
);
select persons.protect('persons.protection_measure');
create index protection_measure_person on persons.protection_measure (person_id);

-- The médecin traitant (R23–R25): one current row, the others are its history.
create table persons.family_doctor (
  id uuid primary key,
  person_id uuid not null references persons.person,
  state text not null check (state in ('declared', 'de_facto', 'unknown', 'none', 'military')),
  professional_id uuid,
  professional_name text,
  professional_phone text,
  professional_commune text,
  -- the last concertation with her (persons.gp_concertation); what she said is in family_doctor_concertation
  concertation text,
  concertation_at timestamptz,
  verified_on date,
  starts_on date not null,
  ends_on date,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  recorded_by uuid
);
select persons.protect('persons.family_doctor');
create unique index family_doctor_current on persons.family_doctor (person_id) where ends_on is null;
create index family_doctor_professional on persons.family_doctor (professional_id) where ends_on is null;

-- What came out of each concertation (R23). Her opinion is a medical word: volet health, apart from the administrative fact.
create table persons.family_doctor_concertation (
  id uuid primary key,
  person_id uuid not null references persons.person,
  family_doctor_id uuid not null references persons.family_doctor,
  outcome text not null,
  opinion text,
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  volet text not null default 'health',
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null default now()
);
select persons.protect('persons.family_doctor_concertation');
create index family_doctor_concertation_person on persons.family_doctor_concertation (person_id);

-- No médecin traitant: the CPTS is seized when it exists (R24), with its reminder.
create table persons.family_doctor_referral (
  id uuid primary key,
  person_id uuid not null references persons.person,
  cpts_id uuid references territory.service,
  -- true where no CPTS covers the commune: said, not hidden
  no_cpts boolean not null default false,
  state text not null check (state in ('sent', 'received', 'reminded', 'proposed', 'designated', 'declined', 'failed', 'no_cpts')),
  sent_at timestamptz not null,
  remind_on date,
  outcome_at timestamptz,
  outcome text,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  created_by uuid
);
select persons.protect('persons.family_doctor_referral');
create index family_doctor_referral_person on persons.family_doctor_referral (person_id);
create index family_doctor_referral_due on persons.family_doctor_referral (holder_org, remind_on) where outcome_at is null;

-- Information given and the three non-oppositions (R19–R30): every answer is a new row; the last one counts.
create table persons.non_opposition (
  id uuid primary key,
  person_id uuid not null references persons.person,
  number smallint not null check (number in (1, 2, 3)),
  state text not null check (state in ('non_opposition', 'opposition')),
  collected_on date not null,
  mode text not null,
  collected_by uuid not null,
  collected_by_name text not null,
  document_version text,
  given_by text,
  comment text,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null default now()
);
select persons.protect('persons.non_opposition');
create index non_opposition_person on persons.non_opposition (person_id, number, recorded_at desc);

create table persons.information_given (
  id uuid primary key,
  person_id uuid not null references persons.person,
  given_on date not null,
  given_to text not null,
  given_by uuid,
  given_by_name text not null,
  mode text not null,
  document_version text,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null default now()
);
select persons.protect('persons.information_given');
create index information_given_person on persons.information_given (person_id);

-- What the person asks not to be said, sent or shown, and to whom: shown before any call, letter or invitation. `no_sharing` with one
-- named professional (party_id) suspends the sight of that party.
create table persons.non_disclosure (
  id uuid primary key,
  person_id uuid not null references persons.person,
  kind text not null check (kind in ('tell_nothing', 'no_call', 'no_sharing', 'hidden_address')),
  towards text not null,
  relation text,
  party_id uuid,
  reason text,
  wish_of text not null default 'person',
  since date not null,
  ended_at timestamptz,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  recorded_by uuid
);
select persons.protect('persons.non_disclosure');
create index non_disclosure_person on persons.non_disclosure (person_id) where ended_at is null;

-- The one timeline of a person: every capability writes its line in the transaction of the act itself.
create table persons.timeline_item (
  id uuid primary key,
  person_id uuid not null references persons.person,
  at timestamptz not null,
  kind text not null,
  title text not null,
  summary text,
  author_id uuid,
  author_name text not null,
  author_function text,
  source text not null,
  source_id uuid not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null default now()
);
select persons.protect('persons.timeline_item');
create index timeline_item_person on persons.timeline_item (person_id, at desc, id desc);
create index timeline_item_source on persons.timeline_item (source_id);

alter table platform.field_history alter column holder_org drop not null;
alter table platform.field_history enable row level security;
alter table platform.field_history force row level security;
create policy sight on platform.field_history to jalon_app using (
    (person_id is null and (holder_org is null or holder_org = (select platform.actor_service())))
    or (exists (select 1 from persons.sight s
      where s.person_id = field_history.person_id and s.party_id = any ((select platform.actor_parties())::uuid[])
        and field_history.volet = any (s.volets) and s.starts_at <= (select platform.clock())
        and (s.ends_at is null or s.ends_at > (select platform.clock())) and s.suspended_at is null)
    and field_history.volet = any ((select platform.actor_volets())::text[])
    and (field_history.protection = 'shared' or (field_history.protection = 'org_private' and field_history.holder_org = (select platform.actor_service())))));
create policy system on platform.field_history to jalon_system using (true) with check (true);
create policy kernel on platform.field_history to jalon_kernel using (true) with check (true);
create index field_history_person on platform.field_history (person_id);

grant select, insert, update on all tables in schema persons to jalon_app;
revoke insert, update on persons.sight, persons.alias from jalon_app;
revoke update on persons.non_opposition, persons.information_given, persons.family_doctor_concertation, persons.timeline_item from jalon_app;
grant select, insert, update, delete on all tables in schema persons to jalon_system, jalon_kernel;
grant select on all tables in schema persons to jalon_report;

/* True if the actor sees the person administratively now, on one of these bases. Reviewed door, as all that follow: SECURITY DEFINER,
   owned by jalon_kernel. They are the only writers of persons.sight for the application; the gate has checked the gesture before. */
create function persons.actor_sees(person uuid, on_bases text[] default null) returns boolean
  language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from persons.sight s where s.person_id = person and s.party_id = any (platform.actor_parties())
    and 'administrative' = any (s.volets) and s.suspended_at is null and s.starts_at <= platform.clock()
    and (s.ends_at is null or s.ends_at > platform.clock()) and (on_bases is null or s.basis = any (on_bases)))
$$;

/* What suspends the sight of this party: the opposition to being taken in charge or to the shared file (n° 1 or 2), and the refusal of
   sharing with this one. A DAC in charge and a request are not shares: they keep what closing needs (domain.md 5A, step 3). */
create function persons.suspensions_of(person uuid, party uuid, its_basis text) returns text[]
  language sql stable security definer set search_path = pg_catalog as $$
  select case when its_basis not in ('care_team', 'consent') then '{}'::text[] else
    case when exists (select 1 from (select distinct on (number) state from persons.non_opposition
        where person_id = person and number in (1, 2) order by number, recorded_at desc, id desc) last where last.state = 'opposition')
      then array['opposition'] else '{}'::text[] end ||
    case when exists (select 1 from persons.non_disclosure d where d.person_id = person and d.kind = 'no_sharing' and d.party_id = party and d.ended_at is null)
      then array['refusal'] else '{}'::text[] end end
$$;

/* Gives sight, for a reason that a row of another capability holds (source). Refuses what does not follow from the actor's own right:
   she sees the person now; a DAC takes charge for itself; a request opens the administrative volet only; the équipe de soins and a
   consent are recorded by the DAC in charge. */
create function persons.grant_sight(
  sight_id uuid, person uuid, party uuid, its_name text, its_basis text, its_volets text[], its_reason text, source uuid, since timestamptz, until timestamptz default null
) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare holds_back text[] := persons.suspensions_of(person, party, its_basis);
begin
  if not persons.actor_sees(person)
    or its_basis = 'self'
    or (its_basis = 'dac_in_charge' and (party is distinct from platform.actor_service() or not persons.actor_sees(person, '{dac_in_charge,request}')))
    or (its_basis = 'request' and not its_volets <@ '{administrative}')
    or (its_basis in ('care_team', 'consent') and not persons.actor_sees(person, '{dac_in_charge}')) then
    raise exception 'sight may not be granted by this actor' using errcode = 'insufficient_privilege';
  end if;
  -- first the row that this source holds open: with an end, a new row would escape the unique index of the open ones
  update persons.sight set volets = its_volets, party_name = its_name, ends_at = until, reason = its_reason, basis = its_basis,
    suspended_at = case when holds_back <> '{}' then platform.clock() end, suspensions = holds_back
   where person_id = person and party_id = party and source_id = source and ends_at is null;
  if found then return; end if;
  insert into persons.sight (id, person_id, party_id, party_name, basis, volets, reason, source_id, starts_at, ends_at, suspended_at, suspensions, granted_by)
  values (sight_id, person, party, its_name, its_basis, its_volets, its_reason, source, since, until,
    case when holds_back <> '{}' then platform.clock() end, holds_back, platform.actor_id())
  on conflict (person_id, party_id, source_id) where ends_at is null
  do update set volets = excluded.volets, party_name = excluded.party_name, ends_at = excluded.ends_at, reason = excluded.reason, basis = excluded.basis,
    suspended_at = excluded.suspended_at, suspensions = excluded.suspensions;
end $$;

/* Ends the sight that a source gave (a member leaves, an episode closes). Effective at the next request. Whoever holds it may give it
   up; else it takes the DAC in charge, a request in qualification or the person herself. */
create function persons.end_sight(person uuid, source uuid, party uuid default null) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare ended integer;
begin
  if not persons.actor_sees(person, '{dac_in_charge,request,self}') and (party is null or not party = any (platform.actor_parties())) then
    raise exception 'sight may not be ended by this actor' using errcode = 'insufficient_privilege';
  end if;
  update persons.sight set ends_at = platform.clock()
   where person_id = person and source_id = source and (party is null or party_id = party) and (ends_at is null or ends_at > platform.clock());
  get diagnostics ended = row_count;
  return ended;
end $$;

/* Brings every sight of the person in line with what she opposes now: the circle's is suspended, or returns. Run after each
   non-opposition, opposition or refusal of sharing. Gives the parties whose sight changed: they are told, whatever they still see. */
create function persons.apply_opposition(person uuid) returns uuid[]
  language plpgsql security definer set search_path = pg_catalog as $$
declare touched uuid[];
begin
  if not persons.actor_sees(person, '{dac_in_charge,request,self}') then
    raise exception 'opposition may not be applied by this actor' using errcode = 'insufficient_privilege';
  end if;
  with changed as (
    update persons.sight s set suspensions = wanted.suspensions,
        suspended_at = case when wanted.suspensions <> '{}' then coalesce(s.suspended_at, platform.clock()) end
      from (select id, persons.suspensions_of(person_id, party_id, basis) as suspensions from persons.sight
        where person_id = person and basis in ('care_team', 'consent') and (ends_at is null or ends_at > platform.clock())) wanted
     where s.id = wanted.id and s.suspensions <> wanted.suspensions returning s.party_id)
  select coalesce(array_agg(party_id), '{}') into touched from changed;
  return touched;
end $$;

/* A request about someone whom another organisation already knows: the service gets the administrative volet for as long as its request
   lives. The person, found among the candidates, is not created twice; the DAC in charge reads it in the Fil and in the audit. */
create function persons.join_person(person uuid, source uuid, its_reason text, sight_id uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if platform.actor_service() is null or not platform.actor_service() = any (platform.actor_parties()) then
    raise exception 'a person is joined for one''s own service' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select 1 from persons.person p where p.person_id = person and p.protection = 'shared') then return false; end if;
  insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at, granted_by)
  values (sight_id, person, platform.actor_service(), 'request', '{administrative}', its_reason, source, platform.clock(), platform.actor_id())
  on conflict (person_id, party_id, source_id) where ends_at is null do nothing;
  return true;
end $$;

/* Creates a person together with the first sight of her: the two cannot exist apart. */
create function persons.create_person(record jsonb, party uuid, its_basis text, its_volets text[], its_reason text, source uuid, sight_id uuid)
  returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not (party = any (platform.actor_parties())) then
    raise exception 'a person is created for one''s own party' using errcode = 'insufficient_privilege';
  end if;
  insert into persons.person select * from jsonb_populate_record(null::persons.person, jsonb_build_object(
    'birth_date_approximate', false, 'identity_attributes', '[]'::jsonb, 'needs_interpreter', false, 'is_military', false,
    'birth_given_names', '[]'::jsonb, 'volet', 'administrative', 'protection', 'shared', 'version', 1, 'created_at', platform.clock(), 'created_by', platform.actor_id()) || record);
  insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at, granted_by)
  values (sight_id, (record ->> 'person_id')::uuid, party, its_basis, its_volets, its_reason, source, platform.clock(), platform.actor_id());
end $$;

/* Words of a name as a query on persons.search_vector: each as it is, or also by its beginning and by its sound. sounds[i] is the sound of words[i]. */
create function persons.name_query(words text[], sounds text[], joined text, whole boolean default false) returns tsquery language sql immutable parallel safe as $$
  select string_agg(case when whole then '''' || word || '''' else '(' || concat_ws(' | ', '''' || word || ''':*', case when sounds[n] ~ '^[A-Z]{2,}$' then '''~' || sounds[n] || '''' end) || ')' end,
    ' ' || joined || ' ')::tsquery
  from unnest(words) with ordinality as w(word, n) where word ~ '^[A-Z0-9]+$'
$$;

create function persons.near_query(words text[]) returns tsquery language sql immutable parallel safe as $$
  select string_agg('(' || array_to_string(array(select '''' || n || '''' from unnest(persons.near_spellings(word)) n), ' | ') || ')', ' & ')::tsquery
  from unnest(words) word where word ~ '^[A-Z0-9]+$'
$$;

/* Search among the persons whom the actor sees administratively. It applies the scope itself because the operators of text search are not
   leakproof: under row-level security the planner may not use their indexes. Few columns leave it. Whole words first, then beginnings and
   sounds, then near spellings, each only while the step before found little, each capped: a name shared by thousands needs one more word. */
create function persons.search(words text[], sounds text[], born date, born_year integer, phone text, matricule text, most integer) returns table (
  person_id uuid, birth_name text, used_name text, first_name text, used_first_name text, sex text, birth_day date, birth_day_approximate boolean,
  commune text, death_day date, identity_status text, in_charge boolean, score real
) language plpgsql stable security definer
  set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  parties uuid[] := platform.actor_parties();
  at timestamptz := platform.clock();
  whole tsquery := persons.name_query(words, sounds, '&', true);
  loose tsquery := persons.name_query(words, sounds, '&');
  ids uuid[] := '{}';
begin
  if not 'administrative' = any (platform.actor_volets()) or cardinality(parties) = 0 then return; end if;
  if matricule is not null then
    ids := array(select p.person_id from persons.person p where p.ins_matricule between matricule || '00' and matricule || '99' and p.protection = 'shared');
  elsif phone is not null then
    ids := array(select c.person_id from persons.contact_point c where c.value = phone and c.ended_at is null limit 200);
  elsif whole is null then
    ids := array(select p.person_id from persons.person p where p.birth_date = born
      and exists (select 1 from persons.sight s where s.person_id = p.person_id and s.party_id = any (parties)) limit 300);
  else
    if born is not null then
      ids := array(select p.person_id from persons.person p where p.birth_date = born
        and exists (select 1 from persons.sight s where s.person_id = p.person_id and s.party_id = any (parties)) limit 300);
    end if;
    ids := ids || array(select p.person_id from persons.person p where persons.search_vector(p.search_key, p.sound_key) @@ whole
      and exists (select 1 from persons.sight s where s.person_id = p.person_id and s.party_id = any (parties)) limit 300);
    if cardinality(ids) < (case when cardinality(words) = 1 then most else 3 end) then
      ids := ids || array(select p.person_id from persons.person p where persons.search_vector(p.search_key, p.sound_key) @@ loose
        and exists (select 1 from persons.sight s where s.person_id = p.person_id and s.party_id = any (parties)) limit 300);
    end if;
    if cardinality(ids) < 3 then
      ids := ids || array(select p.person_id from persons.person p where persons.near_vector(p.search_key) @@ persons.near_query(words)
        and exists (select 1 from persons.sight s where s.person_id = p.person_id and s.party_id = any (parties)) limit 300);
    end if;
  end if;
  return query
    select p.person_id, p.birth_name, p.used_name, p.birth_given_names[1], p.used_given_name, p.sex, p.birth_date, p.birth_date_approximate, c.name, p.deceased_on,
      p.identity_status, seen.in_charge,
      (coalesce((select sum(case when ' ' || p.search_key || ' ' like '% ' || w || ' %' then 3 when ' ' || p.search_key like '% ' || w || '%' then 2 else public.word_similarity(w, p.search_key) end)
          from unnest(words) w), 0)
        + case when p.birth_date = born then 5 when born is null and extract(year from p.birth_date) = born_year then 3 when extract(year from p.birth_date) = extract(year from born) then 1 else 0 end
        + case when seen.in_charge then 0.5 else 0 end - case when p.deceased_on is not null then 0.25 else 0 end)::real as score
    from persons.person p
    join (select s.person_id, bool_or(s.basis = 'dac_in_charge' and s.ends_at is null) as in_charge from persons.sight s
      where s.person_id = any (ids) and s.party_id = any (parties) and 'administrative' = any (s.volets) and s.suspended_at is null
        and s.starts_at <= at and (s.ends_at is null or s.ends_at > at) group by s.person_id) seen on seen.person_id = p.person_id
    left join territory.commune c on c.code = p.commune_code
    where p.protection = 'shared' and (born_year is null or extract(year from p.birth_date) = born_year or p.birth_date is null)
    order by score desc, p.search_key, p.person_id limit most;
end $$;

/* Duplicates while an identity is typed, wherever they are: the one declared exception to « absent and invisible answer alike ». Audited by the
   query that calls it. Outside the actor's sight only what identification needs leaves it: names, birth day, commune, who accompanies her. */
create function persons.identify(words text[], sounds text[], first_words text[], first_sounds text[], born date, phone text, matricule text, everywhere boolean, most integer) returns table (
  person_id uuid, in_scope boolean, birth_name text, used_name text, first_name text, used_first_name text, sex text, birth_day date, birth_day_approximate boolean,
  commune text, death_day date, identity_status text, address text, caller_instruction text, organisations text[], same_phone boolean, same_matricule boolean, score real
) language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  parties uuid[] := platform.actor_parties();
  at timestamptz := platform.clock();
  last_query tsquery := persons.name_query(words, sounds, '|');
  first_query tsquery := persons.name_query(first_words, first_sounds, '|');
  ids uuid[] := '{}';
begin
  if last_query is not null and first_query is not null then
    ids := ids || array(select p.person_id from persons.person p where persons.search_vector(p.search_key, p.sound_key) @@ (last_query && first_query)
      and (born is null or p.birth_date is null or abs(extract(year from p.birth_date) - extract(year from born)) <= 2
        or to_char(p.birth_date, 'MMDD') = to_char(born, 'MMDD') or to_char(p.birth_date, 'YYYYDDMM') = to_char(born, 'YYYYMMDD'))
      order by (p.birth_date = born) desc nulls last limit 50);
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
      case when f.seen then f.status else 'PROV' end, case when f.seen then f.its_address end, case when f.seen then f.instruction end, f.orgs,
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

/* Everyone who sees, or saw, the person: why, what, until when. For those who accompany her. */
create function persons.sights_of(person uuid) returns table (
  party_id uuid, party_name text, party_kind text, basis text, volets text[], reason text, starts_at timestamptz, ends_at timestamptz, suspended_at timestamptz, suspensions text[]
) language sql stable security definer set search_path = pg_catalog as $$
  select s.party_id, coalesce(v.name, u.given_name || ' ' || u.family_name, s.party_name), case when v.id is not null then 'service' when u.id is not null then 'user' else 'professional' end,
    s.basis, s.volets, s.reason, s.starts_at, s.ends_at, s.suspended_at, s.suspensions
  from persons.sight s left join territory.service v on v.id = s.party_id left join territory.user_account u on u.id = s.party_id
  where s.person_id = person and persons.actor_sees(person, '{dac_in_charge,request,self}')
  order by s.ends_at is not null and s.ends_at <= platform.clock(), s.starts_at, s.id
$$;

/* The services that accompany the person today, for whoever sees her: the circle must know whom to call. */
create function persons.in_charge_of(person uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct s.party_id), '{}') from persons.sight s
   where s.person_id = person and s.basis = 'dac_in_charge' and s.ends_at is null and s.starts_at <= platform.clock() and persons.actor_sees(person)
$$;

/* Who opened the file, from the audit itself, sealed or not yet: one line per user and service, the last first. */
create function persons.readers_of(person uuid, since timestamptz, most integer) returns table (
  user_id uuid, user_name text, service_name text, times bigint, first_at timestamptz, last_at timestamptz, names text[]
) language sql stable security definer set search_path = pg_catalog as $$
  select a.actor_id, u.given_name || ' ' || u.family_name, v.name, count(*), min(a.at), max(a.at), array_agg(distinct a.name)
  from (select at, actor_id, service_id, name from audit.entry where person_ids @> array[person] and outcome in ('done', 'replayed') and entry.at >= since
    union all select at, actor_id, service_id, name from audit.inbox where person_ids @> array[person] and outcome in ('done', 'replayed')) a
  left join territory.user_account u on u.id = a.actor_id left join territory.service v on v.id = a.service_id
  where persons.actor_sees(person, '{dac_in_charge,self}')
  group by a.actor_id, u.given_name, u.family_name, v.name order by max(a.at) desc limit most
$$;

/* The files that the actor opened last, from her own audit lines; those that she still sees. */
create function persons.recently_opened(most integer) returns table (person_id uuid, opened_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select r.person_id, r.opened_at from (
    select l.person_ids[1] as person_id, max(l.at) as opened_at from (
      (select e.person_ids, e.at from audit.entry e where e.actor_id = platform.actor_id() and e.name = 'persons.header' and e.outcome = 'done' order by e.at desc limit 300)
      union all select i.person_ids, i.at from audit.inbox i where i.actor_id = platform.actor_id() and i.name = 'persons.header' and i.outcome = 'done') l
    group by l.person_ids[1]) r
  where r.person_id is not null and persons.actor_sees(r.person_id) order by r.opened_at desc limit most
$$;

create or replace function platform.audience_of(person uuid, its_volet text) returns uuid[]
  language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct party_id), '{}') from persons.sight
   where person_id = person and (its_volet is null or its_volet = any (volets))
     and starts_at <= now() and (ends_at is null or ends_at > now()) and suspended_at is null
$$;

grant create on schema persons, platform to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname = 'persons' or (n.nspname, p.proname) = ('platform', 'audience_of') loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app, jalon_system', f);
  end loop;
  -- it says what a person opposed to anyone who has her id: for the functions above only
  revoke execute on function persons.suspensions_of(uuid, uuid, text) from jalon_app;
end $$;
revoke create on schema persons, platform from jalon_kernel;
