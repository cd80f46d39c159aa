/* Who reads a request once it is closed: the service that received it, and the DAC that accompanies the person now, volet by volet. The circle reads what
   the DAC says of it in the Fil: a request is the requester's word to a service, often a third party's (« le voisin dit que… »), which R.1110-1 CSP does not
   make strictly necessary to the care of the others. The requester reads her own part, unless the person wants nothing said to her. */
drop policy seen on intake.sollicitation;
create policy seen on intake.sollicitation for select to jalon_app using (
  (holder_org = (select platform.actor_service()) and (select intake.at_desk()))
  or requester_user_id = (select platform.actor_id())
  or requester_party_id = any ((select platform.actor_parties())::uuid[])
  or (status = 'closed' and protection = 'shared' and exists (select 1 from persons.sight s
    where s.person_id = sollicitation.person_id and s.party_id = any ((select platform.actor_parties())::uuid[]) and s.basis = 'dac_in_charge'
      and 'administrative' = any (s.volets) and s.starts_at <= (select platform.clock())
      and (s.ends_at is null or s.ends_at > (select platform.clock())) and s.suspended_at is null)
    and 'administrative' = any ((select platform.actor_volets())::text[])));

create function intake.protect_reading(target regclass, requester_sees text default 'false') returns void language plpgsql as $$
begin
  execute format('drop policy seen on %s', target);
  execute format($policy$create policy seen on %1$s for select to jalon_app using (exists (select 1 from intake.sollicitation s where s.id = %1$s.sollicitation_id and (
      (s.holder_org = (select platform.actor_service()) and (select intake.at_desk()))
      or (%2$s and (s.requester_user_id = (select platform.actor_id()) or s.requester_party_id = any ((select platform.actor_parties())::uuid[])))
      or (%1$s.protection = 'shared' and s.status = 'closed' and %1$s.volet = any ((select platform.actor_volets())::text[])
        and exists (select 1 from persons.sight g
          where g.person_id = s.person_id and g.party_id = any ((select platform.actor_parties())::uuid[]) and g.basis = 'dac_in_charge' and %1$s.volet = any (g.volets)
            and g.starts_at <= (select platform.clock()) and (g.ends_at is null or g.ends_at > (select platform.clock())) and g.suspended_at is null)))))$policy$,
    target, requester_sees);
end $$;
select intake.protect_reading('intake.request_text', 'request_text.by_requester');
select intake.protect_reading('intake.request_motive', 'request_motive.by_requester');
select intake.protect_reading('intake.answer', 'not persons.tells_actor_nothing(s.person_id)');
select intake.protect_reading('intake.subsidiarity');
select intake.protect_reading('intake.reorientation');
select intake.protect_reading('intake.feedback', 'feedback.addressed_to = ''requester'' and not persons.tells_actor_nothing(s.person_id)');
select intake.protect_reading('intake.triage_decision');
select intake.protect_reading('intake.merge');
select intake.protect_reading('intake.request_event');
drop function intake.protect_reading(regclass, text);
