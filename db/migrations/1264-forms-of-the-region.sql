-- Forms that a region loads beside those that come with Jalon: an evaluation of its own, a grid that it has the right to use. A version is written once.
create table assessments.form (
  code text not null,
  version text not null,
  definition jsonb not null,
  -- the order in which they came: what a process has not read yet
  seq bigint generated always as identity unique,
  loaded_at timestamptz not null default now(),
  loaded_by_name text not null,
  primary key (code, version)
);
comment on table assessments.form is 'Definitions of forms, by code and version, of the region; no person. Answers are read with the version under which they were given, for ever.';
create function assessments.form_written_once() returns trigger language plpgsql as $$
begin
  raise exception 'a version of a form is written once' using errcode = 'integrity_constraint_violation';
end $$;
create trigger written_once before update or delete on assessments.form for each row execute function assessments.form_written_once();
grant select on assessments.form to jalon_app, jalon_report;
grant select, insert on assessments.form to jalon_system, jalon_kernel;
