-- A closed accompaniment leaves its DAC a right of two more years: an invitation does not open a circle on it. Those that waited are withdrawn when it closes.

/* Whether an invitation is for this user: her card where it is known; else every word of her names, and the category of the role that was offered: a namesake of
   another trade would hold an access whose ground is not true. */
create or replace function care_team.invites(asked care_team.invitation, who territory.user_account, own_words text[]) returns boolean language sql immutable as $$
  select case when asked.party_id is not null then who.professional_id = asked.party_id
    else asked.name_words <@ own_words and who.category = coalesce(asked.wish ->> 'professionalCategory', who.category) end
$$;

/* She accepts: member, role, access and sight at once, as the DAC offered them, if all of it still holds. Otherwise says why: 'unusable' (unknown, past, used,
   withdrawn), 'another' (the link of somebody else), 'closed' (the DAC accompanies no more, or the person opposes: the same word). */
create or replace function care_team.accept_invitation(invitation uuid, its_hash text, own_words text[], new_member uuid, new_role uuid, new_access uuid, new_sight uuid, its_reason text)
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
      and s.starts_at <= platform.clock() and s.ends_at is null)
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

update care_team.invitation i set state = 'revoked', settled_at = platform.clock() where i.state = 'waiting' and not exists (
  select from persons.sight s where s.person_id = any (persons.identity_set(i.person_id)) and s.party_id = i.holder_org and s.basis = 'dac_in_charge' and s.ends_at is null);
