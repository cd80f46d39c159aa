-- Register of processing (art. 30 RGPD; R29: the roles of the professionals and of the GRADeS). The starter sheets are content of the software
-- (contract/processing-register.ts); a row here is what a region or a DAC wrote over one of them.
create table privacy.processing (
  id uuid primary key,
  code text not null,
  -- whose register: the service of the regional administration, or a DAC for its own
  service_id uuid not null references territory.service,
  content jsonb not null,
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by uuid not null,
  updated_by_name text not null,
  unique (code, service_id)
);
alter table privacy.processing enable row level security;
alter table privacy.processing force row level security;
-- The region's sheet is read by every direction; a DAC's own sheet by its own.
create policy read_by_those_who_answer on privacy.processing for select to jalon_app using (
  (select platform.actor_functions()) && '{director,regional_admin}'::text[]
  and (service_id = (select platform.actor_service()) or exists (select 1 from territory.service s where s.id = service_id and s.kind = 'grades')));
create policy written_by_own on privacy.processing for insert to jalon_app with check (
  service_id = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,regional_admin}'::text[]);
create policy changed_by_own on privacy.processing for update to jalon_app
  using (service_id = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,regional_admin}'::text[])
  with check (service_id = (select platform.actor_service()));
create policy system on privacy.processing to jalon_system using (true) with check (true);
create policy kernel on privacy.processing to jalon_kernel using (true) with check (true);
-- Every version that was ever in force.
create table privacy.processing_version (
  processing_id uuid not null references privacy.processing,
  version integer not null,
  content jsonb not null,
  written_at timestamptz not null,
  written_by_name text not null,
  primary key (processing_id, version)
);
alter table privacy.processing_version enable row level security;
alter table privacy.processing_version force row level security;
create policy with_its_sheet on privacy.processing_version to jalon_app using (exists (select 1 from privacy.processing p where p.id = processing_id))
  with check (exists (select 1 from privacy.processing p where p.id = processing_id and p.service_id = (select platform.actor_service())));
create policy system on privacy.processing_version to jalon_system using (true) with check (true);
grant select, insert, update on privacy.processing to jalon_app;
grant select, insert on privacy.processing_version to jalon_app;
grant select, insert, update on privacy.processing, privacy.processing_version to jalon_system;
