import { defineErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const hospitalEventsErrorTexts = defineErrorTexts({
  'hospitalEvents.other_content': () => french('Ce numéro de message a déjà servi pour un autre message.'),
  'hospitalEvents.unreadable': () => french('Notification refusée : son contenu n’est pas compris.'),
  'hospitalEvents.sender_refused': () => french('Notification refusée : établissement ou clé inconnus.'),
  'hospitalEvents.facility_taken': () => french('Un autre établissement est déjà déclaré sous ce nom dans les messages.'),
  'hospitalEvents.forgotten': () => french('Ce que l’hôpital avait dit de cette personne a été détruit, comme prévu : il n’y a plus rien à décider.'),
  'hospitalEvents.decided_elsewhere': () => french('Quelqu’un vient de décider pour ce séjour. La liste montre ce qui a été décidé.'),
})
