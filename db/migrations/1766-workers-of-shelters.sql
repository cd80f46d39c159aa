-- Around somebody in danger, the circle and the agenda knew a structure that protects by its card alone: whoever works there stands in them by her account, or
-- by her service, and was named. One list says all of them, whatever they are known as; asked once by statement.

/* Every party that says a protecting structure: the structure marked, its services, and who works there today, as a card and as an account. */
create function persons.protecting_parties() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  with marked as materialized (select party from persons.sensitive_parties() party),
  service as materialized (select t.id from territory.service t where exists (select from marked) and (t.id in (select party from marked)
    or (t.finess is not null and territory.party_id('finess:' || t.finess) in (select party from marked)))),
  worker as materialized (
    select u.id, u.professional_id from territory.user_account u where u.professional_id in (select party from marked) or u.id in (select party from marked)
    union
    select u.id, u.professional_id from territory.membership m join territory.user_account u on u.id = m.user_id where m.service_id in (select id from service)
      and m.starts_on <= platform.today() and (m.ends_on is null or m.ends_on >= platform.today()))
  select coalesce(array_agg(protecting.party), '{}') from (
    select party from marked union select id from service union select id from worker union select professional_id from worker where professional_id is not null) protecting
$$;

create or replace function persons.unnamed_parties(person uuid, to_actor boolean) returns uuid[] language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if not persons.at_risk(person) or (to_actor and persons.speaks_for(person)) then return '{}'::uuid[]; end if;
  return array(select party from unnest(persons.protecting_parties()) party where not to_actor or party <> all (platform.actor_parties()));
end $$;

grant create on schema persons to jalon_kernel;
alter function persons.protecting_parties() owner to jalon_kernel;
revoke create on schema persons from jalon_kernel;
revoke all on function persons.protecting_parties() from public;
grant execute on function persons.protecting_parties() to jalon_app, jalon_system, jalon_kernel;

do $$
declare t text;
begin
  foreach t in array array['care_team.member', 'agenda.participant'] loop
    execute format('drop policy sensitive_structure on %s', t);
    execute format($rule$create policy sensitive_structure on %s as restrictive for select to jalon_app using (
      person_id is null or party_id is null or party_id <> all ((select persons.protecting_parties())::uuid[]) or party_id = any ((select platform.actor_parties())::uuid[])
      or not persons.at_risk(person_id) or persons.speaks_for(person_id))$rule$, t);
  end loop;
end $$;
