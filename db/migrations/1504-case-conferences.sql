-- Concertation, RCP: questions, invited and present, documents, the person's agreement, minutes written live, decisions each with an actor who accepts it (R100).

create schema case_conferences;
grant usage on schema case_conferences to jalon_app, jalon_system, jalon_kernel, jalon_report;

-- The meeting itself says nothing of health: what is asked, written and decided is beside, each line in its volet.
create table case_conferences.conference (
  id uuid primary key,
  person_id uuid not null references persons.person,
  episode_id uuid references episodes.episode,
  -- code of case_conferences.kind
  kind text not null,
  state text not null check (state in ('planned', 'held', 'signed', 'cancelled')),
  starts_at timestamptz not null,
  minutes smallint not null check (minutes between 5 and 600),
  place text,
  video_url text,
  animator_id uuid not null references territory.user_account,
  -- what the person says of the meeting, and of what is shared there
  agreement text not null default 'not_asked' check (agreement in ('not_asked', 'agreed', 'refused', 'represented')),
  agreement_on date,
  agreement_mode text,
  agreement_words text,
  agreement_by_name text,
  held_at timestamptz,
  signed_at timestamptz,
  signed_by uuid,
  signed_by_name text,
  cancelled_because text,
  volet text not null default 'administrative',
  holder_org uuid not null references territory.service,
  protection text not null default 'shared',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  check ((state = 'signed') = (signed_at is not null)),
  check ((state = 'cancelled') = (cancelled_because is not null))
);
select persons.protect('case_conferences.conference');
create index conference_person on case_conferences.conference (person_id, starts_at desc);
create index conference_holder on case_conferences.conference (holder_org, starts_at) where state = 'planned';
create index conference_animator on case_conferences.conference (animator_id, starts_at) where state in ('planned', 'held');

create table case_conferences.participant (
  id uuid primary key,
  conference_id uuid not null references case_conferences.conference,
  person_id uuid not null references persons.person,
  -- her card, her account; none for the person herself and for relatives
  party_id uuid,
  name text not null,
  role text,
  state text not null default 'invited' check (state in ('invited', 'accepted', 'declined', 'present', 'absent', 'excused')),
  answered_at timestamptz,
  words text,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1
);
select persons.protect('case_conferences.participant');
create index participant_person on case_conferences.participant (person_id);
create index participant_conference on case_conferences.participant (conference_id);
create index participant_party on case_conferences.participant (party_id) where party_id is not null;
create unique index participant_once on case_conferences.participant (conference_id, party_id) where party_id is not null;

-- A question put to the meeting; its answer is written with it.
create table case_conferences.question (
  id uuid primary key,
  conference_id uuid not null references case_conferences.conference,
  person_id uuid not null references persons.person,
  position smallint not null,
  words text not null,
  asked_by_name text,
  removed_at timestamptz,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1
);
select persons.protect('case_conferences.question');
create index question_person on case_conferences.question (person_id);
create index question_conference on case_conferences.question (conference_id);

-- What is brought to the table: an evaluation, the PPCS, a letter; named, never copied.
create table case_conferences.document (
  id uuid primary key,
  conference_id uuid not null references case_conferences.conference,
  person_id uuid not null references persons.person,
  label text not null,
  -- 'assessments.assessment', 'care_plans.plan', 'liaison.note'; null for a paper
  source text,
  source_id uuid,
  added_by_name text,
  added_at timestamptz not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('case_conferences.document');
create index document_person on case_conferences.document (person_id);
create index document_conference on case_conferences.document (conference_id);

-- The minutes, block by block: one editor at a time. A lock ends by itself, so that a telephone that dies holds nobody.
create table case_conferences.block (
  id uuid primary key,
  conference_id uuid not null references case_conferences.conference,
  person_id uuid not null references persons.person,
  question_id uuid references case_conferences.question,
  position smallint not null,
  heading text not null,
  body text not null default '',
  editor_id uuid,
  editor_name text,
  editing_until timestamptz,
  written_at timestamptz,
  written_by_name text,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1
);
select persons.protect('case_conferences.block');
create index block_person on case_conferences.block (person_id);
create index block_conference on case_conferences.block (conference_id);
create index block_question on case_conferences.block (question_id) where question_id is not null;

-- A decision and whoever is to do it, who accepts or refuses. It becomes an action of the PPCS, or a task.
create table case_conferences.decision (
  id uuid primary key,
  conference_id uuid not null references case_conferences.conference,
  person_id uuid not null references persons.person,
  position smallint not null,
  words text not null,
  actor_party_id uuid,
  actor_name text not null,
  actor_role text,
  due_on date,
  answer text check (answer in ('accepted', 'refused')),
  answered_on date,
  answer_mode text,
  answer_words text,
  answer_noted_by_name text,
  -- the action of the PPCS, the task
  plan_action_id uuid,
  task_id uuid,
  removed_at timestamptz,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null
);
select persons.protect('case_conferences.decision');
create index decision_person on case_conferences.decision (person_id);
create index decision_conference on case_conferences.decision (conference_id);
create index decision_actor on case_conferences.decision (actor_party_id) where answer is null and removed_at is null;

-- To whom the minutes went, how, with which volets.
create table case_conferences.sending (
  id uuid primary key,
  conference_id uuid not null references case_conferences.conference,
  person_id uuid not null references persons.person,
  recipient_party_id uuid,
  recipient_name text not null,
  means text not null check (means in ('shared', 'printed', 'handed')),
  volets text[] not null check (volets <@ '{administrative,social,health}'),
  sent_on date not null,
  sent_by_name text not null,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  sent_at timestamptz not null
);
select persons.protect('case_conferences.sending');
create index sending_person on case_conferences.sending (person_id);
create index sending_conference on case_conferences.sending (conference_id);

-- Around somebody in danger, a structure that protects is named to the DAC alone (as 1273 does in the circle; the list is written out for the same reason).
do $$
declare t text; party text;
begin
  for t, party in values ('participant', 'party_id'), ('decision', 'actor_party_id'), ('sending', 'recipient_party_id') loop
    execute format($rule$create policy sensitive_structure on case_conferences.%1$I as restrictive for select to jalon_app using (
      %2$I is null
      or %2$I not in (
        select m.party_id from persons.sensitive_structure m where m.ended_at is null
        union all
        select p.party_id from persons.sensitive_structure m join directory.structure s on s.party_id = m.party_id join directory.practice p on p.finess = s.finess where m.ended_at is null)
      or %2$I = any ((select platform.actor_parties())::uuid[])
      or not persons.at_risk(person_id) or persons.speaks_for(person_id))$rule$, t, party);
  end loop;
end $$;

do $$
declare t text;
begin
  foreach t in array array['conference', 'participant', 'question', 'document', 'block', 'decision', 'sending'] loop
    perform duplicates.follow(format('case_conferences.%I', t)::regclass);
  end loop;
end $$;

grant select, insert, update on case_conferences.conference, case_conferences.participant, case_conferences.question, case_conferences.block, case_conferences.decision to jalon_app;
grant select, insert on case_conferences.document, case_conferences.sending to jalon_app;
grant select, insert, update, delete on all tables in schema case_conferences to jalon_system, jalon_kernel;
grant select on all tables in schema case_conferences to jalon_report;

-- The video tool of the region: « https://visio.exemple.fr/{salle} »; empty: the link is typed.
insert into platform.setting (key, value) values ('case_conferences.video_room', '""'::jsonb) on conflict (key) do nothing;
