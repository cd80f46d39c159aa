/* A family name as it is compared: capitals, no accent, one space for anything else. What nameKey of the application does: names are kept as they were typed. */
create function persons.family_key(name text) returns text language sql immutable parallel safe as $$
  select btrim(regexp_replace(upper(replace(replace(replace(replace(replace(replace(replace(replace(regexp_replace(normalize(name, NFD), '[\u0300-\u036f]', '', 'g'),
    'œ', 'oe'), 'Œ', 'OE'), 'æ', 'ae'), 'Æ', 'AE'), 'ß', 'ss'), 'ẞ', 'SS'), 'ø', 'o'), 'Ø', 'O')), '[^A-Z0-9]+', ' ', 'g'))
$$;
drop index persons.person_used_name;
drop index persons.person_birth_name;
create index person_used_key on persons.person (persons.family_key(used_name)) where used_name is not null;
create index person_birth_key on persons.person (persons.family_key(birth_name)) where birth_name is not null;

/* Which of these family names (as family_key writes them) are those of persons whom the actor sees, in a text written outside any file. Nothing is said of anybody
   else. As a function of the kernel: under row-level security the indexes of a function are not used. */
create function conversations.families_seen(names text[]) returns setof text language sql stable security definer
  set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
  with hers as materialized (select platform.actor_parties() as parties, persons.refusing_actor() as refusing, platform.clock() as at)
  select distinct n.name from unnest(names) n(name) cross join hers
   where n.name <> '' and exists (
     select from persons.person p where (persons.family_key(p.used_name) = n.name or persons.family_key(p.birth_name) = n.name) and p.protection = 'shared'
       and p.person_id <> all (hers.refusing)
       and exists (select from persons.sight s where s.person_id = p.person_id and s.party_id = any (hers.parties) and 'administrative' = any (s.volets)
         and s.suspended_at is null and s.starts_at <= hers.at and (s.ends_at is null or s.ends_at > hers.at)))
$$;
grant create on schema conversations to jalon_kernel;
alter function conversations.families_seen(text[]) owner to jalon_kernel;
revoke create on schema conversations from jalon_kernel;
revoke all on function conversations.families_seen(text[]) from public;
grant execute on function conversations.families_seen(text[]) to jalon_app;
