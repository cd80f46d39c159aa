/* When an accompaniment slept, and until when: the episode itself only knows its present sleep, and the figures of a past year must not change when somebody is
   woken, closed or dies later. Days included; a sleep ended on the day it began is empty (its last day is the day before). */
create table episodes.dormancy (
  episode_id uuid not null references episodes.episode,
  person_id uuid not null,
  starts_on date not null,
  ends_on date,
  volet text not null default 'administrative',
  holder_org uuid not null,
  protection text not null default 'shared',
  primary key (episode_id, starts_on),
  check (ends_on >= starts_on - 1)
);
select persons.protect('episodes.dormancy');
create index dormancy_person on episodes.dormancy (person_id);
create unique index dormancy_current on episodes.dormancy (episode_id) where ends_on is null;
select duplicates.follow('episodes.dormancy');
grant select, insert, update on episodes.dormancy to jalon_app;
grant select, insert, update, delete on episodes.dormancy to jalon_system, jalon_kernel;
grant select on episodes.dormancy to jalon_report;

/* Whoever puts to sleep, wakes, closes or records a death writes the episode: the sleep follows from it, and nobody has to think of it. The day of waking is
   a day of accompaniment; who is closed asleep slept to the end. */
create function episodes.keep_dormancy() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.state = 'dormant' then
    if tg_op = 'UPDATE' and old.state = 'dormant' then
      update episodes.dormancy set starts_on = coalesce(new.dormant_since, starts_on) where episode_id = new.id and ends_on is null;
    else
      insert into episodes.dormancy (episode_id, person_id, starts_on, holder_org)
      values (new.id, new.person_id, coalesce(new.dormant_since, platform.today()), new.holder_org)
      on conflict (episode_id, starts_on) do update set ends_on = null;
    end if;
  else
    update episodes.dormancy set ends_on = greatest(starts_on - 1, case when new.state = 'closed' then coalesce(new.closed_on, platform.today()) else platform.today() - 1 end)
     where episode_id = new.id and ends_on is null;
  end if;
  return null;
end $$;
create trigger dormancy_of_insert after insert on episodes.episode for each row when (new.state = 'dormant') execute function episodes.keep_dormancy();
create trigger dormancy_of_update after update of state, dormant_since on episodes.episode for each row
  when (old.state is distinct from new.state or old.dormant_since is distinct from new.dormant_since) execute function episodes.keep_dormancy();

/* Before this day: what the history of each file tells (it has the sleeps that a hand began), and the present sleep of the others. A death woke without a word in
   the history: its own day ends the sleep; where nothing says when, no sleep is supposed. */
with change as (
  select h.record_id as episode_id, h.version, platform.day_of(h.changed_at) as on_day, h.changed_at, h.changes -> 'state' ->> 0 as was, h.changes -> 'state' ->> 1 as becomes
  from platform.field_history h where h.record_type = 'episodes.episode' and h.changes ? 'state'
), slept as (
  select c.*, lead(c.on_day) over w as next_day, lead(c.changed_at) over w as next_at, lead(c.was) over w as next_was, lead(c.becomes) over w as next_becomes
  from change c window w as (partition by c.episode_id order by c.version)
)
insert into episodes.dormancy (episode_id, person_id, starts_on, ends_on, holder_org)
select distinct on (s.episode_id, s.on_day) s.episode_id, e.person_id, s.on_day,
  case when s.next_at is null and e.state = 'dormant' then null
    else greatest(s.on_day - 1, case
      when s.next_was = 'dormant' and s.next_becomes = 'closed' then s.next_day
      when s.next_was = 'dormant' then s.next_day - 1
      when p.death_recorded_at > s.changed_at and (s.next_at is null or p.death_recorded_at < s.next_at) then platform.day_of(p.death_recorded_at) - 1
    end) end,
  e.holder_org
from slept s join episodes.episode e on e.id = s.episode_id join persons.person p on p.person_id = e.person_id
where s.becomes = 'dormant'
order by s.episode_id, s.on_day, s.version desc;

insert into episodes.dormancy (episode_id, person_id, starts_on, holder_org)
select e.id, e.person_id, coalesce(e.dormant_since, e.opened_on), e.holder_org from episodes.episode e
where e.state = 'dormant' and not exists (select from episodes.dormancy d where d.episode_id = e.id and d.ends_on is null)
on conflict (episode_id, starts_on) do update set ends_on = null;

create view reporting.episode_dormancy as
select d.episode_id, e.holder_org as service_id, d.starts_on, d.ends_on
from episodes.dormancy d join episodes.episode e on e.id = d.episode_id
where (e.holder_org = (select platform.actor_service()) and (select platform.actor_functions()) && '{director,team_lead}'::text[])
  or (select platform.actor_functions()) && '{governance_member,regional_admin}'::text[];
comment on view reporting.episode_dormancy is 'The days, both included, when an accompaniment slept; a sleep without end goes on.';
grant create on schema reporting to jalon_report;
alter view reporting.episode_dormancy owner to jalon_report;
grant select on reporting.episode_dormancy to jalon_app;
revoke create on schema reporting from jalon_report;
