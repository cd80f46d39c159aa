-- What an audit line says (who, in which situation, on which basis, which volets, why), how it is sealed, kept and read.

-- Who: her name and her situation d'exercice as they were; the rest of her account is found by actor_id.
alter table audit.inbox
  add column actor_name text,
  add column service_name text,
  add column category text,
  add column functions text[] not null default '{}',
  -- how it left: on a screen, as a file, on paper
  add column manner text not null default 'screen' check (manner in ('screen', 'export', 'print', 'job')),
  -- the answer that she received when refused; a sentence of the software, without a trait
  add column reason text,
  add column purpose text,
  -- one basis per person of person_ids, in the same order; 'none' for whom she did not see (identification, refusal)
  add column bases text[] not null default '{}',
  add column volets text[] not null default '{}',
  -- network address of the workstation
  add column address text;
comment on table audit.inbox is 'Lines not yet sealed, for a second at most; the application may only add to it.';

/* On which basis the actor sees each of these persons, and which volets that opens: the strongest basis, and break_glass only where it opens
   what no other does. A right that this very transaction ended counts: the gesture rested on it. Run by the application, under the policy of
   persons.sight that shows her own rights only. */
create function audit.grounds(persons uuid[]) returns table (bases text[], volets text[]) language plpgsql stable
  -- one plan for all: making one anew at each request cost more than its execution
  set plan_cache_mode = force_generic_plan as $$
declare
  parties uuid[] := platform.actor_parties();
  at timestamptz := platform.clock();
  names constant text[] := array['self', 'dac_in_charge', 'request', 'care_team', 'consent', 'break_glass'];
  people integer := cardinality(persons);
  ranks integer[] := array_fill(99, array[people]);
  -- volets as bits (administrative 1, social 2, health 4), by exceptional access and otherwise
  by_glass integer[] := array_fill(0, array[people]);
  otherwise integer[] := array_fill(0, array[people]);
  seen integer := 0;
  line record;
begin
  for line in
    select p.n, array_position(names, s.basis) as rank,
      case when 'administrative' = any (s.volets) then 1 else 0 end + case when 'social' = any (s.volets) then 2 else 0 end + case when 'health' = any (s.volets) then 4 else 0 end as bits
    -- person by person (offset 0): a join would walk all that her service sees
    from unnest(persons) with ordinality as p(id, n) cross join lateral (
      select s.basis, s.volets from persons.sight s
      where s.person_id = p.id and s.party_id = any (parties) and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at >= at) offset 0) s
  loop
    if line.rank < ranks[line.n] then ranks[line.n] := line.rank; end if;
    if line.rank = 6 then by_glass[line.n] := by_glass[line.n] | line.bits; else otherwise[line.n] := otherwise[line.n] | line.bits; end if;
    seen := seen | line.bits;
  end loop;
  bases := '{}';
  for n in 1 .. people loop
    bases := bases || case when by_glass[n] & ~otherwise[n] > 0 then 'break_glass' else coalesce(names[ranks[n]], 'none') end;
  end loop;
  volets := array_remove(array[case when seen & 1 > 0 then 'administrative' end, case when seen & 2 > 0 then 'social' end, case when seen & 4 > 0 then 'health' end], null);
  return next;
end $$;
revoke all on function audit.grounds(uuid[]) from public;
grant execute on function audit.grounds(uuid[]) to jalon_app, jalon_system;

-- The sealed lines, by month of sealing: whole months go away, and months are ranges of seq. The lines sealed before this version (none was
-- ever anchored) go back to the inbox, and the chain begins anew with the fuller lines.
insert into audit.inbox (id, at, actor_id, actor_kind, service_id, name, kind, outcome, code, person_ids, details, request_id)
  select id, at, actor_id, actor_kind, service_id, name, kind, outcome, code, person_ids, details, request_id from audit.entry;
create temporary table index_of_others as
  select indexdef from pg_indexes where schemaname = 'audit' and tablename = 'entry' and indexname not in ('entry_pkey', 'entry_person', 'entry_actor');
