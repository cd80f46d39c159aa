-- Look-alikes among two million while a name is typed: what is rare in it is read, what is frequent only beside something else.

/* What to look for in the blocks (persons.match_keys, 1320), by how many bear each sound (1960). With a day: every two sounds, in that year or in no known one,
   unless half the region bears both; each sound with two parts of the day; the day and the month of any year with a sound that few bear. Without a day, two sounds
   of every year: with one of the two rarest, or that few bear together. Where sounds were never counted, the first two (the family names) stand for the rarest. */
create or replace function persons.match_query(sound_key text, born date) returns tsquery language sql stable parallel safe as $$
  with counted as (select exists (select from persons.name_share where kind = 'sound') as yes),
  heard as (select u.s, u.n, case when counted.yes then coalesce(b.share, 0.0002) end as share
    from counted, unnest((string_to_array(sound_key, ' '))[1:8]) with ordinality u(s, n) left join persons.name_share b on b.kind = 'sound' and b.name = u.s
    where length(u.s) > 1),
  rarest as (select array(select h.s from heard h order by h.share, h.n limit 2) as two),
  pair as (select a.s || '+' || b.s as both_sounds from rarest, heard a join heard b on a.s collate "C" < b.s collate "C"
    where a.s = any (two) or b.s = any (two) or coalesce(a.share * b.share < case when born is null then 0.001 else 0.004 end, born is not null))
  select string_agg(quote_literal(key) || case when born is null then ':*' else '' end, ' | ')::tsquery from (
    select p.both_sounds || ':' || coalesce('y' || extract(year from born)::integer, '') as key from pair p
    union all select p.both_sounds || ':?' from pair p where born is not null
    union all select h.s || ':y' || to_char(born, 'FMYYYY"m"MM') from heard h where born is not null
    union all select h.s || ':y' || to_char(born, 'FMYYYY"d"DD') from heard h where born is not null
    union all select h.s || ':' || least(to_char(born, 'MM'), to_char(born, 'DD')) || '-' || greatest(to_char(born, 'MM'), to_char(born, 'DD'))
      from heard h, rarest where born is not null and (h.s = any (two) or h.share < 0.01)) wanted
   where key ~ '^[A-Z0-9+:ymd?-]+$'
$$;

/* As 1320 has it, in bits of what agrees, as what is rare in the names: 14 the same day, 12 day and month inverted, 7 or 6 two parts out of three. */
create or replace function persons.day_closeness(a date, b date) returns integer language sql immutable parallel safe as $$
  select case when a = b then 14 when a is null or b is null then 4
    else case when date_part('year', a) = date_part('year', b) then
        case when date_part('month', a) = date_part('month', b) then 6 when date_part('day', a) = date_part('day', b) then 7
             when date_part('month', a) = date_part('day', b) and date_part('day', a) = date_part('month', b) then 12 else 1 end
      when date_part('month', a) = date_part('month', b) and date_part('day', a) = date_part('day', b) then 6
      else -2 end end
$$;

/* As 1425 has it; a sound in common is worth the bits of how few bear it, and of those who stay, more are compared by their spelling. */
create or replace function persons.look_alikes(spelt text, sounds text, born date, phones text[], matricule text, parties uuid[], most integer) returns table (person_id uuid, rank real)
  language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  at timestamptz := platform.clock();
  keys tsquery := persons.match_query(sounds, born);
  heard text[];
  bits real[];
  called uuid[] := array(select c.person_id from persons.contact_point c where c.value = any (phones) and c.ended_at is null limit 60)
    || array(select p.person_id from persons.person p where p.ins_matricule between matricule || '00' and matricule || '99' and p.protection = 'shared');
begin
  select array_agg(' ' || u.s || ' '), array_agg(least(12, -log(2, coalesce(b.share, 0.0001)::numeric))::real) into heard, bits
    from unnest((string_to_array(sounds, ' '))[1:8]) u(s) left join persons.name_share b on b.kind = 'sound' and b.name = u.s where length(u.s) > 1;
  return query
    with hit as materialized (
      select p.person_id as id, p.birth_date, ' ' || p.sound_key || ' ' as heard_there, p.search_key from persons.person p where persons.match_vector(p.sound_key, p.birth_date) @@ keys and p.protection = 'shared'
      union select p.person_id, p.birth_date, ' ' || p.sound_key || ' ', p.search_key from persons.person p where p.birth_date = born and p.protection = 'shared'
      union select p.person_id, p.birth_date, ' ' || p.sound_key || ' ', p.search_key from persons.person p where p.person_id = any (called) and p.protection = 'shared'),
    ranked as (
      select h.id, h.search_key, persons.day_closeness(h.birth_date, born) + case when h.id = any (called) then 40 else 0 end
          + case when position(heard[1] in h.heard_there) > 0 then bits[1] else 0 end + case when position(heard[2] in h.heard_there) > 0 then bits[2] else 0 end
          + case when position(heard[3] in h.heard_there) > 0 then bits[3] else 0 end + case when position(heard[4] in h.heard_there) > 0 then bits[4] else 0 end
          + case when position(heard[5] in h.heard_there) > 0 then bits[5] else 0 end + case when position(heard[6] in h.heard_there) > 0 then bits[6] else 0 end
          + case when position(heard[7] in h.heard_there) > 0 then bits[7] else 0 end + case when position(heard[8] in h.heard_there) > 0 then bits[8] else 0 end as closeness
      from hit h
      where parties is null or exists (select from persons.sight s where s.person_id = h.id and s.party_id = any (parties) and 'administrative' = any (s.volets)
        and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at))
      order by closeness desc, h.id limit 25 * most)
    select r.id, (r.closeness + 16 * public.similarity(r.search_key, spelt))::real from ranked r
    where not exists (select from privacy.archived_file a where a.person_id = r.id)
      and not exists (select from persons.alias l join privacy.archived_file a on a.person_id = l.person_id where l.into_person_id = r.id and l.ends_at is null)
    order by 2 desc, 1 limit most;
