-- Conversations: what professionals write to one another, about a person (within her circle) or outside any file. A message opens to those who took part
-- when it was written and, where it is about a person, to nobody who has no sight of her on the volet of the conversation now.

create schema conversations;
grant usage on schema conversations to jalon_app, jalon_system, jalon_kernel;

create table conversations.thread (
  id uuid primary key,
  -- null: between professionals, outside any file; nobody is named there
  person_id uuid references persons.person,
  subject text not null,
  -- circle: whoever enters the circle of care enters the conversation; chosen: those who were named
  reach text not null check (reach in ('circle', 'chosen')),
  -- number of the last message; messages are numbered without a gap, in the order of their writing
  last_number integer not null default 0,
  last_at timestamptz not null,
  created_at timestamptz not null,
  created_by uuid not null,
  created_by_name text not null,
  volet text not null check (volet in ('administrative', 'social', 'health')),
  -- the service of its author, or herself when she has none
  holder_org uuid not null,
  protection text not null default 'restricted' check (protection = 'restricted'),
  check (reach = 'chosen' or person_id is not null)
);
create index thread_person on conversations.thread (person_id) where person_id is not null;
create index thread_outside on conversations.thread (last_at) where person_id is null;

-- Who takes part, from which message to which: a period is ended, never erased; whoever comes back has another.
create table conversations.participant (
  id uuid primary key,
  thread_id uuid not null references conversations.thread,
  person_id uuid references persons.person,
  user_id uuid not null references territory.user_account,
  name text not null,
  profession text,
  from_number integer not null check (from_number >= 1),
  until_number integer,
  joined_at timestamptz not null,
  added_by uuid,
  added_by_name text,
  left_at timestamptz,
  -- left: she went; removed: by somebody; circle: she left the circle of care
  left_because text check (left_because in ('left', 'removed', 'circle')),
  left_by_name text,
  -- the last message that she has read, of those before and none skipped; and when
  seen_number integer not null default 0,
  seen_at timestamptz,
  -- the last message that names her
  mentioned_number integer not null default 0,
  volet text not null check (volet in ('administrative', 'social', 'health')),
  holder_org uuid not null,
  protection text not null default 'restricted' check (protection = 'restricted'),
  check ((left_at is null) = (until_number is null) and (left_at is null) = (left_because is null))
);
create unique index participant_live on conversations.participant (thread_id, user_id) where left_at is null;
create index participant_thread on conversations.participant (thread_id);
create index participant_user on conversations.participant (user_id, thread_id);
create index participant_person on conversations.participant (person_id) where person_id is not null;

-- Append-only.
create table conversations.message (
  id uuid primary key,
  thread_id uuid not null references conversations.thread,
  person_id uuid references persons.person,
  number integer not null check (number >= 1),
  author_id uuid not null references territory.user_account,
  author_name text not null,
  author_profession text,
  -- empty when files alone were sent
  body text not null,
  reply_to uuid references conversations.message,
  mentions uuid[] not null default '{}',
  sent_at timestamptz not null,
  -- the body without accents nor capitals
  search_key text not null,
  volet text not null check (volet in ('administrative', 'social', 'health')),
  holder_org uuid not null,
  protection text not null default 'restricted' check (protection = 'restricted'),
  unique (thread_id, number)
);
create index message_person on conversations.message (person_id) where person_id is not null;
create index message_reply on conversations.message (reply_to) where reply_to is not null;

-- message_id null: uploaded, not sent yet; its author alone sees it, and it is destroyed after a day.
create table conversations.file (
  id uuid primary key,
  thread_id uuid not null references conversations.thread,
  person_id uuid references persons.person,
  message_id uuid references conversations.message,
  position smallint not null default 0,
  name text not null,
  media_type text not null,
  byte_length integer not null,
  width integer,
  height integer,
  sha256 bytea not null,
  content bytea not null,
  added_by uuid not null,
  added_at timestamptz not null,
  volet text not null check (volet in ('administrative', 'social', 'health')),
  holder_org uuid not null,
  protection text not null default 'restricted' check (protection = 'restricted')
);
-- pictures and PDF are compressed already
alter table conversations.file alter column content set storage external;
create index file_message on conversations.file (message_id);
create index file_thread on conversations.file (thread_id);
create index file_person on conversations.file (person_id) where person_id is not null;
create index file_waiting on conversations.file (added_at) where message_id is null;

-- What a message became: a note, a task, an appointment.
create table conversations.outcome (
  id uuid primary key,
  message_id uuid not null references conversations.message,
  thread_id uuid not null references conversations.thread,
  person_id uuid references persons.person,
  kind text not null check (kind in ('note', 'task', 'appointment')),
  target_id uuid not null,
  made_by uuid not null,
  made_by_name text not null,
  made_at timestamptz not null,
  volet text not null check (volet in ('administrative', 'social', 'health')),
  holder_org uuid not null,
  protection text not null default 'restricted' check (protection = 'restricted'),
  unique (kind, target_id)
);
create index outcome_message on conversations.outcome (message_id);
create index outcome_thread on conversations.outcome (thread_id);
create index outcome_person on conversations.outcome (person_id) where person_id is not null;

