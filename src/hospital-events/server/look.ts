import { type Recognised, recognise } from '../../persons/server/api.ts'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import { asJob, type JobTime } from '../../platform/server/as-job.ts'
import type { Database } from '../../platform/server/db.ts'
import type { Context } from '../../platform/server/implement.ts'
import { courseOf } from '../contract/course.ts'
import type { ToldIdentity } from '../contract/told.ts'
import { followCourse, takeBack } from './follow-course.ts'
import { keepingNow } from './sender.sql.ts'
import { insertStay, stayOfVisit } from './stay.sql.ts'
import {
  accompaniedAmong,
  type CandidateRow,
  candidatesOf,
  dropTraits,
  type FoundCandidate,
  holdVisit,
  isSamePerson,
  servicesOf,
  setVisitState,
  writeCandidates,
} from './visit.sql.ts'

interface Hers {
  readonly personId: PersonId
  readonly by: 'ins' | 'traits' | 'user'
  readonly byName: string | null
  readonly services: readonly ServiceId[]
}

/**
 * Looks for whom a stay is about and brings her file in line with what was told, whatever the order in which messages came: an entry, an exit, their
 * cancellations, an identity corrected since. Done again, it changes nothing. As a job, in one transaction.
 */
export async function lookAtVisit(db: Database, visitId: string, time: JobTime): Promise<void> {
  await asJob(db, 'a stay that a hospital told', time, (context) => look(context, visitId))
}

async function look(context: Context, visitId: string): Promise<void> {
  const { tx, now } = context
  const visit = await holdVisit(tx, visitId)
  if (visit === undefined) return
  const course = courseOf(visit.told)
  const known = await candidatesOf(tx, visitId)
  const stay = await stayOfVisit(tx, visitId)
  // An out-patient, a session, an update of what was never told: no event, nobody is looked for.
  const concerns = course !== null && course.kind !== 'other' && course.state !== 'planned'
  if (!concerns && stay === undefined) {
    await setVisitState(tx, visitId, 'unknown', course)
    // An out-patient: who she is does not concern us. Before an entry, or without one yet, it is kept as what is unknown is.
    if (course?.kind === 'other') await dropTraits(tx, visitId)
    return
  }
  const sought =
    visit.traits === null
      ? null
      : await whoIsIt(context, asVouched(visit.traits, visit.vouched), known, stay === undefined || stay.recognisedBy === 'user' ? null : stay.personId)
  if (sought !== null) {
    await writeCandidates(tx, visitId, known, sought.found, now)
    const told = servicesOf([...sought.found, ...known])
    if (told.length > 0) context.emit({ type: 'hospitalEvents.visit.changed', audience: told, payload: { visitId } })
  }
  const state = sought?.found.some((one) => !isSetAside(known, one)) ? 'undecided' : 'unknown'
  // Its traits destroyed, a stay that was recognised remains hers.
  const hers = sought !== null ? sought.hers : stay === undefined ? null : await asBefore(context, stay.personId)
  await setVisitState(tx, visitId, hers !== null && hers.services.length > 0 ? 'recognised' : state, course)
  if (state === 'unknown' && hers === null && known.length === 0 && (await keepingNow(tx)).unknownHours === 0) await dropTraits(tx, visitId)
  if (stay !== undefined && (hers === null || !(await isSamePerson(tx, stay.personId, hers.personId)))) await takeBack(context, stay)
  // Known, but nobody accompanies her any more, or nothing more may be written: what stands stays as it is.
  if (hers === null || course === null || hers.services.length === 0) return
  const current = await stayOfVisit(tx, visitId)
  if (current !== undefined) return followCourse(context, current, course, hers.services)
  if (!concerns || course.state === 'cancelled') return
  await insertStay(
    tx,
    {
      id: context.newId(),
      visitId,
      personId: hers.personId,
      senderName: visit.senderName,
      recognisedBy: hers.by,
      recognisedByName: hers.byName,
      holderOrg: hers.services[0] as ServiceId,
    },
    course,
    now,
  )
  const made = await stayOfVisit(tx, visitId)
  if (made !== undefined) await followCourse(context, made, course, hers.services)
}

const isSetAside = (known: readonly CandidateRow[], one: FoundCandidate): boolean =>
  known.some(({ personId, service, decision }) => personId === one.personId && service === one.service && decision === 'not_hers')

/** What a hospital says of an identity is believed; where it says nothing, what the region has decided of that hospital. */
const asVouched = (traits: ToldIdentity, vouched: boolean): ToldIdentity =>
  vouched && traits.reliability === null ? { ...traits, reliability: 'VALI' } : traits

/**
 * Whom the traits say, whom somebody said, and who else it may be; candidates are persons whom a DAC accompanies and about whom it may write, nobody else.
 * Once recognised without anybody (`before`), a stay stays hers as long as its traits may be hers and nobody says the contrary;
 * what somebody said ends when it is undone.
 */
async function whoIsIt(
  { tx }: Context,
  traits: ToldIdentity,
  known: readonly CandidateRow[],
  before: PersonId | null,
): Promise<{ readonly hers: Hers | null; readonly found: readonly FoundCandidate[] }> {
  const told = await recognise(tx, { ...traits, verified: traits.reliability === 'VALI' || traits.reliability === 'QUAL' })
  const said = known.find(({ decision }) => decision === 'hers')
  const refused = (personId: PersonId): boolean => known.some((one) => one.personId === personId && one.decision === 'not_hers')
  const certain = told.certain !== null && !refused(told.certain.personId) ? told.certain : null
  const still = before !== null && !refused(before) && told.candidates.some(({ personId }) => personId === before)
  const who: Omit<Hers, 'services'> | null =
    said !== undefined
      ? { personId: said.personId, by: 'user', byName: said.decidedByName }
      : certain !== null
        ? { ...certain, byName: null }
        : still
          ? { personId: before, by: 'traits', byName: null }
          : null
  const open = await accompaniedAmong(tx, [
    ...new Set([
      ...told.candidates.map(({ personId }) => personId),
      ...(told.certain === null ? [] : [told.certain.personId]),
      ...(who === null ? [] : [who.personId]),
    ]),
  ])
  const found = open.flatMap(({ personId, service }): FoundCandidate[] => foundAs(told, personId, service, who?.personId === personId))
  if (who === null) return { hers: null, found }
  const services = servicesOf(open.filter(({ personId }) => personId === who.personId))
  // Recognised without a doubt, nobody else is shown beside her; what somebody decided can be undone among the others.
  return { hers: { ...who, services }, found: said === undefined ? found.filter(({ personId }) => personId === who.personId) : found }
}

function foundAs({ candidates, certain }: Recognised, personId: PersonId, service: ServiceId, isHer: boolean): FoundCandidate[] {
  const candidate = candidates.find((one) => one.personId === personId)
  const recognised = certain?.personId === personId ? certain.by : null
  if (candidate === undefined && recognised === null && !isHer) return []
  return [{ personId, service, score: candidate?.score ?? 100, reasons: candidate?.reasons ?? [], recognised }]
}

async function asBefore({ tx }: Context, personId: PersonId): Promise<Hers> {
  return { personId, by: 'user', byName: null, services: servicesOf(await accompaniedAmong(tx, [personId])) }
}
