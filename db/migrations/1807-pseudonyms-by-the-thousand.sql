-- A function that reads the salt itself is called for each row (21 µs each, 1.2 s of a region's figures); these two are written into the query, the salt read once.
create function reporting.pseudonym_salt() returns text language sql stable parallel safe as $$
  select value #>> '{}' from platform.setting where key = 'reporting.pseudonym_salt'
$$;

create function reporting.pseudonym_with(person uuid, salt text) returns text language sql stable parallel safe as $$
  select left(encode(sha256(convert_to(person::text || salt, 'UTF8')), 'hex'), 24)
$$;
comment on function reporting.pseudonym_with is 'The pseudonym of reporting.pseudonym, for a view of many rows: salt is (select reporting.pseudonym_salt()).';

create or replace view reporting.episode as
select e.id as episode_id, e.holder_org as service_id, reporting.pseudonym_with(e.person_id, (select reporting.pseudonym_salt())) as person_pseudonym,
  extract(year from p.birth_date)::integer as birth_year,
  extract(year from age(e.opened_on, p.birth_date))::integer as age_at_opening,
  p.sex, p.commune_code, e.opened_on, e.closed_on, e.state, e.level, e.level_since, e.dormant_since, e.wake_up_on, e.closure_reason, e.cno_level,
  e.opened_from_request as request_id, e.referent_id, e.last_contact_at,
  (select x.code from episodes.problem x where x.episode_id = e.id and x.axis = 'population' and x.principal and x.ends_on is null) as main_population,
  (select x.code from episodes.problem x where x.episode_id = e.id and x.axis = 'difficulty' and x.principal and x.ends_on is null) as main_difficulty,
  (select g.codes from episodes.ground g where g.episode_id = e.id order by g.recorded_at limit 1) as ground_codes,
  (select c.balance from episodes.closure c where c.episode_id = e.id and c.reopened_on is null) as closure_balance
from episodes.episode e join persons.person p on p.person_id = e.person_id
where (e.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];
