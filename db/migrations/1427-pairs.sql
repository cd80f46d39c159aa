-- Pairs: read by the page, pointed at by hand, never proposed again under another id once somebody said « pas un doublon ».

alter table duplicates.pair
  -- who said that these two are one person; null where the comparison found them
  add column pointed_by uuid,
  -- bits above what is proposed (src/persons/contract/matching.ts): the score rounds them
  add column weight real;

/* The pairs of which the actor keeps one file at least, the likeliest first, from one place of the list on. Her perimeter is joined as a whole. */
create function duplicates.work_page(states text[], after_score integer, after_found timestamptz, after_id uuid, most integer) returns table (pair jsonb)
  language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  parties uuid[] := platform.actor_parties();
  refusing uuid[] := persons.refusing_actor();
  at timestamptz := platform.clock();
  me uuid := platform.actor_id();
begin
  return query
    with kept as materialized (
      select distinct s.person_id as id from persons.sight s where s.party_id = any (parties) and s.basis in ('dac_in_charge', 'request') and 'administrative' = any (s.volets)
        and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at) and s.person_id <> all (refusing)),
    page as (
      select d.* from duplicates.pair d
      where d.state = any (states) and (after_id is null or (d.score, d.found_at, d.id) < (after_score, after_found, after_id))
        and (d.person_id in (select id from kept) or d.other_person_id in (select id from kept))
        and (select count(*) from persons.person p where p.person_id in (d.person_id, d.other_person_id) and (p.protection = 'shared' or d.state <> 'to_review')) = 2
        and not privacy.archived(d.person_id) and not privacy.archived(d.other_person_id)
      order by d.score desc, d.found_at desc, d.id desc limit most)
    select jsonb_build_object('id', d.id, 'state', d.state, 'score', d.score, 'level', d.level, 'reasons', d.reasons, 'foundAt', d.found_at, 'reason', d.reason, 'decidedAt', d.decided_at,
      'decidedByName', d.decided_by_name, 'one', duplicates.side(d.person_id), 'other', duplicates.side(d.other_person_id), 'proposedByName', m.proposed_by_name,
      'proposedByMe', coalesce(m.proposed_by = me, false))
    from page d left join duplicates.merge m on m.pair_id = d.id and m.state = 'proposed'
    order by d.score desc, d.found_at desc, d.id desc;
end $$;
create index pair_state on duplicates.pair (state, score desc, found_at desc, id desc);
drop function duplicates.work_list(text[], integer);

/* True where somebody said of these two, or of what was merged into them, that they are two persons. */
create function duplicates.said_apart(one uuid, other uuid) returns boolean language sql stable set search_path = pg_catalog as $$
  select exists (select from duplicates.pair d, (select persons.identity_set(one) as ones, persons.identity_set(other) as others) s
    where d.state = 'not_duplicate' and ((d.person_id = any (s.ones) and d.other_person_id = any (s.others)) or (d.person_id = any (s.others) and d.other_person_id = any (s.ones))))
$$;
grant execute on function duplicates.said_apart(uuid, uuid) to jalon_system;

/* « Ces deux dossiers sont la même personne », said by somebody who keeps one of them and sees the other. Gives the pair, and whether it was known already; nothing
   where she may not. What was decided of it stays decided. */
create function duplicates.point_at(its_id uuid, one uuid, other uuid, its_score integer, its_level text, its_reasons text[]) returns table (id uuid, known boolean)
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  a uuid := least(one, other);
  b uuid := greatest(one, other);
begin
  if one = other or not (duplicates.keeps(one) or duplicates.keeps(other)) or not persons.actor_sees(one) or not persons.actor_sees(other)
    or privacy.archived(one) or privacy.archived(other)
    or (select count(*) from persons.person p where p.person_id in (one, other) and p.protection = 'shared') < 2 then return; end if;
  return query
    with added as (
      insert into duplicates.pair (id, person_id, other_person_id, score, level, reasons, found_at, holder_org, pointed_by)
      values (its_id, a, b, its_score, its_level, its_reasons, platform.clock(), platform.actor_service(), platform.actor_id()) on conflict (person_id, other_person_id) do nothing returning pair.id)
    select x.id, false from added x
    union all select d.id, true from duplicates.pair d where d.person_id = a and d.other_person_id = b and not exists (select from added);
end $$;

/* The names of both once a merge is undone, for whoever undid it in this transaction: their keys are computed from them (src/persons/contract/names.ts). */
create function duplicates.undone_names(its_id uuid) returns table (person_id uuid, names text[], search_key text, sound_key text) language sql stable security definer set search_path = pg_catalog as $$
  select p.person_id, array[p.birth_name, p.used_name] || p.birth_given_names || p.used_given_name, p.search_key, p.sound_key
    from duplicates.merge m join persons.person p on p.person_id in (m.person_id, m.absorbed_id)
   where m.id = its_id and m.state = 'undone' and m.undone_by = platform.actor_id() and m.undone_at = platform.clock()
$$;
create function duplicates.write_keys(its_id uuid, person uuid, its_search_key text, its_sound_key text) returns void language sql security definer set search_path = pg_catalog as $$
  update persons.person p set search_key = its_search_key, sound_key = its_sound_key
    from duplicates.merge m where m.id = its_id and m.state = 'undone' and m.undone_by = platform.actor_id() and m.undone_at = platform.clock()
     and person in (m.person_id, m.absorbed_id) and p.person_id = person
$$;

grant create on schema duplicates to jalon_kernel;
do $$
declare f text;
begin
  foreach f in array array['work_page(text[], integer, timestamptz, uuid, integer)', 'point_at(uuid, uuid, uuid, integer, text, text[])', 'undone_names(uuid)', 'write_keys(uuid, uuid, text, text)'] loop
    execute format('alter function duplicates.%s owner to jalon_kernel', f);
    execute format('revoke all on function duplicates.%s from public', f);
    execute format('grant execute on function duplicates.%s to jalon_app, jalon_system', f);
  end loop;
end $$;
revoke create on schema duplicates from jalon_kernel;
