/* What a person wants of a named professional holds whatever right she reads by. Refusals did since 1286; a volet withheld from one professional was still read
   through the sight of her service. Both are now looked up once per transaction and kept in its settings, where policies read them: refusing_actor() ran its
   queries anew for each table of each statement. docs/adr/2026-11-22-rule-of-access.md */

create index withheld_volet_named on persons.withheld_volet (from_party_id) where from_party_id is not null and ended_at is null;

/* Looks up the wishes that name the actor, under her account or her card, and keeps them until the transaction ends or somebody changes a wish in it. A wish
   about her whole service is not one about her: the rights of the service are narrowed by it. */
create function persons.remember_wishes(whom text) returns void language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  hers uuid[] := array_remove(platform.actor_parties(), platform.actor_service());
  refusing uuid[];
  keeping_social uuid[];
  keeping_health uuid[];
begin
  hers := hers || array(
    select u.professional_id from territory.user_account u where u.id = any (hers) and u.professional_id is not null
    union all select u.id from territory.user_account u where u.professional_id = any (hers));
  refusing := array(select distinct i.id from persons.non_disclosure d cross join lateral unnest(persons.identity_set(d.person_id)) i(id)
    where d.kind = 'no_sharing' and d.ended_at is null and d.party_id = any (hers));
  select coalesce(array_agg(distinct i.id) filter (where w.withholds = 'social'), '{}'), coalesce(array_agg(distinct i.id) filter (where w.withholds = 'health'), '{}')
    into keeping_social, keeping_health
    from persons.withheld_volet w cross join lateral unnest(persons.identity_set(w.person_id)) i(id)
    where w.ended_at is null and w.from_party_id = any (hers);
  perform set_config('jalon.refusing', refusing::text, true), set_config('jalon.keeping_social', keeping_social::text, true),
    set_config('jalon.keeping_health', keeping_health::text, true), set_config('jalon.wishes_about', whom, true);
end $$;

/* Whom the settings are about, as they would be kept: an actor changed within a transaction is another one. */
create function persons.wishes_about() returns text language sql stable
  as $$ select coalesce(current_setting('jalon.parties', true), '') || ' ' || coalesce(current_setting('jalon.service', true), '') $$;

/* The persons who refuse sharing with the actor, under every identity. */
create or replace function persons.refusing_actor() returns uuid[] language plpgsql stable as $$
declare whom text := persons.wishes_about();
begin
  if current_setting('jalon.wishes_about', true) is distinct from whom then perform persons.remember_wishes(whom); end if;
  return current_setting('jalon.refusing')::uuid[];
end $$;
alter function persons.refusing_actor() security invoker;
alter function persons.refusing_actor() reset all;

/* The persons who keep this volet from the actor by name, under every identity. */
create function persons.keeping_from_actor(its_volet text) returns uuid[] language plpgsql stable as $$
declare whom text := persons.wishes_about();
begin
  if current_setting('jalon.wishes_about', true) is distinct from whom then perform persons.remember_wishes(whom); end if;
  return case its_volet when 'health' then current_setting('jalon.keeping_health') when 'social' then current_setting('jalon.keeping_social') else '{}' end::uuid[];
end $$;

create function persons.kept_from_actor(person uuid, its_volet text) returns boolean language sql stable
  as $$ select its_volet <> 'administrative' and person = any (persons.keeping_from_actor(its_volet)) $$;

-- A wish written, an identity joined, a card taken: the rest of the transaction reads it.
create function persons.forget_wishes() returns trigger language plpgsql as $$
begin
  perform set_config('jalon.wishes_about', '', true);
  return null;
end $$;
create trigger wishes_changed after insert or update or delete on persons.non_disclosure for each statement execute function persons.forget_wishes();
create trigger wishes_changed after insert or update or delete on persons.withheld_volet for each statement execute function persons.forget_wishes();
create trigger wishes_changed after insert or update or delete on persons.alias for each statement execute function persons.forget_wishes();
create trigger wishes_changed after insert or update of professional_id on territory.user_account for each statement execute function persons.forget_wishes();

/* The accounts and cards from which the person keeps this volet by name: an event of that volet is not told to them, whatever party it is for. */
create function persons.kept_by_name_from(person uuid, its_volet text) returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
declare named uuid[] := (select array_agg(w.from_party_id) from persons.withheld_volet w
  where w.person_id = any (persons.identity_set(person)) and w.withholds = its_volet and w.ended_at is null and w.from_party_id is not null
    and not exists (select from territory.service v where v.id = w.from_party_id));
