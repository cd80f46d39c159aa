-- Episodes: what a DAC carries for a person, at which level, by whom, until when; and the tasks and activities that come with it.

create schema episodes;
grant usage on schema episodes to jalon_app, jalon_system, jalon_kernel, jalon_report;
grant usage on schema reporting to jalon_app;

-- One episode belongs to one DAC (holder_org). Its history is in level_period and assignment, its end in closure.
create table episodes.episode (
  id uuid primary key,
  person_id uuid not null references persons.person,
  holder_org uuid not null references territory.service,
  state text not null check (state in ('open', 'dormant', 'closed')),
  level text not null,
  level_since date not null,
  referent_id uuid not null references territory.user_account,
  binome_id uuid references territory.user_account,
  opened_on date not null,
  opened_from_request uuid,
  cno_level smallint not null default 2 check (cno_level in (1, 2, 3)),
  dormant_since date,
  wake_up_on date,
  dormancy_reason text,
  closed_on date,
  closure_reason text,
  last_contact_at timestamptz,
  volet text not null default 'administrative',
  protection text not null default 'shared',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  check (state <> 'dormant' or wake_up_on is not null),
  check ((state = 'closed') = (closed_on is not null)),
  check (binome_id is distinct from referent_id)
);
select persons.protect('episodes.episode');
create index episode_person on episodes.episode (person_id);
create unique index episode_one_live on episodes.episode (person_id, holder_org) where state <> 'closed';
create index episode_live on episodes.episode (holder_org, referent_id) where state <> 'closed';
create index episode_wake_up on episodes.episode (holder_org, wake_up_on) where state = 'dormant';
create index episode_closed on episodes.episode (holder_org, closed_on) where state = 'closed';

-- R54: intensity, duration and level of commitment, with their history.
create table episodes.level_period (
  id uuid primary key,
  episode_id uuid not null references episodes.episode,
  person_id uuid not null references persons.person,
  level text not null,
  starts_on date not null,
  ends_on date,
  reason text,
  decided_by uuid,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null default now()
);
select persons.protect('episodes.level_period');
create index level_period_person on episodes.level_period (person_id);
create unique index level_period_current on episodes.level_period (episode_id) where ends_on is null;
create index level_period_episode on episodes.level_period (episode_id, starts_on);

-- Who follows: référent, binôme, and whoever hands over (the outgoing référent stays until the end of the overlap). Caseloads start here.
create table episodes.assignment (
  id uuid primary key,
  episode_id uuid not null references episodes.episode,
  person_id uuid not null references persons.person,
  user_id uuid not null references territory.user_account,
  role text not null check (role in ('referent', 'binome', 'handing_over')),
  starts_on date not null,
  -- last day, included
  ends_on date,
  reason text,
  decided_by uuid,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null default now()
);
select persons.protect('episodes.assignment');
create index assignment_person on episodes.assignment (person_id);
create index assignment_user on episodes.assignment (user_id, ends_on);
create unique index assignment_current on episodes.assignment (episode_id, role) where ends_on is null;
create index assignment_episode on episodes.assignment (episode_id, starts_on);

-- R9, subsidiarity: why the DAC acts and nobody before it. Said at opening, and again at each reopening.
create table episodes.ground (
  id uuid primary key,
  episode_id uuid not null references episodes.episode,
  person_id uuid not null references persons.person,
  codes text[] not null check (cardinality(codes) > 0),
  words text,
  decided_on date not null,
  decided_by uuid,
  volet text not null default 'social',
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null default now()
);
select persons.protect('episodes.ground');
create index ground_person on episodes.ground (person_id);
create index ground_episode on episodes.ground (episode_id);

