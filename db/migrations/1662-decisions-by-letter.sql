-- A decision whose actor is outside Jalon is asked of her by letter: when it was printed, by whom; its answer comes back « par écrit ».
alter table case_conferences.decision add column letter_on date, add column letter_by_name text;
alter table case_conferences.decision add constraint decision_letter check ((letter_on is null) = (letter_by_name is null)) not valid;
alter table case_conferences.decision validate constraint decision_letter;

/* The line of the Fil that says who was invited is read by the whole circle. Once a structure that protects is marked, or the person is in danger, it names those
   who may be named there; the meeting itself stays told. Null: every person at risk. As the system. */
create function case_conferences.withdraw_sensitive_names(whose uuid default null) returns integer language sql as $$
  with sensitive as materialized (select persons.sensitive_parties() as party_id),
  told as (
    select c.id, c.person_id, (select string_agg(p.name, ', ' order by p.name) from case_conferences.participant p
        where p.conference_id = c.id and (p.party_id is null or p.party_id not in (select s.party_id from sensitive s))) as named
      from case_conferences.conference c
     where (whose is null or c.person_id = whose) and persons.at_risk(c.person_id)
       and exists (select from case_conferences.participant p where p.conference_id = c.id and p.party_id in (select s.party_id from sensitive s))),
  rewritten as (
    update persons.timeline_item t set summary = case when told.named is not null then 'Invités' || chr(160) || ': ' || told.named || '.' end
      from told where t.source = 'case_conferences' and t.source_id = told.id and t.person_id = told.person_id and t.protection = 'shared' and t.summary is not null
    returning 1)
  select count(*)::integer from rewritten
$$;
revoke all on function case_conferences.withdraw_sensitive_names(uuid) from public;
grant execute on function case_conferences.withdraw_sensitive_names(uuid) to jalon_system;
