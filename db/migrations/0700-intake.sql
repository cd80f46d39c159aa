-- Intake: the request desk. A request concerns no one, an unnamed person, a provisional identity or a known person; it belongs to
-- the DAC that handles it (holder_org) until it is transferred.

create schema intake;
grant usage on schema intake to jalon_app, jalon_system, jalon_kernel, jalon_report;

create table intake.sollicitation (
  id uuid primary key,
  -- what one says on the telephone and writes on a letter
  number bigint generated always as identity unique,
  received_at timestamptz not null,
  recorded_by uuid not null,
  channel text not null,
  -- three parties (R13): who calls, who asks, who sent
  caller_name text,
  caller_quality text,
  caller_phone text,
  requester_kind text not null,
  requester_name text,
  requester_phone text,
  -- her card in the directory, or the structure's
  requester_party_id uuid,
  -- set when she filed it herself from her own space
  requester_user_id uuid,
  referred_by_name text,
  referred_by_quality text,
  referred_by_party_id uuid,
  concerns text not null check (concerns in ('person', 'unnamed', 'nobody')),
  person_id uuid references persons.person,
  -- as told, before or without any identity
  person_name text,
  person_birth_date date,
  person_key text collate "C",
  person_informed text,
  person_informed_by text,
  person_informed_on date,
  commune_code text references territory.commune,
  urgency text not null,
  due_at timestamptz,
  -- no deadline sorts last
  queue_at timestamptz not null generated always as (coalesce(due_at, 'infinity'::timestamptz)) stored,
  status text not null check (status in ('to_qualify', 'in_progress', 'triage', 'closed')),
  assigned_to uuid,
  assigned_at timestamptz,
  triage_since timestamptz,
  triage_proposal text,
  first_answered_at timestamptz,
  -- R13: answered, but not yet told to the requester, or to whoever sent the person
  requester_waits boolean not null default false,
  referrer_waits boolean not null default false,
  closed_at timestamptz,
  closed_by uuid,
  episode_id uuid,
  merged_into uuid references intake.sollicitation,
  -- answers to the extra questions of this kind of requester (R88)
  extra jsonb not null default '{}',
  cno_level smallint not null check (cno_level in (1, 2, 3)),
  volet text not null default 'administrative' check (volet = 'administrative'),
  holder_org uuid not null references territory.service,
  protection text not null default 'shared' check (protection in ('shared', 'org_private', 'restricted')),
  version integer not null default 1,
  check (concerns = 'person' or (person_id is null and person_name is null and person_birth_date is null)),
  check (concerns <> 'person' or person_id is not null or person_name is not null),
  check ((status = 'closed') = (closed_at is not null)),
  check (merged_into <> id)
);
comment on table intake.sollicitation is 'Administrative facts of a request. What was said of the person''s health is in request_text and request_motive.';
create index sollicitation_queue on intake.sollicitation (holder_org, queue_at, id) where status <> 'closed' and merged_into is null;
create index sollicitation_mine on intake.sollicitation (assigned_to, queue_at, id) where status <> 'closed' and merged_into is null;
create index sollicitation_closed on intake.sollicitation (holder_org, closed_at desc, id desc) where status = 'closed' and merged_into is null;
create index sollicitation_to_inform on intake.sollicitation (holder_org, first_answered_at, id) where (requester_waits or referrer_waits) and merged_into is null;
create index sollicitation_received on intake.sollicitation (holder_org, received_at);
create index sollicitation_person on intake.sollicitation (person_id) where person_id is not null;
create index sollicitation_phone on intake.sollicitation (caller_phone) where caller_phone is not null;
create index sollicitation_requester_user on intake.sollicitation (requester_user_id, received_at desc) where requester_user_id is not null;
create index sollicitation_requester_party on intake.sollicitation (requester_party_id, received_at desc) where requester_party_id is not null;
create index sollicitation_merged on intake.sollicitation (merged_into) where merged_into is not null;

/* Those who work on the requests of their service: the desk sees them in full. */
create function intake.at_desk() returns boolean language sql stable parallel safe
  as $$ select platform.actor_functions() && '{front_desk,referent,doctor,team_lead}'::text[] $$;

