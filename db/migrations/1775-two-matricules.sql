/* What forbids this merge, as a code; null where nothing does. Read again under the locks by the merge itself. Two numbers that the teleservice gave (retrieved or
   qualified) say two people (RNIV): a waiting number (NIA) that becomes a NIR is the one case of two numbers for one person. */
create or replace function duplicates.obstacle(kept uuid, absorbed uuid) returns text language sql stable as $$
  select case
    when (select count(*) from persons.person p where p.person_id in (kept, absorbed) and p.protection = 'shared') < 2 then 'already_merged'
    when (select count(distinct p.ins_matricule) from persons.person p where p.person_id in (kept, absorbed) and p.identity_status = 'QUAL') > 1
      or (select count(distinct left(p.ins_matricule, 13)) from persons.person p where p.person_id in (kept, absorbed)
        and p.ins_oid in ('1.2.250.1.213.1.4.8', '1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.11')) > 1 then 'two_matricules'
    when privacy.archived(kept) or privacy.archived(absorbed) then 'archived'
    when exists (select from privacy.erasure e where e.person_id in (kept, absorbed) and e.state in ('proposed', 'confirmed')) then 'erasure_open'
    when exists (select from privacy.limitation l where l.person_id in (kept, absorbed) and l.lifted_at is null) then 'limited'
    when exists (select from episodes.episode a join episodes.episode b on b.holder_org = a.holder_org and b.person_id = absorbed and b.state <> 'closed'
      where a.person_id = kept and a.state <> 'closed') then 'two_episodes'
    when exists (select from care_plans.plan a join care_plans.plan b on b.holder_org = a.holder_org and b.person_id = absorbed and b.state <> 'closed'
      where a.person_id = kept and a.state <> 'closed') then 'two_plans'
  end
$$;
