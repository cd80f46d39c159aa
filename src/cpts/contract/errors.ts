import { defineErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const cptsErrors = defineErrorTexts({
  'cpts.referral_ended': () => french('Le DAC a terminé cette saisine : elle ne change plus.'),
  'cpts.changed_meanwhile': () => french('Cette saisine a changé pendant votre saisie. Relisez-la, votre réponse est gardée.'),
  'cpts.doctor_missing': () => french('Nommez le médecin.'),
  'cpts.reason_missing': () => french('Dites en quelques mots pourquoi : le DAC doit pouvoir l’expliquer à la personne.'),
})
