-- A concertation that was moved says from when, and why.
alter table case_conferences.conference add column moved_from timestamptz, add column moved_because text;

/* As 1722 has it: the line of the Fil that says who was invited loses the names that may not be read there; the other lines of the same meeting (moved, cancelled, signed)
   name nobody and keep their words. */
create or replace function case_conferences.withdraw_sensitive_names(whose uuid default null) returns integer language sql as $$
  with around as materialized (
    select d.person_id, p.party from (select distinct n.person_id from persons.non_disclosure n where n.kind = 'at_risk' and n.ended_at is null
        and (whose is null or n.person_id = whose)) d
      cross join lateral unnest(persons.unnamed_parties(d.person_id, false)) p(party)),
  told as (
    select c.id, c.person_id, (select string_agg(p.name, ', ' order by p.name) from case_conferences.participant p
        where p.conference_id = c.id and not exists (select from around a where a.person_id = c.person_id and a.party = p.party_id)) as named
      from case_conferences.conference c
     where exists (select from around a join case_conferences.participant p on p.party_id = a.party where a.person_id = c.person_id and p.conference_id = c.id)),
  rewritten as (
    update persons.timeline_item t set summary = case when told.named is not null then 'Invités' || chr(160) || ': ' || told.named || '.' end
      from told where t.source = 'case_conferences' and t.source_id = told.id and t.person_id = told.person_id and t.protection = 'shared' and starts_with(t.summary, 'Invités')
    returning 1)
  select count(*)::integer from rewritten
$$;
