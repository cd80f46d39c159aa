import { placeToldStay } from '../../agenda/server/api.ts'
import { raiseByRule, withdrawAlerts } from '../../liaison/server/api.ts'
import { recordTimelineItem } from '../../persons/server/api.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { writeAudit } from '../../platform/server/audit.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { Course } from '../contract/course.ts'
import { admissionWords, dischargeWords } from '../contract/words.ts'
import { type StayRow, updateStay, withdrawStay } from './stay.sql.ts'

const alertSource = 'hospital-events.stay'
/** Nobody is alerted of what is older: it came by a recovery of messages, or was looked at late. */
const newsFor = 7 * 86_400_000

const isNews = (instant: string | null, { historic }: Course, now: Date): boolean =>
  !historic && (instant === null || now.getTime() - Date.parse(instant) < newsFor)

/** Brings the file in line with the stay: what begins or ends is told once, what is cancelled takes back what it had said. */
export async function followCourse(context: Context, stay: StayRow, course: Course, services: readonly ServiceId[]): Promise<void> {
  const { now, timeZone } = context
  const hospital = asHospital(context, stay.senderName, services[0] ?? null)
  let { admissionTold, dischargeTold } = stay
  const cancelled = course.state === 'cancelled'
  if (dischargeTold !== null && course.state !== 'discharged') {
    await withdrawAlerts(context, alertSource, dischargeTold, french('Sortie annulée par l’établissement'))
    if (!cancelled)
      await line(
        hospital,
        stay,
        french(`Sortie annulée : toujours ${course.kind === 'emergency' ? 'aux urgences' : 'à l’hôpital'}`),
        french(`${stay.senderName} a annulé la sortie qu’il avait annoncée.`),
      )
    dischargeTold = null
  }
  if (admissionTold !== null && cancelled) {
    await withdrawAlerts(context, alertSource, admissionTold, french('Entrée annulée par l’établissement'))
    await line(hospital, stay, french('Hospitalisation annulée'), french(`${stay.senderName} a annulé l’entrée qu’il avait annoncée.`))
    admissionTold = null
  }
  if (course.state === 'in_hospital' && admissionTold === null) {
    admissionTold = []
    const words = admissionWords(course, stay.senderName, timeZone)
    await line(hospital, stay, words.title, words.summary)
    if (isNews(course.admittedAt, course, now))
      admissionTold = await alert(hospital, stay, services, { ...words, event: course.kind === 'emergency' ? 'emergency_visit' : 'hospital_admission' })
  }
  if (course.state === 'discharged' && dischargeTold === null) {
    dischargeTold = []
    const words = dischargeWords(course, stay.senderName, timeZone)
    await line(hospital, stay, words.title, words.summary)
    // A death proposes no return home: the alert is raised by the same rule, and says nothing that would.
    if (isNews(course.dischargedAt, course, now))
      dischargeTold = await alert(hospital, stay, services, { ...words, event: 'hospital_discharge', silent: course.deceased })
  }
  if (admissionTold !== stay.admissionTold || dischargeTold !== stay.dischargeTold) tellChanged(context, stay)
  await updateStay(context.tx, stay.id, course, { admissionTold, dischargeTold }, now)
  await inAgenda(context, stay, course)
}

/** The shared agenda shows the stay as it is now. */
async function inAgenda(context: Context, stay: StayRow, course: Course): Promise<void> {
  const on = (instant: string): string => dayOf(instant, context.timeZone)
  const admittedAt = course.admittedAt ?? stay.admittedAt
  const startsOn = on(admittedAt ?? course.dischargedAt ?? stay.createdAt)
  const notBefore = (day: string | null): string | null => (day === null || day < startsOn ? null : day)
  await placeToldStay(context, {
    id: stay.id,
    personId: stay.personId,
    holderOrg: stay.holderOrg,
    establishmentName: stay.senderName,
    kind: course.kind === 'other' ? stay.kind : course.kind,
    startsOn,
    admittedAt,
    // A day foreseen that comes before the entry is a slip of the establishment: it says nothing.
    expectedOn: notBefore(course.expectedOn),
    endedOn: course.dischargedAt === null ? null : (notBefore(on(course.dischargedAt)) ?? startsOn),
    dischargedAt: course.dischargedAt,
    cancelledBecause: course.state === 'cancelled' ? 'Entrée annulée par l’établissement' : null,
  })
}

/** Open files read their Fil again. */
function tellChanged(context: Context, { personId, id }: StayRow): void {
  context.emit({ type: 'hospitalEvents.stay.changed', personId, volet: 'health', payload: { stayId: id, personId } })
}

/** It was another person's: her alerts go, her Fil says that what it said was not about her. */
export async function takeBack(context: Context, stay: StayRow): Promise<void> {
  const because = french('Ce n’était pas elle : événement repris')
  for (const told of [stay.admissionTold, stay.dischargeTold]) if (told !== null) await withdrawAlerts(context, alertSource, told, because)
  if (stay.admissionTold !== null || stay.dischargeTold !== null)
    await line(
      asHospital(context, stay.senderName, null),
      stay,
      french('Événement hospitalier retiré'),
      french(`Ce que ${stay.senderName} avait annoncé ne concernait pas cette personne.`),
    )
  await withdrawStay(context.tx, stay.id, context.now)
  await placeToldStay(context, {
    ...stay,
    establishmentName: stay.senderName,
    startsOn: dayOf(stay.admittedAt ?? stay.dischargedAt ?? stay.createdAt, context.timeZone),
    expectedOn: null,
    endedOn: null,
    cancelledBecause: 'Ce n’était pas elle',
  })
  tellChanged(context, stay)
}

/** In the file, the hospital speaks: its name stands where an author's does. */
function asHospital(context: Context, name: string, service: ServiceId | null): Context {
  return { ...context, actor: { ...context.actor, displayName: name, serviceId: service } }
}

async function line(context: Context, stay: StayRow, title: string, summary: string): Promise<void> {
  await recordTimelineItem(context, {
    personId: stay.personId,
    kind: 'hospital',
    title,
    summary,
    source: 'hospital-events.stay',
    sourceId: stay.id,
    volet: 'health',
  })
  // Nobody asked: what the software wrote in a file by itself is in the audit like everything else.
  await writeAudit(context.tx, {
    name: 'hospitalEvents.message.receive',
    kind: 'action',
    actor: { ...context.actor, serviceId: null },
    outcome: 'done',
    persons: [stay.personId],
    volets: ['health'],
    details: { stayId: stay.id },
    requestId: undefined,
  })
}

/** One alert a DAC, each with a source of its own: a rule of the region is told once for a source. Gives the sources. */
async function alert(
  context: Context,
  stay: StayRow,
  services: readonly ServiceId[],
  told: { readonly title: string; readonly summary: string; readonly event: string; readonly silent?: boolean },
): Promise<readonly string[]> {
  const sources: string[] = []
  for (const service of services) {
    const sourceId = context.newId<string>()
    sources.push(sourceId)
    await raiseByRule(
      { ...context, actor: { ...context.actor, serviceId: service } },
      {
        personId: stay.personId,
        service,
        fulfils: (when) => when.trigger === 'event' && when.events.includes(told.event),
        title: told.title,
        summary: told.summary,
        source: alertSource,
        sourceId,
        volet: 'health',
        event: told.silent === true ? null : told.event,
      },
    )
  }
  return sources
}
