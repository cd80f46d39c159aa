-- A disk that a first import has filled: its entries go in a transaction of their own, which needs no room; emptying the tables of the lines needs some.
create function directory.drop_first_entries() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  drop table if exists directory.entry_next_low, directory.entry_next_high;
end $$;
revoke all on function directory.drop_first_entries from public;
grant execute on function directory.drop_first_entries to jalon_system;
