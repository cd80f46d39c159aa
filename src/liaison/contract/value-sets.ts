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

/** What happened, when a note tells it: the rules of alerts listen to these (R55: a refusal of care is recorded as an event). */
export const noteEvents = defineValueSet({
  code: 'liaison.event',
  title: 'Événement',
  values: [
    { code: 'fall', label: 'Chute' },
    { code: 'care_refusal', label: 'Refus de soins ou d’aide' },
    { code: 'caregiver_exhausted', label: 'Aidant à bout' },
    { code: 'hospital_admission', label: 'Hospitalisation' },
    { code: 'emergency_visit', label: 'Passage aux urgences' },
    { code: 'hospital_discharge', label: 'Sortie d’hôpital' },
    { code: 'missed_visit', label: 'Passage manqué', definition: 'L’intervenant n’est pas venu, ou la porte est restée close.' },
    { code: 'treatment_problem', label: 'Problème de traitement', definition: 'Oubli, erreur, rupture de stock, effet indésirable.' },
  ],
})
export type NoteEvent = CodeOf<typeof noteEvents>

/** Private is a room, not a volet: a note of the DAC never prints with a shared document. */
export const noteSpaces = defineValueSet({
  code: 'liaison.note_space',
  title: 'Pour qui',
  values: [
    { code: 'shared', label: 'Carnet partagé', definition: 'Le cercle, selon les volets de chacun.' },
    { code: 'private', label: 'Privé DAC', definition: 'L’équipe du DAC seulement.' },
  ],
})

export const liaisonValueSets: readonly ValueSetDefinition[] = [noteTypes, noteEvents, noteSpaces]
