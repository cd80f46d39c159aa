import type { PersonTable } from '../../platform/server/person-data.ts'

const yesNo = { true: 'oui', false: 'non' }
const states = { booked: 'prévu', cancelled: 'annulé', fulfilled: 'a eu lieu', noshow: 'personne n’a répondu' }
const derived = 'Heures auxquelles un professionnel est pris, déduites des rendez-vous donnés plus haut.'

/** What the agenda holds about someone. */
export const agendaPersonData: readonly PersonTable[] = [
  {
    table: 'agenda.appointment',
    title: 'Rendez-vous',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'starts_local',
    lastSign: 't.starts_local::timestamptz',
    given: {
      starts_local: 'Date et heure, ou première fois',
      kind: { label: 'Rendez-vous', list: 'agenda.appointment_kind' },
      title: 'Précision',
      minutes: 'Durée en minutes',
      all_day: { label: 'Journée entière', words: yesNo },
      rule: 'Répétition',
      place: 'Lieu',
      words: 'À prévoir',
      state: { label: 'État', words: { booked: 'prévu', cancelled: 'annulé' } },
      organizer_name: 'Pris par',
    },
    keptBack: {
      time_zone: 'réglage des horloges',
      place_kind: 'classement du lieu',
      commune_code: 'commune du lieu, pour le temps de route',
      uid: 'identifiant du rendez-vous dans les calendriers',
      sequence: 'compteur de versions des calendriers',
      imported: 'provenance technique',
      follows: 'ce qu’il suit, donné de son côté',
      changed_at: 'date technique',
    },
  },
  {
    table: 'agenda.occurrence',
    title: 'Dates des rendez-vous',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'starts_at',
    lastSign: 't.starts_at',
    given: {
      starts_at: 'Début',
      ends_at: 'Fin',
      state: { label: 'État', words: states },
      moved: { label: 'Déplacé', words: yesNo },
      cancelled_because: 'Annulé parce que',
    },
    keptBack: { recurrence_at: 'place de la date dans la répétition' },
  },
  {
    table: 'agenda.participant',
    title: 'Participants aux rendez-vous',
    hers: 'person_id',
    dataClass: 'accompaniment',
    openTo:
      't.party_id is null or t.party_id = any (platform.actor_parties()) or persons.names_openly(t.person_id, t.party_id) or persons.speaks_for(t.person_id)',
    given: {
      name: 'Qui',
      words: 'En quelle qualité',
      response: { label: 'Réponse', words: { needs_action: 'sans réponse', accepted: 'accepté', declined: 'décliné', tentative: 'autre date proposée' } },
      answered_at: 'Répondu le',
      proposed_at: 'Date proposée',
      withdrawn_at: 'Retiré le',
    },
    keptBack: { kind: 'classement', answer_words: 'parole de la personne invitée' },
  },
  {
    table: 'agenda.slot',
    title: 'Heures prises des professionnels',
    hers: { through: 'agenda.occurrence', by: 'occurrence_id' },
    dataClass: 'accompaniment',
    given: { notGiven: derived },
  },
  {
    table: 'agenda.safety_note',
    title: 'Consignes de visite',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'written_at',
    given: {
      door_code: 'Code de la porte',
      access_words: 'Accès',
      animals: 'Animaux',
      never_alone: { label: 'Ne pas venir seul', words: yesNo },
      written_at: 'Écrites le',
      set_aside_at: 'Mises de côté le',
    },
    keptBack: {
      dangers: 'précaution de sécurité des professionnels',
      danger_words: 'précaution de sécurité des professionnels',
      comes_along: 'organisation des professionnels',
      written_by_name: 'auteur, pour sa sécurité',
    },
  },
  {
    table: 'agenda.visit_record',
    title: 'Temps et trajets des visites',
    hers: 'person_id',
    dataClass: 'accompaniment',
    given: { notGiven: 'Temps et kilomètres des professionnels ; la visite elle-même est donnée avec les activités.' },
  },
]
