-- What raises an alert, as data: rules of the region, rules of a DAC, every version kept; where an alert goes and when it climbs.

create table liaison.alert_rule (
  id uuid primary key,
  -- null: of the region, for every DAC
  service_id uuid references territory.service,
  -- the rule of the region that this DAC tells in its own way: that one no longer acts there
  replaces uuid references liaison.alert_rule,
  created_at timestamptz not null default now(),
  check (replaces is null or service_id is not null)
);
create unique index alert_rule_replaced on liaison.alert_rule (service_id, replaces) where replaces is not null;

-- The highest version of a rule is in force; none is ever changed.
create table liaison.alert_rule_version (
  rule_id uuid not null references liaison.alert_rule,
  version integer not null check (version > 0),
  title text not null,
  trigger text not null check (trigger in ('note', 'event', 'measure', 'silence', 'plan_term')),
  condition jsonb not null default '{}',
  -- minutes of opening after which an alert that nobody took goes further; null: it stays where it is
  escalate_after integer check (escalate_after between 5 and 10000),
  active boolean not null,
  reason text,
  decided_by uuid,
  decided_by_name text not null,
  decided_at timestamptz not null default now(),
  primary key (rule_id, version)
);

alter table liaison.alert_rule enable row level security;
alter table liaison.alert_rule force row level security;
alter table liaison.alert_rule_version enable row level security;
alter table liaison.alert_rule_version force row level security;
-- Whoever writes in a notebook sets them off: they say nothing of anybody.
create policy read on liaison.alert_rule for select to jalon_app using (true);
create policy write on liaison.alert_rule for insert to jalon_app with check (
  case when service_id is null then (select platform.actor_functions()) && '{regional_admin}'::text[]
    else service_id = (select platform.actor_service()) and (select platform.actor_functions()) && '{team_lead}'::text[] end);
create policy read on liaison.alert_rule_version for select to jalon_app using (true);
create policy write on liaison.alert_rule_version for insert to jalon_app with check (exists (
  select 1 from liaison.alert_rule r where r.id = rule_id and case when r.service_id is null then (select platform.actor_functions()) && '{regional_admin}'::text[]
    else r.service_id = (select platform.actor_service()) and (select platform.actor_functions()) && '{team_lead}'::text[] end));
create policy system on liaison.alert_rule to jalon_system using (true) with check (true);
create policy system on liaison.alert_rule_version to jalon_system using (true) with check (true);
create policy kernel on liaison.alert_rule to jalon_kernel using (true) with check (true);
create policy kernel on liaison.alert_rule_version to jalon_kernel using (true) with check (true);
grant select, insert on liaison.alert_rule, liaison.alert_rule_version to jalon_app;
grant select, insert, update, delete on liaison.alert_rule, liaison.alert_rule_version to jalon_system, jalon_kernel;

-- What a note tells besides its text: a fall, a refusal of care, an admission… (R55: a refusal is recorded as an event).
alter table liaison.note
  add column event text,
  -- a request for an opinion may be addressed to somebody who reads the notebook
  add column asked_of uuid,
  add column asked_of_name text;
create index note_event on liaison.note (event, at) where event is not null;

alter table liaison.alert
  add column event text,
  -- the rule, as it stood; null: the gesture of somebody
  add column rule_id uuid references liaison.alert_rule,
  add column rule_version integer,
  -- to whom it goes now, and why to them
  add column addressees uuid[] not null default '{}',
  add column routed_because text check (routed_because in ('referent', 'binome', 'substitute', 'team')),
  add column escalation smallint not null default 0,
  add column escalate_at timestamptz,
  add column escalated_at timestamptz;
create index alert_to_climb on liaison.alert (escalate_at) where state = 'to_take' and escalate_at is not null;
-- Once for a rule and what set it off: a day of silence told twice is one alert.
create unique index alert_of_rule on liaison.alert (rule_id, source_id) where rule_id is not null and state <> 'settled';

-- « Ne plus m’alerter de cela pour cette personne », until a day, with the reason.
create table liaison.alert_mute (
  id uuid primary key,
  person_id uuid not null references persons.person,
  rule_id uuid not null references liaison.alert_rule,
  until date not null,
  reason text not null,
  muted_by uuid not null,
  muted_by_name text not null,
  muted_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  volet text not null default 'administrative',
  holder_org uuid not null references territory.service,
  protection text not null default 'org_private'
);
select persons.protect('liaison.alert_mute');
select duplicates.follow('liaison.alert_mute');
create index alert_mute_person on liaison.alert_mute (person_id) where ended_at is null;
grant select, insert, update on liaison.alert_mute to jalon_app;
grant select, insert, update, delete on liaison.alert_mute to jalon_system, jalon_kernel;

/* Which rules are muted for a person in a DAC now. A member of the circle who writes sets rules off without reading what the DAC keeps to itself:
   reviewed door, rule ids only, for whoever sees the person. */
create function liaison.muted_rules(person uuid, service uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(m.rule_id), '{}') from liaison.alert_mute m
  where m.person_id = any (persons.identity_set(person)) and m.holder_org = service and m.ended_at is null and m.until >= platform.today()
    and (persons.actor_sees(person) or platform.actor_id() is null)
$$;
grant create on schema liaison to jalon_kernel;
alter function liaison.muted_rules(uuid, uuid) owner to jalon_kernel;
revoke create on schema liaison from jalon_kernel;
revoke all on function liaison.muted_rules(uuid, uuid) from public;
grant execute on function liaison.muted_rules(uuid, uuid) to jalon_app, jalon_system;

