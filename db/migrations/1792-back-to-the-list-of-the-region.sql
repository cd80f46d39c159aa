-- A DAC that had its own list of a critical sequence may come back to the region's: a version without lines, which follows whatever the region publishes.
alter table episodes.checklist alter column moments drop not null;
alter table episodes.checklist_version alter column moments drop not null;
