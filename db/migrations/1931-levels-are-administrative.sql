/* The level of an accompaniment is read by whoever reads the accompaniment itself: a period of it that she could not see would stand in the way of the next one
   (one current period for each episode), and a change of level would fail without a word. */
alter table episodes.level_period add constraint level_period_as_its_episode check (volet = 'administrative' and protection = 'shared');