drop table audit.entry;
create table audit.entry (
  seq bigint not null,
  sealed_at timestamptz not null,
  id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  actor_kind text not null,
  actor_name text,
  service_id uuid,
  service_name text,
  category text,
  functions text[] not null,
  name text not null,
  kind text not null,
  manner text not null,
  outcome text not null,
  code text,
  reason text,
  purpose text,
  person_ids uuid[] not null,
  bases text[] not null,
  volets text[] not null,
  details jsonb not null,
  request_id text,
  address text,
  hash bytea not null,
  primary key (sealed_at, seq)
) partition by range (sealed_at);
comment on table audit.entry is 'Append-only. hash chains each line to the one before it: a line changed, removed, moved or added shows.';
create index entry_person on audit.entry using gin (person_ids);
create index entry_actor on audit.entry (actor_id, sealed_at desc);
create index entry_service on audit.entry (service_id, sealed_at desc);
create index entry_name on audit.entry (name, sealed_at desc);
create index entry_not_done on audit.entry (outcome, sealed_at desc) where outcome <> 'done';
create index entry_not_on_screen on audit.entry (manner, sealed_at desc) where manner <> 'screen';
-- the bases that a DPO looks for; a DAC in charge is nearly every line
create index entry_rare_basis on audit.entry (sealed_at desc) where bases && array['break_glass', 'consent', 'self', 'none'];
do $$
declare other text;
begin
  for other in select indexdef from index_of_others loop execute other; end loop;
end $$;
drop table index_of_others;
create table audit.entry_default partition of audit.entry default;

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a sealed audit line is never changed nor removed' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on audit.entry for each row execute function audit.refuse_change();
create trigger append_only_as_a_whole before truncate on audit.entry for each statement execute function audit.refuse_change();

/* Makes the months ahead; a month that the default partition already holds lines of stays there. Gives how many were made. Owner's door:
   partitions belong to the owner of the table. */
create function audit.prepare_months(ahead integer) returns integer language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  month timestamptz;
  made integer := 0;
begin
  for month in select generate_series(date_trunc('month', clock_timestamp()), date_trunc('month', clock_timestamp()) + make_interval(months => least(greatest(ahead, 0), 60)), interval '1 month') loop
    continue when to_regclass(format('audit.entry_%s', to_char(month, 'YYYY_MM'))) is not null
      or exists (select 1 from audit.entry_default d where d.sealed_at >= month and d.sealed_at < month + interval '1 month');
    execute format('create table audit.%I partition of audit.entry for values from (%L) to (%L)', 'entry_' || to_char(month, 'YYYY_MM'), month, month + interval '1 month');
    made := made + 1;
  end loop;
  return made;
end $$;
revoke all on function audit.prepare_months(integer) from public;
grant execute on function audit.prepare_months(integer) to jalon_system;
select audit.prepare_months(12);

alter table audit.head
  add column sealed_at timestamptz not null default 'epoch',
  -- of (seq, hash, sealed_at), by the key of the installation, which the database does not hold
  add column signature text,
  add column key_id text;
update audit.head set seq = 0, hash = '\x00';

/* Seals what was committed, in the order of writing: each hash is SHA-256 of the hash before, the seq and the line. Only the sequencer calls
   it, one process at a time; the lock on the head makes sure. The text of a line is written here and, apart, in the verifier. */
create function audit.seal(most integer) returns table (moved integer, last_seq bigint, last_hash bytea, last_sealed_at timestamptz)
  language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  head audit.head%rowtype;
  line record;
  stamp timestamptz;
  chained bytea;
  n bigint;
  ids uuid[] := '{}';
  hashes bytea[] := '{}';
