-- A professional who is not in Jalon yet is invited into a circle: by a mail (MSSanté, e-mail) or a link handed over. The link serves once, for some
-- hours, says nothing of anybody, and opens to the one whom the DAC named: her card where it is known, else her names as Pro Santé Connect tells them.

create table care_team.invitation (
  id uuid primary key,
  person_id uuid not null references persons.person,
  -- her card in the directory (RPPS); null: she is known by her names
  party_id uuid,
  family_name text not null,
  given_name text not null,
  -- her names as they are compared
  name_words text[] not null check (cardinality(name_words) >= 2),
  role text not null,
  sharing_category text not null,
  -- on what ground the file opens once she accepts, and to which volets
  basis text not null check (basis in ('care_team', 'consent')),
  wish jsonb not null,
  volets text[] not null check (volets <@ '{administrative,social,health}' and 'administrative' = any (volets)),
  way text not null check (way in ('mail', 'link')),
  address text check ((way = 'mail') = (address is not null)),
  -- what became of the mail
  mail text check (mail in ('to_send', 'sent', 'refused', 'no_way')),
  mail_at timestamptz,
  -- SHA-256 of the secret of the link
  secret_hash text not null unique,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'declined', 'revoked')),
  invited_at timestamptz not null,
  invited_by uuid not null,
  invited_by_name text not null,
  expires_at timestamptz not null,
  settled_at timestamptz,
  accepted_by uuid,
  member_id uuid,
  volet text not null default 'administrative',
  holder_org uuid not null references territory.service,
  protection text not null default 'org_private',
  check ((state = 'waiting') = (settled_at is null))
);
select persons.protect('care_team.invitation');
select duplicates.follow('care_team.invitation');
create index invitation_person on care_team.invitation (person_id, invited_at desc);
grant select, insert, update on care_team.invitation to jalon_app;
grant select, insert, update, delete on care_team.invitation to jalon_system, jalon_kernel;
grant select on care_team.invitation to jalon_report;

-- The letter until it leaves: the secret is nowhere else in clear, and goes with it. Left by the inviter, read by the carrier alone.
create table care_team.invitation_mail (
  invitation_id uuid primary key references care_team.invitation,
  address text not null,
  secret text not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null
);
create index invitation_mail_due on care_team.invitation_mail (next_attempt_at);
alter table care_team.invitation_mail enable row level security;
alter table care_team.invitation_mail force row level security;
create policy left_to_carry on care_team.invitation_mail for insert to jalon_app with check (
  exists (select from care_team.invitation i where i.id = invitation_id and i.holder_org = (select platform.actor_service()) and i.state = 'waiting'));
create policy system on care_team.invitation_mail to jalon_system using (true) with check (true);
create policy kernel on care_team.invitation_mail to jalon_kernel using (true) with check (true);
grant insert on care_team.invitation_mail to jalon_app;
grant select, insert, update, delete on care_team.invitation_mail to jalon_system, jalon_kernel;

-- Hours for which a link serves; a region may shorten it.
insert into platform.setting (key, value) values ('care_team.invitation_hours', '72'::jsonb) on conflict (key) do nothing;

/* Whether an invitation is for this user: her card where it is known, else every word of her names. */
create function care_team.invites(asked care_team.invitation, who territory.user_account, own_words text[]) returns boolean language sql immutable as $$
  select case when asked.party_id is not null then who.professional_id = asked.party_id else asked.name_words <@ own_words end
$$;

/* What somebody who holds the link may know before she answers: who invites, as what, until when. Nobody is named. */
create function care_team.invitation_at_hand(invitation uuid, its_hash text, own_words text[])
  returns table (state text, service_name text, invited_by_name text, role text, volets text[], expires_at timestamptz, hers boolean, person uuid)
  language sql stable security definer set search_path = pg_catalog as $$
  select case when i.state = 'waiting' and i.expires_at <= platform.clock() then 'expired' else i.state end, s.name, i.invited_by_name, i.role, i.volets, i.expires_at,
    coalesce(care_team.invites(i, u, own_words), false), case when i.state = 'accepted' and i.accepted_by = u.id then i.person_id end
  from care_team.invitation i join territory.service s on s.id = i.holder_org join territory.user_account u on u.id = platform.actor_id() and u.status = 'active'
  where i.id = invitation and i.secret_hash = its_hash
$$;

/* She accepts: member, role, access and sight at once, as the DAC offered them, if all of it still holds. Otherwise says why: 'unusable' (unknown, past, used,
   withdrawn), 'another' (the link of somebody else), 'closed' (the DAC accompanies no more, or the person opposes: the same word). */
create function care_team.accept_invitation(invitation uuid, its_hash text, own_words text[], new_member uuid, new_role uuid, new_access uuid, new_sight uuid, its_reason text)
  returns table (refusal text, person uuid, member uuid, party uuid, name text, services uuid[])
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  asked care_team.invitation;
  who territory.user_account;
  whose uuid;
  called text;
  seat uuid;
  left_of_it text[];
  last_day date;
