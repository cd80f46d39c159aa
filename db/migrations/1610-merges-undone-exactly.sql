-- An undoing takes back what the merge moved and what was written since on it: never a row that the file which stayed had before. And it says what is left to sort.

/* The rows that the one who stays had before the merge, in the tables where something written since may follow what goes back: none of them leaves her. */
create table duplicates.present (
  merge_id uuid not null references duplicates.merge on delete cascade,
  table_name text not null,
  -- primary keys, as duplicates.step has them
  keys jsonb[] not null,
  primary key (merge_id, table_name)
);
alter table duplicates.present enable row level security;
alter table duplicates.present force row level security;
create policy system on duplicates.present to jalon_system using (true) with check (true);
create policy kernel on duplicates.present to jalon_kernel using (true) with check (true);
grant select, insert, update, delete on duplicates.present to jalon_system, jalon_kernel;

alter table duplicates.merge
  -- lines of the Fil written while the two files were one, that the undoing left in the file that had stayed: to be sorted by somebody
  add column stayed uuid[] not null default '{}';

/* Where a row may follow another back: tables that hang by a foreign key on a table that moves, rights, and lines of the Fil. */
create function duplicates.following_tables() returns setof regclass language sql stable as $$
  select t from duplicates.moving_tables() t
   where t in ('persons.sight'::regclass, 'persons.timeline_item'::regclass)
      or exists (select from pg_constraint c where c.contype = 'f' and c.conrelid = t and c.confrelid <> t and c.confrelid in (select duplicates.moving_tables()))
$$;
/* The primary key of a row of t, as JSON. */
create function duplicates.key_of(of regclass) returns text language sql stable as $$
  select 'jsonb_build_object(' || string_agg(format('%1$L, t.%1$I', k), ', ') || ')' from unnest(duplicates.key_columns(of)) k
$$;

create function duplicates.note_present(its_merge uuid, kept uuid) returns void language plpgsql set search_path = pg_catalog as $$
declare t regclass;
begin
  for t in select duplicates.following_tables() loop
    execute format('insert into duplicates.present (merge_id, table_name, keys) select $1, %L, coalesce(array_agg(%s), ''{}'') from %s t where t.person_id = $2',
      t::text, duplicates.key_of(t), t) using its_merge, kept;
  end loop;
end $$;

/* As 1321 has it, but for what she who stays had before: it stays, whatever it hangs on. */
create or replace function duplicates.follow_back(its_merge uuid, kept uuid, absorbed uuid) returns integer language plpgsql set search_path = pg_catalog as $$
declare
  f record;
  t regclass;
  moved integer;
  total integer := 0;
  again boolean := true;
