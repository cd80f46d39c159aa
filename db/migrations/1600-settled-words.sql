-- A GIN index keeps what just came in a list that every search reads from end to end, until a vacuum sorts it in: after an import of structures a search
-- of 10 ms took 80. The list is kept short, and whoever imports sorts it in at the end.
alter index directory.entry_local_words_idx set (gin_pending_list_limit = 256);
alter index directory.entry_structure_words_idx set (gin_pending_list_limit = 256);
alter index directory.entry_service_words_idx set (gin_pending_list_limit = 256);

create function directory.settle_words() returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform gin_clean_pending_list(i.indexrelid::regclass)
    from pg_partition_tree('directory.entry') t join pg_index i on i.indrelid = t.relid join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
    where a.amname = 'gin' and c.relkind = 'i';
end $$;
revoke all on function directory.settle_words() from public;
grant execute on function directory.settle_words() to jalon_system;
