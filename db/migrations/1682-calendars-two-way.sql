-- Calendars of users at Microsoft and Google, both ways: their link, and what stands there of each of her moments.

create table agenda.calendar_link (
  id uuid primary key,
  user_id uuid not null references territory.user_account,
  service_id uuid not null references territory.service,
  provider text not null check (provider in ('microsoft', 'google')),
  -- open: read and written; closing: what was written there is taken back; closed; broken: its owner must link it again
  state text not null default 'open' check (state in ('open', 'closing', 'closed', 'broken')),
  -- what leaves. minimal: « RDV Jalon »; kind: « Visite à domicile »
  detail text not null check (detail in ('minimal', 'kind')),
  -- what comes in. busy: hours only; title: the title too, for her alone
  incoming text not null check (incoming in ('busy', 'title')),
  -- tokens and the cursor of changes, sealed by the key of the installation; forgotten when it closes
  secrets bytea,
  cursor bytea,
  -- when everything was last read anew: the window of a cursor does not move
  read_whole_at timestamptz,
  taken_until timestamptz,
  next_at timestamptz not null,
  attempts integer not null default 0,
  problem text,
  opened_at timestamptz not null,
  synced_at timestamptz,
  closed_at timestamptz
);
create index calendar_link_user on agenda.calendar_link (user_id) where state <> 'closed';
create index calendar_link_due on agenda.calendar_link (next_at) where state in ('open', 'closing');

-- One of her moments there. Its number there is the id of the occurrence and how often it was put back: for ever.
create table agenda.calendar_copy (
  link_id uuid not null references agenda.calendar_link,
  occurrence_id uuid not null,
  generation integer not null default 0,
  outside_id text,
  -- the version of theirs that we have seen (ETag), and the print and hours of ours that they have
  etag text,
  print text not null,
  sent_print text,
  sent_starts_at timestamptz,
  sent_ends_at timestamptz,
  -- hours of ours that left since and whose answer was not heard: what comes back with one of them is our own echo
  unheard text[] not null default '{}',
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- keep: as the agenda says; remove: no longer hers
  wish text not null default 'keep' check (wish in ('keep', 'remove')),
  -- differs: changed there; its owner says which one holds
  state text not null default 'to_send' check (state in ('to_send', 'sent', 'differs', 'removed', 'hidden')),
  tried boolean not null default false,
  their_starts_at timestamptz,
  their_ends_at timestamptz,
  their_deletion boolean not null default false,
  differs_since timestamptz,
  primary key (link_id, occurrence_id)
);
create index calendar_copy_outside on agenda.calendar_copy (link_id, outside_id) where outside_id is not null;

do $$
declare t text;
begin
  foreach t in array array['calendar_link', 'calendar_copy'] loop
    execute format('alter table agenda.%I enable row level security', t);
    execute format('alter table agenda.%I force row level security', t);
    execute format('create policy system on agenda.%I to jalon_system using (true) with check (true)', t);
    execute format('create policy kernel on agenda.%I to jalon_kernel using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on agenda.%I to jalon_system, jalon_kernel', t);
  end loop;
end $$;
create policy own on agenda.calendar_link to jalon_app using (user_id = (select platform.actor_id())) with check (user_id = (select platform.actor_id()));
create policy own on agenda.calendar_copy to jalon_app
  using (exists (select from agenda.calendar_link l where l.id = calendar_copy.link_id and l.user_id = (select platform.actor_id())))
  with check (exists (select from agenda.calendar_link l where l.id = calendar_copy.link_id and l.user_id = (select platform.actor_id())));
grant select (id, user_id, service_id, provider, state, detail, incoming, problem, opened_at, synced_at, closed_at, next_at), insert,
  update (state, detail, incoming, next_at, attempts, problem, closed_at) on agenda.calendar_link to jalon_app;
grant select, update (state, generation, etag, sent_print, outside_id, tried, unheard, their_starts_at, their_ends_at, their_deletion, differs_since) on agenda.calendar_copy to jalon_app;
