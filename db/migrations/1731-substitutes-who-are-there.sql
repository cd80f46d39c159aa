-- As 1460 has it; nobody stands in once her account is closed or her post in that service is over: what is routed to her would be told to nobody.
create or replace function territory.substitute(person_in_charge uuid, at timestamptz) returns uuid language sql stable security definer set search_path = pg_catalog as $$
  select a.substitute_id from territory.absence a
   where a.user_id = person_in_charge and a.cancelled_at is null and a.starts_at <= at and a.ends_at > at and a.substitute_id is not null
     and exists (select from territory.user_account u join territory.membership m on m.user_id = u.id
       where u.id = a.substitute_id and u.status = 'active' and m.service_id = a.service_id and m.starts_on <= at::date and (m.ends_on is null or m.ends_on >= at::date))
     and not exists (select from territory.absence b where b.user_id = a.substitute_id and b.cancelled_at is null and b.starts_at <= at and b.ends_at > at)
   order by a.recorded_at desc limit 1
$$;
