-- What else the directory is made of: the other files of the RPPS, social services (data·inclusion), offers and capacities (ROR), addresses of MSSanté.

alter table directory.source drop constraint source_code_check;
alter table directory.source add constraint source_code_check
  check (code in ('rpps', 'finess', 'skills', 'diplomas', 'mailboxes', 'social_structures', 'social_services', 'ror', 'annuaire'));
alter table directory.import drop constraint import_source_check;
alter table directory.import add constraint import_source_check
  check (source in ('rpps', 'finess', 'skills', 'diplomas', 'mailboxes', 'social_structures', 'social_services', 'ror', 'annuaire'));

-- « SavoirFaire » and « Dipl_AutExerc »: one row per line, by the party id of the professional. Labels stand in directory.nomenclature.
create table directory.skill (
  line_hash bigint not null,
  party_id uuid not null,
  profession text,
  status text,
  skill_type text,
  skill text
);
create index skill_party on directory.skill (party_id);
create table directory.diploma (
  line_hash bigint not null,
  party_id uuid not null,
  diploma_type text,
  diploma text,
  authorisation_type text,
  authorisation text
);
create index diploma_party on directory.diploma (party_id);

-- Addresses of MSSanté: of a person (PER), an organisation (ORG), an application (APP) or a practice (CAB). One address may serve several parties.
create table directory.mailbox (
  line_hash bigint not null,
  -- the professional, else the site of FINESS; null for a structure that the directory cannot tell
  party_id uuid,
  kind text not null,
  address text not null,
  structure_type text,
  structure_number text,
  department text,
  profession text,
  skill text,
  -- accepts documents without paper
  dematerialised boolean,
  structure_name text,
  postal_code text,
  -- 'file' or 'annuaire'
  told_by text not null default 'file'
);
create index mailbox_party on directory.mailbox (party_id);
create index mailbox_address on directory.mailbox (lower(address));

/* What a structure offers, as data·inclusion or the ROR tells it; party_id = territory.party_id('social-service:' || id) or ('ror-service:' || id).
   A confidential unit of the ROR never enters this table. */
create table directory.service (
  party_id uuid primary key,
  source text not null check (source in ('social', 'ror')),
  source_id text not null,
  -- who offers it: the site of FINESS when it is one, else directory.outside_structure
  structure_id uuid,
  structure_name text,
  name text not null,
  description text,
  kind text,
  -- codes of data·inclusion ('famille--soutien-aidants'), and their families
  themes text[] not null default '{}',
  publics text[] not null default '{}',
  publics_words text,
  conditions text,
  fees text,
  fees_words text,
  -- 'a-distance', 'en-presentiel'
  reception text[] not null default '{}',
  -- how it is asked for, by whom, and the link that does it
  mobilisation text[] not null default '{}',
  mobilised_by text[] not null default '{}',
  mobilisation_link text,
  -- codes of communes, EPCI, départements, régions; empty: everywhere
  zone text[] not null default '{}',
  contact_name text,
  address text,
  postal_code text,
  commune_code text,
  city text,
  phone text,
  email text,
  latitude double precision,
  longitude double precision,
  -- OSM opening_hours
  opening_hours text,
  source_link text,
  -- who told the source: 'dora', 'soliguide'; the region of a ROR
  producer text,
  -- what only this source tells, as { code: label… }
  facts jsonb not null default '{}',
  updated_on date,
  name_key text not null collate "C",
  search_words text not null,
  row_hash bigint not null
);
create index service_structure on directory.service (structure_id);
-- Structures of data·inclusion and of the ROR that FINESS does not have.
create table directory.outside_structure (
  party_id uuid primary key,
  source text not null check (source in ('social', 'ror')),
  source_id text not null,
  -- the site of FINESS that it is, by its number or SIRET: then it has no entry of its own
  twin_id uuid,
  siret text,
  name text not null,
  description text,
  kind text not null,
  detail text not null,
  address text,
  postal_code text,
  commune_code text,
  city text,
  phone text,
  email text,
  website text,
  source_link text,
  opening_hours text,
  accessibility text,
  latitude double precision,
  longitude double precision,
  producer text,
  updated_on date,
  name_key text not null collate "C",
  search_words text not null,
  row_hash bigint not null
);
create index outside_structure_twin on directory.outside_structure (twin_id) where twin_id is not null;
create index outside_structure_source on directory.outside_structure (source, source_id);
create index structure_siret on directory.structure (siret) where siret is not null;
/* Places of an offer of the ROR (supported-capacity), as last told: free, installed, closed, temporary (R87). */
create table directory.capacity (
  service_id uuid not null references directory.service on delete cascade,
  position integer not null,
  location_id text not null,
  location_name text,
  kind text not null,
  status text not null,
  temporality text,
  places integer not null,
  told_by text,
  gender text,
  closing text,
  crisis text,
  -- temporary accommodation or assignment
  temporary text,
  updated_at timestamptz,
  primary key (service_id, position)
);
create unlogged table directory.staged_skill (like directory.skill);
create unlogged table directory.staged_diploma (like directory.diploma);
create unlogged table directory.staged_mailbox (like directory.mailbox including defaults);
create unlogged table directory.staged_service (like directory.service);
create unlogged table directory.staged_outside_structure (like directory.outside_structure);

/* Where a feed read page by page stands, so that an interrupted one goes on: the page to ask for next, and up to when everything was read. */
create table directory.feed (
  code text primary key check (code in ('annuaire', 'ror', 'social_structures', 'social_services')),
  next_page text,
  -- start of the run that goes on
  started_at timestamptz,
  read_until timestamptz,
  pages integer not null default 0,
  records integer not null default 0,
  state text not null default 'idle' check (state in ('idle', 'running', 'interrupted', 'failed')),
  error text,
  checked_at timestamptz
);

grant select on directory.skill, directory.diploma, directory.mailbox, directory.service, directory.outside_structure, directory.capacity, directory.feed,
  directory.staged_skill, directory.staged_diploma, directory.staged_mailbox, directory.staged_service, directory.staged_outside_structure
  to jalon_app, jalon_system, jalon_kernel, jalon_report;
grant insert, update, delete, truncate on directory.skill, directory.diploma, directory.mailbox, directory.service, directory.outside_structure, directory.capacity, directory.feed,
  directory.staged_skill, directory.staged_diploma, directory.staged_mailbox, directory.staged_service, directory.staged_outside_structure to jalon_system;
