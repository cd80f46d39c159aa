-- How long each class of data is kept (security.md 1.5), what is archived, what goes, and the written proof of it.

-- Every decision is a row; the last version of a class holds. months: active base, then intermediate archive; after_death: at most, once she died.
create table privacy.retention_rule (
  data_class text not null,
  version integer not null,
  title text not null,
  counted_from text not null,
  active_months integer not null check (active_months between 0 and 600),
  archive_months integer not null check (archive_months between 0 and 1200),
  after_death_months integer check (after_death_months between 0 and 1200),
  fate text not null check (fate in ('destroy', 'anonymise')),
  source text not null,
  -- false: a proposal of the software, « à fixer par le responsable de traitement »
  decided boolean not null,
  reason text not null,
  decided_at timestamptz not null,
  decided_by uuid,
  decided_by_name text not null,
  primary key (data_class, version)
);
comment on table privacy.retention_rule is 'Durations by class of data, as decided; the engine reads the last version of each.';

-- In intermediate archive: out of sight of everyone but the readers of the archive.
create table privacy.archived_file (
  person_id uuid primary key references persons.person,
  archived_on date not null,
  last_sign_on date not null,
  rule_class text not null,
  rule_version integer not null,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'restricted'
);
select persons.protect('privacy.archived_file');

-- Who may read an archived file, named by the direction: few, and with a reason each time.
create table privacy.archive_reader (
  id uuid primary key,
  service_id uuid not null references territory.service,
  user_id uuid not null references territory.user_account,
  reason text not null,
  since timestamptz not null,
  named_by uuid not null,
  named_by_name text not null,
  ended_at timestamptz
);
create unique index archive_reader_live on privacy.archive_reader (service_id, user_id) where ended_at is null;
alter table privacy.archive_reader enable row level security;
alter table privacy.archive_reader force row level security;
create policy own_service on privacy.archive_reader to jalon_app using (service_id = (select platform.actor_service())) with check (service_id = (select platform.actor_service()));
create policy system on privacy.archive_reader to jalon_system using (true) with check (true);
create policy kernel on privacy.archive_reader to jalon_kernel using (true) with check (true);

-- A litigation, an inquiry: nothing of hers is destroyed while it lasts.
create table privacy.legal_hold (
  id uuid primary key,
  person_id uuid not null references persons.person,
  reason text not null,
  since timestamptz not null,
  set_by uuid not null,
  set_by_name text not null,
  lifted_at timestamptz,
  lifted_by_name text,
  lift_reason text,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'org_private',
  check ((lifted_at is null) = (lift_reason is null))
);
select persons.protect('privacy.legal_hold');
create index legal_hold_person on privacy.legal_hold (person_id) where lifted_at is null;

-- The proof: what was done, to how many, when, under which rule. Written in the transaction of the act itself, never changed, and without a person.
create table privacy.execution (
  id uuid primary key,
  run_id uuid not null,
  at timestamptz not null,
  cause text not null check (cause in ('retention', 'erasure')),
  data_class text not null,
  step text not null check (step in ('archived', 'restored', 'anonymised', 'destroyed')),
  rule_version integer,
  units integer not null check (units > 0),
  counts jsonb not null
);
create index execution_at on privacy.execution (at desc);
create function privacy.written_once() returns trigger language plpgsql as $$
begin
  raise exception 'a proof is never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger written_once before update or delete on privacy.execution for each row execute function privacy.written_once();
create trigger written_once_as_a_whole before truncate on privacy.execution for each statement execute function privacy.written_once();

grant select, insert on privacy.retention_rule to jalon_app;
grant select on privacy.execution to jalon_app;
grant select, insert, update on privacy.archive_reader, privacy.legal_hold to jalon_app;
grant select on privacy.archived_file to jalon_app;
grant select, insert, update, delete on privacy.archived_file, privacy.archive_reader, privacy.legal_hold to jalon_system, jalon_kernel;
grant select, insert on privacy.retention_rule, privacy.execution to jalon_system;
grant select on all tables in schema privacy to jalon_report, jalon_kernel;
grant delete on platform.draft to jalon_system;

insert into privacy.retention_rule (data_class, version, title, counted_from, active_months, archive_months, after_death_months, fate, source, decided, reason, decided_at, decided_by_name) values
  ('accompaniment', 1, 'Dossier d’une personne accompagnée', 'dernier contact ou dernière trace au dossier, accompagnement clos', 24, 216, 120, 'destroy',
   'Base active : CNIL, délibération 2023-095 (deux ans après le dernier contact). Archive : à fixer par le responsable de traitement ; R.1112-7 CSP vise les établissements de santé et ne s’applique pas par analogie.', false, 'Proposition d’origine', now(), 'Réglage d’origine'),
  ('request', 1, 'Demande sans accompagnement', 'clôture de la demande ou dernier échange', 24, 0, null, 'anonymise',
   'À fixer par le responsable de traitement (proposition : deux ans, CNIL, délibération 2023-095).', false, 'Proposition d’origine', now(), 'Réglage d’origine'),
  ('exchange', 1, 'Appel ou message sans personne identifiée', 'date de l’appel', 24, 0, null, 'destroy',
   'À fixer par le responsable de traitement (proposition : deux ans).', false, 'Proposition d’origine', now(), 'Réglage d’origine'),
  ('opposition_trace', 1, 'Trace d’une opposition', 'dernière opposition', 36, 0, null, 'destroy',
   'À fixer par le responsable de traitement : le temps nécessaire pour que l’opposition reste respectée (RGPD, art. 21).', false, 'Proposition d’origine', now(), 'Réglage d’origine'),
  ('rights_request', 1, 'Demandes d’exercice des droits', 'réponse à la demande', 60, 0, null, 'destroy',
   'Preuve de la réponse (RGPD, art. 5.2 et 12) ; prescription de cinq ans (code civil, art. 2224).', false, 'Proposition d’origine', now(), 'Réglage d’origine'),
  ('safeguarding', 1, 'Signalements et informations préoccupantes', 'clôture du signalement', 24, 216, null, 'destroy',
   'À fixer par le responsable de traitement, selon les suites données par l’autorité saisie.', false, 'Proposition d’origine', now(), 'Réglage d’origine'),
  ('draft', 1, 'Brouillons de saisie', 'dernier enregistrement du brouillon', 3, 0, null, 'destroy',
   'À fixer par le responsable de traitement (proposition : trois mois).', false, 'Proposition d’origine', now(), 'Réglage d’origine');
