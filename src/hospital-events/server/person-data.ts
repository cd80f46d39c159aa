import type { PersonTable } from '../../platform/server/person-data.ts'

const instants = { in_hospital: 'à l’hôpital', discharged: 'sortie', cancelled: 'annulé par l’établissement', not_hers: 'ne vous concernait pas' }

/** What hospitals told of a person who is accompanied. Ends with the file; what may be of somebody else ends within days. */
export const hospitalEventsPersonData: readonly PersonTable[] = [
  {
    table: 'hospital_events.stay',
    title: 'Séjours annoncés par les hôpitaux',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'created_at',
    lastSign: 'changed_at',
    given: {
      sender_name: 'Établissement',
      kind: { label: 'Sorte', words: { inpatient: 'hospitalisation', emergency: 'passage aux urgences' } },
      state: { label: 'Où il en est', words: instants },
      admitted_at: 'Entrée le',
      discharged_at: 'Sortie le',
      expected_on: 'Sortie prévue le',
      recognised_by: { label: 'Reconnue par', words: { ins: 'votre INS', traits: 'vos traits d’identité', user: 'un professionnel' } },
      recognised_by_name: 'Rapproché par',
    },
    keptBack: {
      admission_told: 'numéro de l’alerte de l’entrée',
      discharge_told: 'numéro de l’alerte de la sortie',
      changed_at: 'dernière nouvelle de l’établissement',
    },
  },
  {
    table: 'hospital_events.candidate',
    title: 'Rapprochements proposés avec un séjour',
    hers: 'person_id',
    dataClass: 'technical',
    given: { notGiven: 'Un séjour annoncé par un hôpital, qui est peut-être celui d’une autre personne\u00a0: détruit en quelques jours.' },
  },
]