end $$;

/* As 1425 has it, in words that are read once: who bears a word bears its sound, particles apart (significantWords of names.ts). The beginning of the last word is
   looked for in what they are called, where those who bear the others are few and many names begin so. */
create or replace function persons.named_in_perimeter(words text[], word_sounds text[], parties uuid[], most integer) returns table (person_id uuid, rank real)
  language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  at timestamptz := platform.clock();
  each_word text[] := array(select case when s !~ '^[A-Z]{2,}$' then '''' || w || '''' when w ~ '^[A-Z]{4,}$' and w <> all ('{OULD,DELLA,SAINT,SAINTE,VANDER}') then '''~' || s || ''''
      else '(''' || w || ''' | ''~' || s || ''')' end
    from unnest(words, word_sounds) with ordinality as u(w, s, n) where w ~ '^[A-Z0-9]+$' order by n);
  last text := words[cardinality(words)];
  last_sound text := word_sounds[cardinality(words)];
  others text[] := each_word[:cardinality(each_word) - 1];
  near tsquery;
  small constant integer := 1500;
  read constant integer := 2500;
  enough constant integer := 200;
  few constant real := 0.002;
  scope uuid[];
  ids uuid[] := '{}';
  asked tsquery;
  begun text;
begin
  if cardinality(each_word) = 0 then return; end if;
  scope := array(select s.person_id from persons.sight s where s.party_id = any (parties) and 'administrative' = any (s.volets)
        and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at) limit small + 1);
  for step in 1 .. 3 loop
    begun := null;
    if step = 1 then
      asked := array_to_string(each_word, ' & ')::tsquery;
    elsif step = 2 then
      continue when cardinality(ids) >= 8 or length(last) <= 3 or last !~ '^[A-Z0-9]+$';
      if exists (select from unnest(word_sounds) s left join persons.name_share b on b.kind = 'sound' and b.name = s
            where '''~' || s || '''' = any (others) and coalesce(b.share, 0) < few)
          and few < (select coalesce(sum(n.share), 0) from persons.name_share n where n.kind in ('family', 'given') and n.name >= last and n.name < last || '~') then
        asked := array_to_string(others, ' & ')::tsquery;
        begun := last;
      else
        asked := array_to_string(others || ('(''' || last || ''':*' || case when last_sound ~ '^[A-Z]{2,}$' then ' | ''~' || last_sound || '''' else '' end || ')'), ' & ')::tsquery;
      end if;
    else
      continue when cardinality(ids) >= 3 or length(array_to_string(words, '')) < 5;
      near := persons.near_query(words);
      continue when near is null;
    end if;
    if cardinality(scope) <= small then
      ids := ids || array(select p.person_id from persons.person p where p.person_id = any (scope) and p.protection = 'shared'
        and case when step = 3 then persons.near_vector(p.search_key) @@ near else persons.search_vector(p.search_key, p.sound_key) @@ asked end
        and (begun is null or position(' ' || begun in ' ' || p.search_key) > 0 or position(' ' || last_sound || ' ' in ' ' || p.sound_key || ' ') > 0) limit enough);
    elsif step = 3 then
      ids := ids || array(with hit as materialized (select p.person_id as id from persons.person p where persons.near_vector(p.search_key) @@ near and p.protection = 'shared' limit read)
        select h.id from hit h where h.id in (select s.person_id from persons.sight s where s.party_id = any (parties) and 'administrative' = any (s.volets)
        and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at)) limit enough);
    else
      ids := ids || array(with hit as materialized (select p.person_id as id from persons.person p where persons.search_vector(p.search_key, p.sound_key) @@ asked and p.protection = 'shared'
            and (begun is null or position(' ' || begun in ' ' || p.search_key) > 0 or position(' ' || last_sound || ' ' in ' ' || p.sound_key || ' ') > 0) limit read)
        select h.id from hit h where h.id in (select s.person_id from persons.sight s where s.party_id = any (parties) and 'administrative' = any (s.volets)
        and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at)) limit enough);
    end if;
  end loop;
  return query select p.person_id, (8 * public.similarity(p.search_key, array_to_string(words, ' '))
      + (select count(*) from unnest(words) w where position(' ' || w || ' ' in ' ' || p.search_key || ' ') > 0))::real
    from persons.person p where p.person_id = any (ids) order by 2 desc, p.search_key, 1 limit most;
end $$;
