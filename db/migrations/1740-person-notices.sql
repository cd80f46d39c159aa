-- What a person is told of her own file: « votre dossier a été ouvert par accès exceptionnel ». Written in the transaction of what it tells, kept for her own
-- space, sent to Mon espace santé or handed to her by those who accompany her. docs/adr/2026-11-22-notices-to-the-person.md

create table persons.person_notice (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references persons.person,
  kind text not null check (kind in ('exceptional_access')),
  -- the row that it tells of: told once
  source_id uuid not null,
  happened_at timestamptz not null,
  -- for her own space and for those who hand it to her; what leaves says none of it
  reason text,
  by_profession text,
  by_service_id uuid,
  by_service_name text,
  -- to_send: waits for the next turn; sending: left, the answer is not known yet; to_hand: somebody gives it to her
  state text not null default 'to_send' check (state in ('to_send', 'sending', 'sent', 'to_hand', 'handed', 'withheld')),
  -- why a machine does not send it
  obstacle text check (obstacle in ('deceased', 'at_risk', 'minor', 'represented', 'wish', 'opposed', 'identity', 'not_connected', 'refused', 'unreachable', 'uncertain')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  sent_at timestamptz,
  -- handed: when, how, to whom, by whom; withheld: why, by whom
  way text check (way in ('in_hand', 'post')),
  given_to text check (given_to in ('person', 'representative')),
  given_to_name text,
  settled_on date,
  settled_at timestamptz,
  settled_by uuid,
  settled_by_name text,
  withheld_reason text,
  words text,
  volet text not null default 'administrative' check (volet = 'administrative'),
  holder_org uuid not null,
  protection text not null default 'shared',
  unique (kind, source_id),
  check (state <> 'sent' or sent_at is not null),
  check (state not in ('handed', 'withheld') or (settled_on is not null and settled_at is not null and settled_by is not null and settled_by_name is not null)),
  check (state <> 'handed' or (way is not null and given_to is not null)),
  check ((state = 'withheld') = (withheld_reason is not null)),
  check (state <> 'to_hand' or obstacle is not null)
);
comment on table persons.person_notice is 'What the person is told of her file. Her own space reads the same rows (basis self).';
select persons.protect('persons.person_notice');
-- Those who answer for her, and herself: the circle does not learn who opened the file.
create policy told_by_those_who_answer_for_her on persons.person_notice as restrictive to jalon_app using (persons.speaks_for(person_id));
create index person_notice_person on persons.person_notice (person_id, happened_at desc);
create index person_notice_due on persons.person_notice (next_attempt_at) where state in ('to_send', 'sending');
create index person_notice_to_hand on persons.person_notice (happened_at) where state = 'to_hand';
grant select, update (state, way, given_to, given_to_name, settled_on, settled_at, settled_by, settled_by_name, withheld_reason, words) on persons.person_notice to jalon_app;
grant select, insert, update, delete on persons.person_notice to jalon_system, jalon_kernel;
grant select on persons.person_notice to jalon_report;
select duplicates.follow('persons.person_notice');

-- How she wants such notices, each time she said it: the last word counts. Never changed: two files that merge keep both histories.
create table persons.notice_wish (
  id uuid primary key,
  person_id uuid not null references persons.person,
  wish text not null check (wish in ('health_space', 'by_hand')),
  said_on date not null,
  mode text not null,
  given_by text not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  recorded_by_name text not null,
  volet text not null default 'administrative' check (volet = 'administrative'),
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('persons.notice_wish');
create policy told_by_those_who_answer_for_her on persons.notice_wish as restrictive to jalon_app using (persons.speaks_for(person_id));
create index notice_wish_person on persons.notice_wish (person_id, recorded_at desc);
grant select, insert on persons.notice_wish to jalon_app;
grant select, insert, update, delete on persons.notice_wish to jalon_system, jalon_kernel;
grant select on persons.notice_wish to jalon_report;
select duplicates.follow('persons.notice_wish');

/* Whatever opens a file exceptionally tells her, in the same transaction. The DAC that accompanies her holds the notice; where none does, the service of the author. */
create function persons.tell_of_exceptional_access() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into persons.person_notice (person_id, kind, source_id, happened_at, reason, by_profession, by_service_id, by_service_name, next_attempt_at, holder_org)
  values (new.person_id, 'exceptional_access', new.id, new.opened_at, new.reason, new.profession, new.service_id, new.service_name, new.opened_at,
    coalesce((select s.party_id from persons.sight s join territory.service v on v.id = s.party_id
      where s.person_id = new.person_id and s.basis = 'dac_in_charge' and s.starts_at <= new.opened_at and (s.ends_at is null or s.ends_at > new.opened_at)
      order by s.ends_at desc nulls first, s.starts_at desc limit 1), new.holder_org));
  return null;
end $$;
create trigger tell_the_person after insert on persons.exceptional_access for each row execute function persons.tell_of_exceptional_access();

/* Where the notice of each access stands, for those who answer for the access (persons.supervises). What kept it from leaving may tell of the person (that she is in
   danger, that she died): only those who see her read it; the others read that her DAC has it in hand. */
create function persons.notices_of_accesses(ids uuid[]) returns table (access_id uuid, state text, obstacle text, told_at timestamptz, by_name text)
  language sql stable security definer set search_path = pg_catalog as $$
  select n.source_id,
    case when n.state in ('to_send', 'sending') then 'waiting' when n.state in ('sent', 'handed') then 'told' when n.state = 'withheld' or p.deceased_on is not null then 'settled' else 'to_hand' end,
    case when n.state = 'to_hand' and p.deceased_on is null and seen.hers then n.obstacle end,
    case n.state when 'sent' then n.sent_at when 'handed' then n.settled_at end,
    case when n.state = 'handed' or (n.state = 'withheld' and seen.hers) then n.settled_by_name end
  from persons.exceptional_access a join persons.person_notice n on n.kind = 'exceptional_access' and n.source_id = a.id join persons.person p on p.person_id = n.person_id
    cross join lateral (select persons.actor_sees(n.person_id, '{dac_in_charge,request}') as hers) seen
  where a.id = any (ids) and persons.supervises(a)
$$;

grant create on schema persons to jalon_kernel;
alter function persons.tell_of_exceptional_access() owner to jalon_kernel;
alter function persons.notices_of_accesses(uuid[]) owner to jalon_kernel;
revoke create on schema persons from jalon_kernel;
revoke all on function persons.tell_of_exceptional_access(), persons.notices_of_accesses(uuid[]) from public;
grant execute on function persons.notices_of_accesses(uuid[]) to jalon_app, jalon_system;

-- Those that are not over yet are told as well; what ended before is in the list of accesses that she may ask for.
set local role jalon_kernel;
insert into persons.person_notice (person_id, kind, source_id, happened_at, reason, by_profession, by_service_id, by_service_name, next_attempt_at, holder_org)
select a.person_id, 'exceptional_access', a.id, a.opened_at, a.reason, a.profession, a.service_id, a.service_name, a.opened_at,
  coalesce((select s.party_id from persons.sight s join territory.service v on v.id = s.party_id where s.person_id = a.person_id and s.basis = 'dac_in_charge'
    and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()) order by s.ends_at desc nulls first, s.starts_at desc limit 1), a.holder_org)
from persons.exceptional_access a where a.ended_at is null and a.ends_at > platform.clock();
reset role;
