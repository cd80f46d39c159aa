import { addDays } from '../../../platform/contract/dates.ts'
import type { Bulk, Row } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { SeededEpisode } from '../region/episodes.ts'
import type { Cast } from './people.ts'

/** Of the one of this afternoon: her agenda shows it too. */
export const perrinConferenceId = (episode: SeededEpisode): string => `${episode.id.slice(0, 32)}c001`

/** The concertation of Mme Perrin, this afternoon in video, and the one of last month with its signed minutes. Ids follow from that of the accompaniment. */
export async function seedPerrinConference(bulk: Bulk, calendar: SeedCalendar, cast: Cast, episode: SeededEpisode): Promise<void> {
  let index = 0
  const id = (): string => {
    index += 1
    return `${episode.id.slice(0, 32)}${(0xc000 + index).toString(16)}`
  }
  const [next, last] = [id(), id()]
  const of = { person_id: episode.person.id, holder_org: episode.dac.id }
  const heldOn = calendar.at(calendar.daysAgo(35), 870)
  const gp = cast.card('gp')
  const nurse = cast.card('home-nurse')
  const head = (row: Row): Row => ({
    ...of,
    episode_id: episode.id,
    minutes: 45,
    place: null,
    video_url: null,
    animator_id: cast.julie.id,
    agreement_on: null,
    agreement_mode: null,
    agreement_words: null,
    agreement_by_name: null,
    held_at: null,
    signed_at: null,
    signed_by: null,
    signed_by_name: null,
    created_by: cast.julie.id,
    ...row,
  })
  await bulk.write('case_conferences.conference', [
    head({
      id: next,
      kind: 'concertation',
      state: 'planned',
      starts_at: calendar.at(calendar.today, 870),
      video_url: 'https://visio.exemple.fr/perrin-0412',
      agreement: 'not_asked',
      created_at: calendar.at(calendar.daysAgo(6), 610),
    }),
    head({
      id: last,
      kind: 'rcp',
      state: 'signed',
      starts_at: heldOn,
      place: 'Salle de la maison de santé',
      agreement: 'agreed',
      agreement_on: calendar.daysAgo(35),
      agreement_mode: 'present',
      agreement_words: 'Je veux rester chez moi, avec Agnès le soir.',
      agreement_by_name: cast.julie.name,
      held_at: heldOn,
      signed_at: calendar.at(calendar.daysAgo(34), 600),
      signed_by: cast.julie.id,
      signed_by_name: cast.julie.name,
      created_at: calendar.at(calendar.daysAgo(44), 600),
    }),
  ])
  const guest = (conference: string, partyId: string | null, name: string, role: string | null, state: string, words: string | null = null): Row => ({
    id: id(),
    conference_id: conference,
    ...of,
    party_id: partyId,
    name,
    role,
    state,
    words,
    answered_at: state === 'invited' ? null : calendar.at(calendar.daysAgo(conference === next ? 4 : 35), 700),
  })
  await bulk.write('case_conferences.participant', [
    guest(next, gp.partyId, gp.name, 'Médecin traitant', 'accepted', 'En visio, de 14 h 30 à 15 h'),
    guest(next, nurse.partyId, nurse.name, 'Infirmier', 'accepted'),
    guest(next, null, 'SAD Les Genêts', 'Aide à domicile', 'accepted'),
    guest(next, null, 'Sylvie Perrin-Roux', 'Fille, aidante', 'invited'),
    guest(last, gp.partyId, gp.name, 'Médecin traitant', 'present'),
    guest(last, nurse.partyId, nurse.name, 'Infirmier', 'present'),
    guest(last, null, 'Agnès Kempf', 'Nièce, personne de confiance', 'present'),
    guest(last, null, 'CH des Hautes-Vallées', 'Service social', 'excused'),
  ])
  const questions = [
    { at: next, words: 'Qui assure le lever et le repas du samedi et du dimanche ?', volet: 'social', body: '' },
    { at: next, words: 'La rougeur de la jambe gauche : surveillance et conduite à tenir', volet: 'health', body: '' },
    {
      at: last,
      words: 'Peut-elle rentrer chez elle après l’hôpital ?',
      volet: 'social',
      body: 'Elle le souhaite, sa nièce est d’accord pour les soirs. Le service d’aide à domicile reprend du lundi au vendredi ; rien n’est trouvé pour les fins de semaine.',
    },
    {
      at: last,
      words: 'Traitement après la chute',
      volet: 'health',
      body: 'Pilulier refait chaque lundi par l’infirmier. Le médecin traitant arrête le somnifère et revoit la tension dans quinze jours.',
    },
  ].map((one, position) => ({ ...one, id: id(), position: position + 1 }))
  await bulk.write(
    'case_conferences.question',
    questions.map((one) => ({
      id: one.id,
      conference_id: one.at,
      ...of,
      position: one.position,
      words: one.words,
      asked_by_name: cast.julie.name,
      volet: one.volet,
    })),
  )
  await bulk.write(
    'case_conferences.block',
    questions.map((one) => ({
      id: id(),
      conference_id: one.at,
      ...of,
      question_id: one.id,
      position: one.position,
      heading: one.words,
      body: one.body,
      written_at: one.body === '' ? null : calendar.at(calendar.daysAgo(35), 905),
      written_by_name: one.body === '' ? null : cast.julie.name,
      volet: one.volet,
      version: one.body === '' ? 1 : 2,
    })),
  )
  const decision = (words: string, volet: string, actor: string, role: string, party: string | null, answer: string | null, position: number): Row => ({
    id: id(),
    conference_id: last,
    ...of,
    position,
    words,
    volet,
    actor_party_id: party,
    actor_name: actor,
    actor_role: role,
    due_on: addDays(calendar.daysAgo(35) as never, 10 + position),
    answer,
    answered_on: answer === null ? null : calendar.daysAgo(35),
    answer_mode: answer === null ? null : 'present',
    answer_noted_by_name: answer === null ? null : cast.julie.name,
    created_at: heldOn,
    created_by: cast.julie.id,
  })
  await bulk.write('case_conferences.decision', [
    decision('Arrêter le somnifère, revoir la tension', 'health', gp.name, 'Médecin traitant', gp.partyId, 'accepted', 1),
    decision('Refaire le pilulier chaque lundi', 'health', nurse.name, 'Infirmier', nurse.partyId, 'accepted', 2),
    decision('Chercher une aide pour les fins de semaine', 'social', cast.julie.name, 'Référente', cast.julie.id, null, 3),
  ])
  await bulk.write('case_conferences.document', [
    {
      id: id(),
      conference_id: next,
      ...of,
      label: 'Compte rendu d’hospitalisation',
      added_by_name: cast.julie.name,
      added_at: calendar.at(calendar.daysAgo(3), 640),
      volet: 'health',
    },
  ])
  await bulk.write('case_conferences.sending', [
    {
      id: id(),
      conference_id: last,
      ...of,
      recipient_party_id: gp.partyId,
      recipient_name: gp.name,
      means: 'shared',
      volets: ['administrative', 'social', 'health'],
      sent_on: calendar.daysAgo(34),
      sent_by_name: cast.julie.name,
      sent_at: calendar.at(calendar.daysAgo(34), 620),
    },
  ])
}
