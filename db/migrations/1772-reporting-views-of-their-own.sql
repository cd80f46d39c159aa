-- The problems, levels and sleeps of an accompaniment know its DAC themselves: the figures of 100,000 persons need not read each accompaniment again for it.
create or replace view reporting.episode_problem as
select x.episode_id, x.holder_org as service_id, reporting.pseudonym(x.person_id) as person_pseudonym, x.axis, x.code, x.principal, x.starts_on, x.ends_on
from episodes.problem x
where (x.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];

create or replace view reporting.episode_level as
select l.episode_id, l.holder_org as service_id, l.level, l.starts_on, l.ends_on
from episodes.level_period l
where (l.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];

create or replace view reporting.episode_dormancy as
select d.episode_id, d.holder_org as service_id, d.starts_on, d.ends_on
from episodes.dormancy d
where (d.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];
