/* Refusals, and what was exported or printed, are read the last first whichever of them are asked for: an index by outcome gave them in no order, and a page of
   fifty sorted every refusal ever written (0.2 s on a million lines). The outcome stays in the index, to be looked at without the line. */
create index entry_not_done_in_order on audit.entry (sealed_at desc, seq desc, outcome) where outcome <> 'done';
drop index audit.entry_not_done;
create index entry_not_on_screen_in_order on audit.entry (sealed_at desc, seq desc, manner) where manner <> 'screen';
drop index audit.entry_not_on_screen;
