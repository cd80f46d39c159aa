import { defineErrorTexts } from '../../platform/contract/errors.ts'

export const territoryErrorTexts = defineErrorTexts({
  value_unknown: () => 'Cette valeur ne fait pas partie de la liste, ou elle n’est plus proposée. Choisissez-en une autre : votre saisie est gardée.',
  commune_unknown: ({ count }) =>
    Number(count ?? 1) > 1
      ? `${count} communes ne figurent pas au code officiel géographique. Rien n’a été enregistré.`
      : 'Cette commune ne figure pas au code officiel géographique. Votre saisie est gardée.',
  perimeter_overlap: ({ count }) =>
    `${Number(count) > 1 ? `${count} communes ont` : 'Une commune a'} déjà un autre DAC à ces dates. Rien n’a été enregistré : une commune relève d’un seul DAC à une date donnée.`,
  perimeter_same_service: ({ count }) =>
    `${Number(count) > 1 ? `${count} communes sont` : 'Une commune est'} déjà dans ce périmètre à d’autres dates. Mettez d’abord fin à l’ancienne période.`,
  perimeter_dates: () => 'La fin du périmètre doit suivre son début.',
  service_ended: () => 'Ce service est fermé à cette date.',
  service_has_perimeter: () => 'Ce service couvre encore des communes à cette date. Mettez d’abord fin à son périmètre.',
  service_has_members: () => 'Des utilisateurs exercent encore dans ce service à cette date. Mettez d’abord fin à leur exercice.',
  legal_person_taken: () => 'Un organisme porte déjà ce numéro SIREN.',
  national_id_taken: () => 'Un compte existe déjà pour ce numéro national.',
  account_disabled: () => 'Ce compte est fermé. Rouvrez-le avant de lui donner un service.',
  own_account: () => 'On ne ferme pas son propre compte : demandez à un autre administrateur.',
  membership_overlap: () => 'Cette personne exerce déjà dans ce service à ces dates.',
  membership_ended: () => 'Cet exercice est déjà terminé.',
  membership_dates: () => 'La fin ne peut pas précéder le début.',
  function_not_for_service: () => 'Cette fonction n’existe pas dans ce type de service.',
  value_exists: () => 'Cette liste contient déjà une valeur de ce code ou de ce nom.',
})
