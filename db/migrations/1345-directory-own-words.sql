-- What a service says on top of the national directories, never touched by an import; where communes are; who is exchanged with.
-- No table here concerns an accompanied person: notes are about professionals and structures.

-- How the middle of a commune is known: the operator's file, the addresses of its structures, GeoNames, or its neighbours.
alter table territory.commune add column located_by text check (located_by in ('operator', 'addresses', 'geonames', 'estimated'));
update territory.commune set located_by = 'addresses' where latitude is not null;
/* An import of structures places communes without saying how: that is by addresses, and what the operator gave holds. */
create function territory.place_commune() returns trigger language plpgsql as $$
begin
  if new.located_by is not distinct from old.located_by then
    if old.located_by = 'operator' then
      new.latitude := old.latitude;
      new.longitude := old.longitude;
    else
      new.located_by := 'addresses';
    end if;
  end if;
  return new;
end $$;
create trigger place_commune before update of latitude, longitude on territory.commune
  for each row when ((new.latitude, new.longitude) is distinct from (old.latitude, old.longitude)) execute function territory.place_commune();
create index commune_place on territory.commune (latitude, longitude);
grant update (located_by) on territory.commune to jalon_system;

-- Words of a service about a party, for its own team.
create table directory.own_note (
  id uuid primary key,
  party_id uuid not null,
  service_id uuid not null references territory.service,
  words text not null,
  written_by uuid not null,
  written_by_name text not null,
  written_at timestamptz not null,
  ended_at timestamptz
);
create index own_note_party on directory.own_note (party_id, service_id, written_at desc);

-- What is known to be otherwise than the national file says: seen by the whole region, with who said it and when.
create table directory.correction (
  id uuid primary key,
  party_id uuid not null,
  field text not null check (field in ('phone', 'other_phone', 'email', 'address', 'opening', 'accepts')),
  value text not null,
  service_id uuid not null references territory.service,
  service_name text not null,
  written_by uuid not null,
  written_by_name text not null,
  written_at timestamptz not null,
  ended_at timestamptz
);
create index correction_party on directory.correction (party_id);
create unique index correction_live on directory.correction (party_id, field) where ended_at is null;
create index correction_phone on directory.correction (value text_pattern_ops) where ended_at is null and field in ('phone', 'other_phone');

-- « Signaler une erreur »: from whoever saw it to whoever can have it put right, until it is.
create table directory.error_report (
  id uuid primary key,
  party_id uuid not null,
  party_label text not null,
  about text not null check (about in ('phone', 'address', 'gone', 'duplicate', 'trade', 'other')),
  words text,
  service_id uuid,
  service_name text,
  reported_by uuid not null,
  reported_by_name text not null,
  reported_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'forwarded', 'corrected', 'rejected')),
  answer text,
  handled_by_name text,
  handled_at timestamptz,
  version integer not null default 1
);
create index error_report_open on directory.error_report (reported_at, id) where state in ('open', 'forwarded');
create index error_report_service on directory.error_report (service_id, reported_at desc, id);
create index error_report_party on directory.error_report (party_id);

-- The service's own relation with a party (R123): labels, how she likes to be reached, and what was exchanged outside requests.
create table directory.party_relation (
  party_id uuid not null,
  service_id uuid not null references territory.service,
  tags text[] not null default '{}',
  prefers text check (prefers in ('phone', 'mobile', 'mssante', 'email', 'letter', 'visit')),
  prefers_words text,
  no_campaign boolean not null default false,
  version integer not null default 1,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (service_id, party_id)
);
create index party_relation_party on directory.party_relation (party_id);
create index party_relation_tags on directory.party_relation using gin (tags);
create table directory.exchange (
  id uuid primary key,
  party_id uuid not null,
  service_id uuid not null references territory.service,
  kind text not null check (kind in ('call_in', 'call_out', 'letter', 'mail', 'meeting', 'training', 'visit')),
  happened_on date not null,
  subject text not null,
  written_by uuid not null,
  written_by_name text not null,
  written_at timestamptz not null,
  ended_at timestamptz
);
create index exchange_party on directory.exchange (party_id, service_id, happened_on desc);

