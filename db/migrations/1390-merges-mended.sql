-- Merges, mended: who has to agree, what an undoing owes to the wishes, the checks and the open edits of the meantime, and files in intermediate archive.

alter table duplicates.merge
  -- which of the two files the proposer kept when she proposed: the other has to be kept by who decides
  add column proposer_keeps uuid[] not null default '{}',
  -- the wishes of both at the merge: what is not among them was recorded since (null: merged before this was written)
  add column wishes uuid[];

/* True while a service answers for this file: in charge of her, or asked about her. */
create function duplicates.followed(person uuid) returns boolean language sql stable set search_path = pg_catalog as $$
  select exists (select from persons.sight s where s.person_id = person and s.basis in ('dac_in_charge', 'request') and s.starts_at <= platform.clock()
    and (s.ends_at is null or s.ends_at > platform.clock()))
$$;
/* What the teleservice and a document say of an identity: put back whole, or kept whole. */
create function duplicates.identity_facts() returns text[] language sql immutable as $$
  select '{ins_matricule,ins_oid,ins_retrieved_at,ins_verified_at,ins_contested_at,identity_checked_at,identity_checked_by,identity_document,identity_status}'::text[]
$$;

/* The columns that undoing a merge writes on the one who stayed; null where nothing changes. What was changed since stays. Facts checked since stay with the
   strict traits that they were checked on; where one of these goes back, they fall, as after any correction (RNIV). The version goes on, it never comes back. */
create function duplicates.identity_back(row_now jsonb, before jsonb, after jsonb) returns jsonb language plpgsql immutable set search_path = pg_catalog as $$
declare
  facts text[] := duplicates.identity_facts();
  back jsonb := coalesce((select jsonb_object_agg(k, v) from jsonb_each(before) b(k, v) where row_now -> k is not distinct from after -> k and k <> 'version'), '{}');
  becomes jsonb;
begin
  -- the status follows precautions too: it is computed, not compared
  if exists (select from unnest(facts) k where k <> 'identity_status' and after ? k and row_now -> k is distinct from after -> k) then
    back := back - facts;
    if exists (select from unnest('{birth_name,birth_given_names,birth_date,sex,birth_place_code}'::text[]) k where back ? k and back -> k is distinct from row_now -> k) then
      back := back || (select jsonb_object_agg(k, 'null'::jsonb) from unnest(facts) k);
    end if;
  end if;
  becomes := row_now || back;
  if becomes ->> 'ins_matricule' is null then becomes := becomes || '{"ins_contested_at": null, "ins_verified_at": null}'; end if;
  becomes := becomes || jsonb_build_object('identity_status', persons.identity_status_of((becomes ->> 'ins_retrieved_at')::timestamptz, (becomes ->> 'identity_checked_at')::timestamptz,
    array(select jsonb_array_elements_text(becomes -> 'identity_attributes'))));
  return (select jsonb_object_agg(k, v) || jsonb_build_object('version', (row_now ->> 'version')::integer + 1) from jsonb_each(becomes) b(k, v) where row_now -> k is distinct from v);
end $$;

/* The difference between an identity as it was and as it stands, under its new version: an edit begun before sees what it would overwrite. */
create function duplicates.write_history(was jsonb) returns void language sql set search_path = pg_catalog as $$
  insert into platform.field_history (record_id, version, record_type, person_id, volet, holder_org, protection, changes, changed_by, changed_at)
  select p.person_id, p.version, 'person', p.person_id, 'administrative', p.holder_org, p.protection, d.changes, platform.actor_id(), platform.clock()
    from persons.person p cross join lateral (
      select jsonb_object_agg((select string_agg(case when n = 1 then w else upper(left(w, 1)) || substr(w, 2) end, '' order by n) from unnest(string_to_array(k, '_')) with ordinality x(w, n)),
        jsonb_build_array(was -> k, v)) as changes
      from jsonb_each(to_jsonb(p)) b(k, v) where was -> k is distinct from v and k not in ('version', 'search_key', 'sound_key')) d
   where p.person_id = (was ->> 'person_id')::uuid and d.changes is not null and p.version > (was ->> 'version')::integer
