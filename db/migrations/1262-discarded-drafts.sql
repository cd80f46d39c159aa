-- A version being written may be given up: the plan is again what its last validated version says. Its number is not used a second time, so that an
-- agreement noted on it, or the line of the Fil that names it, is never read as that of another text.
alter table care_plans.plan add column discarded_number integer;
comment on column care_plans.plan.discarded_number is 'Number of the last version that was given up while being written; null when none was.';