/* The conversations in which the actor takes part or took part. Reviewed door, as all that follow: SECURITY DEFINER, owned by jalon_kernel. */
create function conversations.mine() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct p.thread_id), '{}') from conversations.participant p where p.user_id = platform.actor_id()
$$;

/* Those in which she takes part now, and those that she has just opened, still empty of anybody. */
create function conversations.held() returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(h.id), '{}') from (
    select p.thread_id as id from conversations.participant p where p.user_id = platform.actor_id() and p.left_at is null
    union select t.id from conversations.thread t where t.created_by = platform.actor_id() and t.last_number = 0
      and not exists (select from conversations.participant p where p.thread_id = t.id)) h
$$;

do $$
declare
  t text;
  -- the rule of the kernel (persons.protect), for what has one; breaking the glass opens no conversation
  sees constant text := $rule$(%1$s.person_id is null or (%1$s.volet = any ((select platform.actor_volets())::text[]) and exists (select from persons.sight s
      where s.person_id = %1$s.person_id and s.party_id = any ((select platform.actor_parties())::uuid[]) and %1$s.volet = any (s.volets) and s.basis <> 'break_glass'
        and s.starts_at <= (select platform.clock()) and (s.ends_at is null or s.ends_at > (select platform.clock())) and s.suspended_at is null
        and (%1$s.volet <> 'health' or s.person_id <> all ((select persons.keeping_from_actor('health'))::uuid[]))
        and (%1$s.volet <> 'social' or s.person_id <> all ((select persons.keeping_from_actor('social'))::uuid[])))))$rule$;
begin
  foreach t in array array['thread', 'participant', 'message', 'file', 'outcome'] loop
    execute format('alter table conversations.%I enable row level security', t);
    execute format('alter table conversations.%I force row level security', t);
    execute format('create policy system on conversations.%I to jalon_system using (true) with check (true)', t);
    execute format('create policy kernel on conversations.%I to jalon_kernel using (true) with check (true)', t);
    execute format('create policy seen on conversations.%1$I as restrictive to jalon_app using (' || format(sees, t) || ')', t);
  end loop;
end $$;

create policy participants on conversations.thread for select to jalon_app using (id = any ((select conversations.mine())::uuid[])
  or (created_by = (select platform.actor_id()) and id = any ((select conversations.held())::uuid[])));
create policy opened on conversations.thread for insert to jalon_app with check (created_by = (select platform.actor_id()));
create policy written on conversations.thread for update to jalon_app using (id = any ((select conversations.held())::uuid[]));

create policy participants on conversations.participant for select to jalon_app using (thread_id = any ((select conversations.mine())::uuid[])
  or thread_id = any ((select conversations.held())::uuid[]));
create policy added on conversations.participant for insert to jalon_app with check (thread_id = any ((select conversations.held())::uuid[]));
create policy marked on conversations.participant for update to jalon_app using (thread_id = any ((select conversations.held())::uuid[]));

create policy participants on conversations.message for select to jalon_app using (exists (select from conversations.participant p
  where p.thread_id = message.thread_id and p.user_id = (select platform.actor_id()) and message.number >= p.from_number and message.number <= coalesce(p.until_number, 2147483647)));
create policy sent on conversations.message for insert to jalon_app
  with check (author_id = (select platform.actor_id()) and thread_id = any ((select conversations.held())::uuid[]));

create policy participants on conversations.file for select to jalon_app using ((message_id is null and added_by = (select platform.actor_id()))
  or exists (select from conversations.message m where m.id = file.message_id));
create policy added on conversations.file for insert to jalon_app
  with check (added_by = (select platform.actor_id()) and message_id is null and thread_id = any ((select conversations.held())::uuid[]));
create policy sent on conversations.file for update to jalon_app using (added_by = (select platform.actor_id()) and message_id is null)
  with check (added_by = (select platform.actor_id()) and thread_id = any ((select conversations.held())::uuid[]));

create policy participants on conversations.outcome for select to jalon_app using (exists (select from conversations.message m where m.id = outcome.message_id));
create policy made on conversations.outcome for insert to jalon_app
  with check (made_by = (select platform.actor_id()) and exists (select from conversations.message m where m.id = outcome.message_id));

