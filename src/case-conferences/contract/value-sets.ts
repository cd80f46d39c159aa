import { type CodeOf, defineValueSet, type ValueSetDefinition } from '../../territory/contract/value-sets.ts'

export const conferenceKinds = defineValueSet({
  code: 'case_conferences.kind',
  title: 'Réunion',
  values: [
    { code: 'concertation', label: 'Concertation', definition: 'Les intervenants et la personne, autour d’une question.' },
    { code: 'rcp', label: 'RCP', definition: 'Réunion de concertation pluriprofessionnelle : situation complexe, plusieurs secteurs.' },
    { code: 'family', label: 'Rencontre avec la famille' },
    { code: 'crisis', label: 'Réunion de crise' },
  ],
})
export type ConferenceKind = CodeOf<typeof conferenceKinds>

/** How an answer or an agreement came. */
export const answerModes = defineValueSet({
  code: 'case_conferences.answer_mode',
  title: 'Comment la réponse est venue',
  values: [
    { code: 'present', label: 'En réunion' },
    { code: 'online', label: 'En ligne, par elle-même' },
    { code: 'phone', label: 'Par téléphone' },
    { code: 'written', label: 'Par écrit' },
    { code: 'representative', label: 'Par son représentant' },
  ],
})

export const caseConferencesValueSets: readonly ValueSetDefinition[] = [conferenceKinds, answerModes]
