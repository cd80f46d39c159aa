/* A CPTS is asked to find a médecin traitant (R24). It sees what was addressed to it and nothing else of the person: no sight is given. Hence these
   functions, which show the few traits that the search needs, to a coordinator of that very CPTS, as long as the person does not oppose sharing. */

alter table persons.family_doctor_referral add column doctor_party_id uuid;
alter table persons.family_doctor_referral add column doctor_name text;
alter table persons.family_doctor_referral add column doctor_phone text;
alter table persons.family_doctor_referral add column doctor_commune text;
alter table persons.family_doctor_referral add column answered_at timestamptz;
alter table persons.family_doctor_referral add column answered_by_name text;
comment on column persons.family_doctor_referral.doctor_name is 'The doctor whom the CPTS proposes or who was designated; the DAC records her as médecin traitant, never the CPTS.';
create index family_doctor_referral_cpts on persons.family_doctor_referral (cpts_id, sent_at) where cpts_id is not null;

-- True for a referral that the actor may read: hers by her CPTS and her function, the person not opposing sharing, nor hidden from all.
create function persons.addressed_to_actor(referral persons.family_doctor_referral) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select referral.cpts_id = platform.actor_service() and 'cpts_coordinator' = any (platform.actor_functions())
    and exists (select from persons.person p where p.person_id = referral.person_id and p.protection = 'shared')
    and not exists (select from persons.non_disclosure d where d.person_id = referral.person_id and d.kind in ('tell_nothing', 'no_sharing') and d.ended_at is null
      and d.party_id = referral.cpts_id)
    and not exists (select from (select distinct on (n.number) n.number, n.state from persons.non_opposition n where n.person_id = referral.person_id
        order by n.number, n.recorded_at desc, n.id desc) last where last.number in (1, 2) and last.state = 'opposition')
$$;

create function persons.referrals_to_my_cpts(its_id uuid, ended boolean, most integer) returns table (
  id uuid, version integer, person jsonb, phone text, language text, needs_interpreter boolean, state text, sent_at timestamptz, outcome text, outcome_at timestamptz,
  doctor_party_id uuid, doctor_name text, doctor_phone text, doctor_commune text, answered_at timestamptz, answered_by_name text, dac_name text, dac_phone text, asked_by_name text)
  language sql stable security definer set search_path = pg_catalog as $$
  select r.id, r.version, jsonb_build_object('personId', p.person_id, 'birthName', coalesce(p.birth_name, p.used_name), 'usedName', p.used_name,
      'firstName', coalesce(p.birth_given_names[1], ''), 'usedFirstName', p.used_given_name, 'sex', p.sex, 'birthDay', p.birth_date,
      'birthDayApproximate', p.birth_date_approximate, 'commune', case when persons.address_hidden(p.person_id) then null else c.name end, 'deathDay', p.deceased_on,
      'identityStatus', p.identity_status),
    (select k.value from persons.contact_point k where k.person_id = p.person_id and k.ended_at is null and k.kind <> 'email' order by k.preferred desc, k.id limit 1),
    p.language, p.needs_interpreter, r.state, r.sent_at, r.outcome, r.outcome_at, r.doctor_party_id, r.doctor_name, r.doctor_phone, r.doctor_commune, r.answered_at,
    r.answered_by_name, s.name, s.phone, (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = r.created_by)
  from persons.family_doctor_referral r join persons.person p on p.person_id = r.person_id left join territory.commune c on c.code = p.commune_code
    left join territory.service s on s.id = r.holder_org
  where r.cpts_id = platform.actor_service() and persons.addressed_to_actor(r) and (its_id is null or r.id = its_id)
    and (ended is null or (r.outcome_at is not null) = ended)
  order by case when r.outcome_at is null then 0 else 1 end, case when r.outcome_at is null then r.sent_at end, r.outcome_at desc, r.id limit most
$$;

create function persons.referral_to_my_cpts(its_id uuid) returns table (id uuid, person_id uuid, cpts_id uuid, holder_org uuid, version integer, state text, ended boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  select r.id, r.person_id, r.cpts_id, r.holder_org, r.version, r.state, r.outcome_at is not null from persons.family_doctor_referral r
  where r.id = its_id and persons.addressed_to_actor(r)
$$;

-- Writes what the CPTS answers, its history and its line of the Fil. Null when somebody wrote meanwhile, or when the referral ended.
create function persons.answer_as_cpts(its_id uuid, base integer, answer jsonb, by_name text, line_id uuid, line_title text) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare r persons.family_doctor_referral;
begin
  select x.* into r from persons.family_doctor_referral x where x.id = its_id for update;
  if r.id is null or not persons.addressed_to_actor(r) or r.outcome_at is not null or r.version <> base then return null; end if;
  update persons.family_doctor_referral x set state = answer ->> 'state', outcome = answer ->> 'outcome', remind_on = (answer ->> 'remindOn')::date,
    doctor_party_id = (answer ->> 'doctorPartyId')::uuid, doctor_name = answer ->> 'doctorName', doctor_phone = answer ->> 'doctorPhone',
    doctor_commune = answer ->> 'doctorCommune', answered_at = platform.clock(), answered_by_name = by_name, version = base + 1 where x.id = its_id;
  insert into platform.field_history (record_id, version, record_type, person_id, volet, holder_org, protection, changes, changed_by, changed_at)
    values (its_id, base + 1, 'family_doctor_referral', r.person_id, r.volet, r.holder_org, r.protection,
      jsonb_build_object('state', jsonb_build_array(r.state, answer ->> 'state'), 'outcome', jsonb_build_array(r.outcome, answer ->> 'outcome')), platform.actor_id(), platform.clock());
  insert into persons.timeline_item (id, person_id, at, kind, title, summary, author_id, author_name, author_function, source, source_id, volet, holder_org)
    values (line_id, r.person_id, platform.clock(), 'family_doctor', line_title, answer ->> 'outcome', platform.actor_id(), by_name, 'coordination de CPTS', 'persons', its_id, r.volet, r.holder_org);
  return base + 1;
end $$;

grant create on schema persons to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'persons' and p.proname in ('addressed_to_actor', 'referrals_to_my_cpts', 'referral_to_my_cpts', 'answer_as_cpts') loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app, jalon_system', f);
  end loop;
  -- it says what a person opposed: for the functions above only
  revoke execute on function persons.addressed_to_actor(persons.family_doctor_referral) from jalon_app;
end $$;
revoke create on schema persons from jalon_kernel;
