/* As 1722 has it, and the lines of a stay noted by the team: where somebody in danger is sheltered is said to the DAC alone, in the Fil as in the agenda. */
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
       or (t.source = 'agenda.stay' and (t.source_id, t.person_id) in (
         select s.id, s.person_id from around a join agenda.stay s on s.person_id = a.person_id and s.establishment_id = a.party))
       or (t.source in ('care_team', 'care-plans', 'episodes.activity', 'agenda.appointment')
         and exists (select from named n where n.person_id = t.person_id and length(n.name) > 3 and strpos(t.title, n.name) > 0)))
    returning 1)
  select count(*)::integer from withdrawn
$$;

-- What was written since 1790.
set local role jalon_kernel;
update persons.timeline_item t set protection = 'org_private' from agenda.stay s
 where t.source = 'agenda.stay' and t.source_id = s.id and t.person_id = s.person_id and t.protection = 'shared' and s.establishment_id = any (persons.unnamed_parties(s.person_id, false));
reset role;
