-- Safeguarding: reports of maltreatment (« signalements », « informations préoccupantes »). Outside the shared space: nothing of them stands in the
-- Fil, in a count, in a search, in an export, in a figure. Each report has its own list of readers; sight of the person opens none.

create schema safeguarding;
grant usage on schema safeguarding to jalon_app, jalon_system, jalon_kernel;

create table safeguarding.report (
  id uuid primary key,
  person_id uuid not null references persons.person,
  -- her identity as it was known when the report was opened: it is what the authority received, and it needs no sight to be read
  person jsonb not null,
  -- where she is found, as the author knows it: an authority must be able to go there
  whereabouts text,
  -- whom the facts put in danger: the person accompanied, a child near her, another adult
  endangered text not null check (endangered in ('person', 'child', 'other_adult')),
  endangered_name text check ((endangered_name is null) = (endangered = 'person')),
  -- codes of safeguarding.maltreatment and safeguarding.danger_level; the words say why
  kinds text[] not null,
  danger_level text not null,
  danger text not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  opened_at timestamptz not null,
  author_id uuid not null,
  author_name text not null,
  author_function text,
  closed_at timestamptz,
  closed_by_name text,
  -- code of safeguarding.outcome
  outcome text,
  outcome_words text,
  volet text not null default 'social' check (volet in ('administrative', 'social', 'health')),
  holder_org uuid not null references territory.service,
  protection text not null default 'restricted' check (protection = 'restricted'),
  version integer not null default 1,
  check ((state = 'closed') = (closed_at is not null))
);
create index report_person on safeguarding.report (person_id);
create index report_holder on safeguarding.report (holder_org, opened_at desc, id desc);

-- Who may read: a user of the service that holds the report, or whoever directs that service. A removal ends the row, it does not erase it.
create table safeguarding.reader (
  id uuid primary key default gen_random_uuid(),
  report_id uuid not null references safeguarding.report,
  person_id uuid not null references persons.person,
  user_id uuid,
  function text check (function = 'director'),
  user_name text,
  ground text not null check (ground in ('author', 'director', 'named')),
  reason text,
  added_by uuid,
  added_by_name text,
  added_at timestamptz not null,
  ended_at timestamptz,
  ended_by_name text,
  end_reason text,
  volet text not null default 'social' check (volet in ('administrative', 'social', 'health')),
  holder_org uuid not null references territory.service,
  protection text not null default 'restricted' check (protection = 'restricted'),
  check ((user_id is null) <> (function is null)),
  check (ground <> 'named' or reason is not null)
);
create unique index reader_user on safeguarding.reader (report_id, user_id) where ended_at is null and user_id is not null;
create unique index reader_function on safeguarding.reader (report_id, function) where ended_at is null and function is not null;
create index reader_of on safeguarding.reader (holder_org, user_id) where ended_at is null;
create index reader_person on safeguarding.reader (person_id);

-- The journal of a report, append-only: what was observed (fact), who is concerned, who was told or why not (notice), which authority was seized (sending),
-- what followed (step). A correction is another line.
create table safeguarding.entry (
  id uuid primary key,
  report_id uuid not null references safeguarding.report,
  person_id uuid not null references persons.person,
  kind text not null check (kind in ('fact', 'concerned', 'notice', 'sending', 'step')),
  -- the day of the fact, of the notice, of the sending, of the step
  on_day date,
  -- concerned: her place in the facts; notice: whom; sending: the authority; step: its kind
  code text,
  -- fact: who observed; concerned: her name; notice: who told; sending: to whom precisely
  name text,
  -- sending: by what means, and the reference given back
  means text,
  reference text,
  -- notice: told, or not told
  told boolean,
  body text,
  author_id uuid not null,
  author_name text not null,
  author_function text,
  recorded_at timestamptz not null,
  volet text not null default 'social' check (volet in ('administrative', 'social', 'health')),
  holder_org uuid not null references territory.service,
  protection text not null default 'restricted' check (protection = 'restricted'),
  check (kind <> 'fact' or (body is not null and name is not null and on_day is not null)),
  check (kind <> 'concerned' or (code is not null and name is not null)),
  check (kind <> 'notice' or (code is not null and told is not null and (told or body is not null))),
  check (kind <> 'sending' or (code is not null and means is not null and on_day is not null)),
  check (kind <> 'step' or (code is not null and body is not null and on_day is not null))
);
create index entry_report on safeguarding.entry (report_id, recorded_at, id);
create index entry_person on safeguarding.entry (person_id);

