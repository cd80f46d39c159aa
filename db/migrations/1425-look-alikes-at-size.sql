-- Look-alikes at the size of a country: one pass over the blocks, the perimeter first where no date is known, and nothing asked row by row that can be asked of all.

/* As 1320 has it. Without a birth day, a pair of sounds is asked only with one of the first two (the family names): « Marie » with « Claude », in every year,
   would read a hundredth of the region. */
create or replace function persons.match_query(sound_key text, born date) returns tsquery language sql immutable parallel safe as $$
  with first as (select (string_to_array(sound_key, ' '))[1:2] as two)
  select string_agg(asked, ' | ')::tsquery from (
    select case when born is null then '''' || replace(key, '?', '') || ''':*' else '''' || key || '''' end as asked
      from first, unnest(persons.match_keys(sound_key, born)) key
     where key ~ '^[A-Z0-9+:ymd?-]+$' and case when born is null then string_to_array(split_part(key, ':', 1), '+') && two else key !~ ':[0-9]' or split_part(key, ':', 1) = any (two) end
    union all
    select '''' || key || '''' from unnest(persons.match_keys(sound_key, null)) key where born is not null and key ~ '^[A-Z0-9+:?]+$') wanted
$$;

/* As 1390 has it, in one pass: the indexes of the blocks, the day, the telephone and the matricule are joined before a row is read. A telephone or a matricule in
   common comes before any likeness. */
create or replace function persons.look_alikes(spelt text, sounds text, born date, phones text[], matricule text, parties uuid[], most integer) returns table (person_id uuid, rank real)
  language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  at timestamptz := platform.clock();
  keys tsquery := persons.match_query(sounds, born);
  heard text[] := array(select distinct ' ' || s || ' ' from unnest(string_to_array(sounds, ' ')) s where length(s) > 1 limit 8);
  called uuid[] := array(select c.person_id from persons.contact_point c where c.value = any (phones) and c.ended_at is null limit 60);
begin
  return query
    with hit as materialized (
      select p.person_id as id, p.birth_date, ' ' || p.sound_key || ' ' as heard_there, p.search_key, p.person_id = any (called) or p.ins_matricule between matricule || '00' and matricule || '99' as sure
      from persons.person p
      where (persons.match_vector(p.sound_key, p.birth_date) @@ keys or p.birth_date = born or p.person_id = any (called) or p.ins_matricule between matricule || '00' and matricule || '99')
        and p.protection = 'shared'),
    ranked as (
      select h.id, h.search_key, persons.day_closeness(h.birth_date, born) + case when h.sure then 20 else 0 end + 3 * (
          coalesce((position(heard[1] in h.heard_there) > 0)::integer, 0) + coalesce((position(heard[2] in h.heard_there) > 0)::integer, 0)
          + coalesce((position(heard[3] in h.heard_there) > 0)::integer, 0) + coalesce((position(heard[4] in h.heard_there) > 0)::integer, 0)
          + coalesce((position(heard[5] in h.heard_there) > 0)::integer, 0) + coalesce((position(heard[6] in h.heard_there) > 0)::integer, 0)
          + coalesce((position(heard[7] in h.heard_there) > 0)::integer, 0) + coalesce((position(heard[8] in h.heard_there) > 0)::integer, 0)) as closeness
      from hit h
      where parties is null or exists (select from persons.sight s where s.person_id = h.id and s.party_id = any (parties) and 'administrative' = any (s.volets)
        and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at))
      order by closeness desc, h.id limit 4 * most)
    select r.id, (r.closeness + 8 * public.similarity(r.search_key, spelt))::real from ranked r
    where not exists (select from privacy.archived_file a where a.person_id = r.id)
      and not exists (select from persons.alias l join privacy.archived_file a on a.person_id = l.person_id where l.into_person_id = r.id and l.ends_at is null)
    order by 2 desc, 1 limit most;
end $$;

/* Names alone, as they are typed, among those whom these parties see: every word whole or by its sound; where that gives little, the last one by its beginning,
   then near spellings. A small perimeter is read whole; from a large one, the names are asked first, and of a name borne by thousands a part is looked at: one
   more word, or a day, tells more. */
create function persons.named_in_perimeter(words text[], word_sounds text[], parties uuid[], most integer) returns table (person_id uuid, rank real)
  language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  at timestamptz := platform.clock();
  whole tsquery := (select string_agg('(''' || w || '''' || case when s ~ '^[A-Z]{2,}$' then ' | ''~' || s || '''' else '' end || ')', ' & ')
    from unnest(words, word_sounds) as u(w, s) where w ~ '^[A-Z0-9]+$')::tsquery;
  last text := words[cardinality(words)];
  begun tsquery := (select string_agg('(''' || w || '''' || case when n = cardinality(words) then ':*' else '' end || case when s ~ '^[A-Z]{2,}$' then ' | ''~' || s || '''' else '' end || ')', ' & ')
    from unnest(words, word_sounds) with ordinality as u(w, s, n) where w ~ '^[A-Z0-9]+$')::tsquery;
  near tsquery := persons.near_query(words);
  small constant integer := 1500;
  read constant integer := 2500;
  enough constant integer := 200;
  scope uuid[];
  ids uuid[] := '{}';
  asked tsquery;
