import type { Database } from '../../../platform/server/db.ts'
import { loadDirectory } from '../directory/load-directory.ts'
import { seedLocalCards } from '../directory/local-cards.ts'
import { inventProfessionals, type SeededProfessional } from '../directory/professionals.ts'
import { inventStructures } from '../directory/structures.ts'
import { seedAgenda } from '../story/agenda.ts'
import { seedConversations } from '../story/conversations.ts'
import { seedDay } from '../story/day.ts'
import { seedDesk, storyRequests } from '../story/desk.ts'
import { seedExceptionalAccesses } from '../story/exceptional-accesses.ts'
import { seedHospitalVisits } from '../story/hospital.ts'
import { seedLookAlike } from '../story/look-alike.ts'
import { castOf, inventStory, storyClosed, storyOpen, storyPersons } from '../story/people.ts'
import { seedPerrinCircle } from '../story/perrin-circle.ts'
import { seedPerrinConference } from '../story/perrin-conference.ts'
import { seedPerrinEvaluations } from '../story/perrin-file.ts'
import { seedPerrinPlan } from '../story/perrin-plan.ts'
import { seedPerrinSearch } from '../story/perrin-search.ts'
import { seedReport } from '../story/report.ts'
import { seedRetiredDoctors } from '../story/retired-doctor.ts'
import { seedStays } from '../story/stays.ts'
import { seedUndoneMerge } from '../story/undone-merge.ts'
import type { Bulk } from './bulk.ts'
import type { SeedCalendar } from './calendar.ts'
import { neighbourhood, seedCircles } from './circles.ts'
import { seedContacts } from './contacts.ts'
import { inventEpisodes, writeEpisodes } from './episodes.ts'
import { seedEvaluations } from './evaluations.ts'
import { seedMeasures } from './measures.ts'
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
  /** For what only the owner of the tables may do. */
  readonly asOwner: (statement: string) => Promise<void>
  /** Receives what is being written, in French. */
  readonly log: (line: string) => void
}

const marksUnread = 'mark_unread'

/** Writes a whole region after the reference data. The same plan on the same day gives the same rows. */
export async function seedRegion({ bulk, db, plan, calendar, asOwner, log }: RegionOptions): Promise<void> {
  const random = randomOf(20_261_122)
  // What was read long ago is nobody's news: the trigger is for the last lines only.
  await asOwner(`alter table persons.timeline_item disable trigger ${marksUnread}`)
  const timeline = timelineOf(bulk, random, calendar.now)
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
  const cast = castOf(staff, professionals)
  const drawn = inventPersons(random, plan.persons - storyPersons, plan.months, calendar, staff.dacs, communes, professionals)
  const around = neighbourhood(professionals, structures, cards)
  const doctorsNear = (code: string): readonly SeededProfessional[] =>
    around.professionals('gp', communes.get(code)?.epci ?? null, communes.get(code)?.department ?? '')
  const people = inventStory(random, calendar, cast, doctorsNear, plan.persons - storyPersons)
  const persons = [...drawn, ...people.persons]
  await writePersons(
    bulk,
    random,
    calendar,
    persons,
    communes,
    services.cptsOfCommune,
    professionals.find((one) => one.personaId === 'legal-guardian'),
  )
  const episodes = [
    ...inventEpisodes(random, { ...plan, open: plan.open - storyOpen, closed: plan.closed - storyClosed }, calendar, staff.dacs, drawn),
    ...people.episodes,
  ]
  log(`${count(episodes.length)} accompagnements`)
  await writeEpisodes(bulk, random, calendar, episodes, timeline)
  await timeline.flush()
  log(`${count(plan.requests)} demandes`)
  await seedRequests(bulk, random, { ...plan, requests: plan.requests - storyRequests }, calendar, staff.dacs, persons, episodes, professionals, timeline)
  await seedDesk(bulk, random, calendar, cast, people, timeline)
  log('cercles de soins')
  const circles = await seedCircles(bulk, random, episodes, staff, around, (commune) => communes.get(commune)?.epci ?? null, professionals, timeline)
  const perrin = people.episodeOf('perrin')
  const perrinCircle = await seedPerrinCircle(bulk, random, calendar, cast, perrin, staff, structures, cards, timeline)
  log('évaluations')
  await seedEvaluations(bulk, random, calendar, episodes, timeline)
  await seedPerrinEvaluations(bulk, random, calendar, cast, perrin, timeline)
  log('PPCS')
  await seedPlans(bulk, random, calendar, episodes, circles, timeline)
  await seedPerrinPlan(bulk, random, calendar, cast, perrin, perrinCircle, timeline)
  await seedContacts(bulk, random, plan, calendar, staff.dacs, episodes)
  await seedSteering(bulk, random, calendar, staff.dacs)
  log(`${count(plan.notes)} notes`)
  await seedNotes(bulk, random, plan, calendar, episodes, circles, timeline)
  await seedMeasures(bulk, calendar, episodes, circles)
  await seedDay(bulk, random, calendar, cast, people, timeline)
  await seedAgenda(bulk, random, calendar, cast, people, episodes)
  await seedPerrinConference(bulk, calendar, cast, perrin)
  await seedPerrinSearch(bulk, calendar, cast, perrin)
  await seedReport(bulk, random, calendar, cast, people)
  await seedConversations(bulk, random, calendar, cast, people)
  await seedExceptionalAccesses(bulk, random, calendar, cast, people)
  await seedLookAlike(bulk, random, calendar, cast, people)
  await seedUndoneMerge(bulk, random, calendar, cast, people, timeline)
  await seedRetiredDoctors(bulk, calendar, cast)
  await seedHospitalVisits(bulk, calendar, cast, episodes)
  await seedStays(bulk, random, calendar, cast, people)
  // Without statistics the trigger would read whole tables to find who follows each person.
  await asOwner('analyze')
  await asOwner(`alter table persons.timeline_item enable trigger ${marksUnread}`)
  await timeline.end()
  await bulk.query(
    `with seen as (delete from liaison.unread where user_id = $1 and at < $2 returning item_id)
     insert into liaison.opened (user_id, item_id, opened_at) select $1, item_id, $3 from seen`,
    [cast.julie.id, calendar.minutesAgo(24 * 60), calendar.minutesAgo(20 * 60)],
  )
}
