import { defineErrorTexts, type ErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const safeguardingErrors: ErrorTexts = defineErrorTexts({
  'safeguarding.closed': () => french('Ce signalement est clos. Rouvrez-le pour y ajouter quelque chose.'),
  'safeguarding.open': () => french('Ce signalement n’est pas clos.'),
  'safeguarding.in_the_future': () => french('Cette date est dans l’avenir.'),
  'safeguarding.not_a_colleague': () => french('Seul un professionnel qui accompagne dans votre DAC peut être nommé lecteur.'),
  'safeguarding.already_reader': () => french('Cette personne est déjà lectrice de ce signalement.'),
  'safeguarding.last_reader': () => french('Il faut au moins une personne qui lise ce signalement : nommez quelqu’un d’abord.'),
})
