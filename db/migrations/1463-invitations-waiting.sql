-- What waits for an answer is few rows of each party: found by their own index, not among all that she holds.
create index participant_asked on agenda.participant (party_id) where withdrawn_at is null and response = 'needs_action';