alter table intake.sollicitation enable row level security;
alter table intake.sollicitation force row level security;
create policy seen on intake.sollicitation for select to jalon_app using (
  (holder_org = (select platform.actor_service()) and (select intake.at_desk()))
  or requester_user_id = (select platform.actor_id())
  or requester_party_id = any ((select platform.actor_parties())::uuid[])
  or (status = 'closed' and protection = 'shared' and exists (select 1 from persons.sight s
    where s.person_id = sollicitation.person_id and s.party_id = any ((select platform.actor_parties())::uuid[])
      and 'administrative' = any (s.volets) and s.starts_at <= (select platform.clock())
      and (s.ends_at is null or s.ends_at > (select platform.clock())) and s.suspended_at is null)
    and 'administrative' = any ((select platform.actor_volets())::text[])));
create policy received on intake.sollicitation for insert to jalon_app with check (
  (holder_org = (select platform.actor_service()) and (select intake.at_desk()))
  or (requester_user_id = (select platform.actor_id()) and recorded_by = requester_user_id and status = 'to_qualify' and person_id is null and assigned_to is null));
create policy handled on intake.sollicitation for update to jalon_app
  using (holder_org = (select platform.actor_service()) and (select intake.at_desk()))
  with check (holder_org = (select platform.actor_service()) and (select intake.at_desk()));
create policy system on intake.sollicitation to jalon_system using (true) with check (true);
create policy kernel on intake.sollicitation to jalon_kernel using (true) with check (true);
create policy report on intake.sollicitation for select to jalon_report using (true);

/* The rule of what belongs to a request, written once. The handling desk sees all of it; the requester what `requester_sees` says;
   once the request is closed, whoever has sight of the person sees its shared parts, volet by volet. */
create function intake.protect_part(target regclass, requester_sees text default 'false') returns void language plpgsql as $$
declare
  desk text := 's.holder_org = (select platform.actor_service()) and (select intake.at_desk())';
  parent text := format('exists (select 1 from intake.sollicitation s where s.id = %s.sollicitation_id and ', target::text);
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format($policy$create policy seen on %1$s for select to jalon_app using (%2$s ((%3$s)
      or (%4$s and (s.requester_user_id = (select platform.actor_id()) or s.requester_party_id = any ((select platform.actor_parties())::uuid[])))
      or (%1$s.protection = 'shared' and s.status = 'closed' and %1$s.volet = any ((select platform.actor_volets())::text[])
        and exists (select 1 from persons.sight g
          where g.person_id = s.person_id and g.party_id = any ((select platform.actor_parties())::uuid[]) and %1$s.volet = any (g.volets)
            and g.starts_at <= (select platform.clock()) and (g.ends_at is null or g.ends_at > (select platform.clock())) and g.suspended_at is null)))))$policy$,
    target, parent, desk, requester_sees);
  execute format($policy$create policy added on %1$s for insert to jalon_app with check (%2$s ((%3$s)
      or (%4$s and s.requester_user_id = (select platform.actor_id()) and s.status = 'to_qualify'))))$policy$, target, parent, desk, requester_sees);
  execute format('create policy handled on %s for update to jalon_app using (%s (%s))) with check (%s (%s)))', target, parent, desk, parent, desk);
  execute format('create policy removed on %s for delete to jalon_app using (%s (%s)))', target, parent, desk);
  execute format('create policy system on %s to jalon_system using (true) with check (true)', target);
  execute format('create policy kernel on %s to jalon_kernel using (true) with check (true)', target);
  execute format('create policy report on %s for select to jalon_report using (true)', target);
  execute format('alter table %s add check (volet in (''administrative'', ''social'', ''health''))', target);
  execute format('alter table %s add check (protection in (''shared'', ''org_private'', ''restricted''))', target);
end $$;

-- What was said. by_requester: written by the requester herself in her own space, so that she may read it again.
create table intake.request_text (
  sollicitation_id uuid primary key references intake.sollicitation,
  text text not null,
  by_requester boolean not null default false,
  volet text not null default 'health',
  protection text not null default 'shared'
);
select intake.protect_part('intake.request_text', 'request_text.by_requester');

create table intake.request_motive (
  sollicitation_id uuid not null references intake.sollicitation,
  motive text not null,
  position smallint not null,
  by_requester boolean not null default false,
  volet text not null,
  protection text not null default 'shared',
  primary key (sollicitation_id, motive)
);
select intake.protect_part('intake.request_motive', 'request_motive.by_requester');

-- Answers given (indicator 3): one or several, one principal.
create table intake.answer (
  id uuid primary key,
  sollicitation_id uuid not null references intake.sollicitation,
  code text not null,
  principal boolean not null,
  text text,
  no_follow_up_reason text,
  given_at timestamptz not null,
  given_by uuid not null,
  given_by_name text not null,
  volet text not null default 'health',
  protection text not null default 'shared',
  unique (sollicitation_id, code)
);
create unique index answer_principal on intake.answer (sollicitation_id) where principal;
select intake.protect_part('intake.answer', 'true');

