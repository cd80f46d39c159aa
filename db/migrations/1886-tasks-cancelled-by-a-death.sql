-- What a death cancelled is known by the event that told it (as 1791), and no longer by the word « Décès ».
alter table episodes.task add column cancelled_by_event bigint;

-- Those that stand so already, of persons who are recorded as dead: 0, an event from before.
set local role jalon_kernel;
update episodes.task t set cancelled_by_event = 0 from persons.person p
 where p.person_id = t.person_id and p.deceased_on is not null and t.state = 'cancelled' and t.cancelled_because = 'Décès' and t.ended_by is null;
reset role;
