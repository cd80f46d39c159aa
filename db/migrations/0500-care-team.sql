-- Care team: who is around the person, what each one does, whom to call, and on what ground a professional sees the file.

create schema care_team;
grant usage on schema care_team to jalon_app, jalon_system, jalon_kernel, jalon_report;

-- Someone or some service around the person: one row, whatever comes and goes. Being named here opens nothing (R.1110-2): see access.
create table care_team.member (
  id uuid primary key,
  person_id uuid not null references persons.person,
  kind text not null check (kind in ('professional', 'structure', 'relative', 'contact')),
  -- her card in the directory, or her account; the name is kept, for whoever vanishes from it
  party_id uuid,
  name text not null,
  -- the structure or the service, in words
  place text,
  -- what a relative is to the person (persons.relation)
  relation text,
  phone text,
  other_phone text,
  email text,
  -- « que faire » of « Qui fait quoi », and when she can be reached
  does text,
  hours text,
  -- for what she is called if something goes wrong, and her rank
  call_for text,
  call_order smallint,
  -- presences of a usual week: [{ day: 1–7, at: 'HH:MM' | null, label, state: 'planned' | 'nobody' }]
  week jsonb not null default '[]',
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid
);
select persons.protect('care_team.member');
create index member_person on care_team.member (person_id);
create index member_party on care_team.member (party_id) where party_id is not null;

-- What she is for the person, dated; several at once (fille, aidante, personne de confiance), each with its own beginning and end.
-- Who leaves and returns has two rows.
create table care_team.role (
  id uuid primary key,
  member_id uuid not null references care_team.member,
  person_id uuid not null references persons.person,
  role text not null,
  starts_on date not null,
  ends_on date,
  end_reason text,
  -- the written designation of a personne de confiance (L.1111-6), the judgment of a representative
  document_seen text,
  -- the row of another capability that made this role (the assignment of a référent)
  source_id uuid,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null,
  recorded_by uuid,
  check (ends_on is null or ends_on >= starts_on)
);
select persons.protect('care_team.role');
create index role_person on care_team.role (person_id);
create index role_member on care_team.role (member_id);
create unique index role_current on care_team.role (member_id, role) where ends_on is null;

-- Why she sees the file: équipe de soins (person informed, when, by whom) or recorded consent (how, when). The id is the source of persons.sight:
-- its end ends the sight.
create table care_team.access (
  id uuid primary key,
  member_id uuid not null references care_team.member,
  person_id uuid not null references persons.person,
  party_id uuid not null,
  basis text not null check (basis in ('care_team', 'consent')),
  sharing_category text not null,
  -- what makes the équipe de soins (L.1110-12)
  ground text,
  volets text[] not null check (volets <@ '{administrative,social,health}' and 'administrative' = any (volets)),
  informed_on date,
  informed_by_name text,
  consent_on date,
  consent_mode text,
  starts_at timestamptz not null,
  ends_at timestamptz,
  end_reason text,
  opened_by uuid,
  ended_by uuid,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  check (basis <> 'care_team' or (informed_on is not null and informed_by_name is not null and ground is not null)),
  check (basis <> 'consent' or (consent_on is not null and consent_mode is not null))
);
select persons.protect('care_team.access');
create index access_person on care_team.access (person_id);
create unique index access_current on care_team.access (member_id) where ends_at is null;

grant select, insert, update on all tables in schema care_team to jalon_app;
grant select, insert, update, delete on all tables in schema care_team to jalon_system, jalon_kernel;
grant select on all tables in schema care_team to jalon_report;
