-- A request that was linked to the wrong person leaves no trace of somebody else's story in her Fil: what the DAC wrote there says that it was a mistake, and the
-- line that everybody in charge of her reads (« Demande reçue par… ») is kept by the DAC that wrote it. Only the lines of the actor's own service.

create function persons.mark_mistaken(person uuid, sources uuid[]) returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare
  marked integer;
begin
  if platform.actor_service() is null or not platform.actor_service() = any (platform.actor_parties()) then
    raise exception 'a service marks its own lines' using errcode = 'insufficient_privilege';
  end if;
  update persons.timeline_item t set protection = 'org_private', title = 'Demande rattachée par erreur', summary = null
   where t.person_id = any (persons.identity_set(person)) and t.source_id = any (sources) and t.source in ('intake', 'persons') and t.holder_org = platform.actor_service()
     and t.title <> 'Demande rattachée par erreur';
  get diagnostics marked = row_count;
  return marked;
end $$;

grant create on schema persons to jalon_kernel;
alter function persons.mark_mistaken(uuid, uuid[]) owner to jalon_kernel;
revoke all on function persons.mark_mistaken(uuid, uuid[]) from public;
grant execute on function persons.mark_mistaken(uuid, uuid[]) to jalon_app;
revoke create on schema persons from jalon_kernel;