$$;

/* What she asked since the merge was asked by one of the two, and nobody knows which: it protects both. An agreement given since lifts nothing in the other file.
   Gives how many wishes were written again. */
create function duplicates.copy_wishes(kept uuid, absorbed uuid, known uuid[], merged_at timestamptz) returns integer language plpgsql set search_path = pg_catalog as $$
declare
  o persons.non_opposition;
  w persons.withheld_volet;
  d persons.non_disclosure;
  written integer;
  total integer := 0;
begin
  for o in select distinct on (n.number) n.* from persons.non_opposition n where n.person_id = kept order by n.number, n.recorded_at desc, n.id desc loop
    continue when o.state <> 'opposition' or o.id = any (known) or (known is null and o.recorded_at <= merged_at);
    continue when 'opposition' = (select n.state from persons.non_opposition n where n.person_id = absorbed and n.number = o.number order by n.recorded_at desc, n.id desc limit 1);
    o.recorded_at := greatest(o.recorded_at, (select max(n.recorded_at) + interval '1 microsecond' from persons.non_opposition n where n.person_id = absorbed and n.number = o.number));
    o.id := gen_random_uuid();
    o.person_id := absorbed;
    insert into persons.non_opposition select o.*;
    total := total + 1;
  end loop;
  for w in select v.* from persons.withheld_volet v where v.person_id = kept and v.ended_at is null loop
    continue when w.id = any (known) or (known is null and w.recorded_at <= merged_at);
    w.id := gen_random_uuid();
    w.person_id := absorbed;
    insert into persons.withheld_volet select w.* on conflict do nothing;
    get diagnostics written = row_count;
    total := total + written;
  end loop;
  for d in select v.* from persons.non_disclosure v where v.person_id = kept and v.ended_at is null loop
    continue when d.id = any (known) or (known is null and d.since < merged_at::date);
    continue when exists (select from persons.non_disclosure x where x.person_id = absorbed and x.ended_at is null and x.kind = d.kind and x.towards = d.towards
      and x.party_id is not distinct from d.party_id);
    d.id := gen_random_uuid();
    d.person_id := absorbed;
    insert into persons.non_disclosure select d.*;
    total := total + 1;
  end loop;
  return total;
end $$;
grant insert on persons.non_opposition, persons.withheld_volet, persons.non_disclosure to jalon_kernel;

/* As 1320 has it; a file in intermediate archive is nobody's look-alike. */
create or replace function persons.look_alikes(spelt text, sounds text, born date, phones text[], matricule text, parties uuid[], most integer) returns table (person_id uuid, rank real)
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
      select h.* from hit h where not exists (select from privacy.archived_file a where a.person_id = h.id) and (parties is null or exists (select from persons.sight s where s.person_id = h.id and s.party_id = any (parties) and 'administrative' = any (s.volets)
        and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at > at)))),
    ranked as (
      select s.id, s.search_key, persons.day_closeness(s.birth_date, born) + 3 * (select count(*) from unnest(heard) one where position(one in ' ' || s.sound_key || ' ') > 0) as closeness
      from seen s order by closeness desc, s.id limit 4 * most)
    select r.id, (r.closeness + 8 * public.similarity(r.search_key, spelt))::real from ranked r where not privacy.archived(r.id) order by 2 desc, 1 limit most;
end $$;

