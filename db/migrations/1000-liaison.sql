-- Liaison: the notebook that the circle shares, the private notes of the DAC, flagged notes to be taken, and what each user has not read yet.

create schema liaison;
grant usage on schema liaison to jalon_app, jalon_system, jalon_kernel, jalon_report;

-- Append-only: a correction is an addendum, an answer is a reply. Both stand beside their root, in its volet and its room.
create table liaison.note (
  id uuid primary key,
  person_id uuid not null references persons.person,
  kind text not null,
  title text,
  body text not null,
  urgent boolean not null default false,
  root_id uuid not null references liaison.note,
  relation text check (relation in ('reply', 'addendum')),
  author_id uuid not null,
  author_name text not null,
  author_function text,
  at timestamptz not null,
  volet text not null,
  holder_org uuid not null,
  protection text not null default 'shared',
  recorded_at timestamptz not null default now(),
  check ((relation is null) = (root_id = id)),
  check (relation is null or not urgent)
);
select persons.protect('liaison.note');
create index note_person on liaison.note (person_id, at desc);
create index note_root on liaison.note (root_id, at);

-- « Demande une réponse rapide »: somebody of the DAC in charge takes it, then says what was done.
create table liaison.alert (
  id uuid primary key,
  person_id uuid not null references persons.person,
  title text not null,
  summary text,
  source text not null,
  source_id uuid not null,
  raised_at timestamptz not null,
  raised_by uuid,
  raised_by_name text not null,
  raised_by_function text,
  state text not null default 'to_take' check (state in ('to_take', 'taken', 'settled')),
  taken_by uuid,
  taken_at timestamptz,
  settled_by uuid,
  settled_at timestamptz,
  outcome text,
  volet text not null,
  -- the DAC that must take it
  holder_org uuid not null references territory.service,
  protection text not null default 'shared',
  version integer not null default 1,
  check (state <> 'to_take' or taken_by is null),
  check (state <> 'taken' or taken_by is not null),
  check ((state = 'settled') = (settled_at is not null))
);
select persons.protect('liaison.alert');
create index alert_person on liaison.alert (person_id) where state <> 'settled';
create index alert_holder on liaison.alert (holder_org, raised_at) where state <> 'settled';
create index alert_source on liaison.alert (source_id);

-- What a user has not opened yet. Keyed by the user: news are read from here, never by looking through all files.
create table liaison.unread (
  user_id uuid not null,
  item_id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  primary key (user_id, item_id)
);
create index unread_of_person on liaison.unread (user_id, person_id, at desc);
create index unread_item on liaison.unread (item_id);
alter table liaison.unread enable row level security;
alter table liaison.unread force row level security;
create policy own on liaison.unread to jalon_app using (user_id = (select platform.actor_id()));
create policy system on liaison.unread to jalon_system using (true) with check (true);
create policy kernel on liaison.unread to jalon_kernel using (true) with check (true);

-- « Depuis votre visite du… »: place is a person's file, or the user herself for « Ma journée ».
create table liaison.last_visit (
  user_id uuid not null,
  place_id uuid not null,
  visited_at timestamptz not null,
  previous_at timestamptz,
  primary key (user_id, place_id)
);
alter table liaison.last_visit enable row level security;
alter table liaison.last_visit force row level security;
create policy own on liaison.last_visit to jalon_app using (user_id = (select platform.actor_id())) with check (user_id = (select platform.actor_id()));
create policy system on liaison.last_visit to jalon_system using (true) with check (true);

grant select, insert on liaison.note to jalon_app;
grant select, insert, update on liaison.alert, liaison.last_visit to jalon_app;
grant select, delete on liaison.unread to jalon_app;
grant select, insert, update, delete on all tables in schema liaison to jalon_system, jalon_kernel;
grant select on liaison.note, liaison.alert to jalon_report;

create index if not exists user_account_professional on territory.user_account (professional_id) where professional_id is not null;

