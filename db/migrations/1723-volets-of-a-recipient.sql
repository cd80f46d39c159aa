/* The volets that a document may hold for this party (L.1110-4, R.1110-2 CSP): what she sees of the person now, under her account or her card; without any
   access, what her category may receive, less what the person withholds. Nothing for whoever the person refuses sharing with. Answers only to someone who
   sees the person. */
create function persons.volets_for_recipient(person uuid, party uuid) returns text[] language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  names uuid[] := persons.same_party(party);
  its_category text := persons.party_category(party);
  seen text[];
begin
  if not persons.actor_sees(person) or names && platform.barred_from(person) then return '{}'::text[]; end if;
  select array_agg(distinct v.volet) into seen from persons.sight s cross join lateral unnest(s.volets) v(volet)
   where s.person_id = any (persons.identity_set(person)) and s.suspended_at is null and s.basis <> 'break_glass'
     and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())
     and (s.party_id = any (names) or s.party_id in (select m.service_id from territory.membership m where m.user_id = any (names)
       and m.starts_on <= platform.today() and (m.ends_on is null or m.ends_on >= platform.today())));
  if seen is null then
    seen := persons.effective_volets(person, party, 'care_team', '{administrative,social,health}');
    if its_category is null then seen := array_remove(seen, 'health'); end if;
  end if;
  return array(select v.volet from unnest(seen) v(volet)
    where (its_category is null or exists (select from territory.category_volet c where c.category = its_category and c.volet = v.volet))
      and (v.volet = 'administrative' or not names && persons.kept_by_name_from(person, v.volet)) order by v.volet);
end $$;
grant create on schema persons to jalon_kernel;
alter function persons.volets_for_recipient(uuid, uuid) owner to jalon_kernel;
revoke create on schema persons from jalon_kernel;
revoke all on function persons.volets_for_recipient(uuid, uuid) from public;
grant execute on function persons.volets_for_recipient(uuid, uuid) to jalon_app, jalon_system;