begin
  select * into head from audit.head for update;
  stamp := greatest(clock_timestamp(), head.sealed_at);
  chained := head.hash;
  n := head.seq;
  for line in
    select i.id, jsonb_build_array((extract(epoch from stamp) * 1000000)::bigint, i.id, (extract(epoch from i.at) * 1000000)::bigint, i.actor_id, i.actor_kind,
      coalesce(i.actor_name, u.given_name || ' ' || u.family_name), i.service_id, coalesce(i.service_name, v.name), i.category, i.functions, i.name, i.kind, i.manner, i.outcome, i.code,
      i.reason, i.purpose, i.person_ids, i.bases, i.volets, i.details, i.request_id, i.address)::text as body
    from audit.inbox i left join territory.user_account u on i.actor_name is null and u.id = i.actor_id
      left join territory.service v on i.service_name is null and v.id = i.service_id
    order by i.at, i.id limit most
  loop
    n := n + 1;
    chained := sha256(chained || convert_to(chr(10) || n || chr(10) || line.body, 'UTF8'));
    ids := ids || line.id;
    hashes := hashes || chained;
  end loop;
  if n > head.seq then
    insert into audit.entry (seq, sealed_at, id, at, actor_id, actor_kind, actor_name, service_id, service_name, category, functions, name, kind, manner, outcome, code, reason, purpose,
      person_ids, bases, volets, details, request_id, address, hash)
    select head.seq + s.n, stamp, i.id, i.at, i.actor_id, i.actor_kind, coalesce(i.actor_name, u.given_name || ' ' || u.family_name), i.service_id, coalesce(i.service_name, v.name),
      i.category, i.functions, i.name, i.kind, i.manner, i.outcome, i.code, i.reason, i.purpose, i.person_ids, i.bases, i.volets, i.details, i.request_id, i.address, s.hash
    from unnest(ids, hashes) with ordinality as s(id, hash, n) join audit.inbox i on i.id = s.id
      left join territory.user_account u on i.actor_name is null and u.id = i.actor_id left join territory.service v on i.service_name is null and v.id = i.service_id
    order by s.n;
    delete from audit.inbox i where i.id = any (ids);
    update audit.head h set seq = n, hash = chained, sealed_at = stamp, signature = null, key_id = null where h.single;
  end if;
  return query select (n - head.seq)::integer, n, chained, case when n > head.seq then stamp else head.sealed_at end;
end $$;

/* Keeps the signature of the head as it is now; false if it moved meanwhile. */
create function audit.sign_head(its_seq bigint, its_signature text, its_key text) returns boolean
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  update audit.head h set signature = its_signature, key_id = its_key where h.single and h.seq = its_seq;
  return found;
end $$;

/* How long lines are kept: every decision is a row, the last one holds. CNIL, délibération 2021-122: six months to a year, up to three where the
   misuse by authorised users is a real risk and a review exists; said in writing. */
create table audit.retention (
  id uuid primary key,
  months smallint not null check (months between 6 and 36),
  justification text not null check (length(justification) >= 40),
  decided_by uuid,
  decided_by_name text not null,
  decided_at timestamptz not null
);
insert into audit.retention (id, months, justification, decided_by_name, decided_at) values (gen_random_uuid(), 36,
  'Détournement de l’accès par des utilisateurs habilités : risque avéré pour des dossiers de santé de personnes vulnérables (CNIL, délibération 2021-122). Les accès exceptionnels et les ouvertures en nombre sont relus, et la personne peut demander qui a ouvert son dossier.',
  'Réglage d’origine', now());
