-- An exit that no establishment tells: the team notes it beside what is told (« Sortie notée par l’équipe »), or a death closes the stay. A later message of the
-- establishment wins: the note is kept, overtaken.
alter table agenda.stay add column left_on date;
alter table agenda.stay add column left_by uuid;
alter table agenda.stay add column left_by_name text;
alter table agenda.stay add column left_at timestamptz;
-- the event of the death that closed it; null: somebody noted it
alter table agenda.stay add column left_by_event bigint;
alter table agenda.stay add column left_overtaken_at timestamptz;

/* The day of the exit, as told or, until something else is told, as noted; null: not known. */
create function agenda.known_exit(stay agenda.stay) returns date language sql immutable as $$
  select coalesce(stay.ended_on, case when stay.left_on is not null and stay.left_overtaken_at is null then greatest(stay.left_on, stay.starts_on) end)
$$;
revoke all on function agenda.known_exit(agenda.stay) from public;
grant execute on function agenda.known_exit(agenda.stay) to jalon_app, jalon_system, jalon_kernel;

/* As 1790 has it, and an exit that was noted ends the stay as one that was told. */
drop view agenda.standing_stay;
create view agenda.standing_stay with (security_invoker = true) as
  select s.*, x.out_on, case when x.out_on is not null then x.out_on when s.told_by = 'hospital' and s.expected_on is not null then greatest(s.expected_on, platform.today()) else s.expected_on end as until
    from agenda.stay s cross join lateral (select agenda.known_exit(s) as out_on) x
   where s.cancelled_at is null and (s.told_by = 'hospital' or not exists (
     select from agenda.stay h where h.person_id = s.person_id and h.told_by = 'hospital' and h.cancelled_at is null
       and agenda.is_same_stay(s, h.id, h.place_key, h.starts_on, agenda.known_exit(h))));
grant select on agenda.standing_stay to jalon_app, jalon_system, jalon_kernel;
