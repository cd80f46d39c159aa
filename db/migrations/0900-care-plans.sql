-- Care plans: the PPCS of a person. One living copy, edited row by row; immutable versions, stored row by row too, so that each volet stays closed to whom it is closed.

create schema care_plans;
grant usage on schema care_plans to jalon_app, jalon_system, jalon_kernel, jalon_report;

-- The plan itself: where it stands, which number is being written, when it is to be revised. Its content is in the tables below.
create table care_plans.plan (
  id uuid primary key,
  person_id uuid not null references persons.person,
  episode_id uuid not null references episodes.episode,
  -- follows the accompaniment's référent (events.ts): « PPCS à réviser » starts here
  referent_id uuid not null references territory.user_account,
  state text not null default 'draft' check (state in ('draft', 'proposed', 'validated', 'closed')),
  -- the number being written or proposed; the last one validated
  draft_number integer,
  validated_number integer,
  validated_on date,
  review_on date,
  criterion_reached_at timestamptz,
  -- counts every change of the content: one proposes and validates what one has read
  content_version integer not null default 1,
  proposed_at timestamptz,
  proposed_by uuid,
  closed_on date,
  volet text not null default 'administrative',
  holder_org uuid not null references territory.service,
  protection text not null default 'shared',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  check ((state in ('draft', 'proposed')) = (draft_number is not null) or state = 'closed'),
  check (state <> 'validated' or validated_number is not null)
);
select persons.protect('care_plans.plan');
create index plan_person on care_plans.plan (person_id);
create index plan_episode on care_plans.plan (episode_id);
create unique index plan_one_live on care_plans.plan (person_id, holder_org) where state <> 'closed';
create index plan_to_revise on care_plans.plan (referent_id, review_on) where state <> 'closed';

