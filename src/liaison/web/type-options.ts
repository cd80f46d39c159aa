import { noteTypes } from '../contract/value-sets.ts'

const shortLabels: Readonly<Record<string, string>> = { opinion_request: 'Avis demandé', general: 'Générale' }

/** The types of note in the words of a narrow row. */
export const typeOptions = noteTypes.values.map((value) => ({ value: value.code, label: shortLabels[value.code] ?? value.label }))
