-- What stands in a health space of an appointment is of the person whose appointment it is: written while two files were one, it goes back with the appointment when
-- the merge is undone. The undoing follows foreign keys (duplicates.follow_back): the line had none.

set local role jalon_kernel;
update agenda.health_space_line l set person_id = a.person_id from agenda.appointment a where a.id = l.appointment_id and a.person_id is not null and a.person_id <> l.person_id;
delete from agenda.health_space_line l where not exists (select from agenda.appointment a where a.id = l.appointment_id);
reset role;
alter table agenda.health_space_line add foreign key (appointment_id) references agenda.appointment;
create index health_space_line_appointment on agenda.health_space_line (appointment_id);
