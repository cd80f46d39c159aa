-- « Je viens à celle-ci, pas aux autres »: an answer to one time of a series, over the answer to the series.

create table agenda.date_answer (
  participant_id uuid not null references agenda.participant,
  occurrence_id uuid not null references agenda.occurrence on delete cascade,
  person_id uuid references persons.person,
  -- hers, as in participant: what waits for her is found by it
  party_id uuid,
  -- needs_action: this time moved, and she is asked again for it alone
  response text not null check (response in ('needs_action', 'accepted', 'declined', 'tentative')),
  answered_at timestamptz,
  proposed_at timestamptz,
  words text,
  organizer_id uuid not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  primary key (participant_id, occurrence_id)
);
select persons.protect('agenda.date_answer');
create policy own_service on agenda.date_answer to jalon_app
  using (person_id is null and holder_org = (select platform.actor_service()) and (protection = 'org_private' or organizer_id = (select platform.actor_id())))
  with check (person_id is null and holder_org = (select platform.actor_service()) and (protection = 'org_private' or organizer_id = (select platform.actor_id())));
-- Whoever may not read who takes part does not learn that somebody answered.
create policy of_a_participant on agenda.date_answer as restrictive for select to jalon_app
  using (exists (select from agenda.participant p where p.id = date_answer.participant_id));
create index date_answer_occurrence on agenda.date_answer (occurrence_id);
create index date_answer_person on agenda.date_answer (person_id);
create index date_answer_asked on agenda.date_answer (party_id) where response = 'needs_action';
grant select, insert, update, delete on agenda.date_answer to jalon_app, jalon_system, jalon_kernel;
grant select on agenda.date_answer to jalon_report;
select duplicates.follow('agenda.date_answer');

/* As 1461 has it; a time that she declined alone does not take her hours, one that she accepted alone does. */
create or replace function agenda.place_slots(of_appointment uuid, of_occurrence uuid default null) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from agenda.slot s where s.appointment_id = of_appointment and (of_occurrence is null or s.occurrence_id = of_occurrence);
  insert into agenda.slot (party_id, occurrence_id, appointment_id, service_id, starts_at, ends_at)
  select p.party_id, o.id, o.appointment_id, p.service_id, o.starts_at, o.ends_at
    from agenda.occurrence o join agenda.participant p on p.appointment_id = o.appointment_id
    left join agenda.date_answer d on d.participant_id = p.id and d.occurrence_id = o.id
   where o.appointment_id = of_appointment and (of_occurrence is null or o.id = of_occurrence) and o.state <> 'cancelled'
     and p.party_id is not null and p.withdrawn_at is null and coalesce(d.response, p.response) <> 'declined';
end $$;

/* As 1462 has it; the times that she declined alone are left out, as cancelled ones are, and those that she accepted alone stay in a series that she declined. */
create or replace function agenda.feed_content(since timestamptz) returns table (
  uid text, sequence integer, kind text, starts_local timestamp, minutes integer, all_day boolean, time_zone text, rule text, changed_at timestamptz, times jsonb
) language sql stable security definer set search_path = pg_catalog as $$
  select a.uid, a.sequence, a.kind, a.starts_local, a.minutes, a.all_day, a.time_zone, a.rule, a.changed_at,
    (select jsonb_agg(jsonb_build_object('recurrenceAt', o.recurrence_at, 'startsAt', o.starts_at, 'endsAt', o.ends_at,
        'cancelled', o.state = 'cancelled' or not exists (select from agenda.participant p left join agenda.date_answer d on d.participant_id = p.id and d.occurrence_id = o.id
          where p.appointment_id = a.id and p.withdrawn_at is null and p.party_id = any ((platform.actor_parties())::uuid[]) and coalesce(d.response, p.response) <> 'declined'),
        'moved', o.moved) order by o.recurrence_at)
      from agenda.occurrence o where o.appointment_id = a.id)
    from agenda.appointment a
   where not a.imported
     and exists (select from agenda.participant p where p.appointment_id = a.id and p.withdrawn_at is null and p.party_id = any ((platform.actor_parties())::uuid[])
       and (p.response <> 'declined' or exists (select from agenda.date_answer d where d.participant_id = p.id and d.response <> 'declined')))
     and exists (select from agenda.occurrence o where o.appointment_id = a.id and o.ends_at > since)
   order by a.uid
$$;
