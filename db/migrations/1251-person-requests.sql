-- Requests of the person (art. 15 to 21 RGPD): their register, what was added to a contested record, limitation, erasure.

create table privacy.request (
  id uuid primary key,
  person_id uuid not null references persons.person,
  number bigint generated always as identity,
  kind text not null check (kind in ('access', 'rectification', 'limitation', 'erasure', 'opposition', 'portability')),
  received_on date not null,
  -- code of persons.information_mode
  mode text not null,
  -- code of persons.right_exercised_by, and the name when it is not the person herself
  asked_by text not null,
  asked_by_name text,
  -- how it was made sure that the asker is who she says (art. 12.6)
  identity_checked text not null,
  words text,
  due_on date not null,
  extended_on date,
  extension_reason text,
  state text not null default 'open' check (state in ('open', 'answered')),
  outcome text check (outcome in ('granted', 'partly', 'refused', 'withdrawn')),
  outcome_words text,
  answered_on date,
  answered_by uuid,
  answered_by_name text,
  volet text not null default 'administrative',
  holder_org uuid not null,
  -- that she asks for an erasure is no news for her circle
  protection text not null default 'org_private',
  version integer not null default 1,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  recorded_by_name text not null,
  check ((state = 'answered') = (outcome is not null and answered_on is not null)),
  check ((extended_on is null) = (extension_reason is null))
);
select persons.protect('privacy.request');
create index request_person on privacy.request (person_id);
create index request_due on privacy.request (holder_org, due_on) where state = 'open';
create index request_holder on privacy.request (holder_org, received_on desc);

-- What the person adds to a record that she contests: the record stays, her words stand beside it (rectification, art. 16).
create table privacy.addendum (
  id uuid primary key,
  person_id uuid not null references persons.person,
  request_id uuid references privacy.request,
  item_id uuid not null,
  item_title text not null,
  words text not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  recorded_by_name text not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('privacy.addendum');
create index addendum_person on privacy.addendum (person_id);
create index addendum_item on privacy.addendum (item_id);

-- Art. 18: nothing is written in the file nor sent from it until the mark is lifted. Seen by whoever opens the file.
create table privacy.limitation (
  id uuid primary key,
  person_id uuid not null references persons.person,
  request_id uuid references privacy.request,
  reason text not null check (reason in ('accuracy', 'unlawful', 'claims', 'opposition')),
  since timestamptz not null,
  set_by uuid not null,
  set_by_name text not null,
  lifted_at timestamptz,
  lifted_by uuid,
  lifted_by_name text,
  lift_reason text,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  check ((lifted_at is null) = (lift_reason is null))
);
select persons.protect('privacy.limitation');
create unique index limitation_live on privacy.limitation (person_id) where lifted_at is null;
create index limitation_person on privacy.limitation (person_id);

-- Art. 17: proposed by one, confirmed by another, executed by a job. plan says class by class what goes and what stays, and why.
create table privacy.erasure (
  id uuid primary key,
  person_id uuid not null references persons.person,
  request_id uuid not null references privacy.request,
  plan jsonb not null,
  state text not null default 'proposed' check (state in ('proposed', 'confirmed', 'done', 'cancelled')),
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  proposed_by_name text not null,
  confirmed_at timestamptz,
  confirmed_by uuid,
  confirmed_by_name text,
  done_at timestamptz,
  cancelled_because text,
  -- rows by table, as the job counted them: the proof says what and how many, never whose words
  counts jsonb,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'org_private',
  check (confirmed_by is null or confirmed_by <> proposed_by)
);
select persons.protect('privacy.erasure');
create index erasure_person on privacy.erasure (person_id);
create unique index erasure_live on privacy.erasure (person_id) where state in ('proposed', 'confirmed');

grant select, insert, update on privacy.request, privacy.limitation, privacy.erasure to jalon_app;
grant select, insert on privacy.addendum to jalon_app;
grant select, insert, update, delete on all tables in schema privacy to jalon_system, jalon_kernel;
grant select on all tables in schema privacy to jalon_report;
-- the history of corrections goes with what it tells of
grant delete on platform.field_history to jalon_system;

/* The live limitation of each of these persons, whoever asks: a frozen file is frozen for all, even for those who may not read why. */
create function privacy.frozen(persons uuid[]) returns table (person_id uuid, reason text, since timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select l.person_id, l.reason, l.since from privacy.limitation l where l.person_id = any (persons) and l.lifted_at is null
$$;

/* The register as those who answer for the treatment read it: no name, no word. */
create function privacy.request_register(since date, most integer) returns table (
  number bigint, service_name text, kind text, received_on date, due_on date, extended boolean, state text, outcome text, answered_on date
) language sql stable security definer set search_path = pg_catalog as $$
  select r.number, v.name, r.kind, r.received_on, r.due_on, r.extended_on is not null, r.state, r.outcome, r.answered_on
  from privacy.request r left join territory.service v on v.id = r.holder_org
  where (r.state = 'open' or r.received_on >= since)
    and ((r.holder_org = platform.actor_service() and platform.actor_functions() && '{director,team_lead}'::text[]) or 'regional_admin' = any (platform.actor_functions()))
  order by r.state = 'open' desc, r.due_on, r.number limit most
$$;

grant create on schema privacy to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
    where p.prosecdef and n.nspname = 'privacy' and r.rolname <> 'jalon_kernel' loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app, jalon_system', f);
  end loop;
end $$;
revoke create on schema privacy from jalon_kernel;