begin
  if whole is null then return; end if;
  scope := array(select s.person_id from persons.sight s where s.party_id = any (parties) and 'administrative' = any (s.volets)
        and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at) limit small + 1);
  foreach asked in array array[whole, case when length(last) > 3 then begun end] loop
    continue when asked is null or cardinality(ids) >= 8;
    if cardinality(scope) <= small then
      ids := ids || array(select p.person_id from persons.person p where p.person_id = any (scope) and persons.search_vector(p.search_key, p.sound_key) @@ asked and p.protection = 'shared' limit enough);
    else
      ids := ids || array(with hit as materialized (select p.person_id as id from persons.person p where persons.search_vector(p.search_key, p.sound_key) @@ asked and p.protection = 'shared' limit read)
        select h.id from hit h where h.id in (select s.person_id from persons.sight s where s.party_id = any (parties) and 'administrative' = any (s.volets)
        and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at)) limit enough);
    end if;
  end loop;
  if cardinality(ids) < 3 and near is not null and length(array_to_string(words, '')) >= 5 then
    if cardinality(scope) <= small then
      ids := ids || array(select p.person_id from persons.person p where p.person_id = any (scope) and persons.near_vector(p.search_key) @@ near and p.protection = 'shared' limit enough);
    else
      ids := ids || array(with hit as materialized (select p.person_id as id from persons.person p where persons.near_vector(p.search_key) @@ near and p.protection = 'shared' limit read)
        select h.id from hit h where h.id in (select s.person_id from persons.sight s where s.party_id = any (parties) and 'administrative' = any (s.volets)
        and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at)) limit enough);
    end if;
  end if;
  return query select p.person_id, (8 * public.similarity(p.search_key, array_to_string(words, ' '))
      + (select count(*) from unnest(words) w where position(' ' || w || ' ' in ' ' || p.search_key || ' ') > 0))::real
    from persons.person p where p.person_id = any (ids) order by 2 desc, p.search_key, 1 limit most;
end $$;

/* As 1320 has it: with a day, a telephone or a matricule in the whole region; with names alone in the actor's perimeter. What is shown of them is asked of all at once. */
create or replace function persons.identify(words text[], word_sounds text[], spelt text, sounds text, born date, phone text, matricule text, everywhere boolean, most integer) returns table (
  person_id uuid, in_scope boolean, birth_name text, used_name text, first_name text, used_first_name text, sex text, birth_day date, birth_day_approximate boolean,
  commune text, death_day date, identity_status text, address text, caller_instruction text, organisations text[], same_phone boolean, same_matricule boolean, score real,
  given_names text[], birth_place_code text
) language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  parties uuid[] := platform.actor_parties();
  -- who refuses sharing with the actor is not in her scope (1286); an archived file is nobody's look-alike (1287)
  refusing uuid[] := persons.refusing_actor();
  at timestamptz := platform.clock();
  phones text[] := case when phone is null then '{}'::text[] else array[phone] end;
  ids uuid[];
  ranks real[];
begin
  if everywhere then
    select array_agg(l.person_id), array_agg(l.rank) into ids, ranks from persons.look_alikes(spelt, sounds, born, phones, matricule, null, most) l;
  else
    select array_agg(l.person_id), array_agg(l.rank) into ids, ranks from persons.named_in_perimeter(words, word_sounds, parties, most) l;
  end if;
  return query
    with found as materialized (select f.id, f.rank from unnest(ids, ranks) f(id, rank)),
    known as materialized (
      select s.person_id as id,
        bool_or(s.party_id = any (parties) and 'administrative' = any (s.volets) and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at)) as seen,
        array_remove(array_agg(distinct v.name order by v.name), null) as orgs
      from persons.sight s left join territory.service v on v.id = s.party_id and s.basis in ('dac_in_charge', 'request') and s.ends_at is null
      where s.person_id = any (ids) group by s.person_id),
    shown as (
      select p.*, f.rank, coalesce(k.seen, false) and p.person_id <> all (refusing) as seen, coalesce(k.orgs, '{}') as orgs
      from found f join persons.person p on p.person_id = f.id left join known k on k.id = f.id
      where p.protection = 'shared' and (everywhere or not privacy.archived(p.person_id)))
    select s.person_id, s.seen, s.birth_name, s.used_name, s.birth_given_names[1], s.used_given_name, s.sex, s.birth_date, s.birth_date_approximate, c.name, s.deceased_on,
      case when s.seen then s.identity_status else 'PROV' end, case when s.seen and not persons.address_hidden(s.person_id) then s.address end, case when s.seen then s.caller_instruction end, s.orgs,
      phone is not null and exists (select from persons.contact_point n where n.person_id = s.person_id and n.value = phone and n.ended_at is null),
      coalesce(s.ins_matricule between matricule || '00' and matricule || '99', false), s.rank, s.birth_given_names, s.birth_place_code
    from shown s left join territory.commune c on c.code = s.commune_code where s.seen or everywhere order by s.rank desc, s.seen desc, s.person_id limit most;
end $$;

grant create on schema persons to jalon_kernel;
alter function persons.named_in_perimeter(text[], text[], uuid[], integer) owner to jalon_kernel;
revoke all on function persons.named_in_perimeter(text[], text[], uuid[], integer) from public;
revoke create on schema persons from jalon_kernel;
