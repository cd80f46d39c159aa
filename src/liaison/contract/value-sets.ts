import { type CodeOf, defineValueSet, type ValueSetDefinition } from '../../territory/contract/value-sets.ts'

/** The five types of note of the national « cahier de liaison » (JDV_J23). */
export const noteTypes = defineValueSet({
  code: 'liaison.note_type',
  title: 'Type de note',
  origin: 'national',
  values: [
    { code: 'observation', label: 'Observation', nationalMapping: 'OBS', definition: 'Ce que j’ai vu ou entendu.' },
    { code: 'intervention', label: 'Intervention', nationalMapping: 'INTERV', definition: 'Ce que j’ai fait.' },
    { code: 'instruction', label: 'Consigne', nationalMapping: 'INST', definition: 'Ce que je demande à chacun de faire ou de surveiller.' },
    { code: 'opinion_request', label: 'Demande d’avis', nationalMapping: 'DEM-AVIS', definition: 'J’attends une réponse d’un membre du cercle.' },
    { code: 'general', label: 'Note générale', nationalMapping: 'GEN' },
  ],
})
export type NoteType = CodeOf<typeof noteTypes>

/** Private is a room, not a volet: a note of the DAC never prints with a shared document. */
export const noteSpaces = defineValueSet({
  code: 'liaison.note_space',
  title: 'Pour qui',
  values: [
    { code: 'shared', label: 'Carnet partagé', definition: 'Le cercle, selon les volets de chacun.' },
    { code: 'private', label: 'Privé DAC', definition: 'L’équipe du DAC seulement.' },
  ],
})

export const liaisonValueSets: readonly ValueSetDefinition[] = [noteTypes, noteSpaces]
