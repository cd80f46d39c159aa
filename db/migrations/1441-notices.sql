-- « Un événement vous attend »: who wants to be told, by which way, when; and what is left to tell. No word about anybody is ever kept here.

create table liaison.notice_choice (
  user_id uuid primary key references territory.user_account,
  email boolean not null default true,
  sms boolean not null default false,
  push boolean not null default false,
  pace text not null default 'at_once' check (pace in ('at_once', 'hourly', 'daily')),
  -- minutes since midnight, on the clock of the installation; from = until: no quiet hours
  quiet_from smallint not null default 1200 check (quiet_from between 0 and 1439),
  quiet_until smallint not null default 450 check (quiet_until between 0 and 1439),
  version integer not null default 1,
  updated_at timestamptz not null default now()
);

-- A browser that agreed to show notices (RFC 8030, 8291). Its address and keys serve to write to it, nothing else.
create table liaison.push_device (
  id uuid primary key,
  user_id uuid not null references territory.user_account,
  endpoint text not null unique,
  p256dh text not null,
  auth text not null,
  label text not null,
  added_at timestamptz not null,
  ended_at timestamptz
);
create index push_device_user on liaison.push_device (user_id) where ended_at is null;

-- A digest: what goes to one user by one way at one time, under a reference by which whoever carries it knows that it already has it.
create table liaison.sending (
  id uuid primary key,
  user_id uuid not null,
  way text not null check (way in ('email', 'sms', 'push')),
  count integer not null,
  created_at timestamptz not null,
  state text not null default 'to_send' check (state in ('to_send', 'sent', 'refused', 'expired')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  sent_at timestamptz,
  answer text
);
create index sending_due on liaison.sending (next_attempt_at) where state = 'to_send';
create index sending_user on liaison.sending (user_id, created_at desc);

-- One line for a user, a way, a cause and its rank: written in the transaction of the cause, so that nothing is lost; unique, so that nothing is told twice.
create table liaison.notice (
  id uuid primary key,
  user_id uuid not null,
  way text not null check (way in ('email', 'sms', 'push')),
  cause text not null,
  cause_id uuid not null,
  rank smallint not null default 0,
  created_at timestamptz not null,
  send_after timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'gathered', 'needless', 'expired')),
  sending_id uuid references liaison.sending,
  unique (user_id, way, cause, cause_id, rank)
);
create index notice_due on liaison.notice (send_after) where state = 'waiting';
create index notice_sending on liaison.notice (sending_id);

do $$
declare t text;
begin
  foreach t in array array['notice_choice', 'push_device', 'sending', 'notice'] loop
    execute format('alter table liaison.%I enable row level security', t);
    execute format('alter table liaison.%I force row level security', t);
    execute format('create policy system on liaison.%I to jalon_system using (true) with check (true)', t);
    execute format('create policy kernel on liaison.%I to jalon_kernel using (true)', t);
    execute format('grant select, insert, update, delete on liaison.%I to jalon_system', t);
  end loop;
end $$;
create policy own on liaison.notice_choice to jalon_app using (user_id = (select platform.actor_id())) with check (user_id = (select platform.actor_id()));
create policy own on liaison.push_device to jalon_app using (user_id = (select platform.actor_id())) with check (user_id = (select platform.actor_id()));
create policy own on liaison.sending for select to jalon_app using (user_id = (select platform.actor_id()));
-- Whoever sets an alert off leaves notices to others; she reads none of theirs.
create policy left_to_others on liaison.notice for insert to jalon_app with check (state = 'waiting' and sending_id is null);
create policy own on liaison.notice for select to jalon_app using (user_id = (select platform.actor_id()));
grant select, insert, update on liaison.notice_choice, liaison.push_device to jalon_app;
grant select on liaison.sending to jalon_app;
grant select, insert on liaison.notice to jalon_app;
grant select on liaison.notice_choice, liaison.push_device to jalon_kernel;

/* How each of these users wants to be told: what is needed to leave them a notice, nothing to write to them. Reviewed door. */
create function liaison.ways_of(users uuid[]) returns table (user_id uuid, email boolean, sms boolean, push boolean, pace text, quiet_from smallint, quiet_until smallint)
  language sql stable security definer set search_path = pg_catalog as $$
  select u.id, coalesce(c.email, true) and u.email is not null, coalesce(c.sms, false) and u.phone is not null,
    coalesce(c.push, false) and exists (select from liaison.push_device d where d.user_id = u.id and d.ended_at is null),
    coalesce(c.pace, 'at_once'), coalesce(c.quiet_from, 1200::smallint), coalesce(c.quiet_until, 450::smallint)
  from territory.user_account u left join liaison.notice_choice c on c.user_id = u.id where u.id = any (users) and u.status = 'active'
$$;
grant create on schema liaison to jalon_kernel;
alter function liaison.ways_of(uuid[]) owner to jalon_kernel;
revoke create on schema liaison from jalon_kernel;
revoke all on function liaison.ways_of(uuid[]) from public;
grant execute on function liaison.ways_of(uuid[]) to jalon_app, jalon_system;

/* A browser is written to for whoever said it last: on a shared computer the others who said it are written to there no more. Reviewed door: whoever knows
   the address of a browser holds it, and nothing is read. */
create function liaison.take_browser(its_endpoint text) returns void language sql security definer set search_path = pg_catalog as $$
  delete from liaison.push_device where endpoint = its_endpoint and user_id <> platform.actor_id()
$$;
grant delete on liaison.push_device to jalon_kernel;
grant create on schema liaison to jalon_kernel;
alter function liaison.take_browser(text) owner to jalon_kernel;
revoke create on schema liaison from jalon_kernel;
revoke all on function liaison.take_browser(text) from public;
grant execute on function liaison.take_browser(text) to jalon_app;
