-- Sessions with written limits, ended within a second; local sign-in for the transition; alerts on bulk opening of files.

alter table platform.session
  add column handle uuid not null default gen_random_uuid() unique,
  add column authenticated_at timestamptz,
  add column method text not null default 'psc' check (method in ('psc', 'passkey', 'password_totp')),
  -- the address without its last part: enough to tell one network from another
  add column network text,
  add column former_hash bytea,
  add column rotated_at timestamptz,
  add column provider_session text,
  add column provider_subject bytea;
comment on column platform.session.handle is 'Names the session outside (lists, streams): it opens nothing, and stays when the identifier changes.';
comment on column platform.session.authenticated_at is 'The last proof of identity: login, or the one asked again before a sensitive gesture.';
comment on column platform.session.provider_subject is 'SHA-256 of the subject at the identity provider, for the logout that it announces.';
update platform.session set authenticated_at = created_at;
create index session_former on platform.session (former_hash) where former_hash is not null;
create index session_provider on platform.session (provider_session) where ended_at is null;
create index session_provider_subject on platform.session (provider_subject) where ended_at is null;

-- What changes for a session is told at once to every process. Rare: NOTIFY costs nothing here (the feed alone has it on the hot path).
create function platform.tell_session_ended() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  perform pg_notify('jalon_sessions', new.user_id::text);
  return null;
end $$;
create trigger session_ended after update of ended_at on platform.session for each row
  when (old.ended_at is null and new.ended_at is not null) execute function platform.tell_session_ended();

/* Whatever closes an account or ends a membership ends its sessions; a change of rights makes the open streams look again.
   Reviewed door: sessions belong to jalon_system. */
create function territory.follow_account() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.status = 'disabled' then
    update platform.session set ended_at = platform.clock(), end_reason = 'account_closed' where user_id = new.id and ended_at is null;
  end if;
  perform pg_notify('jalon_sessions', new.id::text);
  return null;
end $$;
create function territory.follow_membership() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.ends_on < platform.today() then
    update platform.session set ended_at = platform.clock(), end_reason = 'membership_ended' where membership_id = new.id and ended_at is null;
  end if;
  perform pg_notify('jalon_sessions', new.user_id::text);
  return null;
end $$;
-- Deferred: the actions that end sessions themselves say how many.
create constraint trigger account_followed after update of status, category, professional_id on territory.user_account
  deferrable initially deferred for each row
  when (old.status is distinct from new.status or old.category is distinct from new.category or old.professional_id is distinct from new.professional_id)
  execute function territory.follow_account();
create constraint trigger membership_followed after update of ends_on, functions on territory.membership
  deferrable initially deferred for each row
  when (old.ends_on is distinct from new.ends_on or old.functions is distinct from new.functions)
  execute function territory.follow_membership();

-- Settings that a region changes by itself, each with its written reason.
create table platform.setting_version (
  key text not null references platform.setting,
  version integer not null,
  value jsonb not null,
  justification text not null,
  changed_by uuid,
  changed_at timestamptz not null default now(),
  primary key (key, version)
);
comment on table platform.setting_version is 'What a setting was worth, since when, by whom and why (the RIE asks for a written reason of the limits of sessions).';
grant select on platform.setting_version to jalon_app, jalon_system, jalon_kernel;
grant insert on platform.setting_version to jalon_system, jalon_kernel;
grant insert, update on platform.setting to jalon_kernel;
insert into platform.setting (key, value) values
  ('session.limits', '{"idleMinutes": 60, "absoluteMinutes": 600}'),
  ('signIn.local', '{"enabled": false, "endsOn": null}'),
  ('signIn.bulkOpening', '{"files": 500, "minutes": 10, "block": false}')
on conflict (key) do nothing;
insert into platform.setting_version (key, version, value, justification)
  select s.key, 1, s.value, case s.key
    when 'session.limits' then 'Valeurs de départ de Jalon : une heure sans geste couvre une visite à domicile ou une réunion ; dix heures couvrent une journée de travail. À revoir et à justifier par la région.'
    when 'signIn.local' then 'Valeur de départ de Jalon : Pro Santé Connect seul.'
    else 'Valeurs de départ de Jalon : 500 dossiers en 10 minutes ne se lisent pas à l’écran.' end
  from platform.setting s where s.key in ('session.limits', 'signIn.local', 'signIn.bulkOpening');

/* Changes one of these settings for the regional administrator. Gives the new version, or null when another version came first.
   Reviewed door: settings belong to jalon_system. */
create function platform.change_setting(its_key text, its_value jsonb, its_justification text, base integer) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare current integer;
begin
  if not ('regional_admin' = any (platform.actor_functions())) then
    raise exception 'settings may not be changed by this actor' using errcode = 'insufficient_privilege';
  end if;
  if its_key not in ('session.limits', 'signIn.local', 'signIn.bulkOpening') then
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

