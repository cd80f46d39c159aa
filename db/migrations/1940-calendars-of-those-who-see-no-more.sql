/* Whoever loses sight of a person (an opposition, the end of her part in the circle, a word kept from her) keeps her hours as taken, in her calendar outside as in
   Jalon: what is done at those hours is no longer said there. */
create function agenda.volets_open(person uuid, parties uuid[]) returns table (party_id uuid, volets text[]) language sql stable security definer set search_path = pg_catalog as $$
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
    from unnest(parties) w(id)
$$;
-- As 1726 has it.
create or replace function agenda.volets_seen(person uuid, parties uuid[]) returns table (party_id uuid, volets text[]) language sql stable security definer set search_path = pg_catalog as $$
  select o.party_id, o.volets from agenda.volets_open(person, parties) o where persons.actor_sees(person)
$$;
-- Whether somebody's calendar, under one of her cards or accounts, says the kind of a moment.
create function agenda.kind_told(person uuid, in_volet text, parties uuid[]) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select person is null or exists (select from agenda.volets_open(person, parties) o where in_volet = any (o.volets))
$$;
/* As 1683 has it; the kind is said while she reads it. */
create or replace function agenda.feed_content(since timestamptz) returns table (
  uid text, sequence integer, kind text, starts_local timestamp, minutes integer, all_day boolean, time_zone text, rule text, changed_at timestamptz, times jsonb
) language sql stable security definer set search_path = pg_catalog as $$
  select a.uid, a.sequence, case when agenda.kind_told(a.person_id, a.volet, (platform.actor_parties())::uuid[]) then a.kind end, a.starts_local, a.minutes, a.all_day, a.time_zone, a.rule, a.changed_at,
    (select jsonb_agg(jsonb_build_object('recurrenceAt', o.recurrence_at, 'startsAt', o.starts_at, 'endsAt', o.ends_at,
        'cancelled', o.state = 'cancelled' or not exists (select from agenda.participant p left join agenda.date_answer d on d.participant_id = p.id and d.occurrence_id = o.id
          where p.appointment_id = a.id and p.withdrawn_at is null and p.party_id = any ((platform.actor_parties())::uuid[]) and coalesce(d.response, p.response) <> 'declined'),
        'moved', o.moved) order by o.recurrence_at)
      from agenda.occurrence o where o.appointment_id = a.id)
    from agenda.appointment a
   where not a.imported
     and exists (select from agenda.participant p where p.appointment_id = a.id and p.withdrawn_at is null and p.party_id = any ((platform.actor_parties())::uuid[])
       and (p.response <> 'declined' or exists (select from agenda.date_answer d where d.participant_id = p.id and d.response <> 'declined')))
     and exists (select from agenda.occurrence o where o.appointment_id = a.id and o.ends_at > since)
   order by a.uid
$$;
grant create on schema agenda to jalon_kernel;
alter function agenda.volets_open(uuid, uuid[]) owner to jalon_kernel;
alter function agenda.kind_told(uuid, text, uuid[]) owner to jalon_kernel;
revoke create on schema agenda from jalon_kernel;
revoke all on function agenda.volets_open(uuid, uuid[]), agenda.kind_told(uuid, text, uuid[]) from public;
grant execute on function agenda.volets_open(uuid, uuid[]) to jalon_kernel;
grant execute on function agenda.kind_told(uuid, text, uuid[]) to jalon_system, jalon_kernel;
