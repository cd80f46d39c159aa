-- What a destroyed device left for an author who never comes back has a term: her supervisors are told before, then it is destroyed and proved.

alter table offline.deposit add column announced_at timestamptz;
comment on column offline.deposit.announced_at is 'When her supervisors were told that nobody has fetched it: nothing is destroyed before they had the time to call her.';
create policy kernel on offline.deposit for select to jalon_kernel using (true);
grant select on offline.deposit to jalon_kernel;

insert into privacy.retention_rule (data_class, version, title, counted_from, active_months, archive_months, after_death_months, fate, source, decided, reason, decided_at, decided_by_name) values
  ('deposit', 1, 'Écrits scellés laissés par un appareil effacé', 'dépôt sur le serveur, faute de connexion de leur auteur', 3, 0, null, 'destroy',
   'À fixer par le responsable de traitement (proposition : trois mois ; l’encadrement est prévenu deux semaines avant).', false, 'Proposition d’origine', now(), 'Réglage d’origine');

/* Whose sealed envelopes wait on the server, for whoever answers for her team: how many and since when, nothing of what they hold. Reviewed door: envelopes are
   their author's. */
create function offline.left_behind() returns table (user_id uuid, name text, envelopes integer, since timestamptz, latest timestamptz, announced_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select d.user_id, u.given_name || ' ' || u.family_name, count(*)::int, min(d.received_at), max(d.received_at), min(d.announced_at)
  from offline.deposit d join territory.user_account u on u.id = d.user_id
  where 'regional_admin' = any (platform.actor_functions())
     or (platform.actor_functions() && array['director', 'team_lead']
         and exists (select 1 from territory.membership m where m.user_id = d.user_id and m.service_id = platform.actor_service()))
  group by d.user_id, u.given_name, u.family_name order by min(d.received_at) limit 200
$$;
grant create on schema offline to jalon_kernel;
alter function offline.left_behind owner to jalon_kernel;
revoke create on schema offline from jalon_kernel;
revoke all on function offline.left_behind from public;
grant execute on function offline.left_behind to jalon_app;