-- Sign-in without Pro Santé Connect, for the time of a region's transition: never a password alone.
create schema sign_in;
grant usage on schema sign_in to jalon_app, jalon_system, jalon_kernel;

create table sign_in.invitation (
  id uuid primary key,
  user_id uuid not null references territory.user_account,
  secret_hash bytea not null,
  replaces boolean not null,
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_for text check (used_for in ('passkey', 'password_totp')),
  cancelled_at timestamptz
);
comment on table sign_in.invitation is 'A link that serves once. The secret is made by the browser of whoever invites; its SHA-256 alone comes here.';
create index invitation_user on sign_in.invitation (user_id, created_at desc);

create table sign_in.passkey (
  id uuid primary key,
  user_id uuid not null references territory.user_account,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  backed_up boolean not null,
  invitation_id uuid not null references sign_in.invitation,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid
);
create index passkey_user on sign_in.passkey (user_id);

create table sign_in.password (
  user_id uuid primary key references territory.user_account,
  identifier text not null unique,
  -- Argon2id: its parameters, its salt and its result
  hash text not null,
  -- sealed by the key of the installation
  totp_sealed bytea not null,
  -- the last time step that served: a code serves once
  totp_step bigint not null default 0,
  invitation_id uuid not null references sign_in.invitation,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid
);