begin
  return case when named is null then '{}'::uuid[] else named || persons.other_names(named) end;
end $$;

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
        and (%1$s.protection = 'shared' or s.basis <> 'break_glass')
        and (s.basis = 'self' or ((%1$s.volet <> 'health' or s.person_id <> all ((select persons.keeping_from_actor('health'))::uuid[]))
          and (%1$s.volet <> 'social' or s.person_id <> all ((select persons.keeping_from_actor('social'))::uuid[])))))
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

-- The policies that stand already, from their own text: those of persons.protect, the history of fields, and the parts of requests that a DAC in charge reads.
do $$
declare
  own record;
  kept text;
  whose text;
  part text;
begin
  for own in select schemaname, tablename, qual, with_check from pg_policies
    where policyname = 'sight' and 'jalon_app' = any (roles) and position('(s.volets)' in qual) > 0 and position('keeping_from_actor' in qual) = 0 loop
    if position('(s.suspended_at IS NULL)' in own.qual) = 0 then raise exception 'the policy of %.% is not the one expected', own.schemaname, own.tablename; end if;
    kept := format($rule$(s.suspended_at IS NULL) and (s.basis = 'self' or ((%1$I.volet <> 'health' or s.person_id <> all ((select persons.keeping_from_actor('health'))::uuid[]))
      and (%1$I.volet <> 'social' or s.person_id <> all ((select persons.keeping_from_actor('social'))::uuid[]))))$rule$, own.tablename);
    execute format('alter policy sight on %I.%I using (%s)', own.schemaname, own.tablename, replace(own.qual, '(s.suspended_at IS NULL)', kept));
    if own.with_check is not null then
      execute format('alter policy sight on %I.%I with check (%s)', own.schemaname, own.tablename, replace(own.with_check, '(s.suspended_at IS NULL)', kept));
    end if;
  end loop;
  for own in select schemaname, tablename, policyname, qual from pg_policies
    where 'jalon_app' = any (roles) and policyname <> 'sight' and position('.volet = ANY (g.volets)' in qual) > 0 loop
    part := format('(%I.volet = ANY (g.volets))', own.tablename);
    if position(part in own.qual) = 0 then raise exception 'the policy % of %.% is not the one expected', own.policyname, own.schemaname, own.tablename; end if;
    whose := format($rule$(%1$s and (%2$I.volet <> 'health' or g.person_id <> all ((select persons.keeping_from_actor('health'))::uuid[]))
      and (%2$I.volet <> 'social' or g.person_id <> all ((select persons.keeping_from_actor('social'))::uuid[])))$rule$, part, own.tablename);
    execute format('alter policy %I on %I.%I using (%s)', own.policyname, own.schemaname, own.tablename, replace(own.qual, part, whose));
  end loop;
end $$;

/* How many shared lines of her Fil the actor does not see, and why, volet by volet. What is private to a service and what is restricted is not
   counted: its existence is not told. No row for whoever does not see the person. */
create or replace function persons.hidden_items(person uuid, her_category text) returns table (volet text, count integer, why text)
  language sql stable security definer set search_path = pg_catalog as $$
  with own as (
    select s.person_id, s.basis, s.volets, coalesce(s.entrusted, s.volets) as entrusted from persons.sight s
    where s.person_id = any (persons.identity_set(person)) and s.party_id = any (platform.actor_parties()) and s.suspended_at is null
      and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())),
  open_to_her as (select array(select c.volet from territory.category_volet c where c.category = her_category) as volets)
  select t.volet, count(*)::integer,
    case when t.volet <> all (o.volets) then 'category' when t.volet <> all (platform.actor_volets()) then 'function'
      when exists (select from own where t.volet = any (own.entrusted)) then 'withheld' else 'not_entrusted' end
  from persons.timeline_item t, open_to_her o
  where t.person_id = any (persons.identity_set(person)) and t.protection = 'shared' and persons.actor_sees(person)
    and not (t.volet = any (platform.actor_volets()) and exists (select from own where own.person_id = t.person_id and t.volet = any (own.volets)
      and (own.basis = 'self' or not persons.kept_from_actor(t.person_id, t.volet))))
  group by t.volet, 3 order by t.volet
$$;

