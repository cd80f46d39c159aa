-- Critical sequences (R48, R64): declared by a référent or proposed by an alert; a checklist whose lines are answered with who, when and a remark;
-- an end with its balance. Ruptures of the path are noted where they are seen.

-- What a DAC made of the starter checklist of a kind: [{ code, label, afterDays, lines: [text] }].
create table episodes.checklist (
  service_id uuid not null references territory.service,
  kind text not null,
  moments jsonb not null,
  version integer not null default 1,
  edited_at timestamptz not null,
  edited_by uuid not null,
  primary key (service_id, kind)
);
alter table episodes.checklist enable row level security;
alter table episodes.checklist force row level security;
create policy own on episodes.checklist to jalon_app using (service_id = (select platform.actor_service())) with check (service_id = (select platform.actor_service()));
create policy system on episodes.checklist to jalon_system using (true) with check (true);
grant select, insert, update on episodes.checklist to jalon_app;
grant select, insert, update, delete on episodes.checklist to jalon_system;

alter table episodes.critical_sequence
  -- null: declared. An alert proposes; the référent accepts or declines (ended the same day).
  add column proposal text check (proposal in ('waiting', 'accepted', 'declined')),
  add column proposed_by text,
  add column source_id uuid,
  add column reason text,
  add column declined_because text,
  -- the level that the sequence raised, to return to
  add column level_before text,
  -- code of episodes.sequence_balance; what worked, what did not
  add column balance text,
  add column worked text,
  add column failed text,
  add check (proposal is distinct from 'declined' or ended_on is not null);
create index critical_sequence_source on episodes.critical_sequence (source_id) where source_id is not null;
create index critical_sequence_waiting on episodes.critical_sequence (holder_org) where proposal = 'waiting';

-- One line of the checklist of a sequence, as it was when the sequence began, or added by hand. Its moment is a task of the référent.
create table episodes.sequence_line (
  id uuid primary key,
  sequence_id uuid not null references episodes.critical_sequence,
  person_id uuid not null references persons.person,
  moment text not null,
  moment_label text not null,
  position smallint not null,
  label text not null,
  due_on date not null,
  state text not null default 'open' check (state in ('open', 'done', 'not_applicable')),
  remark text,
  answered_at timestamptz,
  answered_by uuid,
  answered_by_name text,
  added_by uuid,
  volet text not null default 'health',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  check ((state = 'open') = (answered_at is null))
);
select persons.protect('episodes.sequence_line');
select duplicates.follow('episodes.sequence_line');
create index sequence_line_person on episodes.sequence_line (person_id);
create index sequence_line_sequence on episodes.sequence_line (sequence_id, due_on, position);
grant select, insert, update on episodes.sequence_line to jalon_app;
grant select, insert, update, delete on episodes.sequence_line to jalon_system, jalon_kernel;
grant select on episodes.sequence_line to jalon_report;

-- A rupture of the path, noted by whoever sees it from the file: what the observatory will read, without the person.
create table episodes.rupture (
  id uuid primary key,
  person_id uuid not null references persons.person,
  episode_id uuid references episodes.episode,
  -- code of episodes.rupture_type
  type text not null,
  words text,
  observed_on date not null,
  -- 'episodes.critical_sequence', 'care_team.provider_search'
  source text not null,
  source_id uuid not null,
  noted_by uuid not null,
  volet text not null default 'social',
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null
);
select persons.protect('episodes.rupture');
select duplicates.follow('episodes.rupture');
create index rupture_person on episodes.rupture (person_id);
create index rupture_holder on episodes.rupture (holder_org, observed_on);
create unique index rupture_source on episodes.rupture (source_id, type);
grant select, insert on episodes.rupture to jalon_app;
grant select, insert, update, delete on episodes.rupture to jalon_system, jalon_kernel;
grant select on episodes.rupture to jalon_report;
