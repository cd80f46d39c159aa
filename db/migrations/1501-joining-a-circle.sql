-- « Rejoindre le cercle »: a professional asks; the DAC in charge or the médecin traitant answers. Whoever asks learns nothing of whether the person is
-- known here: she names her, and is told the same in every case.

create table care_team.join_request (
  id uuid primary key,
  person_id uuid not null references persons.person,
  user_id uuid not null references territory.user_account,
  party_id uuid not null,
  name text not null,
  profession text,
  place text,
  -- the role that she asks for (care_team.role), and why
  role text not null,
  words text not null,
  state text not null default 'asked' check (state in ('asked', 'accepted', 'refused')),
  asked_at timestamptz not null,
  answered_at timestamptz,
  answered_by_name text,
  answer_words text,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  check ((state = 'asked') = (answered_at is null))
);
select persons.protect('care_team.join_request');
select duplicates.follow('care_team.join_request');
create index join_request_person on care_team.join_request (person_id) where state = 'asked';
create unique index join_request_once on care_team.join_request (person_id, party_id) where state = 'asked';
grant select, update on care_team.join_request to jalon_app;
grant select, insert, update, delete on care_team.join_request to jalon_system, jalon_kernel;
grant select on care_team.join_request to jalon_report;

/* Leaves the request of a named professional of health or of social work, for the one person whose whole name and day of birth she
   gives. Nothing is left where nobody, or more than one, answers to them; where no DAC accompanies her; where she opposes care, the file or this professional;
   or for whoever sees her already. Gives the person and the services to tell; the caller answers alike in every case. */
create function care_team.ask_to_join(request uuid, name_words text[], name_sounds text[], born date, its_role text, its_words text) returns table (person uuid, services uuid[])
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  who territory.user_account;
  candidates uuid[];
  found_id uuid;
  charged uuid[];
begin
  select u.* into who from territory.user_account u
   where u.id = platform.actor_id() and u.status = 'active' and u.professional_id is not null and u.category in ('health', 'social');
  if who.id is null then return; end if;
  -- the same names and day, whole, as before an exceptional access: one person, or nobody
  select array_agg((c.person ->> 'personId')::uuid) into candidates from persons.exceptional_candidates(name_words, name_sounds, born) c;
  if cardinality(candidates) is distinct from 1 then return; end if;
  found_id := candidates[1];
  select array_agg(distinct s.party_id) into charged from persons.sight s
   where s.person_id = found_id and s.basis = 'dac_in_charge' and s.ends_at is null and s.starts_at <= platform.clock();
  if coalesce(cardinality(charged), 0) = 0 or persons.actor_sees(found_id, '{dac_in_charge,care_team,consent}')
    or persons.suspensions_of(found_id, who.professional_id, 'care_team') <> '{}' then return; end if;
  insert into care_team.join_request (id, person_id, user_id, party_id, name, profession, place, role, words, asked_at, holder_org)
  select request, found_id, who.id, who.professional_id, who.given_name || ' ' || who.family_name, who.profession_label,
    (select s.name from territory.service s where s.id = platform.actor_service()), its_role, its_words, platform.clock(), charged[1]
  -- neither twice at once, nor under an identifier that is taken: a refusal would say that the person is known
  on conflict do nothing;
  if found then return query select found_id, charged; end if;
end $$;

/* Opens the file to whoever asked, by the médecin traitant of the person, herself of the équipe de soins: the one right that is not given by the DAC. */
create function care_team.open_by_family_doctor(request uuid, access uuid, sight_id uuid, its_volets text[], its_reason text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  asked care_team.join_request;
  holds_back text[];
  left_of_it text[];
begin
  select r.* into asked from care_team.join_request r where r.id = request and r.state = 'asked' for update;
  if asked.id is null or not persons.actor_sees(asked.person_id, '{care_team}') or not exists (select from persons.family_doctor f
      where f.person_id = asked.person_id and f.ends_on is null and f.state in ('declared', 'de_facto') and f.professional_id = any (platform.actor_parties())) then
    raise exception 'sight may not be granted by this actor' using errcode = 'insufficient_privilege';
  end if;
  perform persons.lock_sights(asked.person_id);
  holds_back := persons.suspensions_of(asked.person_id, asked.party_id, 'care_team');
  left_of_it := persons.effective_volets(asked.person_id, asked.party_id, 'care_team', its_volets);
  insert into persons.sight (id, person_id, party_id, party_name, basis, entrusted, volets, reason, source_id, starts_at, suspended_at, suspensions, granted_by)
  values (sight_id, asked.person_id, asked.party_id, asked.name, 'care_team', case when left_of_it <> its_volets then its_volets end, left_of_it, its_reason, access,
    platform.clock(), case when holds_back <> '{}' then platform.clock() end, holds_back, platform.actor_id());
end $$;

grant create on schema care_team to jalon_kernel;
do $$
declare f regprocedure;
begin
  foreach f in array array['care_team.ask_to_join(uuid, text[], text[], date, text, text)'::regprocedure, 'care_team.open_by_family_doctor(uuid, uuid, uuid, text[], text)'::regprocedure] loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app', f);
  end loop;
end $$;
revoke create on schema care_team from jalon_kernel;
