-- How many professionals and sites the directory holds is said on its pages: counted when an import or a feed ends, where the planner's estimate was shown,
-- which nothing brings up to date after a small import.
alter table directory.source add column cards integer;
comment on column directory.source.cards is 'Professionals (rpps) or sites (finess) held when the last import or feed ended; null for the other sources.';
update directory.source set cards = (select count(*) from directory.professional) where code = 'rpps';
update directory.source set cards = (select count(*) from directory.structure) where code = 'finess';
