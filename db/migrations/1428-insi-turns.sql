-- Asking the teleservice about many files of a service at once: a turn, whose progress shows.

create table persons.insi_turn (
  id uuid primary key,
  -- 'verification': matricules already held; 'search': complete traits without matricule
  operation text not null check (operation in ('search', 'verification')),
  service_id uuid not null,
  asked_at timestamptz not null,
  asked_by uuid not null,
  asked_by_name text not null,
  total integer not null default 0
);
create index insi_turn_service on persons.insi_turn (service_id, asked_at desc);
alter table persons.insi_call add column turn_id uuid references persons.insi_turn;
create index insi_call_turn on persons.insi_call (turn_id, state) where turn_id is not null;
alter table persons.insi_turn enable row level security;
alter table persons.insi_turn force row level security;
create policy service on persons.insi_turn to jalon_app using (service_id = platform.actor_service()) with check (service_id = platform.actor_service());
create policy system on persons.insi_turn to jalon_system using (true) with check (true);
create policy kernel on persons.insi_turn to jalon_kernel using (true) with check (true);
grant select, insert, update on persons.insi_turn to jalon_app;
grant select, insert, update, delete on persons.insi_turn to jalon_system, jalon_kernel;
