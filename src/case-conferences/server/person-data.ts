import type { PersonTable } from '../../platform/server/person-data.ts'

const agreement = { not_asked: 'pas encore demandé', agreed: 'accord', refused: 'refus', represented: 'accord du représentant' }
const answer = { accepted: 'acceptée', refused: 'refusée' }
const volets = { administrative: 'administratif', social: 'social', health: 'santé' }

/** What concertations hold about someone. */
export const caseConferencesPersonData: readonly PersonTable[] = [
  {
    table: 'case_conferences.conference',
    title: 'Concertations à votre sujet',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'starts_at',
    lastSign: 'starts_at',
    given: {
      starts_at: 'Le',
      kind: { label: 'Sorte', list: 'case_conferences.kind' },
      state: { label: 'État', words: { planned: 'prévue', held: 'tenue', signed: 'compte rendu signé', cancelled: 'annulée' } },
      minutes: 'Durée (min)',
      place: 'Lieu',
      agreement: { label: 'Votre avis', words: agreement },
      agreement_on: 'Donné le',
      agreement_mode: { label: 'Comment', list: 'case_conferences.answer_mode' },
      agreement_words: 'Vos mots',
      agreement_by_name: 'Noté par',
      held_at: 'Tenue le',
      signed_at: 'Signé le',
      signed_by_name: 'Signé par',
      cancelled_because: 'Annulée parce que',
      moved_from: 'Était prévue le',
      moved_because: 'Déplacée parce que',
    },
    keptBack: { cancelled_by_event: 'technique', video_url: 'lien de la salle de visio' },
  },
  {
    table: 'case_conferences.participant',
    title: 'Invités et présents',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'name',
    openTo:
      't.party_id is null or t.party_id = any (platform.actor_parties()) or persons.names_openly(t.person_id, t.party_id) or persons.speaks_for(t.person_id)',
    given: {
      name: 'Nom',
      role: 'Rôle',
      state: {
        label: 'Présence',
        words: { invited: 'invité', accepted: 'vient', declined: 'ne vient pas', present: 'présent', absent: 'absent', excused: 'excusé' },
      },
      words: 'Précision',
      answered_at: 'Répondu le',
    },
  },
  {
    table: 'case_conferences.question',
    title: 'Questions posées',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'position',
    given: { words: 'Question', asked_by_name: 'Posée par', removed_at: 'Retirée le' },
  },
  {
    table: 'case_conferences.document',
    title: 'Documents apportés',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'added_at',
    given: { label: 'Document', added_by_name: 'Apporté par', added_at: 'Le' },
    keptBack: { source: 'partie du logiciel' },
  },
  {
    table: 'case_conferences.block',
    title: 'Comptes rendus de concertation',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'position',
    given: { heading: 'Passage', body: 'Texte', written_at: 'Écrit le', written_by_name: 'Par' },
    keptBack: { editor_name: 'qui tient la plume en ce moment', editing_until: 'qui tient la plume en ce moment' },
  },
  {
    table: 'case_conferences.decision',
    title: 'Décisions de concertation',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'created_at',
    openTo:
      't.actor_party_id is null or t.actor_party_id = any (platform.actor_parties()) or persons.names_openly(t.person_id, t.actor_party_id) or persons.speaks_for(t.person_id)',
    given: {
      words: 'Décision',
      actor_name: 'Confiée à',
      actor_role: 'Rôle',
      due_on: 'Pour le',
      answer: { label: 'Réponse', words: answer },
      answered_on: 'Répondu le',
      answer_mode: { label: 'Comment', list: 'case_conferences.answer_mode' },
      answer_words: 'Précision',
      answer_noted_by_name: 'Noté par',
      letter_on: 'Demandé par lettre le',
      letter_by_name: 'Lettre de',
      removed_at: 'Retirée le',
    },
  },
  {
    table: 'case_conferences.sending',
    title: 'Comptes rendus envoyés',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'sent_at',
    openTo:
      't.recipient_party_id is null or t.recipient_party_id = any (platform.actor_parties()) or persons.names_openly(t.person_id, t.recipient_party_id) or persons.speaks_for(t.person_id)',
    given: {
      sent_on: 'Le',
      recipient_name: 'À',
      means: { label: 'Par', words: { shared: 'partage dans Jalon', printed: 'papier', handed: 'remise en main propre' } },
      volets: { label: 'Volets', words: volets },
      sent_by_name: 'Envoyé par',
    },
    keptBack: { sent_at: 'instant de l’envoi, dont le jour est donné' },
  },
]
