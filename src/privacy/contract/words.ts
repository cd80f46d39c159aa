/** Why somebody sees a person, as the lists of accesses say it. */
export const basisWords: Readonly<Record<string, string>> = {
  dac_in_charge: 'DAC qui accompagne',
  request: 'Demande en cours',
  care_team: 'Équipe de soins',
  consent: 'Accord de la personne',
  break_glass: 'Accès exceptionnel',
  self: 'La personne elle-même',
  system: 'Traitement automatique',
  none: 'Recherche d’identité, sans droit sur le dossier',
}

export const voletWords: Readonly<Record<string, string>> = { administrative: 'administratif', social: 'social', health: 'santé' }
