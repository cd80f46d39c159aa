import { defineErrorTexts } from '../../platform/contract/errors.ts'

export const steeringErrors = defineErrorTexts({
  region_reads_whole_months: () => 'La région lit des mois entiers et terminés : choisissez du premier jour d’un mois au dernier jour d’un mois passé.',
  funding_line_exists: () => 'Ce financeur a déjà une ligne pour cette année : modifiez-la.',
  steering_line_changed: () => 'Cette ligne a été modifiée par quelqu’un d’autre. Rechargez-la avant de recommencer : votre saisie est gardée.',
})
