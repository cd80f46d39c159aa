/* As 1790 has it. A stay whose exit no establishment told yet reaches a week from now, no further: what is planned there later is another one. */
create or replace function agenda.is_same_stay(written agenda.stay, told_id uuid, told_place text, told_from date, told_to date) returns boolean language sql stable as $$
  select told_id = written.same_as or (written.same_as is null and told_id <> all (written.apart_from) and told_place = written.place_key
    and told_from <= coalesce(written.ended_on, written.expected_on, written.starts_on + 30) and coalesce(told_to, greatest(told_from, platform.today()) + 7) >= written.starts_on)
$$;
