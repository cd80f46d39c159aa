import type { PersonTable } from '../../platform/server/person-data.ts'

const notGiven = 'Comparaison d’identités : elle dit qu’une autre personne ressemble à celle-ci, et ses traits à elle n’appartiennent qu’à elle.'
const merges = 'Les fusions se lisent dans le Fil (« Deux dossiers de la personne réunis ») et dans la liste des accès.'

/** Pairs and merges go with the person; they never leave with a copy of her data. */
export const duplicatesPersonData: readonly PersonTable[] = [
  { table: 'duplicates.pair', title: 'Doublons examinés', hers: 'person_id', dataClass: 'identity', given: { notGiven } },
  {
    table: 'duplicates.merge',
    title: 'Fusions de dossiers',
    hers: 'person_id',
    dataClass: 'identity',
    // A proposal that waits is work in progress.
    live: `t.state = 'proposed'`,
    given: { notGiven: merges },
  },
  {
    table: 'duplicates.present',
    title: 'Fusions de dossiers',
    hers: { through: 'duplicates.merge', by: 'merge_id' },
    dataClass: 'identity',
    given: { notGiven: merges },
  },
  {
    table: 'duplicates.step',
    title: 'Fusions de dossiers',
    hers: { through: 'duplicates.merge', by: 'merge_id' },
    dataClass: 'identity',
    given: { notGiven: merges },
  },
]
