-- Offline at the bedside: which devices keep read copies, how they are told to destroy them, and the sealed envelopes that a device leaves before it does.

create schema offline;
grant usage on schema offline to jalon_app, jalon_system, jalon_kernel;

create table offline.device (
  id uuid primary key,
  user_id uuid not null references territory.user_account,
  -- proves the device when its session is over; only its print comes here
  secret_hash bytea not null,
  session_handle uuid not null,
  user_agent text,
  carried_at timestamptz not null,
  read_until timestamptz not null,
  wipe_asked_at timestamptz,
  wiped_at timestamptz
);
comment on table offline.device is 'A browser that keeps read copies for one user: until when, and whether she asked that it destroys them at its next contact.';
create index device_user on offline.device (user_id, carried_at desc);

create table offline.deposit (
  -- the id of the envelope: left twice it is there once
  id uuid primary key,
  user_id uuid not null references territory.user_account,
  device_id uuid not null references offline.device,
  envelope jsonb not null,
  received_at timestamptz not null
);
comment on table offline.deposit is 'What was written without network and sealed to the server, left by a device that destroys itself; merged by its author at her next login, from any device.';
create index deposit_user on offline.deposit (user_id, received_at);

do $$
declare t text;
begin
  foreach t in array array['device', 'deposit'] loop
    execute format('alter table offline.%I enable row level security', t);
    execute format('alter table offline.%I force row level security', t);
    execute format('create policy system on offline.%I to jalon_system using (true) with check (true)', t);
    execute format('create policy own on offline.%I to jalon_app using (user_id = (select platform.actor_id())) with check (user_id = (select platform.actor_id()))', t);
    execute format('grant select, insert, update, delete on offline.%I to jalon_system', t);
  end loop;
end $$;
grant select, insert, update on offline.device to jalon_app;
grant select, delete on offline.deposit to jalon_app;

insert into platform.setting (key, value) values ('offline.reading', '{"hours": 12, "reopening": true}') on conflict (key) do nothing;
insert into platform.setting_version (key, version, value, justification)
  select s.key, 1, s.value, 'Valeur de départ de Jalon : douze heures couvrent une journée de visites ; rouvrir sans réseau demande le code de la tournée. À revoir et à justifier par la région.'
  from platform.setting s where s.key = 'offline.reading';

/* As in migration 1230, with the delay of offline reading among the settings of the region. */
create or replace function platform.change_setting(its_key text, its_value jsonb, its_justification text, base integer) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare current integer;
begin
  if not ('regional_admin' = any (platform.actor_functions())) then
    raise exception 'settings may not be changed by this actor' using errcode = 'insufficient_privilege';
  end if;
  if its_key not in ('session.limits', 'signIn.local', 'signIn.bulkOpening', 'offline.reading') then
    raise exception 'not a setting of the region' using errcode = 'check_violation';
  end if;
  perform from platform.setting where key = its_key for update;
  select coalesce(max(v.version), 0) into current from platform.setting_version v where v.key = its_key;
  if current <> base then return null; end if;
  update platform.setting set value = its_value, updated_at = platform.clock() where key = its_key;
  insert into platform.setting_version (key, version, value, justification, changed_by, changed_at)
    values (its_key, current + 1, its_value, its_justification, platform.actor_id(), platform.clock());
  perform pg_notify('jalon_sessions', '*');
  return current + 1;
end $$;