/* As 1321 has them; a pair with an archived file is shown to nobody, and not proposed. */
create or replace function duplicates.pair_at(its_id uuid) returns jsonb language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('id', d.id, 'state', d.state, 'score', d.score, 'level', d.level, 'reasons', d.reasons, 'foundAt', d.found_at, 'reason', d.reason, 'decidedAt', d.decided_at,
    'decidedByName', d.decided_by_name, 'one', duplicates.side(d.person_id), 'other', duplicates.side(d.other_person_id), 'obstacle', duplicates.obstacle(d.person_id, d.other_person_id),
    'merge', (select jsonb_build_object('id', m.id, 'keptId', m.person_id, 'absorbedId', m.absorbed_id, 'state', m.state, 'choices', duplicates.whole(m.choices), 'proposedAt', m.proposed_at,
        'proposedBy', m.proposed_by, 'proposedByName', m.proposed_by_name, 'decidedAt', m.decided_at, 'decidedByName', m.decided_by_name)
      from duplicates.merge m where m.pair_id = d.id and m.state in ('proposed', 'done') order by m.proposed_at desc limit 1))
  from duplicates.pair d where d.id = its_id and (duplicates.keeps(d.person_id) or duplicates.keeps(d.other_person_id))
    and (select count(*) from persons.person p where p.person_id in (d.person_id, d.other_person_id)) = 2
    and not privacy.archived(d.person_id) and not privacy.archived(d.other_person_id)
$$;
create or replace function duplicates.work_list(states text[], most integer) returns table (pair jsonb) language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('id', d.id, 'state', d.state, 'score', d.score, 'level', d.level, 'reasons', d.reasons, 'foundAt', d.found_at, 'reason', d.reason, 'decidedAt', d.decided_at,
    'decidedByName', d.decided_by_name, 'one', duplicates.side(d.person_id), 'other', duplicates.side(d.other_person_id),
    'proposedByName', (select m.proposed_by_name from duplicates.merge m where m.pair_id = d.id and m.state = 'proposed'),
    'proposedByMe', exists (select from duplicates.merge m where m.pair_id = d.id and m.state = 'proposed' and m.proposed_by = platform.actor_id()))
  from duplicates.pair d
  where d.state = any (states) and (duplicates.keeps(d.person_id) or duplicates.keeps(d.other_person_id))
    and (select count(*) from persons.person p where p.person_id in (d.person_id, d.other_person_id) and (p.protection = 'shared' or d.state <> 'to_review')) = 2
    and not privacy.archived(d.person_id) and not privacy.archived(d.other_person_id)
  order by d.score desc, d.found_at desc, d.id limit most
$$;
create or replace function duplicates.propose(its_id uuid, its_pair uuid, kept uuid, its_choices jsonb, kept_version integer, absorbed_version integer, proposer_name text) returns text
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  d duplicates.pair;
  absorbed uuid;
  forbids text;
begin
  select * into d from duplicates.pair p where p.id = its_pair and (duplicates.keeps(p.person_id) or duplicates.keeps(p.other_person_id))
    and not privacy.archived(p.person_id) and not privacy.archived(p.other_person_id) for update;
  if d.id is null or d.state <> 'to_review' or kept not in (d.person_id, d.other_person_id) then return 'not_to_review'; end if;
  absorbed := case when kept = d.person_id then d.other_person_id else d.person_id end;
  forbids := duplicates.obstacle(kept, absorbed);
  if forbids is not null then return forbids; end if;
  insert into duplicates.merge (id, pair_id, person_id, absorbed_id, choices, kept_version, absorbed_version, proposed_at, proposed_by, proposed_by_name, holder_org, proposer_keeps)
  values (its_id, its_pair, kept, absorbed, its_choices, kept_version, absorbed_version, platform.clock(), platform.actor_id(), proposer_name, d.holder_org,
    array(select side from unnest(array[kept, absorbed]) side where duplicates.keeps(side)));
  update duplicates.pair set state = 'to_merge', decided_at = null, decided_by = null, decided_by_name = null where id = its_pair;
  return null;
end $$;

/* As 1321 has it. Each file that a service follows is kept by the one who proposed or by the one who decides: two colleagues of one service do not bring
   another's file to themselves. */
create or replace function duplicates.apply_merge(its_id uuid, traits jsonb, fresh uuid[], decider_name text) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare
  m duplicates.merge;
  forbids text;
  was jsonb;
