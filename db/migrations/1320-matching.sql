-- Look-alikes among millions of identities: blocks by key, then a short list that the pure function of src/persons/contract/matching.ts weighs.

/* The blocks of an identity. Two records of one person share at least one of them: two of her sounds together in the year of her birth (or in none, where
   it is unknown); one sound and two parts of the birth day out of three, day and month in either order. The exact day, the telephone and the matricule have
   indexes of their own. Eight sounds at most: names with more of them have enough. */
create function persons.match_keys(sound_key text, born date) returns text[] language plpgsql immutable parallel safe as $$
declare
  s text[] := (string_to_array(sound_key, ' '))[1:8];
  keys text[] := '{}';
  y text := coalesce('y' || extract(year from born)::integer, '?');
  m text := lpad(extract(month from born)::integer::text, 2, '0');
  d text := lpad(extract(day from born)::integer::text, 2, '0');
  both_parts text := least(m, d) || '-' || greatest(m, d);
begin
  for i in 1 .. coalesce(cardinality(s), 0) loop
    continue when length(s[i]) < 2;
    for j in i + 1 .. cardinality(s) loop
      continue when length(s[j]) < 2 or s[i] = s[j];
      keys := keys || (case when s[i] collate "C" < s[j] collate "C" then s[i] || '+' || s[j] else s[j] || '+' || s[i] end || ':' || y);
    end loop;
    if born is not null then
      keys := keys || (s[i] || ':' || y || 'm' || m) || (s[i] || ':' || y || 'd' || d) || (s[i] || ':' || both_parts);
    end if;
  end loop;
  return keys;
end $$;
/* What to look for in these blocks. A sound with a day and a month of any year is asked of the first two sounds only: that of a frequent given name would read
   thousands of rows. Without a birth day, two sounds are asked of every year. */
create function persons.match_query(sound_key text, born date) returns tsquery language sql immutable parallel safe as $$
  select string_agg(asked, ' | ')::tsquery from (
    select case when born is null then '''' || replace(key, '?', '') || ''':*' else '''' || key || '''' end as asked
      from unnest(persons.match_keys(sound_key, born)) key
     where key ~ '^[A-Z0-9+:ymd?-]+$' and (key !~ ':[0-9]' or split_part(key, ':', 1) = any ((string_to_array(sound_key, ' '))[1:2]))
    union all
    select '''' || key || '''' from unnest(persons.match_keys(sound_key, null)) key where born is not null and key ~ '^[A-Z0-9+:?]+$') wanted
$$;
create function persons.match_vector(sound_key text, born date) returns tsvector language sql immutable parallel safe as $$
  select array_to_tsvector(persons.match_keys(sound_key, born))
$$;
create index person_match on persons.person using gin (persons.match_vector(sound_key, birth_date)) with (fastupdate = off);

/* How close two days are typed: 8 the same, 7 day and month inverted, 2 for each of year, month and day that agrees; 3 where one is unknown. Inlined: it is
   asked of every row of every block. */
create function persons.day_closeness(a date, b date) returns integer language sql immutable parallel safe as $$
  select case when a = b then 8 when a is null or b is null then 3
    when extract(year from a) = extract(year from b) and extract(month from a) = extract(day from b) and extract(day from a) = extract(month from b) then 7
    else case when extract(year from a) = extract(year from b) then 2 else 0 end + case when extract(month from a) = extract(month from b) then 2 else 0 end
      + case when extract(day from a) = extract(day from b) then 2 else 0 end end
$$;

/* The nearest identities to these traits, a short list for the function that weighs them: first by sounds in common and day, then by spelling. With `parties`,
   only those whom one of them sees now. For the kernel's own doors and for jobs: it says nothing but who. */
create function persons.look_alikes(spelt text, sounds text, born date, phones text[], matricule text, parties uuid[], most integer) returns table (person_id uuid, rank real)
  language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  at timestamptz := platform.clock();
  keys tsquery := persons.match_query(sounds, born);
  heard text[] := array(select distinct ' ' || s || ' ' from unnest(string_to_array(sounds, ' ')) s where length(s) > 1);
begin
  return query
    with hit as materialized (
      select p.person_id as id, p.birth_date, p.sound_key, p.search_key from persons.person p where keys is not null and persons.match_vector(p.sound_key, p.birth_date) @@ keys and p.protection = 'shared'
      union
      select p.person_id, p.birth_date, p.sound_key, p.search_key from persons.person p where p.birth_date = born and p.protection = 'shared'
      union
      select p.person_id, p.birth_date, p.sound_key, p.search_key from persons.person p
       where p.person_id = any (array(select c.person_id from persons.contact_point c where c.value = any (phones) and c.ended_at is null limit 60)) and p.protection = 'shared'
      union
      select p.person_id, p.birth_date, p.sound_key, p.search_key from persons.person p
       where p.ins_matricule between matricule || '00' and matricule || '99' and p.protection = 'shared'),
    seen as (
      select h.* from hit h where parties is null or exists (select from persons.sight s where s.person_id = h.id and s.party_id = any (parties) and 'administrative' = any (s.volets)
        and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at))),
    ranked as (
      select s.id, s.search_key, persons.day_closeness(s.birth_date, born) + 3 * (select count(*) from unnest(heard) one where position(one in ' ' || s.sound_key || ' ') > 0) as closeness
      from seen s order by closeness desc, s.id limit 4 * most)
    select r.id, (r.closeness + 8 * public.similarity(r.search_key, spelt))::real from ranked r order by 2 desc, 1 limit most;
