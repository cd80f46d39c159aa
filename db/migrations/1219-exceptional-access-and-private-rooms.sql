-- An exceptional access opens what is shared, never the private room of a service: what is private to it takes a right of another basis.
-- Found by the oracle of access (docs/adr/2026-11-22-proof-of-access.md).

create or replace function persons.protect(target regclass, with_person boolean default true) returns void language plpgsql as $$
declare
  qualified text := target::text;
  rule text;
begin
  rule := format($rule$
    exists (select 1 from persons.sight s
      where s.person_id = %1$s.person_id
        and s.party_id = any ((select platform.actor_parties())::uuid[])
        and %1$s.volet = any (s.volets)
        and s.starts_at <= (select platform.clock())
        and (s.ends_at is null or s.ends_at > (select platform.clock()))
        and s.suspended_at is null
        and (%1$s.protection = 'shared' or s.basis <> 'break_glass'))
    and %1$s.volet = any ((select platform.actor_volets())::text[])
    and (%1$s.protection = 'shared' or (%1$s.protection = 'org_private' and %1$s.holder_org = (select platform.actor_service())))
  $rule$, qualified);
  execute format('alter table %s enable row level security', qualified);
  execute format('alter table %s force row level security', qualified);
  execute format('create policy sight on %s to jalon_app using (%s) with check (%s)', qualified, rule, rule);
  execute format('create policy system on %s to jalon_system using (true) with check (true)', qualified);
  execute format('create policy kernel on %s to jalon_kernel using (true) with check (true)', qualified);
  execute format('create policy report on %s for select to jalon_report using (true)', qualified);
  execute format('alter table %s add check (volet in (''administrative'', ''social'', ''health''))', qualified);
  execute format('alter table %s add check (protection in (''shared'', ''org_private'', ''restricted''))', qualified);
end $$;

-- The policies that stand already, from their own text.
do $$
declare
  own record;
  narrower text;
begin
  for own in select schemaname, tablename, qual, with_check from pg_policies where policyname = 'sight' and 'jalon_app' = any (roles) loop
    narrower := format('(s.suspended_at IS NULL) AND ((%I.protection = ''shared'') OR (s.basis <> ''break_glass''))', own.tablename);
    if position('(s.suspended_at IS NULL)' in own.qual) = 0 then
      raise exception 'the policy of %.% is not the one expected', own.schemaname, own.tablename;
    end if;
    execute format('alter policy sight on %I.%I using (%s)', own.schemaname, own.tablename, replace(own.qual, '(s.suspended_at IS NULL)', narrower));
    if own.with_check is not null then
      execute format('alter policy sight on %I.%I with check (%s)', own.schemaname, own.tablename, replace(own.with_check, '(s.suspended_at IS NULL)', narrower));
    end if;
  end loop;
end $$;