begin
  select * into m from duplicates.merge where id = its_id for update;
  if m.id is null or m.state <> 'proposed' then return 'not_proposed'; end if;
  if platform.actor_id() is null or m.proposed_by = platform.actor_id() then
    raise exception 'a merge takes two people' using errcode = 'insufficient_privilege';
  end if;
  if not persons.actor_sees(m.person_id, '{dac_in_charge,request}') and not persons.actor_sees(m.absorbed_id, '{dac_in_charge,request}') then
    raise exception 'a merge is decided by those who keep one of the two files' using errcode = 'insufficient_privilege';
  end if;
  perform duplicates.lock_both(m.person_id, m.absorbed_id);
  forbids := duplicates.obstacle(m.person_id, m.absorbed_id);
  if forbids is not null then return forbids; end if;
  if exists (select from unnest(array[m.person_id, m.absorbed_id]) side where side <> all (m.proposer_keeps) and not duplicates.keeps(side) and duplicates.followed(side)) then
    return 'kept_by_others';
  end if;
  if exists (select from persons.person p where (p.person_id, p.version) in ((m.person_id, m.kept_version), (m.absorbed_id, m.absorbed_version)) having count(*) < 2) then
    return 'identity_changed';
  end if;
  -- the older merges of the absorbed person lead to the one who stays, directly
  insert into duplicates.step (merge_id, number, table_name, row_key, kind, before, after)
  select m.id, row_number() over (order by a.person_id), 'persons.alias', jsonb_build_object('person_id', a.person_id), 'changed',
      jsonb_build_object('into_person_id', a.into_person_id), jsonb_build_object('into_person_id', m.person_id)
    from persons.alias a where a.into_person_id = m.absorbed_id and a.ends_at is null;
  update persons.alias set into_person_id = m.person_id where into_person_id = m.absorbed_id and ends_at is null;
  perform duplicates.keep_oppositions(m.id, m.person_id, m.absorbed_id, fresh);
  perform duplicates.settle_twins(m.id, m.person_id, m.absorbed_id);
  m.wishes := array(select n.id from persons.non_opposition n where n.person_id in (m.person_id, m.absorbed_id)
    union all select w.id from persons.withheld_volet w where w.person_id in (m.person_id, m.absorbed_id)
    union all select d.id from persons.non_disclosure d where d.person_id in (m.person_id, m.absorbed_id));
  select to_jsonb(p) into was from persons.person p where p.person_id = m.person_id;
  m.counts := duplicates.move_rows(m.id, m.person_id, m.absorbed_id);
  perform duplicates.change(m.id, 'persons.person', jsonb_build_object('person_id', m.absorbed_id), '{"protection": "restricted"}');
  perform duplicates.change(m.id, 'persons.person', jsonb_build_object('person_id', m.person_id), traits);
  -- the facts of the identity go together: those that the merge leaves as they are belong to the step too
  update duplicates.step s set before = facts.had || s.before, after = facts.had || s.after
    from (select jsonb_object_agg(k, was -> k) as had from unnest(duplicates.identity_facts()) k) facts
   where s.merge_id = m.id and s.table_name = 'persons.person' and s.row_key = jsonb_build_object('person_id', m.person_id) and s.kind = 'changed';
  perform duplicates.write_history(was);
  insert into persons.alias (person_id, into_person_id, starts_at) values (m.absorbed_id, m.person_id, platform.clock());
  perform duplicates.settle_sights(m.id, m.person_id);
  update duplicates.merge set state = 'done', decided_at = platform.clock(), decided_by = platform.actor_id(), decided_by_name = decider_name, counts = m.counts,
    wishes = m.wishes where id = m.id;
  update duplicates.pair set state = 'merged', decided_at = platform.clock(), decided_by = platform.actor_id(), decided_by_name = decider_name where id = m.pair_id;
  return null;
end $$;

/* As 1321 has it. An erasure that waits is decided first; wishes recorded since protect both; the facts of an identity go together. */
create or replace function duplicates.undo_merge(its_id uuid, why text, undoer_name text) returns jsonb language plpgsql security definer set search_path = pg_catalog as $$
declare
  m duplicates.merge;
  s duplicates.step;
  back jsonb;
  row_now jsonb;
  not_restored integer := 0;
  touched integer;
  copied integer;
