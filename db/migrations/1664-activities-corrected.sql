-- An activity is a by-product of the work: its time, its kind and its kilometres are corrected in one gesture, each version kept (platform.field_history);
-- indicators read the row, hence follow. What was said is corrected by an addendum of the notebook, never here.
alter table episodes.activity add column kilometres numeric(6, 1) check (kilometres between 0 and 2000),
  add column version integer not null default 1, add column corrected_at timestamptz, add column corrected_by_name text;
update episodes.activity a set kilometres = v.kilometres from agenda.visit_record v where v.activity_id = a.id and v.kilometres is not null;
grant update (kind, at, minutes, kilometres, with_whom, reached, partner, cno_level, version, corrected_at, corrected_by_name) on episodes.activity to jalon_app;
