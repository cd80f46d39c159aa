-- Undoing a merge of files with thousands of rows: what was there before, and what moved, are looked up in sets instead of being read through for each row
-- (a file merged and given back many times grew slower each time).

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
      execute format('update %1$s t set person_id = $2 from %2$s p where t.%3$I = p.%4$I and t.person_id = $1 and p.person_id = $2 and %6$s not in (select k from duplicates.present n cross join unnest(n.keys) k where n.merge_id = $3 and n.table_name = %5$L)',
        f.child, f.parent, f.child_column, f.parent_column, f.child::text, duplicates.key_of(f.child)) using kept, absorbed, its_merge;
      get diagnostics moved = row_count;
      total := total + moved;
      again := again or moved > 0;
    end loop;
  end loop;
  foreach t in array array['persons.sight'::regclass, 'persons.timeline_item'::regclass] loop
    execute format('update %1$s t set person_id = $2 where t.person_id = $1 and %3$s not in (select k from duplicates.present n cross join unnest(n.keys) k where n.merge_id = $3 and n.table_name = %2$L)
      and jsonb_build_object(''id'', t.source_id) in (select x.row_key from duplicates.step x where x.merge_id = $3 and x.kind = ''moved'')', t, t::text, duplicates.key_of(t))
      using kept, absorbed, its_merge;
    get diagnostics moved = row_count;
    total := total + moved;
  end loop;
  return total;
end $$;

/* As 1610 has it. */
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
    and exists (select from duplicates.present n where n.merge_id = m.id) and jsonb_build_object('id', i.id) not in (select k from duplicates.present n cross join unnest(n.keys) k where n.merge_id = m.id and n.table_name = 'persons.timeline_item') order by i.at, i.id);
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
drop function duplicates.was_present(uuid, text, jsonb);