create table sign_in.ceremony (
  id uuid primary key,
  kind text not null check (kind in ('enrol', 'sign_in', 'confirm')),
  user_id uuid,
  invitation_id uuid references sign_in.invitation,
  session_handle uuid,
  challenge text not null,
  totp_sealed bytea,
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on table sign_in.ceremony is 'A challenge sent to a browser: it serves once, for some minutes.';
create index ceremony_expiry on sign_in.ceremony (expires_at);

create table sign_in.attempt (
  id bigint generated always as identity primary key,
  account_key bytea not null,
  address_key bytea not null,
  at timestamptz not null,
  refused boolean not null
);
comment on table sign_in.attempt is 'Tries of the last day, by keyed hashes: whether an account exists makes no difference here.';
create index attempt_account on sign_in.attempt (account_key, at desc);
create index attempt_address on sign_in.attempt (address_key, at desc);

create table sign_in.opening_alert (
  id uuid primary key,
  user_id uuid not null references territory.user_account,
  service_id uuid references territory.service,
  files integer not null,
  minutes integer not null,
  raised_at timestamptz not null,
  blocks_until timestamptz,
  reviewed_at timestamptz,
  reviewed_by uuid,
  comment text
);
comment on table sign_in.opening_alert is 'An account opened an unusual number of files in a short time. No person here: the audit says which.';
create index opening_alert_user on sign_in.opening_alert (user_id, raised_at desc);
create index opening_alert_open on sign_in.opening_alert (raised_at desc) where reviewed_at is null;

do $$
declare name text;
begin
  foreach name in array array['invitation', 'passkey', 'password', 'ceremony', 'attempt', 'opening_alert'] loop
    execute format('alter table sign_in.%I enable row level security', name);
    execute format('alter table sign_in.%I force row level security', name);
    execute format('create policy system on sign_in.%I to jalon_system using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on sign_in.%I to jalon_system', name);
  end loop;
end $$;
-- One's own means of identification, and those of all for the regional administrator: never a secret, nor what verifies one.
create policy own on sign_in.invitation to jalon_app
  using (user_id = (select platform.actor_id()) or 'regional_admin' = any ((select platform.actor_functions())::text[]))
  with check ('regional_admin' = any ((select platform.actor_functions())::text[]));
create policy own on sign_in.passkey to jalon_app
  using (user_id = (select platform.actor_id()) or 'regional_admin' = any ((select platform.actor_functions())::text[]));
create policy own on sign_in.password to jalon_app
  using (user_id = (select platform.actor_id()) or 'regional_admin' = any ((select platform.actor_functions())::text[]));
create policy supervised on sign_in.opening_alert to jalon_app
  using ('regional_admin' = any ((select platform.actor_functions())::text[])
    or (service_id = (select platform.actor_service()) and user_id <> (select platform.actor_id())
      and (select platform.actor_functions())::text[] && array['director', 'team_lead']));
grant select (id, user_id, replaces, created_by, created_at, expires_at, used_at, used_for, cancelled_at), insert, update (cancelled_at) on sign_in.invitation to jalon_app;
grant select (id, user_id, name, backed_up, created_at, last_used_at, revoked_at), update (revoked_at, revoked_by) on sign_in.passkey to jalon_app;
grant select (user_id, identifier, created_at, last_used_at, revoked_at), update (revoked_at, revoked_by) on sign_in.password to jalon_app;
grant select, update (reviewed_at, reviewed_by, comment, blocks_until) on sign_in.opening_alert to jalon_app;
grant select on sign_in.opening_alert to jalon_kernel;
create policy kernel on sign_in.opening_alert for select to jalon_kernel using (true);

/* The session and whoever it belongs to, with the limits of the region: what every request begins with (by its identifier) and what an
   open stream asks again (by its handle). Reviewed door. Stands on territory.session_actor; adds the absolute limit as it is today, the
   end of the transition for local sign-in, and for some seconds the identifier of before a change. */
create function territory.session_caller(hash bytea, by_handle uuid, at timestamptz, today date) returns table (
  user_id uuid, given_name text, family_name text, category text, professional_id uuid, membership_id uuid, functions text[],
  service_id uuid, service_kind text, service_name text, volets text[], draft_secret text, last_seen_at timestamptz,
  handle uuid, authenticated_at timestamptz, method text, files_closed_until timestamptz
) language sql stable security definer set search_path = pg_catalog as $$
  with limits as (
    select coalesce((s.value ->> 'idleMinutes')::int, 60) as idle, coalesce((s.value ->> 'absoluteMinutes')::int, 600) as absolute
    from platform.setting s where s.key = 'session.limits'
  ), found as (
    select x.* from platform.session x
    where x.id_hash = hash or (x.former_hash = hash and x.rotated_at > at - interval '20 seconds') or (hash is null and x.handle = by_handle)
    limit 1
  )
  select a.user_id, a.given_name, a.family_name, a.category, a.professional_id, a.membership_id, a.functions,
    a.service_id, a.service_kind, a.service_name, a.volets, a.draft_secret, a.last_seen_at,
    x.handle, x.authenticated_at, x.method,
    (select max(o.blocks_until) from sign_in.opening_alert o where o.user_id = a.user_id and o.blocks_until > at)
  from found x, limits l, lateral territory.session_actor(x.id_hash, at, make_interval(mins => l.idle), today) a
  where x.created_at > at - make_interval(mins => l.absolute)
    and (x.method = 'psc' or exists (select from platform.setting s where s.key = 'signIn.local' and (s.value ->> 'enabled')::boolean
      and coalesce((s.value ->> 'endsOn')::date, today - 1) >= today))
$$;

-- The sessions of whoever asks, and of nobody else.
create function platform.my_sessions(at timestamptz) returns table (
  handle uuid, service_name text, method text, user_agent text, network text, created_at timestamptz, last_seen_at timestamptz, authenticated_at timestamptz
) language sql stable security definer set search_path = pg_catalog as $$
  select x.handle, s.name, x.method, x.user_agent, x.network, x.created_at, x.last_seen_at, x.authenticated_at
  from platform.session x join territory.membership m on m.id = x.membership_id join territory.service s on s.id = m.service_id
  cross join (select coalesce((v.value ->> 'idleMinutes')::int, 60) as idle, coalesce((v.value ->> 'absoluteMinutes')::int, 600) as absolute
    from platform.setting v where v.key = 'session.limits') l
  where x.user_id = platform.actor_id() and x.ended_at is null and x.expires_at > at
    and x.last_seen_at > at - make_interval(mins => l.idle) and x.created_at > at - make_interval(mins => l.absolute)
  order by x.last_seen_at desc
$$;
/* Ends one of them, or all but one. Gives how many ended. */
create function platform.end_my_sessions(only_handle uuid, but_handle uuid, reason text) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare ended integer;
begin
  update platform.session x set ended_at = platform.clock(), end_reason = reason
   where x.user_id = platform.actor_id() and x.ended_at is null
     and (only_handle is null or x.handle = only_handle) and (but_handle is null or x.handle <> but_handle);
  get diagnostics ended = row_count;
  return ended;
end $$;

grant create on schema territory, platform to jalon_kernel;
alter function territory.session_caller owner to jalon_kernel;
alter function territory.follow_account owner to jalon_kernel;
alter function territory.follow_membership owner to jalon_kernel;
alter function platform.change_setting owner to jalon_kernel;
alter function platform.my_sessions owner to jalon_kernel;
alter function platform.end_my_sessions owner to jalon_kernel;
revoke create on schema territory, platform from jalon_kernel;
revoke all on function territory.session_caller, territory.follow_account, territory.follow_membership, platform.change_setting,
  platform.my_sessions, platform.end_my_sessions from public;
grant execute on function territory.session_caller to jalon_app, jalon_system;
grant execute on function platform.change_setting, platform.my_sessions, platform.end_my_sessions to jalon_app;