-- Subsidiarity (R9): who else could answer. Only the last finding of each check counts.
create table intake.subsidiarity (
  sollicitation_id uuid not null references intake.sollicitation,
  check_code text not null,
  finding text not null,
  note text,
  noted_at timestamptz not null,
  noted_by uuid not null,
  volet text not null default 'social',
  protection text not null default 'org_private',
  primary key (sollicitation_id, check_code)
);
select intake.protect_part('intake.subsidiarity');

-- R11, R12: followed until its outcome and its relevance are known.
create table intake.reorientation (
  id uuid primary key,
  sollicitation_id uuid not null references intake.sollicitation,
  target text not null,
  party_id uuid,
  partner_name text not null,
  partner_phone text,
  note text,
  -- R10: set when the question was exclusively social
  social_outcome text,
  sent_at timestamptz not null,
  sent_by uuid not null,
  follow_up_on date,
  outcome text not null default 'pending',
  outcome_at timestamptz,
  outcome_note text,
  relevance text,
  reminders smallint not null default 0,
  holder_org uuid not null,
  volet text not null default 'health',
  protection text not null default 'shared',
  version integer not null default 1,
  check ((outcome = 'pending') = (outcome_at is null))
);
create index reorientation_sollicitation on intake.reorientation (sollicitation_id);
create index reorientation_to_follow on intake.reorientation (holder_org, follow_up_on, id) where outcome = 'pending' or relevance is null;
select intake.protect_part('intake.reorientation');

-- What went back to the requester, and to whoever sent the person (R13). Never rewritten.
create table intake.feedback (
  id uuid primary key,
  sollicitation_id uuid not null references intake.sollicitation,
  addressed_to text not null check (addressed_to in ('requester', 'referred_by')),
  recipient_name text not null,
  channel text not null,
  text text not null,
  given_at timestamptz not null,
  given_by uuid not null,
  given_by_name text not null,
  volet text not null default 'health',
  protection text not null default 'shared'
);
create index feedback_sollicitation on intake.feedback (sollicitation_id);
select intake.protect_part('intake.feedback', 'feedback.addressed_to = ''requester''');

-- What the commission d'orientation decided. Never rewritten: a new decision is a new row.
create table intake.triage_decision (
  id uuid primary key,
  sollicitation_id uuid not null references intake.sollicitation,
  decision text not null,
  dac_reasons text[] not null default '{}',
  level text,
  referent_id uuid,
  deputy_id uuid,
  comment text,
  next_step text,
  next_step_on date,
  participants text,
  decided_at timestamptz not null,
  decided_by uuid not null,
  decided_by_name text not null,
  episode_id uuid,
  volet text not null default 'health',
  protection text not null default 'org_private'
);
create index triage_decision_sollicitation on intake.triage_decision (sollicitation_id, decided_at desc);
select intake.protect_part('intake.triage_decision');

-- Two requests that were one: reversible.
create table intake.merge (
  id uuid primary key,
  sollicitation_id uuid not null references intake.sollicitation,
  kept_id uuid not null references intake.sollicitation,
  reason text,
  merged_at timestamptz not null,
  merged_by uuid not null,
  undone_at timestamptz,
  undone_by uuid,
  volet text not null default 'administrative',
  protection text not null default 'org_private'
);
create unique index merge_live on intake.merge (sollicitation_id) where undone_at is null;
create index merge_kept on intake.merge (kept_id);
select intake.protect_part('intake.merge');

-- What happened to the request, for its own sheet; append-only. The audit knows the rest.
create table intake.request_event (
  id uuid primary key,
  sollicitation_id uuid not null references intake.sollicitation,
  kind text not null,
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  note text,
  volet text not null default 'administrative',
  protection text not null default 'org_private'
);
create index request_event_sollicitation on intake.request_event (sollicitation_id, at);
select intake.protect_part('intake.request_event');

