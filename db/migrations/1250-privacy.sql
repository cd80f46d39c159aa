-- Rights of the person (RGPD): what is held about her, who opened her file. Registers, limitation and retention follow in 1251 to 1254.

create schema privacy;
grant usage on schema privacy to jalon_app, jalon_system, jalon_kernel, jalon_report;

/* Who opened the file, by reader, service and day, folded from audit.accesses_of (which says who may read it). What concerns a restricted report is
   not told, not even that there is one: safeguarding keeps its own list of readers. */
create function privacy.accesses_of(person uuid, since timestamptz, time_zone text) returns table (
  user_id uuid, user_name text, profession text, service_name text, day date, times integer, first_at timestamptz, last_at timestamptz,
  names text[], exported integer, refused integer, bases text[]
) language sql stable security definer set search_path = pg_catalog as $$
  with days as (
    select a.actor_id, max(a.actor_name) as actor_name, max(a.actor_kind) as actor_kind, a.service_id, max(a.service_name) as service_name, (a.at at time zone time_zone)::date as day,
      count(*)::integer as times, min(a.at) as first_at, max(a.at) as last_at, array_agg(distinct a.name) as names,
      count(*) filter (where a.manner in ('export', 'print'))::integer as exported, count(*) filter (where a.outcome = 'refused')::integer as refused,
      array_agg(distinct a.basis) filter (where a.outcome <> 'refused') as bases
    from audit.accesses_of(person, since, null, 1000000) a
    where a.outcome in ('done', 'replayed', 'refused') and a.name not like 'safeguarding.%'
    group by a.actor_id, a.service_id, 6)
  select d.actor_id, d.actor_name, m.job_title, d.service_name, d.day, d.times, d.first_at, d.last_at, d.names, d.exported, d.refused, coalesce(d.bases, '{}')
  from days d
  left join lateral (select m.job_title from territory.membership m where m.user_id = d.actor_id and m.service_id = d.service_id order by m.starts_on desc limit 1) m on true
  order by d.last_at desc, d.actor_id
$$;

/* What one reader opened on one day, line by line. */
create function privacy.access_lines_of(person uuid, reader uuid, since timestamptz, before timestamptz) returns table (
  at timestamptz, name text, manner text, outcome text, basis text, volets text[]
) language sql stable security definer set search_path = pg_catalog as $$
  select a.at, a.name, a.manner, a.outcome, a.basis, a.volets from audit.accesses_of(person, since, before, 1000000) a
  where a.actor_id is not distinct from reader and a.outcome in ('done', 'replayed', 'refused') and a.name not like 'safeguarding.%' order by a.at
$$;

/* The exceptional accesses to her file, which the application reads through doors only; without a word on the professional's own review. */
create function privacy.exceptional_accesses_of(person uuid) returns setof jsonb language sql stable security definer set search_path = pg_catalog as $$
  select to_jsonb(x) - '{review_comment,reviewed_by,reviewed_by_name}'::text[] from persons.exceptional_access x
  where x.person_id = any (persons.identity_set(person)) and persons.actor_sees(person, '{dac_in_charge,self}') order by x.opened_at
$$;

grant create on schema privacy to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname = 'privacy' loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app, jalon_system', f);
  end loop;
end $$;
revoke create on schema privacy from jalon_kernel;
