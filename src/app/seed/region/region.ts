import type { Database } from '../../../platform/server/db.ts'
import { loadDirectory } from '../directory/load-directory.ts'
import { seedLocalCards } from '../directory/local-cards.ts'
import { inventProfessionals } from '../directory/professionals.ts'
import { inventStructures } from '../directory/structures.ts'
import type { Bulk } from './bulk.ts'
import type { SeedCalendar } from './calendar.ts'
import { neighbourhood, seedCircles } from './circles.ts'
import { seedContacts } from './contacts.ts'
import { inventEpisodes, writeEpisodes } from './episodes.ts'
import { seedEvaluations } from './evaluations.ts'
import { seedNotes } from './notes.ts'
import { inventPersons, writePersons } from './persons.ts'
import type { RegionPlan } from './plan.ts'
import { seedPlans } from './plans.ts'
import { randomOf } from './random.ts'
import { seedRequests } from './requests.ts'
import { seedServices } from './services.ts'
import { seedStaff } from './staff.ts'
import { seedSteering } from './steering.ts'
import { timelineOf } from './timeline.ts'

export interface RegionOptions {
  readonly bulk: Bulk
  /** For the imports of the directory, which bring their own transactions. */
  readonly db: Database
  readonly plan: RegionPlan
  readonly calendar: SeedCalendar
  /** Tells the planner what was written so far; only the owner of the tables may. */
  readonly analyze: () => Promise<void>
  /** Receives what is being written, in French. */
  readonly log: (line: string) => void
}

/** Writes a whole region after the reference data. The same plan on the same day gives the same rows. */
export async function seedRegion({ bulk, db, plan, calendar, analyze, log }: RegionOptions): Promise<void> {
  const random = randomOf(20_261_122)
  const timeline = timelineOf(bulk, random)
  const count = (n: number): string => n.toLocaleString('fr-FR')

  log('services et périmètres')
  const services = await seedServices(bulk, random, plan)
  const { communes, territories } = services
  const structures = inventStructures(random, territories, communes)
  const professionals = inventProfessionals(random, territories, structures, communes)
  const staff = await seedStaff(bulk, random, plan, services, professionals)
  const cards = await seedLocalCards(bulk, random, calendar, staff.dacs, communes)
  log(`annuaire : ${count(professionals.length)} professionnels, ${count(structures.length)} structures`)
  await loadDirectory(db, calendar, { professionals, structures, cards })

  log(`${count(plan.persons)} personnes`)
  const persons = inventPersons(random, plan, calendar, staff.dacs, communes, professionals)
  await writePersons(bulk, random, calendar, persons, communes, services.cptsOfCommune, professionals.find((one) => one.personaId === 'legal-guardian'))
  const episodes = inventEpisodes(random, plan, calendar, staff.dacs, persons)
  log(`${count(episodes.length)} accompagnements`)
  await writeEpisodes(bulk, random, calendar, episodes, timeline)
  await timeline.flush()
  log(`${count(plan.requests)} demandes`)
  await seedRequests(bulk, random, plan, calendar, staff.dacs, persons, episodes, professionals, timeline)
  log('cercles de soins')
  const circles = await seedCircles(bulk, random, episodes, staff, neighbourhood(professionals, structures, cards), (commune) => communes.get(commune)?.epci ?? null, professionals, timeline)
  log('évaluations')
  await seedEvaluations(bulk, random, calendar, episodes, timeline)
  log('PPCS')
  await seedPlans(bulk, random, calendar, episodes, circles, timeline)
  await seedContacts(bulk, random, plan, calendar, staff.dacs, episodes)
  await seedSteering(bulk, random, calendar, staff.dacs)
  log(`${count(plan.notes)} notes`)
  // The trigger of the Fil asks who follows each person: without statistics it would read whole tables for each line.
  await analyze()
  await seedNotes(bulk, random, plan, calendar, episodes, circles, timeline)
  // What the trigger marked beyond the last two days was read.
  await bulk.query('delete from liaison.unread where at < $1', [calendar.minutesAgo(2 * 24 * 60)])
}