create or replace function liaison.hidden_items(person uuid) returns integer language sql stable security definer set search_path = pg_catalog as $$
  select count(*)::integer from persons.timeline_item t
  where t.person_id = any (persons.identity_set(person)) and t.protection = 'shared' and persons.actor_sees(person)
    and not (t.volet = any (platform.actor_volets()) and exists (
      select 1 from persons.sight s where s.person_id = t.person_id and s.party_id = any (platform.actor_parties()) and t.volet = any (s.volets)
        and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())
        and (s.basis = 'self' or not persons.kept_from_actor(t.person_id, t.volet))))
$$;

/* On which basis the actor sees each of these persons, and which volets that opens: the strongest basis, and break_glass only where it opens
   what no other does. A right that this very transaction ended counts: the gesture rested on it. Run by the application, under the policy of
   persons.sight that shows her own rights only; less what the person keeps from her by name. */
create or replace function audit.grounds(persons uuid[]) returns table (bases text[], volets text[]) language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
declare
  parties uuid[] := platform.actor_parties();
  at timestamptz := platform.clock();
  names constant text[] := array['self', 'dac_in_charge', 'request', 'care_team', 'consent', 'break_glass'];
  people integer := cardinality(persons);
  ranks integer[] := array_fill(99, array[people]);
  -- volets as bits (administrative 1, social 2, health 4), by exceptional access and otherwise
  by_glass integer[] := array_fill(0, array[people]);
  otherwise integer[] := array_fill(0, array[people]);
  keeping_social uuid[] := persons.keeping_from_actor('social');
  keeping_health uuid[] := persons.keeping_from_actor('health');
  seen integer := 0;
  line record;
begin
  for line in
    select p.n, array_position(names, s.basis) as rank,
      case when 'administrative' = any (s.volets) then 1 else 0 end + case when 'social' = any (s.volets) and (s.basis = 'self' or p.id <> all (keeping_social)) then 2 else 0 end
        + case when 'health' = any (s.volets) and (s.basis = 'self' or p.id <> all (keeping_health)) then 4 else 0 end as bits
    -- person by person (offset 0): a join would walk all that her service sees
    from unnest(persons) with ordinality as p(id, n) cross join lateral (
      select s.basis, s.volets from persons.sight s
      where s.person_id = p.id and s.party_id = any (parties) and s.suspended_at is null and s.starts_at <= at and (s.ends_at is null or s.ends_at >= at) offset 0) s
  loop
    if line.rank < ranks[line.n] then ranks[line.n] := line.rank; end if;
    if line.rank = 6 then by_glass[line.n] := by_glass[line.n] | line.bits; else otherwise[line.n] := otherwise[line.n] | line.bits; end if;
    seen := seen | line.bits;
  end loop;
  bases := '{}';
  for n in 1 .. people loop
    bases := bases || case when by_glass[n] & ~otherwise[n] > 0 then 'break_glass' else coalesce(names[ranks[n]], 'none') end;
  end loop;
  volets := array_remove(array[case when seen & 1 > 0 then 'administrative' end, case when seen & 2 > 0 then 'social' end, case when seen & 4 > 0 then 'health' end], null);
  return next;
end $$;

/* How the person names whoever a volet is withheld from: somebody who has, or had, a right on her, or who works in a service that has. Null: nobody of those. */
create or replace function persons.name_of_party(person uuid, party uuid) returns text language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(
    (select coalesce(v.name, (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = any (persons.same_party(party)) limit 1),
      s.party_name, 'Professionnel de l’annuaire')
    from persons.sight s left join territory.service v on v.id = s.party_id
    where s.person_id = person and s.party_id = any (persons.same_party(party)) and persons.speaks_for(person)
    order by s.starts_at desc limit 1),
    (select u.given_name || ' ' || u.family_name from territory.user_account u join territory.membership m on m.user_id = u.id
      join persons.sight s on s.party_id = m.service_id and s.person_id = person
    where u.id = any (persons.same_party(party)) and persons.speaks_for(person) limit 1))
$$;

grant create on schema persons to jalon_kernel;
alter function persons.remember_wishes(text) owner to jalon_kernel;
alter function persons.kept_by_name_from(uuid, text) owner to jalon_kernel;
revoke create on schema persons from jalon_kernel;
revoke all on function persons.remember_wishes(text), persons.kept_by_name_from(uuid, text), persons.wishes_about(), persons.keeping_from_actor(text),
  persons.kept_from_actor(uuid, text), persons.forget_wishes() from public;
grant execute on function persons.remember_wishes(text), persons.wishes_about(), persons.keeping_from_actor(text), persons.kept_from_actor(uuid, text),
  persons.kept_by_name_from(uuid, text) to jalon_app, jalon_system, jalon_kernel;
