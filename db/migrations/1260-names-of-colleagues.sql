-- Who changed a field at the same time as somebody else is told by name: platform keeps the history, territory knows the names.

create function platform.user_name(user_id uuid) returns text language sql stable parallel safe
  as $$ select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = user_id $$;
comment on function platform.user_name(uuid) is 'Given and family name of a professional who has an account; null for anybody else (a job, an import).';
grant execute on function platform.user_name(uuid) to jalon_app, jalon_system, jalon_kernel;
