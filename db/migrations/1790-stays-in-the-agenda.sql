-- Stays in hospital as the shared agenda shows them: what an establishment told (the row follows the stay of hospital_events that has the same id), or what the
-- team was told by telephone. Of two rows about the same stay, the one of the establishment alone stands, for as long as it stands itself.

/* What tells an establishment from another in two ways of writing its name: « CH de Remiremont », « Centre hospitalier de Remiremont ». */
create function agenda.place_key(name text) returns text language sql stable set search_path = pg_catalog as $$
  select trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(lower(public.unaccent(name)), '[^a-z0-9]+', ' ', 'g'),
    '\m(hopital|centre hospitalier|c h)\M', 'ch', 'g'), '\m(de|du|des|d|la|le|les|l|a|au|aux|et)\M', ' ', 'g'), '\s+', ' ', 'g'))
$$;
revoke all on function agenda.place_key(text) from public;
grant execute on function agenda.place_key(text) to jalon_app, jalon_system, jalon_kernel;

create table agenda.stay (
  id uuid primary key,
  person_id uuid not null references persons.person,
  -- hospital: follows what the establishment tells; hand: written by the team
  told_by text not null check (told_by in ('hospital', 'hand')),
  kind text not null default 'inpatient' check (kind in ('inpatient', 'emergency')),
  -- its card of the directory
  establishment_id uuid,
  establishment_name text not null,
  place_key text not null,
  starts_on date not null,
  admitted_at timestamptz,
  expected_on date,
  ended_on date,
  discharged_at timestamptz,
  reason text,
  cancelled_at timestamptz,
  cancelled_because text,
  -- written by hand: the stay told by the establishment that somebody said to be the same, and those that she said to be others
  same_as uuid,
  apart_from uuid[] not null default '{}',
  recorded_by uuid,
  recorded_by_name text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  volet text not null default 'health',
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  check (expected_on is null or expected_on >= starts_on),
  check (ended_on is null or ended_on >= starts_on)
);
select persons.protect('agenda.stay');
select duplicates.follow('agenda.stay');
-- Around somebody in danger, a place that protects is named to the DAC alone, as in the circle.
create policy sensitive_structure on agenda.stay as restrictive for select to jalon_app using (
  establishment_id is null or establishment_id <> all ((select persons.protecting_parties())::uuid[]) or establishment_id = any ((select platform.actor_parties())::uuid[])
  or not persons.at_risk(person_id) or persons.speaks_for(person_id));
create index stay_person on agenda.stay (person_id, starts_on) where cancelled_at is null;
create index stay_live on agenda.stay (starts_on) where cancelled_at is null;
grant select, insert, update on agenda.stay to jalon_app;
grant select, insert, update, delete on agenda.stay to jalon_system, jalon_kernel;
grant select on agenda.stay to jalon_report;

/* Whether what the team wrote is the stay that an establishment told: somebody said so, or the same establishment at days that meet and nobody said the contrary. */
create function agenda.is_same_stay(written agenda.stay, told_id uuid, told_place text, told_from date, told_to date) returns boolean language sql immutable as $$
  select told_id = written.same_as or (written.same_as is null and told_id <> all (written.apart_from) and told_place = written.place_key
    and told_from <= coalesce(written.ended_on, written.expected_on, written.starts_on + 30) and coalesce(told_to, 'infinity') >= written.starts_on)
$$;
revoke all on function agenda.is_same_stay(agenda.stay, uuid, text, date, date) from public;
grant execute on function agenda.is_same_stay(agenda.stay, uuid, text, date, date) to jalon_app, jalon_system, jalon_kernel;

/* The stays that stand, each with its last day; null: not known. A hospital says when she leaves: until it does, a day that it had foreseen and that is over is today. */
create view agenda.standing_stay with (security_invoker = true) as
  select s.*, case when s.ended_on is not null then s.ended_on when s.told_by = 'hospital' and s.expected_on is not null then greatest(s.expected_on, platform.today()) else s.expected_on end as until
    from agenda.stay s
   where s.cancelled_at is null and (s.told_by = 'hospital' or not exists (
     select from agenda.stay h where h.person_id = s.person_id and h.told_by = 'hospital' and h.cancelled_at is null
       and agenda.is_same_stay(s, h.id, h.place_key, h.starts_on, h.ended_on)));
grant select on agenda.standing_stay to jalon_app, jalon_system, jalon_kernel;

-- Those that hospitals have told already.
set local role jalon_kernel;
insert into agenda.stay (id, person_id, told_by, kind, establishment_name, place_key, starts_on, admitted_at, expected_on, ended_on, discharged_at, recorded_by_name, created_at, changed_at, holder_org, cancelled_at)
  select s.id, s.person_id, 'hospital', s.kind, s.sender_name, agenda.place_key(s.sender_name), d.starts_on, s.admitted_at, greatest(s.expected_on, d.starts_on), greatest(d.ended_on, d.starts_on), s.discharged_at,
    s.sender_name, s.created_at, s.changed_at, s.holder_org, case when s.state in ('cancelled', 'not_hers') then s.changed_at end
    from hospital_events.stay s cross join lateral (select (coalesce(s.admitted_at, s.discharged_at, s.created_at) at time zone 'Europe/Paris')::date as starts_on,
      (s.discharged_at at time zone 'Europe/Paris')::date as ended_on) d;
reset role;