end $$;

/* Duplicates while an identity is typed, wherever they are: the one declared exception to « absent and invisible answer alike ». Audited by the
   query that calls it. Outside the actor's sight only what identification needs is shown: names, birth day, commune, who accompanies her; the
   other given names and the birthplace leave it to be compared with what is typed, and go no further. */
drop function persons.identify(text[], text[], text[], text[], date, text, text, boolean, integer);
create function persons.identify(words text[], word_sounds text[], spelt text, sounds text, born date, phone text, matricule text, everywhere boolean, most integer) returns table (
  person_id uuid, in_scope boolean, birth_name text, used_name text, first_name text, used_first_name text, sex text, birth_day date, birth_day_approximate boolean,
  commune text, death_day date, identity_status text, address text, caller_instruction text, organisations text[], same_phone boolean, same_matricule boolean, score real,
  given_names text[], birth_place_code text
) language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  parties uuid[] := platform.actor_parties();
  -- who refuses sharing with the actor is not in her scope (1286); an archived file is nobody's look-alike (1287)
  refusing uuid[] := persons.refusing_actor();
  at timestamptz := platform.clock();
  -- words of four letters and more by their beginning; shorter ones would read a part of the region at every key
  begun tsquery := persons.name_query(words, word_sounds, '&', exists (select from unnest(words) w where length(w) < 4));
begin
  return query
    with near as materialized (
      select l.person_id as id, l.rank from persons.look_alikes(spelt, sounds, born, case when phone is null then '{}'::text[] else array[phone] end, matricule,
        case when everywhere then null else parties end, most) l),
    begun_in_sight as materialized (
      select p.person_id as id, 0::real as rank from persons.person p where not everywhere and begun is not null and persons.search_vector(p.search_key, p.sound_key) @@ begun
        and p.protection = 'shared' and exists (select from persons.sight s where s.person_id = p.person_id and s.party_id = any (parties)) limit 30),
    found as (select distinct on (id) id, rank from (select * from near union all select * from begun_in_sight) both_ways order by id, rank desc),
    shown as (
      select p.person_id as id, f.rank, p.birth_name, p.used_name, p.birth_given_names, p.used_given_name, p.sex as its_sex, p.birth_date, p.birth_date_approximate as approximate,
        c.name as commune_name, p.deceased_on, p.identity_status as status, p.address as its_address, p.caller_instruction as instruction, p.birth_place_code as place,
        exists (select from persons.sight s where s.person_id = p.person_id and s.party_id = any (parties) and 'administrative' = any (s.volets)
          and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at)) and p.person_id <> all (refusing) as seen,
        array(select distinct v.name from persons.sight s join territory.service v on v.id = s.party_id
          where s.person_id = p.person_id and s.basis in ('dac_in_charge', 'request') and s.ends_at is null order by v.name) as orgs,
        coalesce(p.ins_matricule between matricule || '00' and matricule || '99', false) as has_matricule,
        phone is not null and exists (select from persons.contact_point n where n.person_id = p.person_id and n.value = phone and n.ended_at is null) as has_phone
      from found f join persons.person p on p.person_id = f.id left join territory.commune c on c.code = p.commune_code where p.protection = 'shared' and not privacy.archived(p.person_id))
    select s.id, s.seen, s.birth_name, s.used_name, s.birth_given_names[1], s.used_given_name, s.its_sex, s.birth_date, s.approximate, s.commune_name, s.deceased_on,
      case when s.seen then s.status else 'PROV' end, case when s.seen and not persons.address_hidden(s.id) then s.its_address end, case when s.seen then s.instruction end, s.orgs,
      s.has_phone, s.has_matricule, s.rank, s.birth_given_names, s.place
    from shown s where s.seen or everywhere order by s.rank desc, s.seen desc, s.id limit most;
end $$;

grant create on schema persons to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'persons' and p.proname in ('look_alikes', 'identify') loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function persons.identify(text[], text[], text, text, date, text, text, boolean, integer) to jalon_app, jalon_system;
grant execute on function persons.look_alikes(text, text, date, text[], text, uuid[], integer) to jalon_system, jalon_kernel;
revoke create on schema persons from jalon_kernel;
