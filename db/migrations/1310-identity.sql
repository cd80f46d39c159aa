-- Identitovigilance (RNIV): the statuses that the database itself refuses to mix up, the calls of the INSi teleservice, and birthplaces as they were.

-- A verification by the teleservice that says no: the matricule stays written and no longer leaves (who must look at it: the work list).
alter table persons.person add column ins_verified_at timestamptz, add column ins_contested_at timestamptz;

/* The status as a function of the two facts and of the attributes, once more than in identity-status.ts: whatever writes a row, seeds and jobs
   included, cannot hold a qualified identity without its two facts, nor a matricule that no teleservice gave. */
create function persons.identity_status_of(ins_retrieved_at timestamptz, identity_checked_at timestamptz, attributes text[]) returns text
language sql immutable parallel safe as $$
  select case when attributes && '{doubtful,fictitious}' then 'PROV'
    when ins_retrieved_at is not null then case when identity_checked_at is not null then 'QUAL' else 'RECUP' end
    when identity_checked_at is not null then 'VALI' else 'PROV' end
$$;
alter table persons.person
  add constraint identity_status_follows check (identity_status = persons.identity_status_of(ins_retrieved_at, identity_checked_at, identity_attributes)) not valid,
  add constraint matricule_whole check ((ins_matricule is null) = (ins_retrieved_at is null) and (ins_matricule is null) = (ins_oid is null)) not valid,
  add constraint contested_matricule check (ins_contested_at is null or ins_matricule is not null) not valid,
  add constraint ins_authority check (ins_oid in ('1.2.250.1.213.1.4.8', '1.2.250.1.213.1.4.9', '1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.11')) not valid;

/* Calls of the teleservice: asked in the transaction of the user, made by a job outside any transaction, answered in another one.
   What was asked and what came back are traits of the person: the administrative volet. */
create table persons.insi_call (
  id uuid primary key,
  person_id uuid not null references persons.person,
  operation text not null check (operation in ('search', 'verification')),
  -- waiting: not answered yet, or to be tried again; the others are final
  state text not null default 'waiting' check (state in ('waiting', 'found', 'none', 'several', 'confirmed', 'denied', 'refused', 'unreachable', 'outdated')),
  -- of the teleservice ('00', '01', '02'), or of the failure
  code text,
  -- the version of the identity whose traits were sent
  asked_version integer not null,
  asked_at timestamptz not null,
  -- null: the periodical verification
  asked_by uuid,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  -- matricule and oid of a verification that is not her own yet (read from a DataMatrix)
  read_matricule text,
  read_oid text,
  answer jsonb,
  answered_at timestamptz,
  decision text check (decision in ('accepted', 'set_aside')),
  decided_at timestamptz,
  decided_by uuid,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  check ((read_matricule is null) = (read_oid is null))
);
select persons.protect('persons.insi_call');
create index insi_call_person on persons.insi_call (person_id, asked_at desc);
-- One question at a time about somebody: a second click asks nothing more.
create unique index insi_call_waiting on persons.insi_call (person_id) where state = 'waiting';
create index insi_call_undecided on persons.insi_call (person_id) where state = 'found' and decided_at is null;
grant select, insert, update on persons.insi_call to jalon_app;
grant select, insert, update, delete on persons.insi_call to jalon_system, jalon_kernel;
grant select on persons.insi_call to jalon_report;
-- The periodical verification takes those whom nobody verified for longest.
create index person_to_verify on persons.person ((coalesce(ins_verified_at, ins_retrieved_at))) where ins_matricule is not null;

/* Birthplaces by their code on a date: communes since 1943 and countries (99…), from the official geographic code. A code comes back for as many
   periods as it had names. Public data. */
create table territory.birth_place (
  code text not null,
  name text not null,
  search_key text not null collate "C",
  kind text not null check (kind in ('commune', 'country')),
  -- null: as far back as identities go, or still in force
  starts_on date,
  -- the first day when it no longer holds
  ends_on date
);
create unique index birth_place_period on territory.birth_place (code, coalesce(starts_on, '-infinity'::date), search_key);
create index birth_place_search on territory.birth_place (search_key text_pattern_ops);
create index birth_place_trigram on territory.birth_place using gin (search_key gin_trgm_ops);
grant select on territory.birth_place to jalon_app, jalon_kernel, jalon_report;
grant select, insert, update, delete on territory.birth_place to jalon_system;
