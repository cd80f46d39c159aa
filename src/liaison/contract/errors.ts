import { defineErrorTexts, type ErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const liaisonErrors: ErrorTexts = defineErrorTexts({
  'liaison.nobody_to_alert': () =>
    french(
      'Aucun DAC n’accompagne cette personne aujourd’hui : personne ne prendrait votre alerte. Écrivez la note sans demander de réponse rapide, ou déposez une demande.',
    ),
  'liaison.alert_taken': () => french('Un collègue s’en charge déjà.'),
  'liaison.alert_settled': () => french('Cette alerte est déjà traitée.'),
  'liaison.in_the_future': () => french('Une note ne peut pas être datée de demain.'),
})
