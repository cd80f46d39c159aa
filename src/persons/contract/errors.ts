import { defineErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const personsErrors = defineErrorTexts({
  sharing_opposed: () => french("La personne s'oppose au partage : rien ne peut être transmis. Voir « Information et accès »."),
  sharing_not_collected: () => french("La personne n'a pas encore dit si elle s'oppose : recueillez d'abord les non-oppositions 1 et 2."),
  death_already_recorded: () => french('Le décès est déjà enregistré.'),
  death_in_future: () => french("Ce jour n'est pas encore venu."),
  death_before_birth: () => french('Ce jour précède la naissance.'),
})
