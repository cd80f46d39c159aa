-- An appointment that follows something else (a concertation): it is planned, moved and cancelled there.

alter table agenda.appointment
  -- table of what it follows ('case_conferences.conference') and its row
  add column follows text,
  add column follows_id uuid,
  add check ((follows is null) = (follows_id is null));
create unique index appointment_follows on agenda.appointment (follows, follows_id) where follows is not null;
