/* The desk reads all the requests of its service: nothing restricted may stand there. What is restricted (a report of maltreatment, an information
   préoccupante) has its own tables and its own readers, in safeguarding. */
do $$
declare t record;
begin
  for t in
    select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'protection'
    where n.nspname = 'intake' and c.relkind = 'r' order by 1
  loop
    execute format('alter table %s add constraint nothing_restricted check (protection <> ''restricted'') not valid', t.name);
    execute format('alter table %s validate constraint nothing_restricted', t.name);
  end loop;
end $$;
