/* Two doors of the notebook that every opening of a file goes through. Both planned their statement anew at each call, and the first one looked at every item of
   the file even for a professional to whom all is open: measured at 5 of the 14 ms that PostgreSQL spent on a synthesis (100,000 persons). */

/* How many shared items of a person the actor does not see because their volet is not open to her: a number, never what they are. Private rooms and restricted
   reports are not counted: their existence is not told. Nothing for whoever does not see the person. Only the items of closed volets are read. */
create or replace function liaison.hidden_items(person uuid) returns integer language plpgsql stable security definer
  set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  if not persons.actor_sees(person) then return 0; end if;
  return (
    select coalesce(sum((select count(*) from persons.timeline_item t where t.person_id = i.id and t.volet = v.volet and t.protection = 'shared')), 0)::integer
    from unnest(persons.identity_set(person)) i(id) cross join unnest('{administrative,social,health}'::text[]) v(volet)
    where not (v.volet = any (platform.actor_volets()) and exists (
      select from persons.sight s where s.person_id = i.id and s.party_id = any (platform.actor_parties()) and v.volet = any (s.volets)
        and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())
        and (s.basis = 'self' or not persons.kept_from_actor(i.id, v.volet)))));
end $$;

/* Who reads the shared notebook of a person besides the DAC: the active users behind the circle's sight, with the volets that each reads. */
create or replace function liaison.readers(person uuid) returns table (user_id uuid, name text, profession text, volets text[]) language plpgsql stable security definer
  set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  if not persons.actor_sees(person) then return; end if;
  return query
    with live as materialized (
      select s.party_id, s.volets from persons.sight s
      where s.person_id = any (persons.identity_set(person)) and s.basis in ('care_team', 'consent') and s.suspended_at is null
        and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()))
    select u.id, u.given_name || ' ' || u.family_name, u.profession_label,
      array(select distinct v.volet from live l join territory.category_volet v on v.volet = any (l.volets)
        where v.category = u.category and l.party_id in (u.id, u.professional_id) order by v.volet)
    from (select a.id from live l join territory.user_account a on a.id = l.party_id
      union select a.id from live l join territory.user_account a on a.professional_id = l.party_id) reader
    join territory.user_account u on u.id = reader.id
    where u.status = 'active'
    order by u.family_name, u.given_name;
end $$;
