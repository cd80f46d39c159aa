-- Duplicates: the pairs that look alike, what was decided of them, merges by two persons, and all that is needed to undo one exactly.
-- Why rows move instead of being read through an alias: docs/adr, « a merge moves the rows ».

create schema duplicates;
grant usage on schema duplicates to jalon_app, jalon_system, jalon_kernel;

create table duplicates.pair (
  id uuid primary key,
  -- the lower id first: a pair is written once
  person_id uuid not null references persons.person on delete cascade,
  other_person_id uuid not null references persons.person on delete cascade,
  state text not null default 'to_review' check (state in ('to_review', 'not_duplicate', 'to_merge', 'merged')),
  score integer not null check (score between 0 and 100),
  level text not null check (level in ('same', 'probable')),
  reasons text[] not null,
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  reason text,
  volet text not null default 'administrative' check (volet in ('administrative', 'social', 'health')),
  holder_org uuid not null,
  protection text not null default 'shared' check (protection in ('shared', 'org_private', 'restricted')),
  check (person_id < other_person_id),
  -- « pas un doublon » is remembered for ever, with its reason and its author
  check (state <> 'not_duplicate' or (decided_by is not null and reason is not null))
);
create unique index pair_once on duplicates.pair (person_id, other_person_id);
create index pair_other on duplicates.pair (other_person_id);
create index pair_open on duplicates.pair (state, score desc) where state in ('to_review', 'to_merge');

create table duplicates.merge (
  id uuid primary key,
  pair_id uuid not null references duplicates.pair on delete cascade,
  -- who stays, and who is brought into her
  person_id uuid not null references persons.person on delete cascade,
  absorbed_id uuid not null references persons.person on delete cascade,
  state text not null default 'proposed' check (state in ('proposed', 'declined', 'done', 'undone')),
  -- trait by trait: 'kept' or 'absorbed', as the proposer chose
  choices jsonb not null,
  -- what was compared: an identity that changes meanwhile is to be looked at again
  kept_version integer not null,
  absorbed_version integer not null,
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  proposed_by_name text not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  decline_reason text,
  undone_at timestamptz,
  undone_by uuid,
  undone_by_name text,
  undo_reason text,
  -- rows by table that were moved, and what an undoing could not put back
  counts jsonb,
  volet text not null default 'administrative' check (volet in ('administrative', 'social', 'health')),
  holder_org uuid not null,
  protection text not null default 'shared' check (protection in ('shared', 'org_private', 'restricted')),
  check (person_id <> absorbed_id),
  -- two different people (ASVS 2.3.5, RNIV)
  check (state not in ('done', 'undone') or (decided_by is not null and decided_by <> proposed_by)),
  check ((state = 'undone') = (undone_by is not null and undo_reason is not null and undone_at is not null))
);
create unique index merge_proposed on duplicates.merge (pair_id) where state = 'proposed';
create unique index merge_done on duplicates.merge (absorbed_id) where state = 'done';
create index merge_person on duplicates.merge (person_id);
create index merge_absorbed on duplicates.merge (absorbed_id);
create index merge_pair on duplicates.merge (pair_id);

-- What a merge did, row by row, in its order: the undoing reads it backwards.
create table duplicates.step (
  merge_id uuid not null references duplicates.merge on delete cascade,
  number integer not null,
  table_name text not null,
  -- the primary key of the row
  row_key jsonb not null,
  kind text not null check (kind in ('moved', 'changed', 'added')),
  -- the columns that changed, before and after
  before jsonb,
  after jsonb,
  primary key (merge_id, number)
);
-- How far the nightly look has come.
create table duplicates.progress (
  name text primary key,
  after_id uuid
);

