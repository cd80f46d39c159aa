-- « Recherche d'intervenant »: who was called for a person, and what was answered. What a service learned of a provider serves its colleagues for
-- 30 days, without the person for whom it was asked.

create table care_team.provider_call (
  id uuid primary key,
  person_id uuid not null references persons.person,
  -- the role that is looked for (care_team.role)
  need text not null,
  party_id uuid,
  name text not null,
  outcome text not null check (outcome in ('yes', 'call_back', 'full', 'refused', 'no_answer')),
  call_back_on date,
  words text,
  called_at timestamptz not null,
  called_by uuid not null,
  called_by_name text not null,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'org_private',
  check (outcome <> 'call_back' or call_back_on is not null)
);
select persons.protect('care_team.provider_call');
select duplicates.follow('care_team.provider_call');
create index provider_call_person on care_team.provider_call (person_id, called_at desc);
grant select, insert on care_team.provider_call to jalon_app;
grant select, insert, update, delete on care_team.provider_call to jalon_system, jalon_kernel;
grant select on care_team.provider_call to jalon_report;

-- The last word of a provider to a service: about nobody.
create table care_team.provider_word (
  service_id uuid not null references territory.service,
  party_id uuid not null,
  need text not null,
  outcome text not null check (outcome in ('yes', 'call_back', 'full', 'refused', 'no_answer')),
  call_back_on date,
  called_at timestamptz not null,
  called_by_name text not null,
  primary key (service_id, party_id, need)
);
alter table care_team.provider_word enable row level security;
alter table care_team.provider_word force row level security;
create policy own on care_team.provider_word to jalon_app using (service_id = (select platform.actor_service())) with check (service_id = (select platform.actor_service()));
create policy system on care_team.provider_word to jalon_system using (true) with check (true);
grant select, insert, update on care_team.provider_word to jalon_app;
grant select, insert, update, delete on care_team.provider_word to jalon_system;
