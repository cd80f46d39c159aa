-- A hand-over is proposed to whoever would follow the file, and answered by her: a board of load moves nobody's file silently.
create table episodes.handover_proposal (
  id uuid primary key,
  person_id uuid not null references persons.person,
  episode_id uuid not null references episodes.episode,
  from_user_id uuid not null references territory.user_account,
  to_user_id uuid not null references territory.user_account,
  -- code of episodes.referent_change_reason
  reason text not null,
  words text,
  handover_until date,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'declined', 'withdrawn')),
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  proposed_by_name text not null,
  answered_at timestamptz,
  answer_words text,
  volet text not null default 'administrative',
  holder_org uuid not null references territory.service,
  protection text not null default 'org_private',
  check ((state = 'waiting') = (answered_at is null)),
  check (from_user_id <> to_user_id)
);
select persons.protect('episodes.handover_proposal');
select duplicates.follow('episodes.handover_proposal');
create index handover_proposal_person on episodes.handover_proposal (person_id);
create index handover_proposal_episode on episodes.handover_proposal (episode_id);
create index handover_proposal_to on episodes.handover_proposal (to_user_id) where state = 'waiting';
create index handover_proposal_holder on episodes.handover_proposal (holder_org) where state = 'waiting';
grant select, insert, update on episodes.handover_proposal to jalon_app;
grant select, insert, update, delete on episodes.handover_proposal to jalon_system, jalon_kernel;
grant select on episodes.handover_proposal to jalon_report;
