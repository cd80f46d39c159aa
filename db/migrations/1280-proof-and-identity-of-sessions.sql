-- What a review of sessions found: the identifier of before a proof inherited it for some seconds, and a new national identifier left open sessions that
-- another person had opened.

alter table platform.session add column former_authenticated_at timestamptz;
comment on column platform.session.former_authenticated_at is 'What the former identifier still proves, for the seconds that it serves: the proof of before the change.';
comment on column platform.session.authenticated_at is 'The last proof of identity, as the identity provider dates it (auth_time); null where it does not say.';

/* As before (1230), but the former identifier of a session proves only what it proved. */
create or replace function territory.session_caller(hash bytea, by_handle uuid, at timestamptz, today date) returns table (
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
    x.handle, case when x.former_hash = hash then x.former_authenticated_at else x.authenticated_at end, x.method,
    (select max(o.blocks_until) from sign_in.opening_alert o where o.user_id = a.user_id and o.blocks_until > at)
  from found x, limits l, lateral territory.session_actor(x.id_hash, at, make_interval(mins => l.idle), today) a
  where x.created_at > at - make_interval(mins => l.absolute)
    and (x.method = 'psc' or exists (select from platform.setting s where s.key = 'signIn.local' and (s.value ->> 'enabled')::boolean
      and coalesce((s.value ->> 'endsOn')::date, today - 1) >= today))
$$;

/* Another national identifier is another person for the identity provider: whoever was in must come in again. */
create or replace function territory.follow_account() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.status = 'disabled' then
    update platform.session set ended_at = platform.clock(), end_reason = 'account_closed' where user_id = new.id and ended_at is null;
  elsif new.national_id is distinct from old.national_id then
    update platform.session set ended_at = platform.clock(), end_reason = 'identity_changed' where user_id = new.id and ended_at is null;
  end if;
  perform pg_notify('jalon_sessions', new.id::text);
  return null;
end $$;
drop trigger account_followed on territory.user_account;
create constraint trigger account_followed after update of status, category, professional_id, national_id on territory.user_account
  deferrable initially deferred for each row
  when (old.status is distinct from new.status or old.category is distinct from new.category or old.professional_id is distinct from new.professional_id
    or old.national_id is distinct from new.national_id)
  execute function territory.follow_account();