do $$
declare t text;
begin
  -- Traits of persons whom the reader may not see stand here: the application reads and writes through the doors below only.
  foreach t in array array['pair', 'merge', 'step', 'progress'] loop
    execute format('alter table duplicates.%I enable row level security', t);
    execute format('alter table duplicates.%I force row level security', t);
    execute format('create policy system on duplicates.%I to jalon_system using (true) with check (true)', t);
    execute format('create policy kernel on duplicates.%I to jalon_kernel using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update, delete on all tables in schema duplicates to jalon_system, jalon_kernel;

/* Every table whose rows belong to a person and follow her: from the catalogue itself, so that none is forgotten. The feed and the audit keep the id under
   which they were written (they are chained, and read through identity_set); the person, her aliases and the merges themselves are not moved. */
create function duplicates.moving_tables() returns setof regclass language sql stable as $$
  select c.oid::regclass from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
   where a.attname = 'person_id' and not a.attisdropped and c.relkind in ('r', 'p') and not c.relispartition
     and n.nspname !~ '^(pg_|information_schema|graphile|audit$|duplicates$)'
     and (n.nspname, c.relname) not in (('platform', 'event'), ('platform', 'event_inbox'), ('persons', 'person'), ('persons', 'alias'))
   order by n.nspname, c.relname
$$;
create function duplicates.key_columns(of regclass) returns text[] language sql stable as $$
  select array_agg(a.attname::text order by a.attnum) from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
   where i.indrelid = of and i.indisprimary
$$;

/* Whoever writes about a person waits for the merge that is going on, and starts again if she was merged meanwhile (40001: the gate runs it again, and finds
   her under the id that she has now). Without it a row would stay behind under an id that nobody reads. */
create function duplicates.written_for_the_living() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.person_id is null then return new; end if;
  perform from persons.person p where p.person_id = new.person_id for key share;
  if exists (select from persons.alias a where a.person_id = new.person_id and a.ends_at is null) then
    raise exception 'the person was merged' using errcode = 'serialization_failure';
  end if;
  return new;
end $$;
create function duplicates.follow(target regclass) returns void language plpgsql as $$
begin
  execute format('create trigger written_for_the_living before insert or update of person_id on %s for each row execute function duplicates.written_for_the_living()', target);
  execute format('grant select, update on %s to jalon_kernel', target);
end $$;
comment on function duplicates.follow is 'For each new table that bears a person: a writer waits for a merge of her. tests/merges.test.ts names the tables that forgot it.';
do $$
declare t regclass;
begin
  for t in select duplicates.moving_tables() loop perform duplicates.follow(t); end loop;
end $$;

-- What was written once is changed by no role, except for whose it is: a merge, and its undoing, change that and nothing else.
create or replace function care_plans.written_once() returns trigger language plpgsql as $$
begin
  if current_user = 'jalon_kernel' and to_jsonb(new) - 'person_id' = to_jsonb(old) - 'person_id' then return new; end if;
  raise exception '% is written once', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create or replace function assessments.keep_finished() returns trigger language plpgsql as $$
begin
  if current_user = 'jalon_kernel' and to_jsonb(new) - 'person_id' = to_jsonb(old) - 'person_id' then return new; end if;
  if tg_table_name = 'section_answers' then
    if old.closed then raise exception 'a finished assessment is not changed' using errcode = 'integrity_constraint_violation'; end if;
  elsif tg_table_name = 'result' then
    if not (new.superseded and to_jsonb(new) - 'superseded' = to_jsonb(old) - 'superseded') then
      raise exception 'a result is not changed' using errcode = 'integrity_constraint_violation';
    end if;
  elsif old.state in ('finished', 'replaced', 'discarded')
    and not (old.state = 'finished' and new.state = 'replaced' and to_jsonb(new) - '{state,version}'::text[] = to_jsonb(old) - '{state,version}'::text[]) then
    raise exception 'a finished assessment is not changed' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

/* The condition that finds one row of a table t by its primary key, $2 as JSON. */
create function duplicates.by_key(of regclass) returns text language sql stable as $$
  select string_agg(format('t.%1$I = ($2 ->> %1$L)::%2$s', k, (select format_type(a.atttypid, a.atttypmod) from pg_attribute a where a.attrelid = of and a.attname = k)), ' and ')
    from unnest(duplicates.key_columns(of)) k
$$;
/* « update … set a = v.a » for these columns: the values come as JSON ($1), typed by the table itself. */
create function duplicates.assignment(of regclass, columns jsonb) returns text language sql stable as $$
  select format('update %1$s t set %2$s from jsonb_populate_record(null::%1$s, $1) v where %3$s', of,
    (select string_agg(format('%1$I = v.%1$I', k), ', ') from jsonb_object_keys(columns) k), duplicates.by_key(of))
$$;

/* Writes a step, and makes the change that it tells: columns of one row. Nothing where nothing changes. */
create function duplicates.change(its_merge uuid, of regclass, its_key jsonb, wanted jsonb) returns void language plpgsql set search_path = pg_catalog as $$
declare
  found_row jsonb;
  was jsonb;
  becomes jsonb;
begin
  execute format('select to_jsonb(t) from %s t where %s for update', of, duplicates.by_key(of)) using null::jsonb, its_key into found_row;
  select jsonb_object_agg(k, found_row -> k), jsonb_object_agg(k, v) into was, becomes from jsonb_each(wanted) w(k, v) where found_row -> k is distinct from v;
  if becomes is null then return; end if;
  execute duplicates.assignment(of, becomes) using becomes, its_key;
  insert into duplicates.step (merge_id, number, table_name, row_key, kind, before, after)
  values (its_merge, (select coalesce(max(number), 0) + 1 from duplicates.step where merge_id = its_merge), of::text, its_key, 'changed', was, becomes);
end $$;

/* Every right on a person as her oppositions and what she withholds make it, whoever asks; each change is a step of the merge. */
create function duplicates.settle_sights(its_merge uuid, person uuid) returns void language plpgsql set search_path = pg_catalog as $$
declare s record;
begin
  for s in select w.id, w.suspensions, w.volets, x.suspensions as were, x.volets as had, x.suspended_at, x.entrusted
    from persons.sight x join lateral (select x.id, persons.suspensions_of(x.person_id, x.party_id, x.basis) as suspensions,
      persons.effective_volets(x.person_id, x.party_id, x.basis, coalesce(x.entrusted, x.volets)) as volets) w on true
    where x.person_id = person and x.basis <> 'self' and (x.ends_at is null or x.ends_at > platform.clock()) order by x.id
  loop
    continue when s.suspensions = s.were and s.volets = s.had;
    perform duplicates.change(its_merge, 'persons.sight', jsonb_build_object('id', s.id), jsonb_build_object('suspensions', s.suspensions, 'volets', s.volets,
      'suspended_at', case when s.suspensions <> '{}' then coalesce(s.suspended_at, platform.clock()) end, 'entrusted', coalesce(s.entrusted, s.had)));
  end loop;
end $$;

/* Both persons, locked in one order: two merges that cross wait for each other, the second finds what the first did. */
create function duplicates.lock_both(one uuid, other uuid) returns void language plpgsql set search_path = pg_catalog as $$
begin
  perform persons.lock_sights(least(one, other));
  perform persons.lock_sights(greatest(one, other));
  perform from persons.person p where p.person_id in (one, other) order by p.person_id for update;
end $$;

/* What forbids this merge, as a code; null where nothing does. Read again under the locks by the merge itself. */
create function duplicates.obstacle(kept uuid, absorbed uuid) returns text language sql stable as $$
  select case
    when (select count(*) from persons.person p where p.person_id in (kept, absorbed) and p.protection = 'shared') < 2 then 'already_merged'
    when (select count(distinct p.ins_matricule) from persons.person p where p.person_id in (kept, absorbed) and p.identity_status = 'QUAL') > 1 then 'two_matricules'
    when privacy.archived(kept) or privacy.archived(absorbed) then 'archived'
    when exists (select from privacy.erasure e where e.person_id in (kept, absorbed) and e.state in ('proposed', 'confirmed')) then 'erasure_open'
    when exists (select from privacy.limitation l where l.person_id in (kept, absorbed) and l.lifted_at is null) then 'limited'
    when exists (select from episodes.episode a join episodes.episode b on b.holder_org = a.holder_org and b.person_id = absorbed and b.state <> 'closed'
      where a.person_id = kept and a.state <> 'closed') then 'two_episodes'
    when exists (select from care_plans.plan a join care_plans.plan b on b.holder_org = a.holder_org and b.person_id = absorbed and b.state <> 'closed'
      where a.person_id = kept and a.state <> 'closed') then 'two_plans'
  end
$$;

/* What would be there twice where it may be only once: the most useful of two médecins traitants, one of two equal wishes, one of two rights from one source. */
create function duplicates.settle_twins(its_merge uuid, kept uuid, absorbed uuid) returns void language plpgsql set search_path = pg_catalog as $$
declare r record;
begin
  for r in select case when array_position(ranks, a.state) <= array_position(ranks, b.state) then b.id else a.id end as id,
      case when array_position(ranks, a.state) <= array_position(ranks, b.state) then b.starts_on else a.starts_on end as starts_on
    from (select array['declared', 'de_facto', 'military', 'none', 'unknown'] as ranks) k
    join persons.family_doctor a on a.person_id = kept and a.ends_on is null join persons.family_doctor b on b.person_id = absorbed and b.ends_on is null
  loop
    perform duplicates.change(its_merge, 'persons.family_doctor', jsonb_build_object('id', r.id), jsonb_build_object('ends_on', greatest(r.starts_on, platform.today())));
  end loop;
  for r in select b.id from persons.withheld_volet a join persons.withheld_volet b on b.person_id = absorbed and b.ended_at is null and b.withholds = a.withholds
      and b.from_category is not distinct from a.from_category and b.from_party_id is not distinct from a.from_party_id
    where a.person_id = kept and a.ended_at is null
  loop
    perform duplicates.change(its_merge, 'persons.withheld_volet', jsonb_build_object('id', r.id),
      jsonb_build_object('ended_at', platform.clock(), 'end_reason', 'Même souhait dans les deux dossiers fusionnés'));
  end loop;
  for r in select b.id from persons.sight a join persons.sight b on b.person_id = absorbed and b.ends_at is null and b.party_id = a.party_id and b.source_id = a.source_id
    where a.person_id = kept and a.ends_at is null
  loop
    perform duplicates.change(its_merge, 'persons.sight', jsonb_build_object('id', r.id), jsonb_build_object('ends_at', platform.clock()));
  end loop;
  for r in select b.id from persons.contact_point a join persons.contact_point b on b.person_id = absorbed and b.ended_at is null and b.value = a.value and b.kind = a.kind
    where a.person_id = kept and a.ended_at is null
  loop
    perform duplicates.change(its_merge, 'persons.contact_point', jsonb_build_object('id', r.id), jsonb_build_object('ended_at', platform.clock()));
  end loop;
  -- a question to the teleservice was asked with traits that may not be hers any more
  for r in select c.id from persons.insi_call c where c.person_id in (kept, absorbed) and c.state = 'waiting' loop
    perform duplicates.change(its_merge, 'persons.insi_call', jsonb_build_object('id', r.id), jsonb_build_object('state', 'outdated', 'answered_at', platform.clock()));
  end loop;
end $$;

/* An opposition on either side stays: where a later answer of the other file would lift it, it is written again, last. */
create function duplicates.keep_oppositions(its_merge uuid, kept uuid, absorbed uuid, fresh uuid[]) returns void language plpgsql set search_path = pg_catalog as $$
declare
  r persons.non_opposition;
  last_of_both text;
begin
  for r in select distinct on (number) o.* from (select distinct on (person_id, number) n.* from persons.non_opposition n where n.person_id in (kept, absorbed)
      order by person_id, number, recorded_at desc, id desc) o where o.state = 'opposition' order by number, recorded_at desc
  loop
    select n.state into last_of_both from persons.non_opposition n where n.person_id in (kept, absorbed) and n.number = r.number order by recorded_at desc, id desc limit 1;
    continue when last_of_both = 'opposition';
    r.id := fresh[r.number];
    r.person_id := kept;
    r.recorded_at := greatest(platform.clock(), (select max(n.recorded_at) + interval '1 microsecond' from persons.non_opposition n where n.person_id in (kept, absorbed)));
    insert into persons.non_opposition select r.*;
    insert into duplicates.step (merge_id, number, table_name, row_key, kind, after)
    values (its_merge, (select coalesce(max(number), 0) + 1 from duplicates.step where merge_id = its_merge), 'persons.non_opposition', jsonb_build_object('id', r.id), 'added', to_jsonb(r));
  end loop;
end $$;

/* Moves every row of the absorbed person to the one that stays. Gives how many, by table. */
create function duplicates.move_rows(its_merge uuid, kept uuid, absorbed uuid) returns jsonb language plpgsql set search_path = pg_catalog as $$
declare
  t regclass;
  counts jsonb := '{}';
  moved integer;
  start integer;
begin
  for t in select duplicates.moving_tables() loop
    select coalesce(max(number), 0) into start from duplicates.step where merge_id = its_merge;
    execute format('with moved as (update %1$s t set person_id = $1 where person_id = $2 returning %2$s as row_key)
      insert into duplicates.step (merge_id, number, table_name, row_key, kind) select $3, $4 + row_number() over (order by row_key), %3$L, row_key, ''moved'' from moved', t,
      (select 'jsonb_build_object(' || string_agg(format('%1$L, t.%1$I', k), ', ') || ')' from unnest(duplicates.key_columns(t)) k), t::text)
      using kept, absorbed, its_merge, start;
    get diagnostics moved = row_count;
    if moved > 0 then counts := counts || jsonb_build_object(t::text, moved); end if;
  end loop;
  return counts;
end $$;

/* The merge itself, decided by somebody else than who proposed it. `traits`: columns of the person as the proposer chose them and as the caller computed their
   keys. `fresh`: ids for what has to be written. Everything or nothing: one transaction, the audit's and the events' too. Gives null, or what forbids it. */
create function duplicates.apply_merge(its_id uuid, traits jsonb, fresh uuid[], decider_name text) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare
  m duplicates.merge;
  forbids text;
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
  m.counts := duplicates.move_rows(m.id, m.person_id, m.absorbed_id);
  perform duplicates.change(m.id, 'persons.person', jsonb_build_object('person_id', m.absorbed_id), '{"protection": "restricted"}');
  perform duplicates.change(m.id, 'persons.person', jsonb_build_object('person_id', m.person_id), traits);
  insert into persons.alias (person_id, into_person_id, starts_at) values (m.absorbed_id, m.person_id, platform.clock());
  perform duplicates.settle_sights(m.id, m.person_id);
  update duplicates.merge set state = 'done', decided_at = platform.clock(), decided_by = platform.actor_id(), decided_by_name = decider_name, counts = m.counts where id = m.id;
  update duplicates.pair set state = 'merged', decided_at = platform.clock(), decided_by = platform.actor_id(), decided_by_name = decider_name where id = m.pair_id;
  return null;
end $$;

/* What was written since on what goes back goes back with it: rows that hang on such a row by a foreign key, and rights and lines of the Fil that name it as
   their source. The rest stays with the one who stayed. */
create function duplicates.follow_back(its_merge uuid, kept uuid, absorbed uuid) returns integer language plpgsql set search_path = pg_catalog as $$
declare
  f record;
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
      execute format('update %1$s t set person_id = $2 from %2$s p where t.%3$I = p.%4$I and t.person_id = $1 and p.person_id = $2', f.child, f.parent, f.child_column, f.parent_column) using kept, absorbed;
      get diagnostics moved = row_count;
      total := total + moved;
      again := again or moved > 0;
    end loop;
  end loop;
  update persons.sight s set person_id = absorbed where s.person_id = kept
    and exists (select from duplicates.step x where x.merge_id = its_merge and x.kind = 'moved' and x.row_key = jsonb_build_object('id', s.source_id));
  get diagnostics moved = row_count;
  total := total + moved;
  update persons.timeline_item i set person_id = absorbed where i.person_id = kept
    and exists (select from duplicates.step x where x.merge_id = its_merge and x.kind = 'moved' and x.row_key = jsonb_build_object('id', i.source_id));
  get diagnostics moved = row_count;
  return total + moved;
end $$;

/* Undoes a merge: backwards, step by step. A column that somebody changed since keeps what was written since. Gives what could not be put back and how many
   rows written since went back with what they hang on; or what forbids it. */
create function duplicates.undo_merge(its_id uuid, why text, undoer_name text) returns jsonb language plpgsql security definer set search_path = pg_catalog as $$
declare
  m duplicates.merge;
  s duplicates.step;
  back jsonb;
  row_now jsonb;
  not_restored integer := 0;
  touched integer;
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
      select jsonb_object_agg(k, v) into back from jsonb_each(s.before) b(k, v) where row_now -> k is not distinct from s.after -> k;
      if back is null or (select count(*) from jsonb_object_keys(back)) < (select count(*) from jsonb_object_keys(s.before)) then not_restored := not_restored + 1; end if;
      if back is not null then execute duplicates.assignment(s.table_name::regclass, back) using back, s.row_key; end if;
    end if;
  end loop;
  touched := duplicates.follow_back(m.id, m.person_id, m.absorbed_id);
  perform duplicates.settle_after_undo(m.person_id);
  perform duplicates.settle_after_undo(m.absorbed_id);
  update duplicates.merge set state = 'undone', undone_at = platform.clock(), undone_by = platform.actor_id(), undone_by_name = undoer_name, undo_reason = why where id = m.id;
  -- looked at again, as it was before somebody decided
  update duplicates.pair set state = 'to_review', decided_at = null, decided_by = null, decided_by_name = null, reason = null where id = m.pair_id;
  return jsonb_build_object('notRestored', not_restored, 'followed', touched);
end $$;

/* The rights on both as their own wishes make them: nothing changes unless something was written since the merge. */
create function duplicates.settle_after_undo(person uuid) returns void language sql set search_path = pg_catalog as $$
  update persons.sight s set suspensions = wanted.suspensions, suspended_at = case when wanted.suspensions <> '{}' then coalesce(s.suspended_at, platform.clock()) end,
      entrusted = coalesce(s.entrusted, s.volets), volets = wanted.volets
    from (select id, persons.suspensions_of(person_id, party_id, basis) as suspensions, persons.effective_volets(person_id, party_id, basis, coalesce(entrusted, volets)) as volets
      from persons.sight where person_id = person and basis <> 'self' and (ends_at is null or ends_at > platform.clock())) wanted
   where s.id = wanted.id and (s.suspensions <> wanted.suspensions or s.volets <> wanted.volets)
$$;

/* One of the two, as the desk shows a look-alike: outside the actor's sight, only what comparing two identities needs. Never the matricule itself. */
create function duplicates.side(person uuid) returns jsonb language sql stable set search_path = pg_catalog as $$
  select jsonb_build_object('person', jsonb_build_object('personId', p.person_id, 'birthName', coalesce(p.birth_name, p.used_name), 'usedName', p.used_name,
      'firstName', coalesce(p.birth_given_names[1], ''), 'usedFirstName', p.used_given_name, 'sex', p.sex, 'birthDay', p.birth_date, 'birthDayApproximate', p.birth_date_approximate,
      'commune', c.name, 'deathDay', p.deceased_on, 'identityStatus', p.identity_status),
    'inScope', x.seen, 'version', p.version,
    'organisations', (select coalesce(jsonb_agg(distinct v.name order by v.name), '[]') from persons.sight s join territory.service v on v.id = s.party_id
      where s.person_id = p.person_id and s.basis in ('dac_in_charge', 'request') and s.ends_at is null),
    'traits', jsonb_build_object('birthName', p.birth_name, 'birthGivenNames', p.birth_given_names, 'birthDate', p.birth_date, 'sex', p.sex,
      'birthPlace', nullif(concat_ws(' ', p.birth_place_name, p.birth_place_code), ''), 'usedName', p.used_name, 'usedGivenName', p.used_given_name, 'identityStatus', p.identity_status,
      'address', case when x.seen and not persons.address_hidden(p.person_id) then p.address end, 'commune', c.name,
      'callerInstruction', case when x.seen then p.caller_instruction end, 'language', case when x.seen then p.language end),
    'items', case when x.seen then (select count(*) from persons.timeline_item t where t.person_id = p.person_id and t.protection = 'shared') end)
  from persons.person p left join territory.commune c on c.code = p.commune_code
  cross join lateral (select persons.actor_sees(p.person_id) as seen) x where p.person_id = person
$$;
create function duplicates.keeps(person uuid) returns boolean language sql stable set search_path = pg_catalog as $$
  select persons.actor_sees(person, '{dac_in_charge,request}')
$$;

/* Every trait has its side: what a proposal does not say stays as it is. */
create function duplicates.whole(choices jsonb) returns jsonb language sql immutable as $$
  select jsonb_object_agg(trait, case when choices ->> trait = 'absorbed' then 'absorbed' else 'kept' end)
    from unnest('{identity,birthName,birthGivenNames,birthDate,sex,birthPlace,usedName,usedGivenName,address,callerInstruction,language}'::text[]) trait
$$;

/* A pair as the actor may see it: she keeps one of the two files. Null: absent, or not for her. */
create function duplicates.pair_at(its_id uuid) returns jsonb language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('id', d.id, 'state', d.state, 'score', d.score, 'level', d.level, 'reasons', d.reasons, 'foundAt', d.found_at, 'reason', d.reason, 'decidedAt', d.decided_at,
    'decidedByName', d.decided_by_name, 'one', duplicates.side(d.person_id), 'other', duplicates.side(d.other_person_id), 'obstacle', duplicates.obstacle(d.person_id, d.other_person_id),
    'merge', (select jsonb_build_object('id', m.id, 'keptId', m.person_id, 'absorbedId', m.absorbed_id, 'state', m.state, 'choices', duplicates.whole(m.choices), 'proposedAt', m.proposed_at,
        'proposedBy', m.proposed_by, 'proposedByName', m.proposed_by_name, 'decidedAt', m.decided_at, 'decidedByName', m.decided_by_name)
      from duplicates.merge m where m.pair_id = d.id and m.state in ('proposed', 'done') order by m.proposed_at desc limit 1))
  from duplicates.pair d where d.id = its_id and (duplicates.keeps(d.person_id) or duplicates.keeps(d.other_person_id))
    and (select count(*) from persons.person p where p.person_id in (d.person_id, d.other_person_id)) = 2
$$;

/* The work list of the actor's service: pairs of which she keeps one file at least, the likeliest first. */
create function duplicates.work_list(states text[], most integer) returns table (pair jsonb) language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('id', d.id, 'state', d.state, 'score', d.score, 'level', d.level, 'reasons', d.reasons, 'foundAt', d.found_at, 'reason', d.reason, 'decidedAt', d.decided_at,
    'decidedByName', d.decided_by_name, 'one', duplicates.side(d.person_id), 'other', duplicates.side(d.other_person_id),
    'proposedByName', (select m.proposed_by_name from duplicates.merge m where m.pair_id = d.id and m.state = 'proposed'),
    'proposedByMe', exists (select from duplicates.merge m where m.pair_id = d.id and m.state = 'proposed' and m.proposed_by = platform.actor_id()))
  from duplicates.pair d
  where d.state = any (states) and (duplicates.keeps(d.person_id) or duplicates.keeps(d.other_person_id))
    and (select count(*) from persons.person p where p.person_id in (d.person_id, d.other_person_id) and (p.protection = 'shared' or d.state <> 'to_review')) = 2
  order by d.score desc, d.found_at desc, d.id limit most
$$;

/* « Pas un doublon »: kept for ever, with the reason. */
create function duplicates.set_aside(its_id uuid, why text, decider_name text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  update duplicates.pair d set state = 'not_duplicate', reason = why, decided_at = platform.clock(), decided_by = platform.actor_id(), decided_by_name = decider_name
   where d.id = its_id and d.state = 'to_review' and (duplicates.keeps(d.person_id) or duplicates.keeps(d.other_person_id));
  return found;
end $$;

create function duplicates.propose(its_id uuid, its_pair uuid, kept uuid, its_choices jsonb, kept_version integer, absorbed_version integer, proposer_name text) returns text
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  d duplicates.pair;
  absorbed uuid;
  forbids text;
begin
  select * into d from duplicates.pair p where p.id = its_pair and (duplicates.keeps(p.person_id) or duplicates.keeps(p.other_person_id)) for update;
  if d.id is null or d.state <> 'to_review' or kept not in (d.person_id, d.other_person_id) then return 'not_to_review'; end if;
  absorbed := case when kept = d.person_id then d.other_person_id else d.person_id end;
  forbids := duplicates.obstacle(kept, absorbed);
  if forbids is not null then return forbids; end if;
  insert into duplicates.merge (id, pair_id, person_id, absorbed_id, choices, kept_version, absorbed_version, proposed_at, proposed_by, proposed_by_name, holder_org)
  values (its_id, its_pair, kept, absorbed, its_choices, kept_version, absorbed_version, platform.clock(), platform.actor_id(), proposer_name, d.holder_org);
  update duplicates.pair set state = 'to_merge', decided_at = null, decided_by = null, decided_by_name = null where id = its_pair;
  return null;
end $$;

/* Taken back by its author or declined by somebody else: the pair is to be looked at again. */
create function duplicates.decline(its_id uuid, why text, decider_name text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare its_pair uuid;
begin
  update duplicates.merge m set state = 'declined', decided_at = platform.clock(), decided_by = platform.actor_id(), decided_by_name = decider_name, decline_reason = why
   where m.id = its_id and m.state = 'proposed' and (duplicates.keeps(m.person_id) or duplicates.keeps(m.absorbed_id)) returning m.pair_id into its_pair;
  if its_pair is null then return false; end if;
  update duplicates.pair set state = 'to_review' where id = its_pair;
  return true;
end $$;

/* A merge with both identities as they stand, for the gate to compute what the one who stays becomes. Null: absent, or not for her. */
create function duplicates.merge_at(its_id uuid) returns jsonb language sql stable security definer set search_path = pg_catalog as $$
  select to_jsonb(m) - 'counts' || jsonb_build_object('choices', duplicates.whole(m.choices), 'kept', (select to_jsonb(p) from persons.person p where p.person_id = m.person_id),
    'absorbed', (select to_jsonb(p) from persons.person p where p.person_id = m.absorbed_id))
  from duplicates.merge m where m.id = its_id and (duplicates.keeps(m.person_id) or (m.state = 'proposed' and duplicates.keeps(m.absorbed_id)))
$$;

/* What was merged into a person whom the actor sees: for the history of her identity. */
create function duplicates.merges_of(person uuid) returns table (merge jsonb) language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('id', m.id, 'state', m.state, 'keptId', m.person_id, 'absorbedId', m.absorbed_id, 'proposedByName', m.proposed_by_name, 'decidedByName', m.decided_by_name,
    'decidedAt', m.decided_at, 'undoneAt', m.undone_at, 'undoneByName', m.undone_by_name, 'undoReason', m.undo_reason, 'counts', m.counts,
    'absorbed', (select jsonb_build_object('personId', p.person_id, 'birthName', coalesce(p.birth_name, p.used_name), 'usedName', p.used_name, 'firstName', coalesce(p.birth_given_names[1], ''),
      'usedFirstName', p.used_given_name, 'sex', p.sex, 'birthDay', p.birth_date, 'birthDayApproximate', p.birth_date_approximate, 'commune', null, 'deathDay', p.deceased_on,
      'identityStatus', p.identity_status) from persons.person p where p.person_id = m.absorbed_id))
  from duplicates.merge m where m.person_id = person and m.state in ('done', 'undone') and duplicates.keeps(person) order by m.decided_at desc
$$;

grant create on schema duplicates to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'duplicates' and p.prosecdef loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    if f::text !~ 'written_for_the_living' then execute format('grant execute on function %s to jalon_app, jalon_system', f); end if;
  end loop;
end $$;
revoke create on schema duplicates from jalon_kernel;