begin
  while again loop
    again := false;
    for f in select c.conrelid::regclass as child, c.confrelid::regclass as parent, ca.attname as child_column, pa.attname as parent_column
      from pg_constraint c join pg_attribute ca on ca.attrelid = c.conrelid and ca.attnum = c.conkey[1] join pg_attribute pa on pa.attrelid = c.confrelid and pa.attnum = c.confkey[1]
      where c.contype = 'f' and c.conrelid in (select duplicates.moving_tables()) and c.confrelid in (select duplicates.moving_tables()) and c.conrelid <> c.confrelid
    loop
      execute format('update %1$s t set person_id = $2 from %2$s p where t.%3$I = p.%4$I and t.person_id = $1 and p.person_id = $2 and not duplicates.was_present($3, %5$L, %6$s)',
        f.child, f.parent, f.child_column, f.parent_column, f.child::text, duplicates.key_of(f.child)) using kept, absorbed, its_merge;
      get diagnostics moved = row_count;
      total := total + moved;
      again := again or moved > 0;
    end loop;
  end loop;
  foreach t in array array['persons.sight'::regclass, 'persons.timeline_item'::regclass] loop
    execute format('update %1$s t set person_id = $2 where t.person_id = $1 and not duplicates.was_present($3, %2$L, %3$s)
      and exists (select from duplicates.step x where x.merge_id = $3 and x.kind = ''moved'' and x.row_key = jsonb_build_object(''id'', t.source_id))', t, t::text, duplicates.key_of(t))
      using kept, absorbed, its_merge;
    get diagnostics moved = row_count;
    total := total + moved;
  end loop;
  return total;
end $$;
create function duplicates.was_present(its_merge uuid, its_table text, its_key jsonb) returns boolean language sql stable set search_path = pg_catalog as $$
  select exists (select from duplicates.present n where n.merge_id = its_merge and n.table_name = its_table and its_key = any (n.keys))
$$;

/* As 1390 has it, and what the one who stays had before is noted: see follow_back. */
create or replace function duplicates.apply_merge(its_id uuid, traits jsonb, fresh uuid[], decider_name text) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare
  m duplicates.merge;
  forbids text;
  was jsonb;
  question record;
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
  -- a question that waited for the teleservice is asked again with the traits that stay
  for question in select (x.row_key ->> 'id')::uuid as id from duplicates.step x where x.merge_id = m.id and x.table_name = 'persons.insi_call' and x.kind = 'changed' loop
    perform duplicates.change(m.id, 'persons.insi_call', jsonb_build_object('id', question.id), '{"code": "merged"}');
  end loop;
  select to_jsonb(p) into was from persons.person p where p.person_id = m.person_id;
  perform duplicates.note_present(m.id, m.person_id);
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

/* As 1390 has it, and the lines of the Fil that stay are kept to be sorted. */
create or replace function duplicates.undo_merge(its_id uuid, why text, undoer_name text) returns jsonb language plpgsql security definer set search_path = pg_catalog as $$
declare
  m duplicates.merge;
  s duplicates.step;
  back jsonb;
  row_now jsonb;
  not_restored integer := 0;
  touched integer;
  copied integer;
  left_there uuid[];
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
  left_there := array(select i.id from persons.timeline_item i where i.person_id = m.person_id and i.source <> 'duplicates'
    and exists (select from duplicates.present n where n.merge_id = m.id) and not duplicates.was_present(m.id, 'persons.timeline_item', jsonb_build_object('id', i.id)) order by i.at, i.id);
  copied := duplicates.copy_wishes(m.person_id, m.absorbed_id, m.wishes, m.decided_at);
  perform duplicates.settle_after_undo(m.person_id);
  perform duplicates.settle_after_undo(m.absorbed_id);
  update duplicates.merge set stayed = left_there, state = 'undone', undone_at = platform.clock(), undone_by = platform.actor_id(), undone_by_name = undoer_name, undo_reason = why where id = m.id;
  -- looked at again, as it was before somebody decided
  update duplicates.pair set state = 'to_review', decided_at = null, decided_by = null, decided_by_name = null, reason = null where id = m.pair_id;
  -- a question that the merge had ended waits again, and nobody is on their way with it any more
  return jsonb_build_object('notRestored', not_restored, 'followed', touched, 'wishes', copied,
    'waiting', array(select c.id from persons.insi_call c where c.person_id in (m.person_id, m.absorbed_id) and c.state = 'waiting'));
end $$;

/* The last merge of a pair, where it was undone since: it says why the pair is to be looked at again. */
create function duplicates.undone_of(its_pair uuid) returns jsonb language sql stable set search_path = pg_catalog as $$
  select jsonb_build_object('mergeId', m.id, 'keptId', m.person_id, 'at', m.undone_at, 'byName', m.undone_by_name, 'reason', m.undo_reason,
      'toSort', case when duplicates.keeps(m.person_id) then cardinality(m.stayed) else 0 end)
    from (select l.* from duplicates.merge l where l.pair_id = its_pair and l.state in ('done', 'undone') order by l.decided_at desc, l.undone_at desc nulls first limit 1) m where m.state = 'undone'
$$;

/* As 1390 has it, and the merge that was undone. */
create or replace function duplicates.pair_at(its_id uuid) returns jsonb language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('id', d.id, 'state', d.state, 'score', d.score, 'level', d.level, 'reasons', d.reasons, 'foundAt', d.found_at, 'reason', d.reason, 'decidedAt', d.decided_at,
    'decidedByName', d.decided_by_name, 'one', duplicates.side(d.person_id), 'other', duplicates.side(d.other_person_id), 'obstacle', duplicates.obstacle(d.person_id, d.other_person_id),
    'merge', (select jsonb_build_object('id', m.id, 'keptId', m.person_id, 'absorbedId', m.absorbed_id, 'state', m.state, 'choices', duplicates.whole(m.choices), 'proposedAt', m.proposed_at,
        'proposedBy', m.proposed_by, 'proposedByName', m.proposed_by_name, 'decidedAt', m.decided_at, 'decidedByName', m.decided_by_name)
      from duplicates.merge m where m.pair_id = d.id and m.state in ('proposed', 'done') order by m.proposed_at desc limit 1),
    'undone', case when d.state = 'to_review' then duplicates.undone_of(d.id) end)
  from duplicates.pair d where d.id = its_id and (duplicates.keeps(d.person_id) or duplicates.keeps(d.other_person_id))
    and (select count(*) from persons.person p where p.person_id in (d.person_id, d.other_person_id)) = 2
    and not privacy.archived(d.person_id) and not privacy.archived(d.other_person_id)
$$;

/* As 1427 has it, and the merge that was undone. */
create or replace function duplicates.work_page(states text[], after_score integer, after_found timestamptz, after_id uuid, most integer) returns table (pair jsonb)
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
      'proposedByMe', coalesce(m.proposed_by = me, false), 'undone', case when d.state = 'to_review' then duplicates.undone_of(d.id) end)
    from page d left join duplicates.merge m on m.pair_id = d.id and m.state = 'proposed'
    order by d.score desc, d.found_at desc, d.id desc;
end $$;

/* The lines of the Fil that an undoing left to be sorted, for whoever keeps the file where they are; their own policies say which of them she reads. */
create function duplicates.left_to_sort(its_merge uuid) returns table (kept_id uuid, item_ids uuid[]) language sql stable security definer set search_path = pg_catalog as $$
  select m.person_id, m.stayed from duplicates.merge m where m.id = its_merge and m.state = 'undone' and duplicates.keeps(m.person_id)
$$;
grant create on schema duplicates to jalon_kernel;
do $$
begin
  alter function duplicates.left_to_sort(uuid) owner to jalon_kernel;
  revoke all on function duplicates.left_to_sort(uuid) from public;
  grant execute on function duplicates.left_to_sort(uuid) to jalon_app, jalon_system;
end $$;
revoke create on schema duplicates from jalon_kernel;
