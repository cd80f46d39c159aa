/** What the directory is brought in from, in the order in which one does it. */
export const importSources = {
  rpps: 'RPPS, personnes et activités',
  skills: 'RPPS, savoir-faire',
  diplomas: 'RPPS, diplômes et autorisations',
  mailboxes: 'Adresses MSSanté',
  finess: 'FINESS+, structures',
  social_structures: 'data·inclusion, structures',
  social_services: 'data·inclusion, services',
  ror: 'Répertoire de l’offre et des ressources (ROR)',
  annuaire: 'Annuaire Santé (mises à jour)',
} as const
export type ImportSource = keyof typeof importSources

/** Those of which one sends a file; the others are read from the service that keeps them. */
export const fileSources = ['rpps', 'skills', 'diplomas', 'mailboxes', 'finess', 'social_structures', 'social_services'] as const
export type FileSource = (typeof fileSources)[number]
export const importSourceCodes = Object.keys(importSources) as [ImportSource, ...ImportSource[]]

/** Short names, for lists and the foot of pages. */
export const sourceNames: Readonly<Record<ImportSource, string>> = {
  rpps: 'RPPS',
  skills: 'Savoir-faire',
  diplomas: 'Diplômes',
  mailboxes: 'MSSanté',
  finess: 'FINESS',
  social_structures: 'data·inclusion, structures',
  social_services: 'data·inclusion, services',
  ror: 'ROR',
  annuaire: 'Annuaire Santé',
}

/** The file that each takes. */
export const fileHelp: Readonly<Record<FileSource, string>> = {
  rpps: '« PS_LibreAcces_Personne_activite », texte, gzip ou zip.',
  skills: '« PS_LibreAcces_SavoirFaire », texte, gzip ou zip.',
  diplomas: '« PS_LibreAcces_Dipl_AutExerc », texte, gzip ou zip.',
  mailboxes: '« Extraction_Correspondance_MSSante », texte, gzip ou zip.',
  finess: '« finess-structures » (JSON), ou l’ancien « etalab-cs1100507 » (CSV) ; texte, gzip ou zip.',
  social_structures: 'Structures de data·inclusion (schéma v1), JSON ou gzip.',
  social_services: 'Services de data·inclusion (schéma v1), JSON ou gzip.',
}
