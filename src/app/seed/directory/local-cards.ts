import type { CareRole } from '../../../care-team/contract/value-sets.ts'
import type { DirectoryFacet } from '../../../directory/contract/facets.ts'
import type { ProfessionalCategory } from '../../../platform/contract/actor.ts'
import type { Bulk } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { SeededCommune } from '../region/communes.ts'
import type { Random } from '../region/random.ts'
import type { SeededDac } from '../region/staff.ts'

/** Whoever the national directories miss, as a DAC notes it. */
export interface SeededCard {
  readonly partyId: string
  readonly name: string
  readonly role: CareRole
  readonly phone: string
  readonly commune: SeededCommune
}

interface CardModel {
  readonly kind: DirectoryFacet
  readonly role: CareRole
  readonly category: ProfessionalCategory | null
  readonly job: string | null
  readonly note: string | null
  readonly name: (commune: string) => string
}

const model = (
  kind: DirectoryFacet,
  role: CareRole,
  category: ProfessionalCategory | null,
  name: (commune: string) => string,
  job: string | null = null,
  note: string | null = null,
): CardModel => ({ kind, role, category, job, note, name })

const models: readonly CardModel[] = [
  model('ccas', 'ccas', 'social', (commune) => `CCAS de ${commune}`, 'Portage de repas, aide sociale', 'Demander le service des aînés.'),
  model(
    'social_service',
    'hospital_social_worker',
    'social',
    (commune) => `Service social de l’hôpital de ${commune}`,
    'Ligne directe',
    'Joignable de 9 h à 11 h 30.',
  ),
  model('landlord', 'landlord', null, (commune) => `Vosgelia, agence de ${commune}`, 'Bailleur', null),
  model('sad', 'home_help', 'social', (commune) => `Aide à domicile de ${commune}`, null, 'Liste d’attente le week-end.'),
  model('association', 'volunteer', null, (commune) => `Visiteurs du ${commune}`, 'Visites de convivialité', null),
  model('social_service', 'social_worker', 'social', (commune) => `Maison des solidarités de ${commune}`, 'Service social de secteur', null),
  model(
    'department',
    'apa_team',
    'social',
    (commune) => `Équipe APA, secteur de ${commune}`,
    'Équipe médico-sociale',
    'Rappeler le mardi pour le suivi des dossiers.',
  ),
  model('transport', 'transporter', null, (commune) => `Ambulances de ${commune}`, null, null),
  model('association', 'meal_delivery', null, (commune) => `Portage de repas de ${commune}`, null, null),
  model('equipment', 'alarm_provider', null, (commune) => `Présence Verte, ${commune}`, 'Téléassistance', 'Pose sous huit jours.'),
]

/** Some forty cards for each DAC, made by its own people. */
export async function seedLocalCards(
  bulk: Bulk,
  random: Random,
  calendar: SeedCalendar,
  dacs: readonly SeededDac[],
  communes: ReadonlyMap<string, SeededCommune>,
): Promise<readonly SeededCard[]> {
  const cards: SeededCard[] = []
  const rows = dacs.flatMap((dac) => {
    const towns = dac.communes
      .map((code) => communes.get(code) as SeededCommune)
      .sort((a, b) => b.population - a.population)
      .slice(0, 12)
    return Array.from({ length: 38 }, (_, n) => {
      const one = models[n % models.length] as CardModel
      const commune = towns[Math.floor(n / models.length) * 3 + (n % 3)] ?? (towns[0] as SeededCommune)
      const author = random.pick([...dac.referents, ...dac.desk])
      const createdAt = calendar.at(calendar.daysAgo(random.between(40, 500)), random.between(540, 1000))
      const card: SeededCard = {
        partyId: random.idAt(createdAt),
        name: one.name(commune.name),
        role: one.role,
        phone: `035301${String(4500 + cards.length).padStart(4, '0')}`,
        commune,
      }
      cards.push(card)
      return {
        party_id: card.partyId,
        kind: one.kind,
        name: card.name,
        role: one.job,
        structure_name: null,
        phone: card.phone,
        commune_code: commune.code,
        postal_code: commune.postalCode,
        note: one.note,
        category: one.category,
        created_by: author.id,
        created_by_service: dac.id,
        created_at: createdAt,
        confirmed_on: calendar.daysAgo(random.between(0, 40)),
      }
    })
  })
  await bulk.write('directory.local_card', rows)
  return cards
}
