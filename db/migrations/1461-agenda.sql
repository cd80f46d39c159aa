-- The person's shared agenda and the team's calendar: appointments, their occurrences, who takes part, and the time that it takes of each.

create schema agenda;
grant usage on schema agenda to jalon_app, jalon_system, jalon_kernel, jalon_report;

-- What is agreed: once, or by a rule. Recurrences are wall time and zone, so that nine o'clock stays nine o'clock when the clocks change.
create table agenda.appointment (
  id uuid primary key,
  -- null: a moment of the team (desk duty, meeting), or one of its own
  person_id uuid references persons.person,
  -- code of agenda.appointment_kind
  kind text not null,
  title text,
  starts_local timestamp not null,
  minutes integer not null check (minutes between 5 and 44640),
  all_day boolean not null default false,
  time_zone text not null,
  -- RRULE of RFC 5545, always with an end; null: once
  rule text,
  -- home: at the person's, whose address is never copied here
  place_kind text not null check (place_kind in ('home', 'service', 'other', 'remote', 'none')),
  place text,
  commune_code text references territory.commune,
  -- what to prepare, what to bring
  words text,
  state text not null default 'booked' check (state in ('booked', 'cancelled')),
  -- identity in every calendar (RFC 5545: UID, SEQUENCE); it never changes, whoever exports or imports it, however often
  uid text not null,
  sequence integer not null default 0,
  imported boolean not null default false,
  organizer_id uuid not null,
  organizer_name text not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  check (place_kind <> 'home' or person_id is not null),
  check (person_id is not null or protection <> 'shared')
);
select persons.protect('agenda.appointment');
-- Of no person: her own service reads it, unless it is hers alone.
create policy own_service on agenda.appointment to jalon_app
  using (person_id is null and holder_org = (select platform.actor_service()) and (protection = 'org_private' or organizer_id = (select platform.actor_id())))
  with check (person_id is null and holder_org = (select platform.actor_service()) and (protection = 'org_private' or organizer_id = (select platform.actor_id())));
create index appointment_person on agenda.appointment (person_id);
create unique index appointment_uid on agenda.appointment (organizer_id, uid);

-- Each time that it happens. A rule is unfolded when it is written: lists, conflicts and a move of one time read rows.
create table agenda.occurrence (
  id uuid primary key,
  appointment_id uuid not null references agenda.appointment,
  person_id uuid references persons.person,
  -- where the rule put it (RECURRENCE-ID), whatever became of it
  recurrence_at timestamptz not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null default 'booked' check (state in ('booked', 'cancelled', 'fulfilled', 'noshow')),
  moved boolean not null default false,
  cancelled_because text,
  organizer_id uuid not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  check (ends_at > starts_at),
  unique (appointment_id, recurrence_at)
);
select persons.protect('agenda.occurrence');
create policy own_service on agenda.occurrence to jalon_app
  using (person_id is null and holder_org = (select platform.actor_service()) and (protection = 'org_private' or organizer_id = (select platform.actor_id())))
  with check (person_id is null and holder_org = (select platform.actor_service()) and (protection = 'org_private' or organizer_id = (select platform.actor_id())));
create index occurrence_person on agenda.occurrence (person_id, starts_at);

-- Who takes part, and what each answered.
create table agenda.participant (
  id uuid primary key,
  appointment_id uuid not null references agenda.appointment,
  person_id uuid references persons.person,
  kind text not null check (kind in ('colleague', 'circle', 'outside')),
  -- her account or her card of the directory; null for somebody outside, who is told by telephone
  party_id uuid,
  -- the service whose colleagues see that she is taken
  service_id uuid,
  name text not null,
  words text,
  response text not null default 'needs_action' check (response in ('needs_action', 'accepted', 'declined', 'tentative')),
  answered_at timestamptz,
  -- another time that she proposes with her answer
  proposed_at timestamptz,
  answer_words text,
  withdrawn_at timestamptz,
  organizer_id uuid not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  version integer not null default 1,
  check ((kind = 'outside') = (party_id is null))
);
select persons.protect('agenda.participant');
create policy own_service on agenda.participant to jalon_app
  using (person_id is null and holder_org = (select platform.actor_service()) and (protection = 'org_private' or organizer_id = (select platform.actor_id())))
  with check (person_id is null and holder_org = (select platform.actor_service()) and (protection = 'org_private' or organizer_id = (select platform.actor_id())));