-- A transferred request leaves this behind at the DAC that received it first: no trait.
create table intake.transfer (
  id uuid primary key,
  sollicitation_id uuid not null references intake.sollicitation,
  from_service uuid not null references territory.service,
  to_service uuid not null references territory.service,
  commune_code text,
  reason text not null,
  transferred_at timestamptz not null,
  transferred_by uuid not null,
  transferred_by_name text not null,
  -- when the DAC of arrival took it
  taken_at timestamptz
);
create index transfer_sollicitation on intake.transfer (sollicitation_id, transferred_at desc);
create index transfer_from on intake.transfer (from_service, transferred_at desc);
alter table intake.transfer enable row level security;
alter table intake.transfer force row level security;
create policy both_ends on intake.transfer for select to jalon_app
  using ((select platform.actor_service()) in (from_service, to_service) and (select intake.at_desk()));
create policy taken on intake.transfer for update to jalon_app
  using (to_service = (select platform.actor_service()) and (select intake.at_desk())) with check (to_service = (select platform.actor_service()));
create policy system on intake.transfer to jalon_system using (true) with check (true);
create policy kernel on intake.transfer to jalon_kernel using (true) with check (true);
create policy report on intake.transfer for select to jalon_report using (true);

-- Since when the requester has read what came back.
create table intake.requester_reading (
  sollicitation_id uuid not null references intake.sollicitation,
  user_id uuid not null,
  read_at timestamptz not null,
  primary key (sollicitation_id, user_id)
);
alter table intake.requester_reading enable row level security;
alter table intake.requester_reading force row level security;
create policy own on intake.requester_reading to jalon_app using (user_id = (select platform.actor_id())) with check (user_id = (select platform.actor_id()));
create policy system on intake.requester_reading to jalon_system using (true) with check (true);

-- The contact log (R35): follow-up of a known file or request, message for a colleague, mistake. Not counted as a sollicitation.
create table intake.contact (
  id uuid primary key,
  first_key text not null check (first_key in ('follow_up', 'message', 'mistake')),
  at timestamptz not null,
  outgoing boolean not null default false,
  channel text not null,
  caller_name text,
  caller_quality text,
  caller_phone text,
  party_id uuid,
  person_id uuid references persons.person,
  sollicitation_id uuid references intake.sollicitation,
  for_user_id uuid,
  handled_at timestamptz,
  handled_by uuid,
  recorded_by uuid not null,
  recorded_by_name text not null,
  volet text not null default 'administrative' check (volet = 'administrative'),
  holder_org uuid not null references territory.service,
  protection text not null default 'org_private' check (protection in ('org_private', 'restricted'))
);
create index contact_person on intake.contact (person_id, at desc, id desc) where person_id is not null;
create index contact_sollicitation on intake.contact (sollicitation_id, at desc) where sollicitation_id is not null;
create index contact_for on intake.contact (for_user_id, at) where handled_at is null and for_user_id is not null;
create index contact_holder on intake.contact (holder_org, at desc, id desc);
create index contact_phone on intake.contact (caller_phone, at desc) where caller_phone is not null;

-- What was said, read by whoever wrote it, by whom it is for, and by those who accompany: the desk alone does not keep the health volet of known persons open.
create table intake.contact_text (
  contact_id uuid primary key references intake.contact,
  text text not null,
  volet text not null default 'health',
  protection text not null default 'org_private'
);

create function intake.accompanies() returns boolean language sql stable parallel safe
  as $$ select platform.actor_functions() && '{referent,doctor,team_lead}'::text[] $$;

alter table intake.contact enable row level security;
alter table intake.contact force row level security;
create policy desk on intake.contact to jalon_app
  using (holder_org = (select platform.actor_service()) and (select intake.at_desk()))
  with check (holder_org = (select platform.actor_service()) and (select intake.at_desk()));
create policy system on intake.contact to jalon_system using (true) with check (true);
create policy kernel on intake.contact to jalon_kernel using (true) with check (true);
create policy report on intake.contact for select to jalon_report using (true);
alter table intake.contact_text enable row level security;
alter table intake.contact_text force row level security;
create policy seen on intake.contact_text for select to jalon_app using (exists (select 1 from intake.contact c
  where c.id = contact_text.contact_id
    and (c.recorded_by = (select platform.actor_id()) or c.for_user_id = (select platform.actor_id()) or c.person_id is null or (select intake.accompanies()))));
create policy added on intake.contact_text for insert to jalon_app with check (exists (select 1 from intake.contact c
  where c.id = contact_text.contact_id and c.recorded_by = (select platform.actor_id())));
create policy system on intake.contact_text to jalon_system using (true) with check (true);
create policy kernel on intake.contact_text to jalon_kernel using (true) with check (true);