-- R45: a plan or none, decided with the partners, with the reason. Each decision stays.
create table care_plans.decision (
  id uuid primary key,
  person_id uuid not null references persons.person,
  episode_id uuid not null references episodes.episode,
  plan_id uuid references care_plans.plan,
  code text not null,
  words text,
  with_whom text,
  decided_on date not null,
  decided_by uuid not null,
  decided_by_name text not null,
  recorded_at timestamptz not null,
  volet text not null default 'social',
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('care_plans.decision');
create index decision_person on care_plans.decision (person_id, recorded_at desc);

-- What she wants, in her words; the alert plan (HAS: procedure for an intercurrent problem).
create table care_plans.statement (
  id uuid primary key,
  plan_id uuid not null references care_plans.plan,
  person_id uuid not null references persons.person,
  kind text not null check (kind in ('wishes', 'alert_plan')),
  words text,
  said_on date,
  volet text not null default 'social',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  written_at timestamptz not null,
  written_by uuid,
  unique (plan_id, kind)
);
select persons.protect('care_plans.statement');
create index statement_person on care_plans.statement (person_id);

-- R46: the criteria by which the plan is revised. One that is reached calls the référent.
create table care_plans.criterion (
  id uuid primary key,
  plan_id uuid not null references care_plans.plan,
  person_id uuid not null references persons.person,
  code text not null,
  words text not null,
  reached_at timestamptz,
  reached_on date,
  reached_by uuid,
  reached_by_name text,
  reached_words text,
  removed_at timestamptz,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  created_at timestamptz not null
);
select persons.protect('care_plans.criterion');
create index criterion_person on care_plans.criterion (person_id);
create index criterion_plan on care_plans.criterion (plan_id) where removed_at is null;

-- Problem → objectives → actions. Each keeps its id from version to version; an objective and an action are of the volet of their problem.
create table care_plans.problem (
  id uuid primary key,
  plan_id uuid not null references care_plans.plan,
  person_id uuid not null references persons.person,
  -- of the thesaurus; null when written freely
  code text,
  title text not null,
  details text,
  position double precision not null,
  removed_at timestamptz,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  unique (id, volet)
);
select persons.protect('care_plans.problem');
create index problem_person on care_plans.problem (person_id);
create index problem_plan on care_plans.problem (plan_id);

create table care_plans.objective (
  id uuid primary key,
  plan_id uuid not null references care_plans.plan,
  problem_id uuid not null,
  person_id uuid not null references persons.person,
  code text,
  title text not null,
  details text,
  status text not null default 'in_progress',
  -- of care_plans.not_pursued_reason: an objective shared and not pursued says why
  status_reason text,
  status_words text,
  status_on date,
  position double precision not null,
  removed_at timestamptz,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  unique (id, volet),
  foreign key (problem_id, volet) references care_plans.problem (id, volet) on update cascade,
  check (status <> 'not_pursued' or status_reason is not null)
);
select persons.protect('care_plans.objective');
create index objective_person on care_plans.objective (person_id);
create index objective_plan on care_plans.objective (plan_id);
create index objective_problem on care_plans.objective (problem_id);

create table care_plans.action (
  id uuid primary key,
  plan_id uuid not null references care_plans.plan,
  objective_id uuid not null,
  person_id uuid not null references persons.person,
  code text,
  title text not null,
  details text,
  -- who does it: a member of the circle, a card of the directory, the person herself, or words
  actor_kind text not null default 'free' check (actor_kind in ('person', 'relative', 'professional', 'service', 'free')),
  actor_party_id uuid,
  actor_name text,
  actor_role text,
  -- by when: a day and what it means, or a rhythm in words
  due_on date,
  due_kind text not null default 'before' check (due_kind in ('before', 'on', 'until')),
  due_words text,
  status text not null default 'proposed',
  status_on date,
  status_words text,
  -- R100: nothing is imposed on an actor; her answer, how it was given, who noted it
  answer text check (answer in ('accepted', 'refused')),
  answer_on date,
  answer_mode text,
  answer_words text,
  answer_noted_by_name text,
  -- the last validated version that holds it: until then the circle has not read it
  validated_in integer,
  position double precision not null,
  removed_at timestamptz,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  foreign key (objective_id, volet) references care_plans.objective (id, volet) on update cascade
);
select persons.protect('care_plans.action');
create index action_person on care_plans.action (person_id);
create index action_plan on care_plans.action (plan_id);
create index action_objective on care_plans.action (objective_id);
create index action_actor on care_plans.action (actor_party_id) where actor_party_id is not null and removed_at is null;

-- Agreements on a number of the plan: every answer is a new row, the last one of each party counts. What was said with it may be clinical: apart.
create table care_plans.agreement (
  id uuid primary key,
  plan_id uuid not null references care_plans.plan,
  person_id uuid not null references persons.person,
  number integer not null,
  party text not null,
  party_id uuid,
  party_name text not null,
  state text not null,
  mode text,
  answered_on date not null,
  noted_by uuid not null,
  noted_by_name text not null,
  recorded_at timestamptz not null,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('care_plans.agreement');
create index agreement_person on care_plans.agreement (person_id);
create index agreement_plan on care_plans.agreement (plan_id, number, recorded_at);
create index agreement_party on care_plans.agreement (party_id) where party_id is not null;

create table care_plans.agreement_remark (
  agreement_id uuid primary key references care_plans.agreement,
  person_id uuid not null references persons.person,
  words text not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('care_plans.agreement_remark');
create index agreement_remark_person on care_plans.agreement_remark (person_id);

-- Validated versions: written once, by problem and by part, under the volet each had that day.
create table care_plans.version (
  plan_id uuid not null references care_plans.plan,
  number integer not null,
  person_id uuid not null references persons.person,
  validated_on date not null,
  validated_at timestamptz not null,
  validated_by uuid not null,
  validated_by_name text not null,
  review_on date not null,
  -- when the version before it was to be revised: whether revision came in time
  due_on date,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  primary key (plan_id, number)
);
select persons.protect('care_plans.version');
create index version_person on care_plans.version (person_id);

create table care_plans.version_problem (
  plan_id uuid not null,
  number integer not null,
  problem_id uuid not null,
  person_id uuid not null references persons.person,
  content jsonb not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  primary key (plan_id, number, problem_id),
  foreign key (plan_id, number) references care_plans.version
);
select persons.protect('care_plans.version_problem');
create index version_problem_person on care_plans.version_problem (person_id);

create table care_plans.version_part (
  plan_id uuid not null,
  number integer not null,
  part_id uuid not null,
  kind text not null check (kind in ('wishes', 'alert_plan', 'criterion')),
  person_id uuid not null references persons.person,
  content jsonb not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  primary key (plan_id, number, part_id),
  foreign key (plan_id, number) references care_plans.version
);
select persons.protect('care_plans.version_part');
create index version_part_person on care_plans.version_part (person_id);

-- Copies handed over: which version, to whom, with which volets.
create table care_plans.handover (
  id uuid primary key,
  plan_id uuid not null references care_plans.plan,
  person_id uuid not null references persons.person,
  -- null: the copy being written, marked as a draft
  number integer,
  recipient_kind text not null,
  recipient_name text not null,
  volets text[] not null check (volets <@ '{administrative,social,health}'),
  handed_on date not null,
  handed_by uuid not null,
  handed_by_name text not null,
  recorded_at timestamptz not null,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('care_plans.handover');
create index handover_person on care_plans.handover (person_id, recorded_at desc);

-- What was written once is changed by no role.
create function care_plans.written_once() returns trigger language plpgsql as $$
begin
  raise exception '% is written once', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
do $$
declare t text;
begin
  foreach t in array array['decision', 'agreement', 'agreement_remark', 'version', 'version_problem', 'version_part', 'handover'] loop
    execute format('create trigger written_once before update on care_plans.%I for each row execute function care_plans.written_once()', t);
    execute format('grant select, insert on care_plans.%I to jalon_app', t);
  end loop;
end $$;
grant select, insert, update on care_plans.plan, care_plans.statement, care_plans.criterion, care_plans.problem, care_plans.objective, care_plans.action to jalon_app;
grant select, insert, update, delete on all tables in schema care_plans to jalon_system, jalon_kernel;
grant select on all tables in schema care_plans to jalon_report;

-- What steering counts: plans, versions, objectives and decisions, without a person and without a word.
create view reporting.care_plan as
select p.id as plan_id, p.holder_org as service_id, reporting.pseudonym(p.person_id) as person_pseudonym, p.episode_id, p.referent_id, p.state, p.created_at, p.validated_number,
  (select min(v.validated_on) from care_plans.version v where v.plan_id = p.id) as first_validated_on, p.validated_on as last_validated_on, p.review_on,
  p.state <> 'closed' and p.review_on < platform.today() as review_late, p.criterion_reached_at is not null as criterion_reached, p.closed_on,
  (select count(*)::integer from care_plans.problem x where x.plan_id = p.id and x.removed_at is null) as problems,
  (select count(*)::integer from care_plans.objective x where x.plan_id = p.id and x.removed_at is null) as objectives,
  (select count(*)::integer from care_plans.objective x where x.plan_id = p.id and x.removed_at is null and x.status = 'reached') as objectives_reached,
  (select count(*)::integer from care_plans.objective x where x.plan_id = p.id and x.removed_at is null and x.status = 'not_pursued') as objectives_not_pursued,
  (select count(*)::integer from care_plans.action x where x.plan_id = p.id and x.removed_at is null) as actions,
  (select count(*)::integer from care_plans.action x where x.plan_id = p.id and x.removed_at is null and x.status = 'done') as actions_done,
  (select count(*)::integer from care_plans.action x where x.plan_id = p.id and x.removed_at is null and x.status = 'not_feasible') as actions_not_feasible
from care_plans.plan p
where (p.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];

create view reporting.care_plan_version as
select v.plan_id, v.number, v.holder_org as service_id, reporting.pseudonym(v.person_id) as person_pseudonym, v.validated_on, v.review_on, v.due_on,
  v.due_on is null or v.validated_on <= v.due_on as in_time
from care_plans.version v
where (v.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];

create view reporting.care_plan_decision as
select d.id as decision_id, d.holder_org as service_id, reporting.pseudonym(d.person_id) as person_pseudonym, d.episode_id, d.plan_id, d.code, d.decided_on
from care_plans.decision d
where (d.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];

grant create on schema reporting to jalon_report;
do $$
declare v text;
begin
  foreach v in array array['care_plan', 'care_plan_version', 'care_plan_decision'] loop
    execute format('alter view reporting.%I owner to jalon_report', v);
    execute format('grant select on reporting.%I to jalon_app', v);
  end loop;
end $$;
revoke create on schema reporting from jalon_report;