-- Rules that a region begins with; it changes them from the screen.
with rules (id, title, trigger, condition, escalate_after) as (values
  ('01930000-0000-7000-8000-000000000001'::uuid, 'Réponse rapide demandée', 'note', '{"urgent": true}'::jsonb, 120),
  ('01930000-0000-7000-8000-000000000002', 'Chute', 'event', '{"events": ["fall"]}', 240),
  ('01930000-0000-7000-8000-000000000003', 'Refus de soins ou d’aide', 'event', '{"events": ["care_refusal"]}', 570),
  ('01930000-0000-7000-8000-000000000004', 'Aidant à bout', 'event', '{"events": ["caregiver_exhausted"]}', 240),
  ('01930000-0000-7000-8000-000000000005', 'Hospitalisation ou passage aux urgences', 'event', '{"events": ["hospital_admission", "emergency_visit"]}', 570),
  ('01930000-0000-7000-8000-000000000006', 'Sortie d’hôpital', 'event', '{"events": ["hospital_discharge"]}', 120),
  ('01930000-0000-7000-8000-000000000007', 'Mesure hors du seuil de la personne', 'measure', '{"personal": true}', 240),
  ('01930000-0000-7000-8000-000000000008', 'Perte de poids de 5 % en un mois', 'measure', '{"kind": "weight", "lossPercent": 5, "days": 31}', 570),
  ('01930000-0000-7000-8000-000000000009', 'Aucune visite ni contact depuis 30 jours, suivi intensif', 'silence', '{"days": 30, "levels": ["intensive"]}', null),
  ('01930000-0000-7000-8000-00000000000a', 'Aucune visite ni contact depuis 60 jours, suivi soutenu', 'silence', '{"days": 60, "levels": ["sustained"]}', null),
  ('01930000-0000-7000-8000-00000000000b', 'PPCS à revoir, terme passé', 'plan_term', '{"days": 0}', null)
), kept as (insert into liaison.alert_rule (id) select id from rules returning id)
insert into liaison.alert_rule_version (rule_id, version, title, trigger, condition, escalate_after, active, decided_by_name)
select id, 1, title, trigger, condition, escalate_after, true, 'Jalon, règles de départ' from rules;

-- What a user opened of the notebook, one item at a time: « tout marquer comme lu » opens nothing. Kept as long as « lu par » may be asked.
create table liaison.opened (
  user_id uuid not null,
  item_id uuid not null,
  opened_at timestamptz not null,
  primary key (item_id, user_id)
);
create index opened_at on liaison.opened (opened_at);
alter table liaison.opened enable row level security;
alter table liaison.opened force row level security;
create policy own on liaison.opened to jalon_app using (user_id = (select platform.actor_id())) with check (user_id = (select platform.actor_id()));
create policy system on liaison.opened to jalon_system using (true) with check (true);
create policy kernel on liaison.opened for select to jalon_kernel using (true);
grant select, insert on liaison.opened to jalon_app;
grant select, insert, update, delete on liaison.opened to jalon_system;
grant select on liaison.opened to jalon_kernel;

/* « Lu par »: of those who were told of a note (a mark was left to them) and read it still, who opened it and who did not yet. Whoever came since is named
   once she opened it; whoever cleared her mark without opening is named in neither. Reviewed door: for whoever reads the note. */
create function liaison.openers(its_root uuid) returns table (user_id uuid, name text, profession text, opened boolean)
  language sql stable security definer set search_path = pg_catalog as $$
  with root as (
    select n.person_id, n.volet, n.protection, n.holder_org, n.author_id, n.recorded_at, t.id as item_id
    from liaison.note n join persons.timeline_item t on t.source = 'liaison.note' and t.source_id = n.id
    where n.id = its_root and n.recorded_at > now() - interval '31 days' and persons.actor_sees(n.person_id) and n.volet = any (platform.actor_volets())
      and (n.protection = 'shared' or n.holder_org = platform.actor_service()) and n.protection <> 'restricted'
      and exists (select from persons.sight s where s.person_id = n.person_id and s.party_id = any (platform.actor_parties()) and n.volet = any (s.volets)
        and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()))
  ), who as (
    select a.user_id from root join episodes.assignment a on a.person_id = root.person_id join episodes.episode e on e.id = a.episode_id
     where e.state <> 'closed' and a.ends_on is null and (root.protection = 'shared' or root.holder_org = a.holder_org)
    union
    select ua.id from root join persons.sight s on s.person_id = root.person_id join territory.user_account ua on ua.id = s.party_id or ua.professional_id = s.party_id
     where root.protection = 'shared' and s.basis in ('care_team', 'consent') and root.volet = any (s.volets) and s.starts_at <= platform.clock()
       and s.suspended_at is null and (s.ends_at is null or s.ends_at > platform.clock())
  )
  select u.id, u.given_name || ' ' || u.family_name, u.profession_label, o.user_id is not null
  from who join territory.user_account u on u.id = who.user_id cross join root
  left join liaison.opened o on o.user_id = u.id and o.item_id = root.item_id
  where (o.user_id is not null or exists (select from liaison.unread m where m.user_id = u.id and m.item_id = root.item_id))
    and u.status = 'active' and u.id <> root.author_id
    and exists (select from territory.category_volet v where v.category = u.category and v.volet = root.volet)
$$;
grant create on schema liaison to jalon_kernel;
alter function liaison.openers(uuid) owner to jalon_kernel;
revoke create on schema liaison from jalon_kernel;
revoke all on function liaison.openers(uuid) from public;
grant execute on function liaison.openers(uuid) to jalon_app;
