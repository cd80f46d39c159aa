-- The key of a hospital's notifications is a bearer: its print is enough to recognise it. Keys made before are kept as their print too: hospitals change nothing.
alter table hospital_events.sender add column key_print bytea check (length(key_print) = 32), add column key_made_at timestamptz, add check ((key_print is null) = (key_made_at is null));
comment on column hospital_events.sender.key_print is 'SHA-256 of the key that its FHIR server bears; null: it sends no notification.';
set local role jalon_kernel;
update hospital_events.sender set key_print = sha256(secret), key_made_at = created_at;
reset role;
drop function hospital_events.secret_of(uuid);
alter table hospital_events.sender drop column secret;
grant select (key_made_at), update (key_print, key_made_at) on hospital_events.sender to jalon_app;
