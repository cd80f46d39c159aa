/* Requests of the last three months of the actor's own desk that may be the same. Under row-level security the planner may not use a trigram index
   (its operators are not leakproof), and comparing the names one by one took 400 ms at 60,000 requests. Reviewed door: it keeps to the service of the
   actor, whose desk reads all of its requests, and gives ids only; the lines are then read under the policies. */
create index sollicitation_similar_name on intake.sollicitation using gin (person_key gin_trgm_ops) where merged_into is null and person_key is not null;

create function intake.similar_requests(same_person uuid[], name_key text, born date, commune text, phone text, but uuid) returns table (id uuid, because text)
  language sql stable security definer set search_path = pg_catalog, public set pg_trgm.similarity_threshold = 0.5 as $$
  with recent as (
    select s.id, 1 as rank, 'person' as because, s.received_at from intake.sollicitation s
     where s.person_id = any (same_person) and s.holder_org = platform.actor_service() and s.merged_into is null
    union all
    select s.id, 2, 'name', s.received_at from intake.sollicitation s
     where name_key <> '' and s.person_key % name_key and s.holder_org = platform.actor_service() and s.merged_into is null
       and (born is null or s.person_birth_date is null or s.person_birth_date = born)
       and (commune is null or s.commune_code is null or s.commune_code = commune or s.person_birth_date = born)
    union all
    select s.id, 3, 'phone', s.received_at from intake.sollicitation s
     where s.caller_phone = phone and s.holder_org = platform.actor_service() and s.merged_into is null
  ), once as (
    select distinct on (r.id) r.id, r.rank, r.because, r.received_at from recent r
     where r.received_at > platform.clock() - interval '90 days' and r.id is distinct from but order by r.id, r.rank
  )
  select o.id, o.because from once o where intake.at_desk() order by o.rank, o.received_at desc limit 5
$$;
grant create on schema intake to jalon_kernel;
alter function intake.similar_requests(uuid[], text, date, text, text, uuid) owner to jalon_kernel;
revoke all on function intake.similar_requests(uuid[], text, date, text, text, uuid) from public;
grant execute on function intake.similar_requests(uuid[], text, date, text, text, uuid) to jalon_app;
revoke create on schema intake from jalon_kernel;