-- Around somebody in danger, a structure that protects is named to the DAC alone (as 1273 does in the circle; the list is written out for the same reason).
create policy sensitive_structure on agenda.participant as restrictive for select to jalon_app using (
  person_id is null or party_id is null
  or party_id not in (
    select m.party_id from persons.sensitive_structure m where m.ended_at is null
    union all
    select p.party_id from persons.sensitive_structure m join directory.structure s on s.party_id = m.party_id join directory.practice p on p.finess = s.finess where m.ended_at is null)
  or party_id = any ((select platform.actor_parties())::uuid[])
  or not persons.at_risk(person_id) or persons.speaks_for(person_id));
create index participant_person on agenda.participant (person_id);
create index participant_appointment on agenda.participant (appointment_id);
create unique index participant_once on agenda.participant (appointment_id, party_id) where withdrawn_at is null and party_id is not null;

-- When somebody is taken, and nothing else: no person, no word. Lists across persons begin here, keyed by the party; colleagues see « occupée ».
create table agenda.slot (
  party_id uuid not null,
  occurrence_id uuid not null references agenda.occurrence on delete cascade,
  appointment_id uuid not null references agenda.appointment,
  service_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (occurrence_id, party_id)
);
create index slot_party on agenda.slot (party_id, starts_at);
create index slot_service on agenda.slot (service_id, starts_at);
create index slot_appointment on agenda.slot (appointment_id);
alter table agenda.slot enable row level security;
alter table agenda.slot force row level security;
create policy own on agenda.slot for select to jalon_app
  using (party_id = any ((select platform.actor_parties())::uuid[]) or service_id = (select platform.actor_service()));
create policy system on agenda.slot to jalon_system using (true) with check (true);
create policy kernel on agenda.slot to jalon_kernel using (true) with check (true);

/* Makes the slots of an appointment (of one of its times) follow its participants and its times. They are derived: whoever calls it changes nothing else. */
create function agenda.place_slots(of_appointment uuid, of_occurrence uuid default null) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from agenda.slot s where s.appointment_id = of_appointment and (of_occurrence is null or s.occurrence_id = of_occurrence);
  insert into agenda.slot (party_id, occurrence_id, appointment_id, service_id, starts_at, ends_at)
  select p.party_id, o.id, o.appointment_id, p.service_id, o.starts_at, o.ends_at
    from agenda.occurrence o join agenda.participant p on p.appointment_id = o.appointment_id
   where o.appointment_id = of_appointment and (of_occurrence is null or o.id = of_occurrence) and o.state <> 'cancelled'
     and p.party_id is not null and p.withdrawn_at is null and p.response <> 'declined';
end $$;

-- What whoever goes there must know: one note per person and service, for its own team. The door code of somebody fragile is not for her whole circle.
create table agenda.safety_note (
  id uuid primary key,
  person_id uuid not null references persons.person,
  door_code text,
  access_words text,
  animals text,
  -- codes of agenda.visit_danger, and the words that say which
  dangers text[] not null default '{}',
  danger_words text,
  never_alone boolean not null default false,
  comes_along text,
  written_by_name text not null,
  written_at timestamptz not null,
  -- since when it stands beside the one that is written in: both files of a merge had one (1429)
  set_aside_at timestamptz,
  volet text not null default 'social',
  holder_org uuid not null,
  protection text not null default 'org_private' check (protection = 'org_private'),
  version integer not null default 1
);
select persons.protect('agenda.safety_note');
create unique index safety_note_person on agenda.safety_note (person_id, holder_org) where set_aside_at is null;
create index safety_note_set_aside on agenda.safety_note (person_id, holder_org) where set_aside_at is not null;

