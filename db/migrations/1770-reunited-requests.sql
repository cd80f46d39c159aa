/* A request that was reunited with another has nothing of its own to open any more: what it opened is the business of the one that is kept. When the kept one
   named nobody, it takes the person over, and gives her back if the two are separated. */
alter table intake.merge add column person_moved boolean not null default false;
comment on column intake.merge.person_moved is 'The kept request had no person: it holds hers since the merge.';

-- Reunited before this day: the kept request takes over whom the first of its doubles named, as it would now.
with moved as (
  select distinct on (k.id) m.id as merge_id, k.id as kept_id, s.person_id, s.id as absorbed_id
  from intake.merge m join intake.sollicitation s on s.id = m.sollicitation_id and s.merged_into = m.kept_id
    join intake.sollicitation k on k.id = m.kept_id and k.person_id is null and k.status <> 'closed'
  where m.undone_at is null and s.person_id is not null and exists (
    select from persons.sight r where r.person_id = s.person_id and r.source_id = s.id and r.party_id = k.holder_org and r.basis = 'request' and r.ends_at is null)
  order by k.id, m.merged_at, m.id
), named as (
  update intake.sollicitation k set person_id = moved.person_id, concerns = 'person', version = version + 1 from moved where k.id = moved.kept_id
), noted as (
  update intake.merge m set person_moved = true from moved where m.id = moved.merge_id
)
update persons.sight r set source_id = moved.kept_id from moved
 where r.person_id = moved.person_id and r.source_id = moved.absorbed_id and r.basis = 'request' and r.ends_at is null;

-- What its own right still opened ends: now when the kept request goes on for the same person, two years after the merge otherwise (CNIL, délibération 2023-095).
update persons.sight r set ends_at = greatest(r.starts_at, case when k.person_id = s.person_id and k.status <> 'closed' then platform.clock() else m.merged_at + interval '2 years' end)
  from intake.sollicitation s join intake.merge m on m.sollicitation_id = s.id and m.undone_at is null join intake.sollicitation k on k.id = m.kept_id
 where s.merged_into is not null and s.status <> 'closed' and r.source_id = s.id and r.person_id = s.person_id and r.basis = 'request' and r.ends_at is null;
