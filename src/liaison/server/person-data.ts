import type { PersonTable } from '../../platform/server/person-data.ts'

/** What the notebook and the alerts hold about someone. */
export const liaisonPersonData: readonly PersonTable[] = [
  {
    table: 'liaison.note',
    title: 'Carnet de liaison',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'at',
    lastSign: 'at',
    given: {
      at: 'Le',
      kind: { label: 'Sorte', list: 'liaison.note_type' },
      title: 'Titre',
      body: 'Texte',
      urgent: { label: 'Demandait une réponse rapide', words: { true: 'oui', false: 'non' } },
      relation: { label: 'Suite', words: { reply: 'réponse', addendum: 'complément' } },
      author_name: 'Par',
      author_function: 'Fonction',
    },
  },
  {
    table: 'liaison.alert',
    title: 'Alertes',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'raised_at',
    lastSign: 'raised_at',
    given: {
      raised_at: 'Le',
      title: 'Alerte',
      summary: 'Précision',
      raised_by_name: 'Par',
      raised_by_function: 'Fonction',
      state: { label: 'État', words: { to_take: 'à prendre', taken: 'prise en charge', settled: 'traitée' } },
      taken_at: 'Prise le',
      settled_at: 'Traitée le',
      outcome: 'Ce qui a été fait',
    },
    keptBack: { source: 'partie du logiciel' },
  },
  {
    table: 'liaison.unread',
    title: 'Marques de lecture',
    hers: 'person_id',
    dataClass: 'technical',
    given: { notGiven: 'Ce qu’un utilisateur n’a pas encore ouvert : des numéros, aucun mot sur vous.' },
  },
]
