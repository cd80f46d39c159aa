-- The appointments of a person in her own agenda of Mon espace santé, when she wants it.

-- What she said of it, each time: the last word counts. Never changed: two files that merge keep both histories, and the last of all counts.
create table agenda.health_space_decision (
  id uuid primary key,
  person_id uuid not null references persons.person,
  decision text not null check (decision in ('given', 'withdrawn')),
  -- minimal: « Rendez-vous »; kind: « Visite à domicile »
  detail text not null check (detail in ('minimal', 'kind')),
  decided_on date not null,
  -- code of agenda.answer_mode
  mode text not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  recorded_by_name text not null,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('agenda.health_space_decision');
create index health_space_decision_person on agenda.health_space_decision (person_id, recorded_at desc);

-- What stands there of each time of an appointment, and what should: the difference is what is to be sent. It outlives the time that a rule took back, so that
-- what was sent is cancelled there. The number under which it is known there is the id of the occurrence, for ever.
create table agenda.health_space_line (
  occurrence_id uuid primary key,
  appointment_id uuid not null,
  person_id uuid not null references persons.person,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- keep: as the agenda says; cancel: no longer there
  wish text not null default 'keep' check (wish in ('keep', 'cancel')),
  -- fingerprint of what it depends on here: another one is sent again
  print text not null,
  -- SHA-256 of what was last accepted there; null: nothing was
  sent_digest text,
  state text not null default 'to_send' check (state in ('to_send', 'sending', 'sent', 'cancelled', 'waiting_identity', 'failed')),
  -- tries since it last changed, and whether anything may ever have left
  attempts integer not null default 0,
  tried boolean not null default false,
  next_attempt_at timestamptz not null,
  -- code of the last failure
  problem text,
  settled_at timestamptz,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('agenda.health_space_line');
create index health_space_line_person on agenda.health_space_line (person_id, starts_at);
create index health_space_line_due on agenda.health_space_line (next_attempt_at) where state in ('to_send', 'sending');

grant select, insert on agenda.health_space_decision to jalon_app;
-- Whoever answers for the person asks that what failed be tried again.
grant select, update (state, attempts, next_attempt_at) on agenda.health_space_line to jalon_app;
grant select, insert, update, delete on agenda.health_space_decision, agenda.health_space_line to jalon_system, jalon_kernel;
grant select on agenda.health_space_decision, agenda.health_space_line to jalon_report;
select duplicates.follow('agenda.health_space_decision');
select duplicates.follow('agenda.health_space_line');