grant select, insert on conversations.thread, conversations.participant, conversations.message, conversations.file, conversations.outcome to jalon_app;
grant update (last_number, last_at) on conversations.thread to jalon_app;
grant update (left_at, left_because, left_by_name, until_number, seen_number, seen_at) on conversations.participant to jalon_app;
grant update (message_id, position) on conversations.file to jalon_app;
grant select, insert, update, delete on all tables in schema conversations to jalon_system, jalon_kernel;

/* The parties under which a user is given sight now: herself, her card, and the services where she works on files (territory/server/actor.sql.ts). */
create function conversations.parties_of(its_user uuid) returns uuid[] language sql stable set search_path = pg_catalog as $$
  select array_remove(array[u.id, u.professional_id], null) || array(select m.service_id from territory.membership m where m.user_id = u.id
      and m.starts_on <= platform.today() and (m.ends_on is null or m.ends_on >= platform.today())
      and m.functions && '{front_desk,referent,doctor,team_lead,cpts_coordinator,expert_team}'::text[])
  from territory.user_account u where u.id = its_user and u.status = 'active'
$$;

/* May this user read this volet of the person now? An outside look, for whom to name and whom to tell: when she reads, row-level security decides. */
create function conversations.sees(its_user uuid, person uuid, its_volet text) returns boolean language sql stable set search_path = pg_catalog as $$
  select exists (select from persons.sight s where s.person_id = person and s.party_id = any (conversations.parties_of(its_user)) and its_volet = any (s.volets)
      and s.basis <> 'break_glass' and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()))
    and exists (select from territory.user_account u join territory.category_volet v on v.category = u.category where u.id = its_user and v.volet = its_volet)
    and (its_volet = 'administrative' or exists (select from territory.membership m where m.user_id = its_user and m.starts_on <= platform.today()
      and (m.ends_on is null or m.ends_on >= platform.today()) and m.functions && '{referent,doctor,team_lead,outside_professional,expert_team,cpts_coordinator}'::text[]))
    and its_user <> all (platform.barred_from(person)) and its_user <> all (persons.kept_by_name_from(person, its_volet))
$$;

/* Whom to tell of what happens in a conversation of the actor: those who take part and may read it now. */
create function conversations.listeners(thread uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(p.user_id), '{}') from conversations.participant p
   where p.thread_id = thread and p.left_at is null and thread = any (conversations.held())
     and (p.person_id is null or conversations.sees(p.user_id, p.person_id, p.volet))
$$;

/* Whether this user may be named to the whole circle of the person: neither her card, nor the service where she works, says too much around somebody in danger. */
create function conversations.names_openly(person uuid, its_user uuid) returns boolean language sql stable set search_path = pg_catalog as $$
  select not persons.at_risk(person) or (persons.names_openly(person, u.professional_id) and not exists (
      select from territory.membership m join territory.service t on t.id = m.service_id where m.user_id = u.id and t.finess is not null
        and m.starts_on <= platform.today() and (m.ends_on is null or m.ends_on >= platform.today())
        and not persons.names_openly(person, territory.party_id('finess:' || t.finess))))
  from territory.user_account u where u.id = its_user
$$;

/* Who may take part in a conversation about a person, for whoever sees her: her circle with an account (« follows »: they enter when the whole circle is
   addressed), and those of the DAC in charge; her référent and binôme are of the circle. Around a person in danger, whoever works for a sensitive
   structure is listed to those who answer for the person alone, and never enters with the whole circle. */
create function conversations.reachable(person uuid) returns table (user_id uuid, name text, profession text, service_name text, follows boolean, volets text[])
  language sql stable security definer set search_path = pg_catalog as $$
  with around as (
    select u.id, true as follows from persons.sight s join territory.user_account u on u.id = s.party_id or u.professional_id = s.party_id
     where s.person_id = any (persons.identity_set(person)) and s.basis in ('care_team', 'consent') and s.suspended_at is null
       and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())
    union all
    select m.user_id, exists (select from episodes.assignment a join episodes.episode e on e.id = a.episode_id where a.user_id = m.user_id
        and a.person_id = any (persons.identity_set(person)) and e.state <> 'closed' and (a.ends_on is null or (a.role = 'handing_over' and a.ends_on >= platform.today())))
      from persons.sight s join territory.membership m on m.service_id = s.party_id
     where s.person_id = any (persons.identity_set(person)) and s.basis = 'dac_in_charge' and s.ends_at is null and m.starts_on <= platform.today()
       and (m.ends_on is null or m.ends_on >= platform.today()) and m.functions && '{referent,doctor,team_lead}'::text[]),
  one as materialized (select id, bool_or(follows) as follows, conversations.names_openly(person, id) as openly from around where persons.actor_sees(person) group by id)
  select u.id, u.given_name || ' ' || u.family_name, u.profession_label, w.name, one.follows and one.openly,
    array(select v from unnest('{administrative,social,health}'::text[]) v where conversations.sees(u.id, person, v))
  from one join territory.user_account u on u.id = one.id and u.status = 'active'
    left join lateral (select coalesce(t.short_name, t.name) as name from territory.membership m join territory.service t on t.id = m.service_id where m.user_id = u.id
      and m.starts_on <= platform.today() and (m.ends_on is null or m.ends_on >= platform.today()) order by m.starts_on desc limit 1) w on true
  where one.openly or (select persons.speaks_for(person))
  order by one.follows and one.openly desc, u.family_name, u.given_name limit 200