grant select, insert, update on intake.sollicitation, intake.request_text, intake.subsidiarity, intake.reorientation, intake.merge, intake.requester_reading, intake.contact to jalon_app;
grant select, insert, update, delete on intake.request_motive, intake.answer to jalon_app;
grant select, insert on intake.feedback, intake.request_event, intake.triage_decision, intake.contact_text to jalon_app;
grant select, update on intake.transfer to jalon_app;
grant select, insert, update, delete on all tables in schema intake to jalon_system, jalon_kernel;
grant select on intake.sollicitation, intake.request_motive, intake.answer, intake.reorientation, intake.feedback, intake.triage_decision, intake.transfer, intake.contact to jalon_report;

/* Hands a request over to the DAC of the person's commune. Reviewed door: SECURITY DEFINER, owned by jalon_kernel. The desk that
   holds it can no longer see it afterwards, which no policy with a check on the new row would allow. */
create function intake.hand_over(request uuid, to_dac uuid, trace_id uuid, why text, by_name text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
declare held intake.sollicitation;
begin
  select * into held from intake.sollicitation where id = request and holder_org = platform.actor_service() for update;
  if held.id is null or not intake.at_desk() then
    raise exception 'request not held by this actor' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from territory.service where id = to_dac and kind = 'dac') or to_dac = held.holder_org then
    raise exception 'a request is handed over to another DAC' using errcode = 'check_violation';
  end if;
  insert into intake.transfer (id, sollicitation_id, from_service, to_service, commune_code, reason, transferred_at, transferred_by, transferred_by_name)
  values (trace_id, request, held.holder_org, to_dac, held.commune_code, why, platform.clock(), platform.actor_id(), by_name);
  update intake.reorientation set holder_org = to_dac where sollicitation_id = request;
  update intake.sollicitation set holder_org = to_dac, status = 'to_qualify', assigned_to = null, assigned_at = null, triage_since = null,
    closed_at = null, closed_by = null, version = version + 1 where id = request;
end $$;
grant create on schema intake to jalon_kernel;
alter function intake.hand_over owner to jalon_kernel;
revoke create on schema intake from jalon_kernel;
revoke all on function intake.hand_over from public;
grant execute on function intake.hand_over to jalon_app;

-- Figures: no trait. A director reads her service, the region and its governance read every service.
create view reporting.sollicitation with (security_barrier) as
  select s.id, s.number, s.holder_org, s.received_at, s.channel, s.requester_kind, s.requester_party_id, s.concerns, s.commune_code, s.urgency, s.due_at,
    s.status, s.first_answered_at, s.closed_at, s.cno_level, s.episode_id,
    (select a.code from intake.answer a where a.sollicitation_id = s.id and a.principal) as principal_answer,
    (select min(f.given_at) from intake.feedback f where f.sollicitation_id = s.id and f.addressed_to = 'requester') as requester_informed_at
  from intake.sollicitation s
  where s.merged_into is null
    and ((s.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
      or (select platform.actor_functions()) && '{regional_admin,governance_member}'::text[]);
create view reporting.sollicitation_answer with (security_barrier) as
  select a.sollicitation_id, a.code, a.principal, a.given_at, a.no_follow_up_reason
  from intake.answer a join reporting.sollicitation s on s.id = a.sollicitation_id;
create view reporting.sollicitation_motive with (security_barrier) as
  select m.sollicitation_id, m.motive, m.position from intake.request_motive m join reporting.sollicitation s on s.id = m.sollicitation_id;
create view reporting.reorientation with (security_barrier) as
  select r.id, r.sollicitation_id, r.holder_org, r.target, r.sent_at, r.follow_up_on, r.outcome, r.outcome_at, r.relevance, r.reminders, r.social_outcome
  from intake.reorientation r join reporting.sollicitation s on s.id = r.sollicitation_id;
create view reporting.desk_contact with (security_barrier) as
  select c.id, c.holder_org, c.first_key, c.at, c.channel, c.outgoing from intake.contact c
  where (c.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
     or (select platform.actor_functions()) && '{regional_admin,governance_member}'::text[];
grant create on schema reporting to jalon_report;
alter view reporting.sollicitation owner to jalon_report;
alter view reporting.sollicitation_answer owner to jalon_report;
alter view reporting.sollicitation_motive owner to jalon_report;
alter view reporting.reorientation owner to jalon_report;
alter view reporting.desk_contact owner to jalon_report;
revoke create on schema reporting from jalon_report;
grant select on reporting.sollicitation, reporting.sollicitation_answer, reporting.sollicitation_motive, reporting.reorientation, reporting.desk_contact to jalon_app;
