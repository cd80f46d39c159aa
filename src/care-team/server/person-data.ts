import type { PersonTable } from '../../platform/server/person-data.ts'

/** « lundi 8 h–9 h : toilette », as the week of a member holds it. */
function weekRead(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.map((slot: { day?: number; at?: string | null; label?: string | null }) =>
    [days[Number(slot.day) - 1], slot.at, slot.label].filter(Boolean).join(' '),
  )
}
const days = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']

/** What the circle holds about someone. */
export const careTeamPersonData: readonly PersonTable[] = [
  {
    table: 'care_team.member',
    title: 'Votre cercle',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'created_at',
    // What 1766 hides of the circle of somebody in danger: a structure that protects, and who works there.
    openTo: `t.party_id is null or t.party_id <> all (persons.protecting_parties()) or t.party_id = any (platform.actor_parties())
      or not persons.at_risk(t.person_id) or persons.speaks_for(t.person_id)`,
    given: {
      name: 'Nom',
      kind: { label: 'Sorte', words: { professional: 'professionnel', structure: 'structure', relative: 'proche', contact: 'contact' } },
      place: 'Lieu',
      relation: { label: 'Lien', list: 'persons.relation' },
      does: 'Ce qu’il ou elle fait',
      hours: 'Horaires',
      call_for: 'À appeler pour',
      week: { label: 'Passages', read: weekRead },
    },
    keptBack: {
      phone: 'coordonnées d’une autre personne',
      other_phone: 'coordonnées d’une autre personne',
      email: 'coordonnées d’une autre personne',
      call_order: 'ordre d’affichage',
    },
  },
  {
    table: 'care_team.join_request',
    title: 'Demandes pour rejoindre votre cercle',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'asked_at',
    openTo: `t.user_id = platform.actor_id() or persons.speaks_for(t.person_id)
      or (persons.names_openly(t.person_id, t.user_id) and persons.names_openly(t.person_id, t.party_id))`,
    given: {
      asked_at: 'Le',
      name: 'Qui',
      profession: 'Profession',
      place: 'Lieu',
      role: { label: 'Rôle demandé', list: 'care_team.role' },
      words: 'Pourquoi',
      state: { label: 'Réponse', words: { asked: 'en attente', accepted: 'acceptée', refused: 'refusée' } },
      answered_at: 'Répondu le',
      answered_by_name: 'Par',
      answer_words: 'Précision',
    },
  },
  {
    table: 'care_team.invitation',
    title: 'Professionnels invités dans votre cercle',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'invited_at',
    given: {
      invited_at: 'Le',
      given_name: 'Prénom',
      family_name: 'Nom',
      role: { label: 'Rôle proposé', list: 'care_team.role' },
      sharing_category: { label: 'Catégorie', list: 'care_team.sharing_category' },
      basis: { label: 'À quel titre', words: { care_team: 'équipe de soins', consent: 'avec votre accord' } },
      volets: { label: 'Volets', words: { administrative: 'administratif', social: 'social', health: 'santé' } },
      way: { label: 'Comment', words: { mail: 'par courriel', link: 'par un lien remis' } },
      mail: { label: 'Courriel', words: { to_send: 'à envoyer', sent: 'envoyé', refused: 'refusé', no_way: 'non envoyé' } },
      mail_at: 'Courriel parti le',
      state: { label: 'Réponse', words: { waiting: 'en attente', accepted: 'acceptée', declined: 'déclinée', revoked: 'retirée' } },
      invited_by_name: 'Par',
      expires_at: 'Valable jusqu’au',
      settled_at: 'Réglé le',
    },
    keptBack: {
      address: 'coordonnées d’une autre personne',
      name_words: 'le même nom, pour le comparer',
      secret_hash: 'ce qui reconnaît le lien d’une autre personne',
      wish: 'repris dans les accès ouverts au cercle',
    },
  },
  {
    table: 'care_team.invitation_mail',
    title: 'Courriers d’invitation en partance',
    hers: { through: 'care_team.invitation', by: 'invitation_id' },
    dataClass: 'accompaniment',
    given: { notGiven: 'un courrier qui n’est pas encore parti, adressé à un professionnel : il ne dit rien de vous, et disparaît une fois envoyé' },
  },
  {
    table: 'care_team.provider_call',
    title: 'Recherches d’intervenant pour vous',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'called_at',
    given: {
      called_at: 'Le',
      need: { label: 'Recherché', list: 'care_team.role' },
      name: 'Appelé',
      outcome: {
        label: 'Réponse',
        words: { yes: 'oui', call_back: 'à rappeler', full: 'complet', refused: 'refuse', no_answer: 'sans réponse' },
      },
      call_back_on: 'À rappeler le',
      words: 'Précision',
      called_by_name: 'Par',
    },
  },
  {
    table: 'care_team.role',
    title: 'Rôles dans votre cercle',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'starts_on',
    given: {
      role: { label: 'Rôle', list: 'care_team.role' },
      starts_on: 'Depuis le',
      ends_on: 'Jusqu’au',
      end_reason: { label: 'Fin', list: 'care_team.end_reason' },
      document_seen: 'Document vu',
    },
  },
  {
    table: 'care_team.access',
    title: 'Accès ouverts au cercle',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'starts_at',
    given: {
      starts_at: 'Depuis le',
      ends_at: 'Jusqu’au',
      basis: { label: 'À quel titre', words: { care_team: 'équipe de soins', consent: 'avec votre accord' } },
      sharing_category: { label: 'Catégorie', list: 'care_team.sharing_category' },
      ground: { label: 'Fondement', list: 'care_team.ground' },
      volets: { label: 'Volets', words: { administrative: 'administratif', social: 'social', health: 'santé' } },
      informed_on: 'Vous en avez été informé(e) le',
      informed_by_name: 'Par',
      consent_on: 'Accord donné le',
      consent_mode: { label: 'Comment', list: 'persons.information_mode' },
      consent_for: 'Pour',
      consent_until: 'Dernier jour de l’accord',
      end_reason: { label: 'Fin', list: 'care_team.end_reason' },
    },
  },
]