-- Problématiques (indicator 5): on each axis one principal and any number besides. The volet follows from the code.
create table episodes.problem (
  id uuid primary key,
  episode_id uuid not null references episodes.episode,
  person_id uuid not null references persons.person,
  axis text not null check (axis in ('population', 'difficulty')),
  code text not null,
  principal boolean not null default false,
  starts_on date not null,
  ends_on date,
  recorded_by uuid,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('episodes.problem');
create index problem_person on episodes.problem (person_id);
create unique index problem_principal on episodes.problem (episode_id, axis) where principal and ends_on is null;
create unique index problem_current on episodes.problem (episode_id, axis, code) where ends_on is null;

-- The end and its balance; a reopening is written on it, never over it.
create table episodes.closure (
  id uuid primary key,
  episode_id uuid not null references episodes.episode,
  person_id uuid not null references persons.person,
  closed_on date not null,
  reason text not null,
  balance text not null,
  objectives text,
  relay text,
  closed_by uuid,
  reopened_on date,
  reopening_reason text,
  reopened_by uuid,
  volet text not null default 'social',
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null default now()
);
select persons.protect('episodes.closure');
create index closure_person on episodes.closure (person_id);
create unique index closure_current on episodes.closure (episode_id) where reopened_on is null;

-- R48, R64: a sequence at risk of rupture, accompanied closely. Its checkpoints are tasks.
create table episodes.critical_sequence (
  id uuid primary key,
  episode_id uuid not null references episodes.episode,
  person_id uuid not null references persons.person,
  kind text not null,
  starts_on date not null,
  ended_on date,
  outcome text,
  started_by uuid,
  ended_by uuid,
  volet text not null default 'health',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1
);
select persons.protect('episodes.critical_sequence');
create index critical_sequence_person on episodes.critical_sequence (person_id);
create unique index critical_sequence_running on episodes.critical_sequence (episode_id, kind) where ended_on is null;

-- Tasks: with or without a person, from anything (source), for a user of the service or for whoever takes it.
create table episodes.task (
  id uuid primary key,
  person_id uuid references persons.person,
  episode_id uuid references episodes.episode,
  kind text not null,
  title text not null,
  details text,
  assignee_id uuid references territory.user_account,
  due_on date,
  due_time time,
  state text not null default 'open' check (state in ('open', 'done', 'cancelled')),
  outcome text,
  ended_at timestamptz,
  ended_by uuid,
  cancelled_because text,
  -- what it comes from: 'liaison.note', 'intake.request', 'episodes.critical_sequence'…
  source text,
  source_id uuid,
  step text,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'org_private',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  check (due_time is null or due_on is not null),
  check ((state = 'open') = (ended_at is null))
);
select persons.protect('episodes.task');
create policy own_service on episodes.task to jalon_app
  using (person_id is null and holder_org = (select platform.actor_service()))
  with check (person_id is null and holder_org = (select platform.actor_service()));
create index task_person on episodes.task (person_id) where state = 'open';
create index task_mine on episodes.task (assignee_id, due_on) where state = 'open';
create index task_done on episodes.task (assignee_id, ended_at) where state = 'done';
create index task_team on episodes.task (holder_org, due_on) where state = 'open' and assignee_id is null;
create index task_source on episodes.task (source_id);

-- R56: what was done. Follow-up calls, visits, accompaniments; never changed, a mistake is struck by an entry of its own.
create table episodes.activity (
  id uuid primary key,
  person_id uuid not null references persons.person,
  episode_id uuid references episodes.episode,
  kind text not null,
  at timestamptz not null,
  minutes integer check (minutes between 1 and 1440),
  with_whom text,
  reached boolean not null default true,
  words text,
  partner text,
  cno_level smallint not null check (cno_level in (1, 2, 3)),
  done_by uuid not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null default now()
);
select persons.protect('episodes.activity');
create index activity_person on episodes.activity (person_id, at desc);
create index activity_holder on episodes.activity (holder_org, at);

grant select, insert, update on episodes.episode, episodes.level_period, episodes.assignment, episodes.problem, episodes.closure,
  episodes.critical_sequence, episodes.task to jalon_app;
grant select, insert on episodes.ground, episodes.activity to jalon_app;
grant select, insert, update, delete on all tables in schema episodes to jalon_system, jalon_kernel;
grant select on all tables in schema episodes to jalon_report;

/* The circle was there for the accompaniment: when it ends, every sight that the équipe de soins or a consent gave ends with it, at once.
   Reviewed door: SECURITY DEFINER, owned by jalon_kernel; only for a DAC that is in charge now. Gives how many ended. */
create function episodes.end_circle_sight(person uuid) returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare ended integer;
begin
  if not persons.actor_sees(person, '{dac_in_charge}') then
    raise exception 'the circle''s sight may not be ended by this actor' using errcode = 'insufficient_privilege';
  end if;
  update persons.sight set ends_at = platform.clock()
   where person_id = person and basis in ('care_team', 'consent') and (ends_at is null or ends_at > platform.clock());
  get diagnostics ended = row_count;
  return ended;
end $$;
grant create on schema episodes to jalon_kernel;
alter function episodes.end_circle_sight owner to jalon_kernel;
revoke create on schema episodes from jalon_kernel;
revoke all on function episodes.end_circle_sight from public;
grant execute on function episodes.end_circle_sight to jalon_app;

-- What steering counts. No trait: a salted pseudonym, the year of birth, the commune.
insert into platform.setting (key, value) values ('reporting.pseudonym_salt', to_jsonb(encode(sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea), 'hex')));
create function reporting.pseudonym(person uuid) returns text language sql stable parallel safe as $$
  select left(encode(sha256(convert_to(person::text || (select value #>> '{}' from platform.setting where key = 'reporting.pseudonym_salt'), 'UTF8')), 'hex'), 24)
$$;
comment on function reporting.pseudonym is 'The same person has the same pseudonym in every reporting view; it does not lead back to her.';


create view reporting.episode as
select e.id as episode_id, e.holder_org as service_id, reporting.pseudonym(e.person_id) as person_pseudonym,
  extract(year from p.birth_date)::integer as birth_year,
  extract(year from age(e.opened_on, p.birth_date))::integer as age_at_opening,
  p.sex, p.commune_code, e.opened_on, e.closed_on, e.state, e.level, e.level_since, e.dormant_since, e.wake_up_on, e.closure_reason, e.cno_level,
  e.opened_from_request as request_id, e.referent_id, e.last_contact_at,
  (select x.code from episodes.problem x where x.episode_id = e.id and x.axis = 'population' and x.principal and x.ends_on is null) as main_population,
  (select x.code from episodes.problem x where x.episode_id = e.id and x.axis = 'difficulty' and x.principal and x.ends_on is null) as main_difficulty,
  (select g.codes from episodes.ground g where g.episode_id = e.id order by g.recorded_at limit 1) as ground_codes,
  (select c.balance from episodes.closure c where c.episode_id = e.id and c.reopened_on is null) as closure_balance
from episodes.episode e join persons.person p on p.person_id = e.person_id
where (e.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];
comment on view reporting.episode is 'One line per accompaniment. age at a day of year Y = Y - birth_year when the day is 31/12.';

create view reporting.episode_problem as
select x.episode_id, e.holder_org as service_id, reporting.pseudonym(x.person_id) as person_pseudonym, x.axis, x.code, x.principal, x.starts_on, x.ends_on
from episodes.problem x join episodes.episode e on e.id = x.episode_id
where (e.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];

create view reporting.episode_level as
select l.episode_id, e.holder_org as service_id, l.level, l.starts_on, l.ends_on
from episodes.level_period l join episodes.episode e on e.id = l.episode_id
where (e.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];

create view reporting.activity as
select a.id as activity_id, a.holder_org as service_id, reporting.pseudonym(a.person_id) as person_pseudonym, a.episode_id, a.kind, a.at, a.minutes,
  a.reached, a.cno_level, a.done_by
from episodes.activity a
where (a.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];

-- The load of a team: one line per référent, no person.
create view reporting.referent_load as
select e.holder_org as service_id, e.referent_id,
  count(*) filter (where e.state = 'open')::integer as open_count,
  count(*) filter (where e.state = 'open' and e.level = 'brief')::integer as brief_count,
  count(*) filter (where e.state = 'open' and e.level = 'sustained')::integer as sustained_count,
  count(*) filter (where e.state = 'open' and e.level = 'intensive')::integer as intensive_count,
  count(*) filter (where e.state = 'dormant')::integer as dormant_count,
  count(*) filter (where e.state = 'dormant' and e.wake_up_on <= platform.today())::integer as wake_up_count,
  count(*) filter (where e.state = 'open' and coalesce(e.last_contact_at, e.created_at) < platform.clock() - interval '30 days')::integer as silent_count
from episodes.episode e
where e.state <> 'closed'
  and ((e.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
    or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[])
group by e.holder_org, e.referent_id;

create view reporting.late_task as
select t.holder_org as service_id, t.assignee_id, count(*)::integer as late_count
from episodes.task t
where t.state = 'open' and t.due_on < platform.today() and t.holder_org = (select platform.actor_service())
  and (select platform.actor_functions()) && '{director,team_lead}'::text[]
group by t.holder_org, t.assignee_id;

grant create on schema reporting to jalon_report;
do $$
declare v text;
begin
  foreach v in array array['episode', 'episode_problem', 'episode_level', 'activity', 'referent_load', 'late_task'] loop
    execute format('alter view reporting.%I owner to jalon_report', v);
    execute format('grant select on reporting.%I to jalon_app', v);
  end loop;
end $$;
revoke create on schema reporting from jalon_report;
