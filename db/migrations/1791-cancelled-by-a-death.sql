-- What a death cancelled is known by the event that told it, never by words that somebody may have written herself: « Décès » of a husband is no death of hers.
alter table agenda.occurrence add column cancelled_by_event bigint;
alter table agenda.stay add column cancelled_by_event bigint;
alter table case_conferences.conference add column cancelled_by_event bigint;

-- Those that stand so already, of persons who are recorded as dead: 0, an event from before.
set local role jalon_kernel;
update agenda.occurrence o set cancelled_by_event = 0 from persons.person p
 where p.person_id = o.person_id and p.deceased_on is not null and o.state = 'cancelled' and o.cancelled_because = 'Décès';
update case_conferences.conference k set cancelled_by_event = 0 from persons.person p
 where p.person_id = k.person_id and p.deceased_on is not null and k.state = 'cancelled' and k.cancelled_because = 'Décès';
reset role;
