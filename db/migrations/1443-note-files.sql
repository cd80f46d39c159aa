-- Photographs and files that go with a note, cleaned of what cameras and offices write beside them. Read by whoever reads the note; before it is written,
-- by their author alone, and destroyed after a day.

create table liaison.note_file (
  id uuid primary key,
  person_id uuid not null references persons.person,
  note_id uuid references liaison.note,
  position smallint not null default 0,
  name text not null,
  media_type text not null,
  byte_length integer not null,
  width integer,
  height integer,
  sha256 bytea not null,
  content bytea not null,
  added_by uuid not null,
  added_at timestamptz not null,
  volet text not null check (volet in ('administrative', 'social', 'health')),
  holder_org uuid not null,
  protection text not null default 'shared' check (protection in ('shared', 'org_private', 'restricted'))
);
-- pictures and PDF are compressed already
alter table liaison.note_file alter column content set storage external;
create index note_file_note on liaison.note_file (note_id, position);
create index note_file_person on liaison.note_file (person_id);
create index note_file_waiting on liaison.note_file (added_at) where note_id is null;

alter table liaison.note_file enable row level security;
alter table liaison.note_file force row level security;
create policy with_its_note on liaison.note_file for select to jalon_app
  using ((note_id is null and added_by = (select platform.actor_id())) or exists (select from liaison.note n where n.id = note_file.note_id));
create policy added on liaison.note_file for insert to jalon_app
  with check (added_by = (select platform.actor_id()) and note_id is null and persons.actor_sees(person_id) and volet = any ((select platform.actor_volets())::text[]));
create policy attached on liaison.note_file for update to jalon_app using (added_by = (select platform.actor_id()) and note_id is null)
  with check (exists (select from liaison.note n where n.id = note_file.note_id and n.author_id = (select platform.actor_id())));
create policy system on liaison.note_file to jalon_system using (true) with check (true);
create policy kernel on liaison.note_file to jalon_kernel using (true) with check (true);
select duplicates.follow('liaison.note_file');

grant select, insert on liaison.note_file to jalon_app;
grant update (note_id, position, volet, protection, holder_org) on liaison.note_file to jalon_app;
grant select, insert, update, delete on liaison.note_file to jalon_system, jalon_kernel;
