-- Whoever works for a structure that protects somebody in danger, and asks to join her circle, is named to those who answer for her alone: neither her card,
-- her account nor the service where she works is read by the médecin traitant.
create policy sensitive_structure on care_team.join_request as restrictive for select to jalon_app using (
  user_id = (select platform.actor_id()) or not persons.at_risk(person_id) or persons.speaks_for(person_id)
  or (persons.names_openly(person_id, user_id) and persons.names_openly(person_id, party_id)));
