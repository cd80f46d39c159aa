-- Look-alikes of a line typed in one go: fewer rows are read, and those that are dropped are not look-alikes.

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
