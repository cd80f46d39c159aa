-- As 1429 has it; a professional who waits under both names waits once: the index that allows one request at a time made the merge fail for good.
create or replace function duplicates.settle_twins(its_merge uuid, kept uuid, absorbed uuid) returns void language plpgsql set search_path = pg_catalog as $$
declare r record;
begin
  for r in select case when array_position(ranks, a.state) <= array_position(ranks, b.state) then b.id else a.id end as id,
      case when array_position(ranks, a.state) <= array_position(ranks, b.state) then b.starts_on else a.starts_on end as starts_on
    from (select array['declared', 'de_facto', 'military', 'none', 'unknown'] as ranks) k
    join persons.family_doctor a on a.person_id = kept and a.ends_on is null join persons.family_doctor b on b.person_id = absorbed and b.ends_on is null
  loop
    perform duplicates.change(its_merge, 'persons.family_doctor', jsonb_build_object('id', r.id), jsonb_build_object('ends_on', greatest(r.starts_on, platform.today())));
  end loop;
  for r in select b.id from persons.withheld_volet a join persons.withheld_volet b on b.person_id = absorbed and b.ended_at is null and b.withholds = a.withholds
      and b.from_category is not distinct from a.from_category and b.from_party_id is not distinct from a.from_party_id
    where a.person_id = kept and a.ended_at is null
  loop
    perform duplicates.change(its_merge, 'persons.withheld_volet', jsonb_build_object('id', r.id),
      jsonb_build_object('ended_at', platform.clock(), 'end_reason', 'Même souhait dans les deux dossiers fusionnés'));
  end loop;
  for r in select b.id from persons.sight a join persons.sight b on b.person_id = absorbed and b.ends_at is null and b.party_id = a.party_id and b.source_id = a.source_id
    where a.person_id = kept and a.ends_at is null
  loop
    perform duplicates.change(its_merge, 'persons.sight', jsonb_build_object('id', r.id), jsonb_build_object('ends_at', platform.clock()));
  end loop;
  for r in select b.id from persons.contact_point a join persons.contact_point b on b.person_id = absorbed and b.ended_at is null and b.value = a.value and b.kind = a.kind
    where a.person_id = kept and a.ended_at is null
  loop
    perform duplicates.change(its_merge, 'persons.contact_point', jsonb_build_object('id', r.id), jsonb_build_object('ended_at', platform.clock()));
  end loop;
  -- a question to the teleservice was asked with traits that may not be hers any more
  for r in select c.id from persons.insi_call c where c.person_id in (kept, absorbed) and c.state = 'waiting' loop
    perform duplicates.change(its_merge, 'persons.insi_call', jsonb_build_object('id', r.id), jsonb_build_object('state', 'outdated', 'answered_at', platform.clock()));
  end loop;
  -- one safety note of a service is written in: the other stays readable beside it, for what it says of a danger
  for r in select b.id from agenda.safety_note a join agenda.safety_note b on b.person_id = absorbed and b.set_aside_at is null and b.holder_org = a.holder_org
    where a.person_id = kept and a.set_aside_at is null
  loop
    perform duplicates.change(its_merge, 'agenda.safety_note', jsonb_build_object('id', r.id), jsonb_build_object('set_aside_at', platform.clock()));
  end loop;
  -- the same professional asked to join under both: one request waits, the answer to it answers her
  for r in select b.id from care_team.join_request a join care_team.join_request b on b.person_id = absorbed and b.state = 'asked' and b.party_id = a.party_id
    where a.person_id = kept and a.state = 'asked'
  loop
    perform duplicates.change(its_merge, 'care_team.join_request', jsonb_build_object('id', r.id),
      jsonb_build_object('state', 'refused', 'answered_at', platform.clock(), 'answer_words', 'Même demande dans les deux dossiers fusionnés'));
  end loop;
end $$;
