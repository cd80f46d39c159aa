-- Assessments: evaluations, grids and screenings of a person, by form and version of the form.

create schema assessments;
grant usage on schema assessments to jalon_app, jalon_system, jalon_kernel, jalon_report;

/* That an assessment exists, by whom and when. Its volet is the least guarded of those of its sections: whoever may read none of them does
   not even learn that it was made (a GDS or a PALLIA-10 says much by its name). What was answered is in section_answers, what came out in result.
   A draft belongs to the service that writes it (org_private); finished, it is shared. */
create table assessments.assessment (
  id uuid primary key,
  person_id uuid not null references persons.person,
  form_code text not null,
  form_version text not null,
  form_kind text not null check (form_kind in ('grid', 'evaluation', 'screening')),
  state text not null default 'draft' check (state in ('draft', 'finished', 'replaced', 'discarded')),
  performed_on date not null,
  -- R40: whoever made it may be a partner; the one who typed it is created_by
  author_kind text not null check (author_kind in ('self', 'colleague', 'partner')),
  author_name text not null,
  author_role text,
  author_party_id uuid,
  -- a grid filled within an evaluation
  part_of uuid references assessments.assessment,
  -- a finished assessment is never changed: it is corrected by another one, which names it
  corrects_id uuid references assessments.assessment,
  correction_reason text,
  incomplete_reason text,
  finished_at timestamptz,
  finished_by uuid,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'org_private',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  check (state in ('draft', 'discarded') or finished_at is not null),
  check (corrects_id is null or correction_reason is not null)
);
select persons.protect('assessments.assessment');
create index assessment_person on assessments.assessment (person_id, performed_on desc);
create index assessment_part_of on assessments.assessment (part_of) where part_of is not null;
create unique index assessment_correction on assessments.assessment (corrects_id) where corrects_id is not null and state <> 'discarded';

-- One row per section, under the volet of the section: a social worker reads the social section, not the health one.
create table assessments.section_answers (
  id uuid primary key,
  assessment_id uuid not null references assessments.assessment,
  person_id uuid not null references persons.person,
  section text not null,
  answers jsonb not null default '{}' check (jsonb_typeof(answers) = 'object'),
  -- by item: a remark in words, and for AGGIR the adverbs that are not met
  observations jsonb not null default '{}' check (jsonb_typeof(observations) = 'object'),
  complete boolean not null default false,
  closed boolean not null default false,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'org_private',
  version integer not null default 1,
  saved_at timestamptz not null,
  saved_by uuid,
  unique (assessment_id, section)
);
select persons.protect('assessments.section_answers');
create index section_answers_person on assessments.section_answers (person_id);

-- What the server computed, with the version of the grid and the age that it used. Written once.
create table assessments.result (
  assessment_id uuid primary key references assessments.assessment,
  person_id uuid not null references persons.person,
  form_code text not null,
  form_version text not null,
  performed_on date not null,
  score numeric not null,
  max_score numeric,
  band text,
  label text,
  severity smallint,
  printed text not null,
  readings jsonb not null default '[]',
  details jsonb not null default '{}',
  age integer,
  superseded boolean not null default false,
  computed_at timestamptz not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('assessments.result');
create index result_person on assessments.result (person_id, form_code, performed_on desc);
create index result_holder on assessments.result (holder_org, performed_on);

-- R61: shown and explained to the person, who may say what she thinks of it. Each saying stays.
create table assessments.opinion (
  id uuid primary key,
  assessment_id uuid not null references assessments.assessment,
  person_id uuid not null references persons.person,
  given_by text not null,
  given_by_name text,
  explained_on date not null,
  agrees text check (agrees in ('agrees', 'partly', 'disagrees', 'unable')),
  words text,
  recorded_by uuid not null,
  recorded_by_name text not null,
  recorded_at timestamptz not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('assessments.opinion');
create index opinion_person on assessments.opinion (person_id);
create index opinion_assessment on assessments.opinion (assessment_id, recorded_at);

-- Finished means finished, for every role: only « replaced by a correction » may still be written.
create function assessments.keep_finished() returns trigger language plpgsql as $$
begin
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
create trigger keep_finished before update on assessments.assessment for each row execute function assessments.keep_finished();
create trigger keep_finished before update on assessments.section_answers for each row execute function assessments.keep_finished();
create trigger keep_finished before update on assessments.result for each row execute function assessments.keep_finished();

grant select, insert, update on assessments.assessment, assessments.section_answers to jalon_app;
grant select, insert, update (superseded) on assessments.result to jalon_app;
grant select, insert on assessments.opinion to jalon_app;
grant select, insert, update, delete on all tables in schema assessments to jalon_system, jalon_kernel;
grant select on all tables in schema assessments to jalon_report;

-- What steering counts: finished assessments and their scores, without a person.
create view reporting.assessment as
select a.id as assessment_id, a.holder_org as service_id, reporting.pseudonym(a.person_id) as person_pseudonym, a.form_code, a.form_version, a.form_kind,
  a.performed_on, a.author_kind, a.finished_at, r.score, r.band, r.severity
from assessments.assessment a left join assessments.result r on r.assessment_id = a.id
where a.state = 'finished'
  and ((a.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
    or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[]);
comment on view reporting.assessment is 'One line per finished assessment; corrected ones are left out.';

grant create on schema reporting to jalon_report;
alter view reporting.assessment owner to jalon_report;
grant select on reporting.assessment to jalon_app;
revoke create on schema reporting from jalon_report;
