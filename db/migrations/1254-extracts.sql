-- De-identified extracts (R28): only persons whose last answer to the third question is « non-opposition », and whose file is not frozen.
-- Counts by table and year leave, never lines; what left once stays as it left (an extract made again after one more opposition, compared with the
-- first, would tell who opposed).

create view reporting.secondary_use as
select e.id as episode_id, e.holder_org as service_id, reporting.pseudonym(e.person_id) as person_pseudonym, e.opened_on, e.closed_on, e.level, e.closure_reason, p.sex,
  extract(year from p.birth_date)::integer as birth_year,
  (select x.code from episodes.problem x where x.episode_id = e.id and x.axis = 'population' and x.principal order by x.starts_on desc limit 1) as main_population
from episodes.episode e join persons.person p on p.person_id = e.person_id
where (select o.state from persons.non_opposition o where o.person_id = e.person_id and o.number = 3 order by o.recorded_at desc, o.id desc limit 1) = 'non_opposition'
  and not exists (select 1 from privacy.limitation l where l.person_id = e.person_id and l.lifted_at is null)
  and not exists (select 1 from privacy.archived_file a where a.person_id = e.person_id)
  and ((e.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director}'::text[])
    or (select platform.actor_functions()) && '{regional_admin}'::text[]);
comment on view reporting.secondary_use is 'Accompaniments of those who did not oppose secondary use; read by privacy to count, never line by line.';
grant create on schema reporting to jalon_report;
alter view reporting.secondary_use owner to jalon_report;
grant select on reporting.secondary_use to jalon_app;
revoke create on schema reporting from jalon_report;

create table privacy.extract (
  id uuid primary key,
  -- null: the region
  service_id uuid references territory.service,
  year integer not null,
  table_code text not null,
  content jsonb not null,
  made_at timestamptz not null,
  made_by uuid not null,
  made_by_name text not null
);
create unique index extract_once on privacy.extract (coalesce(service_id, '00000000-0000-0000-0000-000000000000'), year, table_code);
alter table privacy.extract enable row level security;
alter table privacy.extract force row level security;
create policy own_scope on privacy.extract to jalon_app
  using ((service_id is null and (select platform.actor_functions()) && '{regional_admin}'::text[])
    or (service_id = (select platform.actor_service()) and (select platform.actor_functions()) && '{director}'::text[]))
  with check ((service_id is null and (select platform.actor_functions()) && '{regional_admin}'::text[])
    or (service_id = (select platform.actor_service()) and (select platform.actor_functions()) && '{director}'::text[]));
create policy system on privacy.extract to jalon_system using (true) with check (true);
grant select, insert on privacy.extract to jalon_app;
grant select, insert on privacy.extract to jalon_system;
