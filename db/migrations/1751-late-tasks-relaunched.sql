-- How a service works, as data with versions: when a late task is relaunched, what a file weighs on the board of load, the lists of critical sequences of the
-- region. service_id null: of the region, for every service that says nothing else. content null: the service follows the region again.
create table episodes.practice_version (
  service_id uuid references territory.service,
  subject text not null check (subject ~ '^(relaunch|load|checklist:[a-z0-9_]{1,60})$'),
  version integer not null check (version >= 1),
  content jsonb check (content is not null or service_id is not null),
  edited_at timestamptz not null,
  edited_by uuid not null,
  edited_by_name text not null,
  unique nulls not distinct (service_id, subject, version)
);
alter table episodes.practice_version enable row level security;
alter table episodes.practice_version force row level security;
create policy read on episodes.practice_version for select to jalon_app using (service_id is null or service_id = (select platform.actor_service()));
create policy publish on episodes.practice_version for insert to jalon_app
  with check (case when service_id is null then 'regional_admin' = any ((select platform.actor_functions())::text[]) else service_id = (select platform.actor_service()) end);
create policy system on episodes.practice_version to jalon_system using (true) with check (true);
grant select, insert on episodes.practice_version to jalon_app;
grant select, insert, update, delete on episodes.practice_version to jalon_system;

-- A task given to somebody outside, by letter; and the last relaunch of a late one, for the term that it had then: never twice the same step for one term.
alter table episodes.task
  add column outside_name text,
  add column outside_role text,
  add column letter_on date,
  add column letter_by_name text,
  add column relaunch_letter_on date,
  add column reminded_step text check (reminded_step in ('actor', 'follower')),
  add column reminded_on date,
  add column reminded_for date,
  -- null with a step: those who lead the team
  add column reminded_to uuid references territory.user_account;
create index task_late on episodes.task (holder_org, due_on) where state = 'open';
create index task_reminded on episodes.task (holder_org, reminded_to) where state = 'open' and reminded_step = 'follower';
