/* Around somebody in danger, whoever works for a structure that protects is named to those who answer for the person alone: in the plan, in the agreements on
   it, among the readers of the notebook and among those who opened a note. */

/* Every party that says a protecting structure around this person, as a card, an account or a service: nobody unless she is in danger. « to_actor »: those
   that the actor may not read; she reads her own, and everything when she answers for the person. */
create function persons.unnamed_parties(person uuid, to_actor boolean) returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not persons.at_risk(person) or (to_actor and persons.speaks_for(person)) then return '{}'::uuid[]; end if;
  return array(
    with marked as materialized (select party from persons.sensitive_parties() party),
    service as materialized (select t.id from territory.service t where t.id in (select party from marked)
      or (t.finess is not null and territory.party_id('finess:' || t.finess) in (select party from marked))),
    worker as materialized (
      select u.id, u.professional_id from territory.user_account u where u.professional_id in (select party from marked) or u.id in (select party from marked)
      union
      select u.id, u.professional_id from territory.membership m join territory.user_account u on u.id = m.user_id where m.service_id in (select id from service)
        and m.starts_on <= platform.today() and (m.ends_on is null or m.ends_on >= platform.today()))
    select unnamed.party from (
      select party from marked union select id from service union select id from worker union select professional_id from worker where professional_id is not null) unnamed
    where not to_actor or unnamed.party <> all (platform.actor_parties()));
end $$;
grant create on schema persons to jalon_kernel;
alter function persons.unnamed_parties(uuid, boolean) owner to jalon_kernel;
revoke create on schema persons from jalon_kernel;
revoke all on function persons.unnamed_parties(uuid, boolean) from public;
grant execute on function persons.unnamed_parties(uuid, boolean) to jalon_app, jalon_system, jalon_kernel;

/* Whether a line about this party may name it to the whole circle: neither a card, an account nor a service says too much. */
create or replace function persons.names_openly(person uuid, party uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select party is null or not persons.at_risk(person) or party <> all (persons.unnamed_parties(person, false))
$$;
-- It was written there alone, which the notebook does not know.
create or replace function conversations.names_openly(person uuid, its_user uuid) returns boolean language sql stable set search_path = pg_catalog as $$
  select persons.names_openly(person, its_user)
$$;

-- What a party answered on a plan, and what a concertation says of its guests, its actors and its recipients: under whichever name she is known there.
create policy sensitive_structure on care_plans.agreement as restrictive for select to jalon_app using (
  party_id is null or party_id = any ((select platform.actor_parties())::uuid[])
  or not persons.at_risk(person_id) or persons.speaks_for(person_id) or persons.names_openly(person_id, party_id));
do $$
declare t text; party text;
begin
  for t, party in values ('participant', 'party_id'), ('decision', 'actor_party_id'), ('sending', 'recipient_party_id') loop
    execute format('drop policy sensitive_structure on case_conferences.%I', t);
    execute format($rule$create policy sensitive_structure on case_conferences.%1$I as restrictive for select to jalon_app using (
      %2$I is null or %2$I = any ((select platform.actor_parties())::uuid[])
      or not persons.at_risk(person_id) or persons.speaks_for(person_id) or persons.names_openly(person_id, %2$I))$rule$, t, party);
  end loop;
end $$;

/* Who reads the shared notebook of a person besides the DAC: the active users behind the circle's sight, with the volets that each reads. */
create or replace function liaison.readers(person uuid) returns table (user_id uuid, name text, profession text, volets text[]) language plpgsql stable security definer
  set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare speaks boolean;
begin
  if not persons.actor_sees(person) then return; end if;
  speaks := not persons.at_risk(person) or persons.speaks_for(person);
  return query
    with live as materialized (
      select s.party_id, s.volets from persons.sight s
      where s.person_id = any (persons.identity_set(person)) and s.basis in ('care_team', 'consent') and s.suspended_at is null
        and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()))
    select u.id, u.given_name || ' ' || u.family_name, u.profession_label,
      array(select distinct v.volet from live l join territory.category_volet v on v.volet = any (l.volets)
        where v.category = u.category and l.party_id in (u.id, u.professional_id) order by v.volet)
    from (select a.id from live l join territory.user_account a on a.id = l.party_id
      union select a.id from live l join territory.user_account a on a.professional_id = l.party_id) reader
    join territory.user_account u on u.id = reader.id
    where u.status = 'active' and (speaks or u.id = platform.actor_id() or persons.names_openly(person, u.id))
    order by u.family_name, u.given_name;
end $$;

/* « Lu par »: of those who were told of a note (a mark was left to them) and may read it still, who opened it and who did not yet. Whoever came since is named
   once she opened it; whoever cleared her mark without opening is named in neither. Nobody with whom the person refuses sharing, or from whom she keeps this
   volet: neither as the one who asks nor as the one who is named. Reviewed door: for whoever reads the note. */
create or replace function liaison.openers(its_root uuid) returns table (user_id uuid, name text, profession text, opened boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  with root as materialized (
    select n.person_id, n.volet, n.protection, n.holder_org, n.author_id, n.recorded_at, t.id as item_id,
      platform.barred_from(n.person_id) || persons.kept_by_name_from(n.person_id, n.volet) as set_aside,
      not persons.at_risk(n.person_id) or persons.speaks_for(n.person_id) as named
    from liaison.note n join persons.timeline_item t on t.source = 'liaison.note' and t.source_id = n.id
    where n.id = its_root and n.recorded_at > now() - interval '31 days' and persons.actor_sees(n.person_id) and n.volet = any (platform.actor_volets())
      and not persons.kept_from_actor(n.person_id, n.volet)
      and (n.protection = 'shared' or n.holder_org = platform.actor_service()) and n.protection <> 'restricted'
      and exists (select from persons.sight s where s.person_id = n.person_id and s.party_id = any (platform.actor_parties()) and n.volet = any (s.volets)
        and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()))
  ), who as (
    select a.user_id from root join episodes.assignment a on a.person_id = root.person_id join episodes.episode e on e.id = a.episode_id
     where e.state <> 'closed' and a.ends_on is null and (root.protection = 'shared' or root.holder_org = a.holder_org)
    union
    select ua.id from root join persons.sight s on s.person_id = root.person_id join territory.user_account ua on ua.id = s.party_id or ua.professional_id = s.party_id
     where root.protection = 'shared' and s.basis in ('care_team', 'consent') and root.volet = any (s.volets) and s.starts_at <= platform.clock()
       and s.suspended_at is null and (s.ends_at is null or s.ends_at > platform.clock())
  )
  select u.id, u.given_name || ' ' || u.family_name, u.profession_label, o.user_id is not null
  from who join territory.user_account u on u.id = who.user_id cross join root
  left join liaison.opened o on o.user_id = u.id and o.item_id = root.item_id
  where (o.user_id is not null or exists (select from liaison.unread m where m.user_id = u.id and m.item_id = root.item_id))
    and u.status = 'active' and u.id <> root.author_id and u.id <> all (root.set_aside)
    and (u.professional_id is null or u.professional_id <> all (root.set_aside))
    and (root.named or u.id = platform.actor_id() or persons.names_openly(root.person_id, u.id))
    and exists (select from territory.category_volet v where v.category = u.category and v.volet = root.volet)
$$;
