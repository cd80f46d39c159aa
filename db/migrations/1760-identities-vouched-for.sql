-- Certain establishments verify every identity and never say so (PID-32 absent): the region may take their word for it, with its reason. What a message says of itself is believed before.
alter table hospital_events.sender
  add column vouched boolean not null default false,
  add column vouched_because text check (char_length(vouched_because) between 10 and 500),
  add column vouched_by_name text,
  add column vouched_at timestamptz,
  add constraint sender_vouched_says_why check (not vouched or (vouched_because is not null and vouched_by_name is not null and vouched_at is not null));
comment on column hospital_events.sender.vouched is 'An identity of which this establishment says no reliability is taken as verified there.';
grant select (vouched, vouched_because, vouched_by_name, vouched_at), update (vouched, vouched_because, vouched_by_name, vouched_at) on hospital_events.sender to jalon_app;
