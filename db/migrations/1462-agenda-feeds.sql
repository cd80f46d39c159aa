-- Calendars that leave (iCalendar, RFC 5545) and come in: an address per user, secret and revocable. No person, no word of hers ever stands in one: the
-- calendars that read them are hosted where health data may not be.

create table agenda.feed (
  id uuid primary key,
  user_id uuid not null references territory.user_account,
  service_id uuid not null references territory.service,
  -- SHA-256 of the secret of its address, which is shown once
  secret_hash bytea not null unique,
  label text not null,
  -- minimal: « RDV Jalon »; kind: « Visite à domicile »
  detail text not null check (detail in ('minimal', 'kind')),
  created_at timestamptz not null,
  revoked_at timestamptz,
  last_read_at timestamptz
);
create index feed_user on agenda.feed (user_id) where revoked_at is null;
alter table agenda.feed enable row level security;
alter table agenda.feed force row level security;
create policy own on agenda.feed to jalon_app using (user_id = (select platform.actor_id())) with check (user_id = (select platform.actor_id()));
create policy system on agenda.feed to jalon_system using (true) with check (true);
create policy kernel on agenda.feed to jalon_kernel using (true) with check (true);
grant select, insert, update on agenda.feed to jalon_app;
grant select, insert, update, delete on agenda.feed to jalon_system, jalon_kernel;

/* What a calendar outside may know of the appointments of the user who acts: hours, kind, identity in calendars. Those that came from outside do not go back
   there. Her moments of the last thirty days and to come; all the times of a series, so that moved and cancelled ones are told. */
create function agenda.feed_content(since timestamptz) returns table (
  uid text, sequence integer, kind text, starts_local timestamp, minutes integer, all_day boolean, time_zone text, rule text, changed_at timestamptz, times jsonb
) language sql stable security definer set search_path = pg_catalog as $$
  select a.uid, a.sequence, a.kind, a.starts_local, a.minutes, a.all_day, a.time_zone, a.rule, a.changed_at,
    (select jsonb_agg(jsonb_build_object('recurrenceAt', o.recurrence_at, 'startsAt', o.starts_at, 'endsAt', o.ends_at, 'cancelled', o.state = 'cancelled', 'moved', o.moved) order by o.recurrence_at)
      from agenda.occurrence o where o.appointment_id = a.id)
    from agenda.appointment a
   where not a.imported
     and exists (select from agenda.participant p where p.appointment_id = a.id and p.withdrawn_at is null and p.response <> 'declined'
       and p.party_id = any ((platform.actor_parties())::uuid[]))
     and exists (select from agenda.occurrence o where o.appointment_id = a.id and o.ends_at > since)
   order by a.uid
$$;
create index participant_party on agenda.participant (party_id) where withdrawn_at is null and party_id is not null;
grant create on schema agenda to jalon_kernel;
alter function agenda.feed_content(timestamptz) owner to jalon_kernel;
revoke all on function agenda.feed_content(timestamptz) from public;
grant execute on function agenda.feed_content(timestamptz) to jalon_app, jalon_system;
revoke create on schema agenda from jalon_kernel;
