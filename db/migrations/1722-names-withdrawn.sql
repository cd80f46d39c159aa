/* Lines of the Fil that name a structure that protects, or whoever works for it, leave the shared part of a file whose person is at risk: the DAC keeps them.
   Run when either is marked; what is written later is written so. Not only the circle named it: an agreement or a refusal in the plan, a visit together,
   an appointment. What professionals wrote in their own words is theirs. Null: every person at risk. */
create or replace function care_team.withdraw_sensitive_names(person uuid default null) returns integer language sql as $$
  with around as materialized (
    select d.person_id, p.party from (select distinct n.person_id from persons.non_disclosure n where n.kind = 'at_risk' and n.ended_at is null
        and (person is null or n.person_id = person)) d
      cross join lateral unnest(persons.unnamed_parties(d.person_id, false)) p(party)),
  member as materialized (select m.id, m.person_id, m.name from around a join care_team.member m on m.person_id = a.person_id and m.party_id = a.party),
  named as materialized (
    select m.person_id, m.name from member m
    union select c.person_id, c.name from around a join case_conferences.participant c on c.person_id = a.person_id and c.party_id = a.party
    union select g.person_id, g.party_name from around a join care_plans.agreement g on g.person_id = a.person_id and g.party_id = a.party
    union select x.person_id, x.actor_name from around a join care_plans.action x on x.person_id = a.person_id and x.actor_party_id = a.party
    union select v.person_id, v.name from around a join agenda.participant v on v.person_id = a.person_id and v.party_id = a.party),
  withdrawn as (
    update persons.timeline_item t set protection = 'org_private'
     where t.protection = 'shared' and t.person_id in (select a.person_id from around a) and (
       (t.source = 'care_team' and (t.source_id, t.person_id) in (select m.id, m.person_id from member m))
       or (t.source in ('care_team', 'care-plans', 'episodes.activity', 'agenda.appointment')
         and exists (select from named n where n.person_id = t.person_id and length(n.name) > 3 and strpos(t.title, n.name) > 0)))
    returning 1)
  select count(*)::integer from withdrawn
$$;

/* As 1662 has it, whichever way the invited is known: her card, her account, the service where she works. */
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
      from told where t.source = 'case_conferences' and t.source_id = told.id and t.person_id = told.person_id and t.protection = 'shared' and t.summary is not null
    returning 1)
  select count(*)::integer from rewritten
$$;
