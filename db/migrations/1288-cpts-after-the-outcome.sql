/* A CPTS was asked to find a médecin traitant (R24): once that search has its outcome, what it was shown for it has no more purpose (R.1110-1 CSP, art. 5.1.e RGPD).
   The line of its work stays, without the person: her identity, telephone, language and what was written of her end with the outcome. No text asks for a delay. */

create or replace function persons.addressed_to_actor(referral persons.family_doctor_referral) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select referral.cpts_id = platform.actor_service() and 'cpts_coordinator' = any (platform.actor_functions())
    and exists (select from persons.person p where p.person_id = referral.person_id and p.protection = 'shared')
    and not exists (select from persons.non_disclosure d where d.person_id = referral.person_id and d.kind in ('tell_nothing', 'no_sharing') and d.ended_at is null
      and (d.party_id = referral.cpts_id or d.party_id = any (platform.actor_parties())))
    and referral.person_id <> all (persons.refusing_actor()) and not privacy.archived(referral.person_id)
    and not exists (select from (select distinct on (n.number) n.number, n.state from persons.non_opposition n where n.person_id = referral.person_id
        order by n.number, n.recorded_at desc, n.id desc) last where last.number in (1, 2) and last.state = 'opposition')
$$;

create or replace function persons.referrals_to_my_cpts(its_id uuid, ended boolean, most integer) returns table (
  id uuid, version integer, person jsonb, phone text, language text, needs_interpreter boolean, state text, sent_at timestamptz, outcome text, outcome_at timestamptz,
  doctor_party_id uuid, doctor_name text, doctor_phone text, doctor_commune text, answered_at timestamptz, answered_by_name text, dac_name text, dac_phone text, asked_by_name text)
  language sql stable security definer set search_path = pg_catalog as $$
  select r.id, r.version, case when l.live then jsonb_build_object('personId', p.person_id, 'birthName', coalesce(p.birth_name, p.used_name), 'usedName', p.used_name,
      'firstName', coalesce(p.birth_given_names[1], ''), 'usedFirstName', p.used_given_name, 'sex', p.sex, 'birthDay', p.birth_date,
      'birthDayApproximate', p.birth_date_approximate, 'commune', case when persons.hides_address(p.person_id) then null else c.name end, 'deathDay', p.deceased_on,
      'identityStatus', p.identity_status) end,
    case when l.live then (select k.value from persons.contact_point k where k.person_id = p.person_id and k.ended_at is null and k.kind <> 'email' order by k.preferred desc, k.id limit 1) end,
    case when l.live then p.language end, l.live and p.needs_interpreter, r.state, r.sent_at, case when l.live then r.outcome end, r.outcome_at,
    r.doctor_party_id, r.doctor_name, r.doctor_phone, r.doctor_commune, r.answered_at,
    r.answered_by_name, s.name, s.phone, (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = r.created_by)
  from persons.family_doctor_referral r join persons.person p on p.person_id = r.person_id cross join lateral (select r.outcome_at is null as live) l
    left join territory.commune c on c.code = p.commune_code
    left join territory.service s on s.id = r.holder_org
  where r.cpts_id = platform.actor_service() and (l.live or r.sent_at > platform.clock() - interval '2 years') and persons.addressed_to_actor(r) and (its_id is null or r.id = its_id)
    and (ended is null or (r.outcome_at is not null) = ended)
  order by case when r.outcome_at is null then 0 else 1 end, case when r.outcome_at is null then r.sent_at end, r.outcome_at desc, r.id limit most
$$;