/* Whatever enters the Fil is unread, in the same transaction, for those who follow the person: référent, binôme and whoever hands over, and
   the users of the circle whose sight and category cover the volet; never its author. Reviewed door, as all that follow: SECURITY DEFINER,
   owned by jalon_kernel. Old papers loaded in bulk (recorded long ago) are nobody's news. */
create function liaison.mark_unread() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into liaison.unread (user_id, item_id, person_id, at)
  select u.id, i.id, i.person_id, i.at
  from added i
  cross join lateral (
    select a.user_id from episodes.assignment a join episodes.episode e on e.id = a.episode_id
     where a.person_id = i.person_id and e.state <> 'closed' and (a.ends_on is null or (a.role = 'handing_over' and a.ends_on >= platform.today()))
       and (i.protection = 'shared' or i.holder_org = a.holder_org)
    union
    select ua.id from persons.sight s join territory.user_account ua on ua.id = s.party_id
     where s.person_id = i.person_id and s.basis in ('care_team', 'consent') and i.volet = any (s.volets) and i.protection = 'shared'
       and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())
    union
    select ua.id from persons.sight s join territory.user_account ua on ua.professional_id = s.party_id
     where s.person_id = i.person_id and s.basis in ('care_team', 'consent') and i.volet = any (s.volets) and i.protection = 'shared'
       and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())
  ) who
  join territory.user_account u on u.id = who.user_id and u.status = 'active'
  where i.protection <> 'restricted' and u.id is distinct from i.author_id and i.recorded_at > now() - interval '31 days'
    and exists (select 1 from territory.category_volet v where v.category = u.category and v.volet = i.volet)
  on conflict do nothing;
  return null;
end $$;

/* How many shared items of a person the actor does not see because their volet is not open to her: a number, never what they are.
   Private rooms and restricted reports are not counted: their existence is not told. No row for whoever does not see the person. */
create function liaison.hidden_items(person uuid) returns integer language sql stable security definer set search_path = pg_catalog as $$
  select count(*)::integer from persons.timeline_item t
  where t.person_id = any (persons.identity_set(person)) and t.protection = 'shared' and persons.actor_sees(person)
    and not (t.volet = any (platform.actor_volets()) and exists (
      select 1 from persons.sight s where s.person_id = t.person_id and s.party_id = any (platform.actor_parties()) and t.volet = any (s.volets)
        and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())))
$$;

/* Who reads the shared notebook of a person besides the DAC: the active users behind the circle's sight, with the volets that each reads. */
create function liaison.readers(person uuid) returns table (user_id uuid, name text, profession text, volets text[])
  language sql stable security definer set search_path = pg_catalog as $$
  select u.id, u.given_name || ' ' || u.family_name, u.profession_label,
    array(select distinct v.volet from territory.category_volet v, persons.sight s where v.category = u.category and s.person_id = any (persons.identity_set(person))
      and s.basis in ('care_team', 'consent') and s.party_id in (u.id, u.professional_id) and v.volet = any (s.volets)
      and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()) order by v.volet)
  from territory.user_account u
  where u.status = 'active' and persons.actor_sees(person) and u.id in (
    select ua.id from persons.sight s join territory.user_account ua on ua.id = s.party_id
     where s.person_id = any (persons.identity_set(person)) and s.basis in ('care_team', 'consent') and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())
    union
    select ua.id from persons.sight s join territory.user_account ua on ua.professional_id = s.party_id
     where s.person_id = any (persons.identity_set(person)) and s.basis in ('care_team', 'consent') and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()))
  order by u.family_name, u.given_name
$$;

grant create on schema liaison to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'liaison' and p.prosecdef loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app, jalon_system', f);
  end loop;
end $$;
revoke create on schema liaison from jalon_kernel;

create trigger mark_unread after insert on persons.timeline_item
  referencing new table as added for each statement execute function liaison.mark_unread();
