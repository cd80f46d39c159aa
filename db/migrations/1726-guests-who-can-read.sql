-- As 1461 has it; what a party sees is also bounded by what her category may read, and by what her functions are for: the front desk of a DAC in charge reads the
-- administrative volet.
create or replace function agenda.volets_seen(person uuid, parties uuid[]) returns table (party_id uuid, volets text[]) language sql stable security definer set search_path = pg_catalog as $$
  select w.id, array(select distinct v from persons.sight s, unnest(s.volets) v
      where s.person_id = person and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())
        and s.basis <> 'break_glass' and w.id <> all (platform.barred_from(person))
        and (s.party_id = w.id
          or s.party_id in (select u.professional_id from territory.user_account u where u.id = w.id and u.status = 'active')
          or s.party_id in (select u.id from territory.user_account u where u.professional_id = w.id and u.status = 'active')
          or s.party_id in (select m.service_id from territory.membership m where m.user_id = w.id and m.starts_on <= platform.today()
            and (m.ends_on is null or m.ends_on >= platform.today()) and m.functions && '{front_desk,referent,doctor,team_lead}'))
        and (v = 'administrative' or w.id <> all (persons.kept_by_name_from(person, v)))
        and (not exists (select from territory.user_account u where u.id = w.id or u.professional_id = w.id)
          or exists (select from territory.user_account u join territory.category_volet c on c.category = u.category
            where (u.id = w.id or u.professional_id = w.id) and u.status = 'active' and c.volet = v
              and (v = 'administrative' or exists (select from territory.membership m where m.user_id = u.id and m.starts_on <= platform.today()
                and (m.ends_on is null or m.ends_on >= platform.today()) and m.functions && '{referent,doctor,team_lead,outside_professional,expert_team,cpts_coordinator}'))))
      order by v)
    from unnest(parties) w(id) where persons.actor_sees(person)
$$;
