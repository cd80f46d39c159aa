-- A question to the teleservice that may not be asked is refused in words, and one that an opposition closed is asked again once it is lifted.

/* Why her traits stay here, in a word, for whoever sees her; null where they may leave (persons.traits_leaving, of one). */
create function persons.traits_kept_because(person uuid) returns text language sql stable security definer set search_path = pg_catalog as $$
  select case
    when not persons.actor_sees(person) or persons.traits_leave(person) then null
    when exists (select from (select distinct on (n.number) n.state from persons.non_opposition n where n.person_id = any (persons.identity_set(person)) and n.number in (1, 2)
      order by n.number, n.recorded_at desc, n.id desc) last where last.state = 'opposition') then 'opposition'
    when persons.use_limited(person) then 'limitation'
    else 'archived' end
$$;
revoke all on function persons.traits_kept_because(uuid) from public;
grant execute on function persons.traits_kept_because(uuid) to jalon_app;
grant create on schema persons to jalon_kernel;
alter function persons.traits_kept_because(uuid) owner to jalon_kernel;
revoke create on schema persons from jalon_kernel;

comment on column persons.insi_call.code is 'Of the teleservice (00, 01, 02) or of the failure; of a question without follow-up: kept (her traits might not leave any more), merged.';
