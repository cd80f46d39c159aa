/* Whoever moves a series does not see everybody who takes part: those whom she may not read go on, are asked again and told, all the same. Reviewed doors, as
   agenda.place_slots: the gate has checked the gesture; they answer with no name, and do nothing about a person whom the actor does not see. */
create function agenda.within_sight(of_appointment uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from agenda.appointment a where a.id = of_appointment
    and (platform.runs_as_system() or case when a.person_id is null then a.holder_org = platform.actor_service() or a.organizer_id = platform.actor_id() else persons.actor_sees(a.person_id) end))
$$;
create function agenda.copy_participants(from_series uuid, to_series uuid) returns void language sql security definer set search_path = pg_catalog as $$
  insert into agenda.participant (id, appointment_id, person_id, kind, party_id, service_id, name, words, response, answered_at, organizer_id, volet, holder_org, protection)
  select gen_random_uuid(), to_series, p.person_id, p.kind, p.party_id, p.service_id, p.name, p.words, p.response, p.answered_at, p.organizer_id, p.volet, p.holder_org, p.protection
    from agenda.participant p join agenda.appointment f on f.id = p.appointment_id
    join agenda.appointment t on t.id = to_series and t.person_id is not distinct from f.person_id and t.holder_org = f.holder_org and t.organizer_id = f.organizer_id
   where p.appointment_id = from_series and p.withdrawn_at is null and agenda.within_sight(from_series)
     and not exists (select from agenda.participant already where already.appointment_id = to_series)
$$;
create function agenda.ask_again(of_appointment uuid, except_parties uuid[]) returns void language sql security definer set search_path = pg_catalog as $$
  update agenda.participant p set response = 'needs_action', answered_at = null, proposed_at = null, answer_words = null, version = p.version + 1
   where p.appointment_id = of_appointment and p.withdrawn_at is null and p.response <> 'needs_action' and (p.party_id is null or not p.party_id = any (except_parties))
     and agenda.within_sight(of_appointment)
$$;
create function agenda.ask_again_for_date(of_occurrence uuid, except_parties uuid[]) returns void language sql security definer set search_path = pg_catalog as $$
  insert into agenda.date_answer (participant_id, occurrence_id, person_id, party_id, response, organizer_id, volet, holder_org, protection)
  select p.id, o.id, p.person_id, p.party_id, 'needs_action', p.organizer_id, p.volet, p.holder_org, p.protection
    from agenda.occurrence o join agenda.participant p on p.appointment_id = o.appointment_id
   where o.id = of_occurrence and p.withdrawn_at is null and (p.party_id is null or not p.party_id = any (except_parties)) and agenda.within_sight(o.appointment_id)
  on conflict (participant_id, occurrence_id) do update set response = 'needs_action', answered_at = null, proposed_at = null, words = null
$$;
/* To whom an event of this appointment goes: never shown, the live stream filters it again by what each may read. */
create function agenda.parties_of(of_appointment uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(p.party_id), '{}') from agenda.participant p
   where p.appointment_id = of_appointment and p.withdrawn_at is null and p.party_id is not null and agenda.within_sight(of_appointment)
$$;
grant create on schema agenda to jalon_kernel;
do $$
declare f regprocedure;
begin
  foreach f in array array['agenda.within_sight(uuid)', 'agenda.copy_participants(uuid, uuid)', 'agenda.ask_again(uuid, uuid[])', 'agenda.ask_again_for_date(uuid, uuid[])',
    'agenda.parties_of(uuid)']::regprocedure[] loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app, jalon_system, jalon_kernel', f);
  end loop;
end $$;
revoke create on schema agenda from jalon_kernel;
