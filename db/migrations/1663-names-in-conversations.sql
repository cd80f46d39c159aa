-- Somebody who works for a structure that protects, and was in a conversation before it was marked or before the person was in danger, is named there to
-- whoever answers for the person, and to herself; the others read what she wrote under no name (conversations.names_openly, as for those who enter).

create function conversations.named_to_actor(person uuid, its_user uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select person is null or not persons.at_risk(person) or its_user = platform.actor_id() or persons.speaks_for(person)
    or coalesce(conversations.names_openly(person, its_user), true)
$$;

/* A name as the actor may read it in a conversation. */
create function conversations.shown_name(person uuid, its_user uuid, its_name text) returns text language sql stable security definer set search_path = pg_catalog as $$
  select case when conversations.named_to_actor(person, its_user) then its_name else 'Un membre du cercle' end
$$;

grant create on schema conversations to jalon_kernel;
do $$
declare f regprocedure;
begin
  foreach f in array array['conversations.named_to_actor(uuid, uuid)'::regprocedure, 'conversations.shown_name(uuid, uuid, text)'::regprocedure] loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app, jalon_system', f);
  end loop;
end $$;
revoke create on schema conversations from jalon_kernel;
grant execute on function conversations.names_openly(uuid, uuid) to jalon_kernel;

create policy sensitive_structure on conversations.participant as restrictive for select to jalon_app
  using (person_id is null or conversations.named_to_actor(person_id, user_id));