/* The safety notes about the person of a visit, for whoever takes part in it, from two days before until twelve hours after: a partner of a joint visit is
   told of the dog, and not of the code all year round. Only for who still sees the person, in the volet of the note. */
create function agenda.safety_for_visit(visit uuid) returns setof agenda.safety_note language sql stable security definer set search_path = pg_catalog as $$
  select n.* from agenda.occurrence o join agenda.safety_note n on n.person_id = o.person_id and n.holder_org = o.holder_org
   where o.id = visit and o.state = 'booked' and o.starts_at - interval '48 hours' <= platform.clock() and o.ends_at + interval '12 hours' > platform.clock()
     and exists (select from agenda.slot s where s.occurrence_id = o.id and s.party_id = any ((platform.actor_parties())::uuid[]))
     and persons.actor_sees(n.person_id) and n.volet = any (platform.actor_volets()) and not persons.kept_from_actor(n.person_id, n.volet)
     and exists (select from persons.sight s where s.person_id = n.person_id and s.party_id = any ((platform.actor_parties())::uuid[]) and n.volet = any (s.volets)
       and s.basis <> 'break_glass' and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()))
$$;

-- What a visit took, said in one gesture when one is back; it made the activity.
create table agenda.visit_record (
  occurrence_id uuid primary key references agenda.occurrence,
  person_id uuid not null references persons.person,
  activity_id uuid not null,
  done_by uuid not null,
  minutes integer check (minutes between 1 and 1440),
  kilometres numeric(6, 1) check (kilometres between 0 and 2000),
  recorded_at timestamptz not null,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'org_private'
);
select persons.protect('agenda.visit_record');
create index visit_record_person on agenda.visit_record (person_id);
create index visit_record_holder on agenda.visit_record (holder_org, recorded_at);

/* What each of some parties sees of a person now, under her account or her card: an invitation that its guest could not read is refused. An
   exceptional access of some hours invites nobody. Answers only to someone who sees the person. */
create function agenda.volets_seen(person uuid, parties uuid[]) returns table (party_id uuid, volets text[]) language sql stable security definer set search_path = pg_catalog as $$
  select w.id, array(select distinct v from persons.sight s, unnest(s.volets) v
      where s.person_id = person and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())
        and s.basis <> 'break_glass' and w.id <> all (platform.barred_from(person))
        and (s.party_id = w.id
          or s.party_id in (select u.professional_id from territory.user_account u where u.id = w.id and u.status = 'active')
          or s.party_id in (select u.id from territory.user_account u where u.professional_id = w.id and u.status = 'active')
          or s.party_id in (select m.service_id from territory.membership m where m.user_id = w.id and m.starts_on <= platform.today()
            and (m.ends_on is null or m.ends_on >= platform.today()) and m.functions && '{front_desk,referent,doctor,team_lead}'))
        and (v = 'administrative' or w.id <> all (persons.kept_by_name_from(person, v)))
      order by v)
    from unnest(parties) w(id) where persons.actor_sees(person)
$$;

grant select, insert, update on agenda.appointment, agenda.participant, agenda.safety_note to jalon_app;
-- A rule that is cut short takes back the times that it had only promised.
grant select, insert, update, delete on agenda.occurrence to jalon_app;
grant select, insert on agenda.visit_record to jalon_app;
grant select on agenda.slot to jalon_app;
grant select, insert, update, delete on all tables in schema agenda to jalon_system, jalon_kernel;
grant select on all tables in schema agenda to jalon_report;

do $$
declare t text;
begin
  foreach t in array array['appointment', 'occurrence', 'participant', 'safety_note', 'visit_record'] loop
    perform duplicates.follow(format('agenda.%I', t)::regclass);
  end loop;
end $$;

grant create on schema agenda to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'agenda' and p.prosecdef loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app, jalon_system', f);
  end loop;
end $$;
revoke create on schema agenda from jalon_kernel;
