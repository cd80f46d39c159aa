-- As 1683 has it; two people who answer one appointment at the same moment place its hours one after the other.
create or replace function agenda.place_slots(of_appointment uuid, of_occurrence uuid default null) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('agenda.slot ' || of_appointment::text, 0));
  delete from agenda.slot s where s.appointment_id = of_appointment and (of_occurrence is null or s.occurrence_id = of_occurrence);
  insert into agenda.slot (party_id, occurrence_id, appointment_id, service_id, starts_at, ends_at)
  select p.party_id, o.id, o.appointment_id, p.service_id, o.starts_at, o.ends_at
    from agenda.occurrence o join agenda.participant p on p.appointment_id = o.appointment_id
    left join agenda.date_answer d on d.participant_id = p.id and d.occurrence_id = o.id
   where o.appointment_id = of_appointment and (of_occurrence is null or o.id = of_occurrence) and o.state <> 'cancelled'
     and p.party_id is not null and p.withdrawn_at is null and coalesce(d.response, p.response) <> 'declined';
end $$;
