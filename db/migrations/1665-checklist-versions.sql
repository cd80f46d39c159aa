-- Every version of the list of a critical sequence, as it was published: sequences keep the lines of their first day, and one may come back to an earlier list.
create table episodes.checklist_version (
  service_id uuid not null references territory.service,
  kind text not null,
  version integer not null check (version >= 1),
  moments jsonb not null,
  edited_at timestamptz not null,
  edited_by uuid not null,
  edited_by_name text not null,
  primary key (service_id, kind, version)
);
alter table episodes.checklist_version enable row level security;
alter table episodes.checklist_version force row level security;
create policy own on episodes.checklist_version to jalon_app using (service_id = (select platform.actor_service())) with check (service_id = (select platform.actor_service()));
create policy system on episodes.checklist_version to jalon_system using (true) with check (true);
grant select, insert on episodes.checklist_version to jalon_app;
grant select, insert, update, delete on episodes.checklist_version to jalon_system;
insert into episodes.checklist_version (service_id, kind, version, moments, edited_at, edited_by, edited_by_name)
select c.service_id, c.kind, c.version, c.moments, c.edited_at, c.edited_by, coalesce((select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = c.edited_by), '')
  from episodes.checklist c;
