/* The order in which events are told is that in which they were written, not that in which their transactions began: of two messages of one conversation, the second
   waits for the first, though its transaction may have begun before. Whoever writes under a lock writes after whoever held it. */
alter table platform.event_inbox alter column at set default clock_timestamp();
