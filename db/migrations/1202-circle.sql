/* Outside the équipe de soins, prior consent (L.1110-4, III CSP): for what it was given, and until when if she said so. R88 (Prado), R137. The right of
   persons.sight ends by its date; whoever reads the circle sees that it is over. */
alter table care_team.access add column consent_for text, add column consent_until date;
alter table care_team.access add constraint access_consent_only check (basis = 'consent' or (consent_for is null and consent_until is null)) not valid;
alter table care_team.access validate constraint access_consent_only;

/* Lines of the Fil that name a sensitive structure, or someone who practises there, leave the shared part of a file whose person is at risk: the DAC keeps
   them. Run when either is marked; what is written later is written so. Null: every person at risk. */
create function care_team.withdraw_sensitive_names(person uuid default null) returns integer language sql as $$
  with withdrawn as (
    update persons.timeline_item t set protection = 'org_private'
      from care_team.member m
     where m.party_id in (select persons.sensitive_parties()) and t.source = 'care_team' and t.source_id = m.id and t.person_id = m.person_id and t.protection = 'shared'
       and persons.at_risk(m.person_id) and (person is null or m.person_id = person)
    returning 1)
  select count(*)::integer from withdrawn
$$;
revoke all on function care_team.withdraw_sensitive_names(uuid) from public;
grant execute on function care_team.withdraw_sensitive_names(uuid) to jalon_system;

/* Whether a line about this party may name it to the whole circle. */
create function persons.names_openly(person uuid, party uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select party is null or not persons.at_risk(person) or party not in (select persons.sensitive_parties())
$$;
grant create on schema persons to jalon_kernel;
alter function persons.names_openly owner to jalon_kernel;
revoke create on schema persons from jalon_kernel;
revoke all on function persons.names_openly from public;
grant execute on function persons.names_openly to jalon_app, jalon_system;
