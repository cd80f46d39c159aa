-- Files looked at by an antivirus before anybody opens them, where the installation has one (setting 'antivirus', said by the servers at their start).
-- none: nobody looked at it, there is no antivirus; waiting: closed until its verdict; clean; infected: closed for good, its bytes destroyed after a month.

create function platform.scan_at_arrival() returns text language sql stable set search_path = pg_catalog as $$
  select case when exists (select from platform.setting where key = 'antivirus' and value = 'true'::jsonb) then 'waiting' else 'none' end
$$;
comment on function platform.scan_at_arrival is 'What a file is when it arrives: closed until the antivirus has looked at it, or never looked at where there is none.';

alter table liaison.note_file
  add column scan text not null default platform.scan_at_arrival() check (scan in ('none', 'waiting', 'clean', 'infected')),
  add column scanned_at timestamptz,
  -- what the antivirus calls it
  add column scan_finding text,
  add check ((scan in ('clean', 'infected')) = (scanned_at is not null));
create index note_file_to_scan on liaison.note_file (added_at) where scan in ('none', 'waiting');

alter table conversations.file
  add column scan text not null default platform.scan_at_arrival() check (scan in ('none', 'waiting', 'clean', 'infected')),
  add column scanned_at timestamptz,
  add column scan_finding text,
  add check ((scan in ('clean', 'infected')) = (scanned_at is not null));
create index file_to_scan on conversations.file (added_at) where scan in ('none', 'waiting');

-- Whoever sends a file says neither that it is sound nor when it was looked at.
revoke insert on liaison.note_file, conversations.file from jalon_app;
grant insert (id, person_id, note_id, position, name, media_type, byte_length, width, height, sha256, content, added_by, added_at, volet, holder_org, protection)
  on liaison.note_file to jalon_app;
grant insert (id, thread_id, person_id, message_id, position, name, media_type, byte_length, width, height, sha256, content, added_by, added_at, volet, holder_org, protection)
  on conversations.file to jalon_app;