create function audit.retention_in_force() returns table (months smallint, justification text, decided_by_name text, decided_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select r.months, r.justification, r.decided_by_name, r.decided_at from audit.retention r order by r.decided_at desc, r.id desc limit 1
$$;
create function audit.decide_retention(its_id uuid, its_months integer, its_justification text, its_author text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not 'regional_admin' = any (platform.actor_functions()) then
    raise exception 'the retention of the audit is decided by the regional administration' using errcode = 'insufficient_privilege';
  end if;
  insert into audit.retention (id, months, justification, decided_by, decided_by_name, decided_at)
  values (its_id, its_months, its_justification, platform.actor_id(), its_author, clock_timestamp());
end $$;

/* The accesses to a person's file, the last first, sealed or not yet: for those who answer for the file, the person herself, and the regional
   administration that answers to her. Every identity under which she was known. */
create function audit.accesses_of(person uuid, since timestamptz, before timestamptz, most integer) returns table (
  id uuid, at timestamptz, actor_id uuid, actor_kind text, actor_name text, service_id uuid, service_name text, category text, functions text[],
  name text, kind text, manner text, outcome text, reason text, purpose text, basis text, volets text[]
) language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
declare identities uuid[] := persons.identity_set(person);
begin
  if not persons.actor_sees(person, '{dac_in_charge,request,self}') and not 'regional_admin' = any (platform.actor_functions()) then return; end if;
  return query
    select a.id, a.at, a.actor_id, a.actor_kind, a.actor_name, a.service_id, a.service_name, a.category, a.functions, a.name, a.kind, a.manner, a.outcome, a.reason, a.purpose,
      coalesce((select b.basis from unnest(a.person_ids, a.bases) as b(person_id, basis) where b.person_id = any (identities) limit 1), 'none'), a.volets
    from (
      select e.id, e.at, e.actor_id, e.actor_kind, e.actor_name, e.service_id, e.service_name, e.category, e.functions, e.name, e.kind, e.manner, e.outcome, e.reason, e.purpose,
        e.person_ids, e.bases, e.volets
      from audit.entry e where e.person_ids && identities and e.sealed_at >= since
      union all
      select i.id, i.at, i.actor_id, i.actor_kind, i.actor_name, i.service_id, i.service_name, i.category, i.functions, i.name, i.kind, i.manner, i.outcome, i.reason, i.purpose,
        i.person_ids, i.bases, i.volets
      from audit.inbox i where i.person_ids && identities) a
    where a.at >= since and (before is null or a.at < before)
    order by a.at desc, a.id desc limit most;
end $$;

/* As in 0400, with two mistakes less: whoever answers for a request reads who opened the file as the DAC in charge does (she was told « Personne
   encore »), and a line counts under every identity of the person. */
create or replace function persons.readers_of(person uuid, since timestamptz, most integer) returns table (
  user_id uuid, user_name text, service_name text, times bigint, first_at timestamptz, last_at timestamptz, names text[]
) language sql stable security definer set search_path = pg_catalog as $$
  select a.actor_id, coalesce(u.given_name || ' ' || u.family_name, max(a.actor_name)), coalesce(v.name, max(a.service_name)), count(*), min(a.at), max(a.at), array_agg(distinct a.name)
  from audit.accesses_of(person, since, null, 100000) a
  left join territory.user_account u on u.id = a.actor_id left join territory.service v on v.id = a.service_id
  where a.outcome in ('done', 'replayed')
  group by a.actor_id, u.given_name, u.family_name, a.service_id, v.name order by max(a.at) desc limit most
$$;

create or replace function persons.recently_opened(most integer) returns table (person_id uuid, opened_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select r.person_id, r.opened_at from (
    select l.person_ids[1] as person_id, max(l.at) as opened_at from (
      (select e.person_ids, e.at from audit.entry e where e.actor_id = platform.actor_id() and e.name = 'persons.header' and e.outcome = 'done' order by e.sealed_at desc limit 300)
      union all select i.person_ids, i.at from audit.inbox i where i.actor_id = platform.actor_id() and i.name = 'persons.header' and i.outcome = 'done') l
    group by l.person_ids[1]) r
  where r.person_id is not null and persons.actor_sees(r.person_id) order by r.opened_at desc limit most
$$;

/* Which lines the actor may read: the regional administration all of them, a direction those of her service. Nobody else, and nobody changes one. */
create function audit.readable_service() returns uuid language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if 'regional_admin' = any (platform.actor_functions()) then return null; end if;
  if 'director' = any (platform.actor_functions()) and platform.actor_service() is not null then return platform.actor_service(); end if;
  raise exception 'the audit is read by the regional administration, and by a direction for its service' using errcode = 'insufficient_privilege';
end $$;

/* A page of lines, the last first. filter: from, to (instants), person, actor, service (ids), names, outcomes, bases, manners (texts), sealedAt and
   seq (the last line already shown). Only the conditions asked for are written, so that each page walks the index that suits it. */
create function audit.lines(filter jsonb, most integer) returns setof audit.entry language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  own_service uuid := audit.readable_service();
  words text := 'true';
  body text;
begin
  if own_service is not null then words := words || ' and e.service_id = $2'; end if;
  if filter ? 'from' then words := words || ' and e.sealed_at >= ($1 ->> ''from'')::timestamptz and e.at >= ($1 ->> ''from'')::timestamptz'; end if;
  -- a line is sealed within seconds; a day covers a sequencer that was stopped
  if filter ? 'to' then words := words || ' and e.sealed_at < ($1 ->> ''to'')::timestamptz + interval ''1 day'' and e.at < ($1 ->> ''to'')::timestamptz'; end if;
  if filter ? 'actor' then words := words || ' and e.actor_id = ($1 ->> ''actor'')::uuid'; end if;
  if filter ? 'service' then words := words || ' and e.service_id = ($1 ->> ''service'')::uuid'; end if;
  if filter ? 'names' then words := words || format(' and e.name = any (%L::text[])', array(select jsonb_array_elements_text(filter -> 'names'))); end if;
  if filter ? 'outcomes' then
    words := words || format(' and e.outcome = any (%L::text[])', array(select jsonb_array_elements_text(filter -> 'outcomes')));
    if not filter -> 'outcomes' ? 'done' then words := words || ' and e.outcome <> ''done'''; end if;
  end if;
  if filter ? 'manners' then
    words := words || format(' and e.manner = any (%L::text[])', array(select jsonb_array_elements_text(filter -> 'manners')));
    if not filter -> 'manners' ? 'screen' then words := words || ' and e.manner <> ''screen'''; end if;
  end if;
  if filter ? 'bases' then
    words := words || format(' and e.bases && %L::text[]', array(select jsonb_array_elements_text(filter -> 'bases')));
    if filter -> 'bases' <@ '["break_glass", "consent", "self", "none"]' then words := words || ' and e.bases && array[''break_glass'', ''consent'', ''self'', ''none'']'; end if;
  end if;
  if filter ? 'seq' then words := words || ' and (e.sealed_at, e.seq) < (($1 ->> ''sealedAt'')::timestamptz, ($1 ->> ''seq'')::bigint)'; end if;
  body := 'select e.* from audit.entry e where ' || words;
  -- a person first, whatever the planner believes of her: her lines are few, and the index of persons gives them
  if filter ? 'person' then body := 'select e.* from (select e.* from audit.entry e where e.person_ids && $3 and ' || words || ' offset 0) e'; end if;
  return query execute body || ' order by e.sealed_at desc, e.seq desc limit $4'
    using filter, own_service, case when filter ? 'person' then persons.identity_set((filter ->> 'person')::uuid) end, least(greatest(most, 1), 1001);
end $$;

/* One line by its seq; nothing where the actor may not read it. */
create function audit.line(its_seq bigint) returns setof audit.entry language plpgsql stable security definer set search_path = pg_catalog as $$
declare own_service uuid := audit.readable_service();
begin
  return query select e.* from audit.entry e where e.seq = its_seq and (own_service is null or e.service_id = own_service);
end $$;
create index entry_seq on audit.entry (seq);

/* The person whom a request under article 15 names, found by her whole identity, exactly: one person, or nobody. Gives her id only: the regional
   administration opens no file. Audited by the query that calls it. */
create function audit.subject(its_birth_name text, its_given_name text, born date) returns uuid language plpgsql stable security definer set search_path = pg_catalog as $$
declare found uuid[];
begin
  perform audit.readable_service();
  found := array(select p.person_id from persons.person p
    where p.birth_date = born and public.unaccent(lower(coalesce(p.birth_name, p.used_name))) = public.unaccent(lower(its_birth_name))
      and public.unaccent(lower(coalesce(p.birth_given_names[1], p.used_given_name))) = public.unaccent(lower(its_given_name)) and p.protection = 'shared' limit 2);
  return case when cardinality(found) = 1 then found[1] end;
end $$;

grant select, delete on audit.inbox to jalon_kernel;
grant select, insert on audit.entry to jalon_kernel;
grant select, update on audit.head to jalon_kernel;
grant select, insert on audit.retention to jalon_kernel;
grant select on audit.entry, audit.retention to jalon_system;
revoke delete on audit.inbox from jalon_system;
revoke update on audit.head from jalon_system;
revoke insert, update, delete, truncate on audit.entry from jalon_system, jalon_app;
grant create on schema audit to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname = 'audit' and p.proname <> 'prepare_months' loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
revoke create on schema audit from jalon_kernel;
grant execute on function audit.seal(integer), audit.sign_head(bigint, text, text) to jalon_system;
grant execute on function audit.retention_in_force(), audit.decide_retention(uuid, integer, text, text), audit.accesses_of(uuid, timestamptz, timestamptz, integer),
  audit.lines(jsonb, integer), audit.line(bigint), audit.subject(text, text, date) to jalon_app, jalon_system;
