import type { SeededCard } from '../directory/local-cards.ts'
import type { SeededStructure } from '../directory/structures.ts'
import type { Bulk, Row } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import { type MemberDraft, nobody, professionalDraft, type SeededMember, type Slot, writeMember } from '../region/circles.ts'
import type { SeededEpisode } from '../region/episodes.ts'
import type { Random } from '../region/random.ts'
import type { Staff } from '../region/staff.ts'
import type { Timeline } from '../region/timeline.ts'
import type { Cast } from './people.ts'

const at = (day: number, hour: string | null, label: string | null = null, state: Slot['state'] = 'planned'): Slot => ({ day, at: hour, label, state })

/** The circle of Mme Perrin, with the week of each; the pharmacist's access is suspended by her refusal. */
export async function seedPerrinCircle(
  bulk: Bulk,
  random: Random,
  calendar: SeedCalendar,
  cast: Cast,
  episode: SeededEpisode,
  staff: Staff,
  structures: readonly SeededStructure[],
  cards: readonly SeededCard[],
  timeline: Timeline,
): Promise<ReadonlyMap<string, SeededMember>> {
  const homeHelp = structures.find((one) => one.name === 'SAD LES GENETS')
  const meals = cards.find((card) => card.name === 'CCAS de Remiremont') ?? cards.find((card) => card.role === 'ccas')
  const week = (...slots: readonly Slot[]): readonly Slot[] => slots
  const drafts: Readonly<Record<string, MemberDraft>> = {
    referent: {
      ...nobody,
      kind: 'professional',
      roles: ['referent'],
      partyId: cast.julie.id,
      name: cast.julie.name,
      place: cast.hautesVallees.name,
      phone: cast.hautesVallees.phone,
      does: 'visite, coordination',
      sourceId: episode.id,
      week: week(at(4, '14:30', 'visio'), at(5, '10:00')),
    },
    binome: {
      ...nobody,
      kind: 'professional',
      roles: ['co_referent'],
      partyId: cast.karim.id,
      name: cast.karim.name,
      place: cast.hautesVallees.name,
      phone: cast.hautesVallees.phone,
      sourceId: episode.id,
    },
    gp: professionalDraft(cast.card('gp'), 'gp', { does: 'médecin traitant', hours: 'de 8 h à 9 h', week: week(at(4, '14:30', 'visio')) }),
    nurse: professionalDraft(cast.card('home-nurse'), 'nurse', {
      does: 'pansement, pilulier',
      week: week(...[1, 2, 3, 4, 5].map((day) => at(day, '07:45')), at(6, '08:30'), at(7, '08:30')),
      callFor: 'Chute, plaie',
      callOrder: 1,
    }),
    homeHelp: {
      ...nobody,
      kind: 'structure',
      roles: ['home_help'],
      partyId: homeHelp?.partyId ?? null,
      name: 'SAD Les Genêts',
      place: 'Remiremont',
      phone: '0353014590',
      does: 'lever, toilette, repas de midi',
      week: week(...[1, 2, 3, 4, 5].flatMap((day) => [at(day, '09:00'), at(day, '12:00')]), at(6, null, null, 'nobody'), at(7, null, null, 'nobody')),
    },
    meals: {
      ...nobody,
      kind: 'structure',
      roles: ['meal_delivery'],
      partyId: meals?.partyId ?? null,
      name: 'Portage, CCAS',
      place: 'Remiremont',
      phone: '0353014512',
      does: 'repas du soir, livré à 11 h 30',
      week: week(...[1, 2, 3, 4, 5].map((day) => at(day, '11:30'))),
    },
    physio: professionalDraft(cast.card('newcomer'), 'physiotherapist', { does: 'équilibre et marche', week: week(at(2, '14:00'), at(4, '14:00')) }),
    guardian: professionalDraft(cast.card('legal-guardian'), 'legal_representative_professional', {
      does: 'budget, dossier APA',
      week: week(at(2, null, 'téléphone')),
    }),
    pharmacist: professionalDraft(cast.card('pharmacist'), 'pharmacist', { does: 'livraison des médicaments' }),
    sylvie: {
      ...nobody,
      kind: 'relative',
      roles: ['main_caregiver', 'contact_to_call'],
      partyId: null,
      name: 'Sylvie Perrin-Roux',
      relation: 'daughter',
      phone: '0639984107',
      does: 'nuits, courses, papiers',
      week: week(...[1, 2, 3, 5, 6].map((day) => at(day, null, 'nuit'))),
      callFor: 'À prévenir',
      callOrder: 2,
    },
    agnes: {
      ...nobody,
      kind: 'relative',
      roles: ['trusted_person'],
      partyId: null,
      name: 'Agnès Kempf',
      relation: 'niece',
      phone: '0639986612',
      does: 'personne de confiance',
    },
    marc: { ...nobody, kind: 'relative', roles: ['relative'], partyId: null, name: 'Marc Perrin', relation: 'son' },
  }
  const tables = { member: [] as Row[], role: [] as Row[], access: [] as Row[] }
  const sights: Row[] = []
  const circle = new Map(Object.entries(drafts).map(([key, draft]) => [key, writeMember(random, episode, draft, staff, tables, sights, timeline)]))
  const refused = cast.card('pharmacist').partyId
  const suspendedAt = calendar.at(calendar.daysAgo(90), 900)
  await bulk.write('care_team.member', tables.member)
  await bulk.write('care_team.role', tables.role)
  await bulk.write('care_team.access', tables.access)
  await bulk.write(
    'persons.sight',
    sights.map((sight) => ({
      ...sight,
      suspended_at: sight['party_id'] === refused ? suspendedAt : null,
      suspensions: sight['party_id'] === refused ? ['refusal'] : [],
    })),
  )
  await timeline.flush()
  return circle
}