begin
  select * into m from duplicates.merge where id = its_id for update;
  if m.id is null or m.state <> 'done' then return '{"obstacle": "not_done"}'; end if;
  if not persons.actor_sees(m.person_id, '{dac_in_charge,request}') then
    raise exception 'a merge is undone by those who keep the file' using errcode = 'insufficient_privilege';
  end if;
  perform duplicates.lock_both(m.person_id, m.absorbed_id);
  if exists (select from persons.alias a where a.person_id = m.person_id and a.ends_at is null)
    or exists (select from duplicates.merge l where l.person_id = m.person_id and l.state = 'done' and l.id <> m.id and l.decided_at >= m.decided_at) then
    return '{"obstacle": "undo_later_first"}';
  end if;
  if exists (select from privacy.limitation l where l.person_id = m.person_id and l.lifted_at is null) then return '{"obstacle": "limited"}'; end if;
  if exists (select from privacy.erasure e where e.person_id in (m.person_id, m.absorbed_id) and e.state in ('proposed', 'confirmed')) then return '{"obstacle": "erasure_open"}'; end if;
  update persons.alias set ends_at = greatest(platform.clock(), starts_at) where person_id = m.absorbed_id and into_person_id = m.person_id and ends_at is null;
  for s in select * from duplicates.step where merge_id = m.id order by number desc loop
    if s.table_name = 'persons.alias' then
      update persons.alias set into_person_id = m.absorbed_id where person_id = (s.row_key ->> 'person_id')::uuid and into_person_id = m.person_id and ends_at is null;
    elsif s.kind = 'moved' then
      execute duplicates.assignment(s.table_name::regclass, '{"person_id": null}') || ' and t.person_id = $3'
        using jsonb_build_object('person_id', m.absorbed_id), s.row_key, m.person_id;
      get diagnostics touched = row_count;
      if touched = 0 then not_restored := not_restored + 1; end if;
    elsif s.kind = 'added' then
      execute format('delete from %s t where %s', s.table_name::regclass, duplicates.by_key(s.table_name::regclass)) using null::jsonb, s.row_key;
    else
      execute format('select to_jsonb(t) from %s t where %s', s.table_name::regclass, duplicates.by_key(s.table_name::regclass)) using null::jsonb, s.row_key into row_now;
      if s.table_name = 'persons.person' and s.row_key ->> 'person_id' = m.person_id::text then
        back := duplicates.identity_back(row_now, s.before, s.after);
        if exists (select from jsonb_each(s.before) b(k, v) where k <> 'version' and (row_now || coalesce(back, '{}')) -> k is distinct from v) then not_restored := not_restored + 1; end if;
        if back is not null then
          execute duplicates.assignment(s.table_name::regclass, back) using back, s.row_key;
          perform duplicates.write_history(row_now);
        end if;
        continue;
      end if;
      select jsonb_object_agg(k, v) into back from jsonb_each(s.before) b(k, v) where row_now -> k is not distinct from s.after -> k;
      if back is null or (select count(*) from jsonb_object_keys(back)) < (select count(*) from jsonb_object_keys(s.before)) then not_restored := not_restored + 1; end if;
      if back is not null then execute duplicates.assignment(s.table_name::regclass, back) using back, s.row_key; end if;
    end if;
  end loop;
  touched := duplicates.follow_back(m.id, m.person_id, m.absorbed_id);
  copied := duplicates.copy_wishes(m.person_id, m.absorbed_id, m.wishes, m.decided_at);
  perform duplicates.settle_after_undo(m.person_id);
  perform duplicates.settle_after_undo(m.absorbed_id);
  update duplicates.merge set state = 'undone', undone_at = platform.clock(), undone_by = platform.actor_id(), undone_by_name = undoer_name, undo_reason = why where id = m.id;
  -- looked at again, as it was before somebody decided
  update duplicates.pair set state = 'to_review', decided_at = null, decided_by = null, decided_by_name = null, reason = null where id = m.pair_id;
  return jsonb_build_object('notRestored', not_restored, 'followed', touched, 'wishes', copied);
end $$;