do $$
declare target text;
begin
  foreach target in array array['own_note', 'party_relation', 'exchange'] loop
    execute format('alter table directory.%1$I enable row level security; alter table directory.%1$I force row level security;
      create policy own on directory.%1$I to jalon_app using (service_id = (select platform.actor_service())) with check (service_id = (select platform.actor_service()));
      create policy system on directory.%1$I to jalon_system using (true) with check (true);
      create policy report on directory.%1$I for select to jalon_report using (true)', target);
  end loop;
end $$;
alter table directory.correction enable row level security;
alter table directory.correction force row level security;
create policy readable on directory.correction for select using (true);
create policy own on directory.correction for insert to jalon_app with check (service_id = (select platform.actor_service()));
-- whoever knows better replaces what another service said
create policy replaced on directory.correction for update to jalon_app using (true) with check (ended_at is not null);
create policy system on directory.correction to jalon_system using (true) with check (true);

alter table directory.error_report enable row level security;
alter table directory.error_report force row level security;
create policy seen on directory.error_report for select to jalon_app using (service_id = (select platform.actor_service()) or reported_by = (select platform.actor_id())
  or (select platform.actor_functions()) && '{regional_admin}'::text[]);
create policy sent on directory.error_report for insert to jalon_app with check (reported_by = (select platform.actor_id()) and service_id is not distinct from (select platform.actor_service()));
create policy handled on directory.error_report for update to jalon_app
  using (service_id = (select platform.actor_service()) or (select platform.actor_functions()) && '{regional_admin}'::text[]);
create policy system on directory.error_report to jalon_system using (true) with check (true);

grant select on directory.own_note, directory.correction, directory.error_report, directory.party_relation, directory.exchange to jalon_app, jalon_system, jalon_report;
grant insert on directory.own_note, directory.correction, directory.error_report, directory.party_relation, directory.exchange to jalon_app, jalon_system;
grant update (ended_at) on directory.own_note, directory.correction, directory.exchange to jalon_app, jalon_system;
grant update on directory.error_report, directory.party_relation to jalon_app, jalon_system;

/* Whoever leaves a national directory leaves these words too (opposition, danger: TRE_R391). */
grant delete on directory.own_note, directory.correction, directory.error_report, directory.party_relation, directory.exchange to jalon_system;
create function directory.forget_vanished() returns trigger language plpgsql as $$
begin
  delete from directory.own_note where party_id in (select party_id from gone);
  delete from directory.correction where party_id in (select party_id from gone);
  delete from directory.error_report where party_id in (select party_id from gone);
  delete from directory.party_relation where party_id in (select party_id from gone);
  delete from directory.exchange where party_id in (select party_id from gone);
  return null;
end $$;
create trigger forget_vanished after insert on directory.vanished referencing new table as gone for each statement execute function directory.forget_vanished();

/* R123: when a party asked this service, was answered, or was oriented to: dates, codes and the number of the request, never a person.
   One statement for one party; the campaign list reads its aggregate. */
grant create on schema reporting to jalon_report;
create view reporting.party_exchange with (security_barrier) as
  select s.requester_party_id as party_id, 'request' as kind, s.received_at as at, s.id as sollicitation_id, s.number, s.channel, null::text as answer
    from intake.sollicitation s where s.requester_party_id is not null and s.merged_into is null and s.holder_org = (select platform.actor_service())
  union all
  select s.referred_by_party_id, 'referred', s.received_at, s.id, s.number, s.channel, null
    from intake.sollicitation s where s.referred_by_party_id is not null and s.merged_into is null and s.holder_org = (select platform.actor_service())
  union all
  select s.requester_party_id, 'answer', a.given_at, s.id, s.number, s.channel, a.code
    from intake.answer a join intake.sollicitation s on s.id = a.sollicitation_id
    where a.principal and s.requester_party_id is not null and s.merged_into is null and s.holder_org = (select platform.actor_service())
  union all
  select r.party_id, 'reorientation', r.sent_at, r.sollicitation_id, s.number, s.channel, r.outcome
    from intake.reorientation r join intake.sollicitation s on s.id = r.sollicitation_id
    where r.party_id is not null and s.merged_into is null and r.holder_org = (select platform.actor_service());
alter view reporting.party_exchange owner to jalon_report;
revoke create on schema reporting from jalon_report;
grant select on reporting.party_exchange to jalon_app, jalon_system;
