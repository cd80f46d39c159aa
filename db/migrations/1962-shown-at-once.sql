-- Look-alikes shown while a name is typed: what few of them have is asked of those few.

/* As 1425 has it. Who is in intermediate archive, under any of her identities (privacy.archived), is asked of all at once; whether an address is hidden from the
   actor (persons.address_hidden), only of those who hide one. */
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
  put_away uuid[] := '{}';
begin
  if everywhere then
    select array_agg(l.person_id), array_agg(l.rank) into ids, ranks from persons.look_alikes(spelt, sounds, born, phones, matricule, null, most) l;
  else
    select array_agg(l.person_id), array_agg(l.rank) into ids, ranks from persons.named_in_perimeter(words, word_sounds, parties, most) l;
    put_away := array(select i.id from unnest(ids) i(id) left join persons.alias r on r.person_id = i.id and r.ends_at is null
      where exists (select from privacy.archived_file a where a.person_id in (i.id, r.into_person_id))
        or exists (select from persons.alias l join privacy.archived_file a on a.person_id = l.person_id where l.into_person_id = coalesce(r.into_person_id, i.id) and l.ends_at is null));
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
      select p.*, f.rank, coalesce(k.seen, false) and p.person_id <> all (refusing) as seen, coalesce(k.orgs, '{}') as orgs,
        exists (select from persons.non_disclosure d where d.person_id = p.person_id and d.kind = 'hidden_address' and d.ended_at is null) as hides
      from found f join persons.person p on p.person_id = f.id left join known k on k.id = f.id
      where p.protection = 'shared' and p.person_id <> all (put_away))
    select s.person_id, s.seen, s.birth_name, s.used_name, s.birth_given_names[1], s.used_given_name, s.sex, s.birth_date, s.birth_date_approximate, c.name, s.deceased_on,
      case when s.seen then s.identity_status else 'PROV' end, case when s.seen and not (s.hides and persons.address_hidden(s.person_id)) then s.address end, case when s.seen then s.caller_instruction end, s.orgs,
      phone is not null and exists (select from persons.contact_point n where n.person_id = s.person_id and n.value = phone and n.ended_at is null),
      coalesce(s.ins_matricule between matricule || '00' and matricule || '99', false), s.rank, s.birth_given_names, s.birth_place_code
    from shown s left join territory.commune c on c.code = s.commune_code where s.seen or everywhere order by s.rank desc, s.seen desc, s.person_id limit most;
end $$;
