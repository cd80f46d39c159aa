-- Vitals and simple measures, whoever of the circle notes them; and the thresholds that were set for one person. A measure is never changed: one that was
-- mistaken is struck, with its reason, and stays readable.

create table liaison.measure (
  id uuid primary key,
  person_id uuid not null references persons.person,
  kind text not null,
  value numeric(7, 2) not null,
  -- the diastolic pressure
  second_value numeric(7, 2),
  at timestamptz not null,
  words text,
  author_id uuid not null,
  author_name text not null,
  author_function text,
  recorded_at timestamptz not null default now(),
  struck_at timestamptz,
  struck_by uuid,
  struck_by_name text,
  struck_because text,
  volet text not null default 'health' check (volet = 'health'),
  holder_org uuid not null,
  protection text not null default 'shared',
  check ((struck_at is null) = (struck_because is null))
);
select persons.protect('liaison.measure');
select duplicates.follow('liaison.measure');
create index measure_person on liaison.measure (person_id, kind, at desc);

-- « Alerter sous 50 kg » for her: each setting stays, the last one of a kind acts.
create table liaison.measure_threshold (
  id uuid primary key,
  person_id uuid not null references persons.person,
  kind text not null,
  -- both null: no threshold any more
  low numeric(7, 2),
  high numeric(7, 2),
  reason text,
  set_by uuid not null,
  set_by_name text not null,
  set_at timestamptz not null,
  volet text not null default 'health' check (volet = 'health'),
  holder_org uuid not null,
  protection text not null default 'shared'
);
select persons.protect('liaison.measure_threshold');
select duplicates.follow('liaison.measure_threshold');
create index measure_threshold_person on liaison.measure_threshold (person_id, kind, set_at desc);

grant select, insert on liaison.measure, liaison.measure_threshold to jalon_app;
grant update (struck_at, struck_by, struck_by_name, struck_because) on liaison.measure to jalon_app;
grant select, insert, update, delete on liaison.measure, liaison.measure_threshold to jalon_system, jalon_kernel;