/* The reports that the actor may read now, acting for the service that holds them: named by herself, or as its director. One call per statement. */
create function safeguarding.readable() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(r.report_id), '{}') from safeguarding.reader r
   where r.ended_at is null and r.holder_org = platform.actor_service()
     and (r.user_id = platform.actor_id() or r.function = any (platform.actor_functions()))
$$;

/* A report never exists without its readers: its author, and whoever directs her service. */
create function safeguarding.first_readers() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into safeguarding.reader (report_id, person_id, user_id, function, user_name, ground, added_at, holder_org) values
    (new.id, new.person_id, new.author_id, null, new.author_name, 'author', new.opened_at, new.holder_org),
    (new.id, new.person_id, null, 'director', null, 'director', new.opened_at, new.holder_org);
  return null;
end $$;
create trigger first_readers after insert on safeguarding.report for each row execute function safeguarding.first_readers();

/* Who opened or wrote a report, from the audit itself, for those who may read it. The audit lines name the report, not the person: nobody learns from
   the accesses of a person that a report exists. */
create function safeguarding.accesses_of(report uuid) returns table (user_id uuid, user_name text, name text, times bigint, last_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select a.actor_id, u.given_name || ' ' || u.family_name, a.name, count(*), max(a.at)
  from (select at, actor_id, name from audit.entry where name like 'safeguarding.%' and details ->> 'reportId' = report::text and outcome in ('done', 'replayed')
    union all select at, actor_id, name from audit.inbox where name like 'safeguarding.%' and details ->> 'reportId' = report::text and outcome in ('done', 'replayed')) a
  left join territory.user_account u on u.id = a.actor_id
  where report = any (safeguarding.readable())
  group by a.actor_id, u.given_name, u.family_name, a.name order by max(a.at) desc
$$;
create index entry_safeguarding on audit.entry ((details ->> 'reportId')) where name like 'safeguarding.%';

do $$
declare t text;
begin
  foreach t in array array['report', 'reader', 'entry'] loop
    execute format('alter table safeguarding.%I enable row level security', t);
    execute format('alter table safeguarding.%I force row level security', t);
    execute format('create policy system on safeguarding.%I to jalon_system using (true) with check (true)', t);
    execute format('create policy kernel on safeguarding.%I to jalon_kernel using (true) with check (true)', t);
  end loop;
end $$;

-- No policy for jalon_report: no figure counts them.
create policy readers on safeguarding.report for select to jalon_app using (id = any ((select safeguarding.readable())::uuid[]));
create policy followed on safeguarding.report for update to jalon_app using (id = any ((select safeguarding.readable())::uuid[]));
create policy opened on safeguarding.report for insert to jalon_app
  with check (author_id = (select platform.actor_id()) and holder_org = (select platform.actor_service()) and persons.actor_sees(person_id));
create policy readers on safeguarding.reader to jalon_app using (report_id = any ((select safeguarding.readable())::uuid[]))
  with check (report_id = any ((select safeguarding.readable())::uuid[]) and holder_org = (select platform.actor_service()));
create policy readers on safeguarding.entry to jalon_app using (report_id = any ((select safeguarding.readable())::uuid[]))
  with check (report_id = any ((select safeguarding.readable())::uuid[]) and author_id = (select platform.actor_id()) and holder_org = (select platform.actor_service()));

grant select, insert, update on safeguarding.report, safeguarding.reader to jalon_app;
grant select, insert on safeguarding.entry to jalon_app;
grant select, insert, update, delete on all tables in schema safeguarding to jalon_system, jalon_kernel;

grant create on schema safeguarding to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'safeguarding' and p.prosecdef loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app, jalon_system', f);
  end loop;
end $$;
revoke create on schema safeguarding from jalon_kernel;