$$;

/* Professionals with an account whose name begins with each of these words (lower case, without accents). Names, professions and services: no person. */
create function conversations.professionals(words text[], besides uuid[], most integer) returns table (user_id uuid, name text, profession text, service_name text)
  language sql stable security definer set search_path = pg_catalog as $$
  select u.id, u.given_name || ' ' || u.family_name, u.profession_label, w.name
  from territory.user_account u
  join lateral (select coalesce(t.short_name, t.name) as name from territory.membership m join territory.service t on t.id = m.service_id where m.user_id = u.id
      and m.starts_on <= platform.today() and (m.ends_on is null or m.ends_on >= platform.today()) and not m.functions <@ '{person}'::text[] order by m.starts_on desc limit 1) w on true
  where u.status = 'active' and u.id <> platform.actor_id() and u.id <> all (besides) and cardinality(words) > 0 and platform.actor_id() is not null
    and (select bool_and(' ' || public.unaccent(lower(u.given_name || ' ' || u.family_name || ' ' || replace(u.family_name, '-', ' ') || ' ' || w.name)) like '% ' || word || '%') from unnest(words) word)
  order by u.family_name, u.given_name limit least(most, 30)
$$;

/* Who these users are, for their names in a conversation: professionals with an account, never the account of somebody who is followed. */
create function conversations.cards(users uuid[]) returns table (user_id uuid, name text, profession text)
  language sql stable security definer set search_path = pg_catalog as $$
  select u.id, u.given_name || ' ' || u.family_name, u.profession_label from territory.user_account u where u.id = any (users) and u.status = 'active'
    and exists (select from territory.membership m where m.user_id = u.id and m.starts_on <= platform.today() and (m.ends_on is null or m.ends_on >= platform.today())
      and not m.functions <@ '{person}'::text[])
$$;

/* Marks those who are named by a message. */
create function conversations.mention(thread uuid, its_number integer, users uuid[]) returns void language sql security definer set search_path = pg_catalog as $$
  update conversations.participant p set mentioned_number = greatest(p.mentioned_number, its_number)
   where p.thread_id = thread and p.left_at is null and p.user_id = any (users) and thread = any (conversations.held())
$$;

/* What is held about a person in conversations, for whoever answers her request of access (RGPD, art. 15): the words, who wrote them and when. */
create function conversations.messages_about(person uuid) returns setof jsonb language sql stable security definer set search_path = pg_catalog as $$
  select to_jsonb(m) - 'search_key' from conversations.message m where m.person_id = any (persons.identity_set(person)) and persons.speaks_for(person) order by m.sent_at, m.id
$$;

/* And the files that went with them: their names, who sent them and when. What they hold is opened with her. */
create function conversations.files_about(person uuid) returns setof jsonb language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('id', f.id, 'name', f.name, 'added_at', m.sent_at, 'added_by', m.author_name, 'volet', f.volet, 'protection', f.protection, 'holder_org', f.holder_org)
  from conversations.file f join conversations.message m on m.id = f.message_id
  where f.person_id = any (persons.identity_set(person)) and persons.speaks_for(person) order by m.sent_at, m.id, f.position
$$;

grant create on schema conversations to jalon_kernel;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'conversations' loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_system, jalon_kernel', f);
  end loop;
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'conversations' and p.prosecdef loop
    execute format('grant execute on function %s to jalon_app', f);
  end loop;
end $$;
revoke create on schema conversations from jalon_kernel;

-- A name in the text of a conversation outside any file: looked for among those whom the author sees.
create index person_used_name on persons.person (used_name);
create index person_birth_name on persons.person (birth_name);

select duplicates.follow('conversations.thread');
select duplicates.follow('conversations.participant');
select duplicates.follow('conversations.message');
select duplicates.follow('conversations.file');
select duplicates.follow('conversations.outcome');

insert into privacy.retention_rule (data_class, version, title, counted_from, active_months, archive_months, after_death_months, fate, source, decided, reason, decided_at, decided_by_name) values
  ('conversation', 1, 'Conversations entre professionnels, hors dossier', 'dernier message de la conversation', 12, 0, null, 'destroy',
   'À fixer par le responsable de traitement (proposition : un an). Les conversations d’un dossier suivent la durée du dossier.', false, 'Proposition d’origine', now(), 'Réglage d’origine');