begin
  select u.* into who from territory.user_account u
   where u.id = platform.actor_id() and u.status = 'active' and u.category in ('health', 'social', 'legal_protection', 'coordination');
  select i.* into asked from care_team.invitation i where i.id = invitation and i.secret_hash = its_hash for update;
  if who.id is null or asked.id is null or asked.state <> 'waiting' or asked.expires_at <= platform.clock() then
    return query select 'unusable', null::uuid, null::uuid, null::uuid, null::text, '{}'::uuid[];
    return;
  end if;
  if not coalesce(care_team.invites(asked, who, own_words), false) then
    return query select 'another', null::uuid, null::uuid, null::uuid, null::text, '{}'::uuid[];
    return;
  end if;
  whose := coalesce(who.professional_id, who.id);
  called := who.given_name || ' ' || who.family_name;
  last_day := (asked.wish ->> 'consentUntil')::date;
  perform persons.lock_sights(asked.person_id);
  if not exists (select from persons.sight s where s.person_id = asked.person_id and s.party_id = asked.holder_org and s.basis = 'dac_in_charge'
      and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()))
    or persons.suspensions_of(asked.person_id, whose, asked.basis) <> '{}' or coalesce(last_day < platform.today(), false)
    or exists (select from persons.non_disclosure d where d.person_id = asked.person_id and d.kind in ('tell_nothing', 'no_sharing')
      and d.party_id = any (persons.same_party(whose)) and d.ended_at is null) then
    return query select 'closed', null::uuid, null::uuid, null::uuid, null::text, '{}'::uuid[];
    return;
  end if;
  select m.id into seat from care_team.member m where m.person_id = asked.person_id and m.party_id = whose order by m.created_at limit 1 for update;
  if seat is null then
    seat := new_member;
    insert into care_team.member (id, person_id, kind, party_id, name, place, holder_org, created_at, created_by)
    values (seat, asked.person_id, 'professional', whose, called, (select s.name from territory.service s where s.id = platform.actor_service()),
      asked.holder_org, platform.clock(), asked.invited_by);
  end if;
  insert into care_team.role (id, member_id, person_id, role, starts_on, holder_org, recorded_at, recorded_by)
  select new_role, seat, asked.person_id, asked.role, platform.today(), asked.holder_org, platform.clock(), asked.invited_by
   where not exists (select from care_team.role r where r.member_id = seat and r.role = asked.role and r.ends_on is null);
  if not exists (select from care_team.access a where a.member_id = seat and a.ends_at is null) then
    insert into care_team.access (id, member_id, person_id, party_id, basis, sharing_category, ground, volets, informed_on, informed_by_name, consent_on, consent_mode,
      consent_for, consent_until, starts_at, opened_by, holder_org)
    values (new_access, seat, asked.person_id, whose, asked.basis, asked.sharing_category, asked.wish ->> 'ground', asked.volets, (asked.wish ->> 'informedOn')::date,
      asked.wish ->> 'informedByName', (asked.wish ->> 'consentOn')::date, asked.wish ->> 'consentMode', asked.wish ->> 'consentFor', last_day, platform.clock(),
      asked.invited_by, asked.holder_org);
    left_of_it := persons.effective_volets(asked.person_id, whose, asked.basis, asked.volets);
    insert into persons.sight (id, person_id, party_id, party_name, basis, entrusted, volets, reason, source_id, starts_at, ends_at, granted_by)
    values (new_sight, asked.person_id, whose, called, asked.basis, case when left_of_it <> asked.volets then asked.volets end, left_of_it, its_reason, new_access,
      platform.clock(), case when last_day is not null then (last_day + 1)::timestamp at time zone coalesce(nullif(current_setting('jalon.time_zone', true), ''), 'Europe/Paris') end,
      asked.invited_by);
  end if;
  update care_team.invitation i set state = 'accepted', settled_at = platform.clock(), accepted_by = who.id, member_id = seat where i.id = asked.id;
  delete from care_team.invitation_mail o where o.invitation_id = asked.id;
  return query select null::text, asked.person_id, seat, whose, called, array[asked.holder_org];
end $$;

/* She declines. Gives the person and the service to tell; nothing where the link does not serve her. */
create function care_team.decline_invitation(invitation uuid, its_hash text, own_words text[]) returns table (person uuid, service uuid)
  language sql security definer set search_path = pg_catalog as $$
  with settled as (
    update care_team.invitation i set state = 'declined', settled_at = platform.clock() from territory.user_account u
     where i.id = invitation and i.secret_hash = its_hash and i.state = 'waiting' and i.expires_at > platform.clock() and u.id = platform.actor_id() and u.status = 'active'
       and care_team.invites(i, u, own_words) returning i.id, i.person_id, i.holder_org),
  burnt as (delete from care_team.invitation_mail o using settled s where o.invitation_id = s.id)
  select s.person_id, s.holder_org from settled s
$$;

grant create on schema care_team to jalon_kernel;
do $$
declare f regprocedure;
begin
  foreach f in array array['care_team.invites(care_team.invitation, territory.user_account, text[])'::regprocedure,
      'care_team.invitation_at_hand(uuid, text, text[])'::regprocedure, 'care_team.accept_invitation(uuid, text, text[], uuid, uuid, uuid, uuid, text)'::regprocedure,
      'care_team.decline_invitation(uuid, text, text[])'::regprocedure] loop
    execute format('alter function %s owner to jalon_kernel', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to jalon_app', f);
  end loop;
end $$;
revoke create on schema care_team from jalon_kernel;
