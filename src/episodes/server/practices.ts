import type { OutputOf } from '../../platform/contract/action.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import type { Checklist } from '../contract/critical-sequences.ts'
import {
  type LoadContent,
  loadContent,
  practices,
  publishPractice,
  type RelaunchContent,
  relaunchContent,
  starterLoad,
  starterRelaunch,
} from '../contract/practices.ts'
import type { checklists } from '../contract/sequences.ts'
import { criticalSequenceKinds } from '../contract/value-sets.ts'
import { insertPractice, type PracticeRow, selectPractices } from './practice.sql.ts'

type Moment = OutputOf<typeof checklists>['rows'][number]['moments'][number]
type Version = OutputOf<typeof checklists>['rows'][number]['history'][number]
interface RegionalList {
  readonly kind: string
  readonly version: number
  readonly editedAt: string
  readonly editedByName: string
  readonly moments: Moment[]
  readonly history: Version[]
}
type From = 'starter' | 'region' | 'service'
const starters = { relaunch: starterRelaunch, load: starterLoad }
const schemas = { relaunch: relaunchContent, load: loadContent }

/** What is in use for a service: its own, else the region's, else the starting point. What can no longer be read is as if nobody had said it. */
function inUse<Content>(rows: readonly PracticeRow[], subject: 'relaunch' | 'load'): { content: Content; from: From } {
  const last = (ofRegion: boolean): unknown => rows.find((row) => row.subject === subject && (row.serviceId === null) === ofRegion)?.content ?? null
  for (const from of ['service', 'region'] as const) {
    const read = schemas[subject].safeParse(last(from === 'region'))
    if (read.success) return { content: read.data as Content, from }
  }
  return { content: starters[subject] as Content, from: 'starter' }
}

export async function relaunchOf(tx: Tx, service: ServiceId): Promise<RelaunchContent> {
  return inUse<RelaunchContent>(await selectPractices(tx, service, ['relaunch']), 'relaunch').content
}

export async function loadPointsOf(tx: Tx, service: ServiceId): Promise<LoadContent> {
  return inUse<LoadContent>(await selectPractices(tx, service, ['load']), 'load').content
}

const listSubject = (kind: string): string => `checklist:${kind}`

/** The list that the region published for a kind of sequence; undefined when it says nothing. */
export async function regionalChecklist(tx: Tx, kind: string): Promise<Checklist | undefined> {
  const [last] = await selectPractices(tx, null, [listSubject(kind)])
  return last?.content as Checklist | undefined
}

/** Every list of the region, by kind, with its versions. */
export async function regionalChecklists(tx: Tx): Promise<ReadonlyMap<string, RegionalList>> {
  const rows = await selectPractices(
    tx,
    null,
    criticalSequenceKinds.values.map(({ code }) => listSubject(code)),
  )
  const lists = new Map<string, RegionalList>()
  for (const row of rows) {
    const kind = row.subject.slice('checklist:'.length)
    const { version, editedAt, editedByName } = row
    const moments = row.content as Moment[]
    const list = lists.get(kind) ?? { kind, version, editedAt, editedByName, moments, history: [] }
    list.history.push({ version, editedAt, editedByName, moments })
    lists.set(kind, list)
  }
  return lists
}

export const practicesImplementation = implement(practices, {
  load: noTarget,
  run: async ({ tx, actor }) => {
    const service = actor.serviceKind === 'dac' ? actor.serviceId : null
    const rows = await selectPractices(tx, service, ['relaunch', 'load'])
    const one = <Content>(subject: 'relaunch' | 'load') => {
      const own = rows.filter((row) => row.subject === subject && row.serviceId === service)
      return {
        ...inUse<Content>(rows, subject),
        version: own[0]?.version ?? 0,
        history: own.map(({ version, editedAt, editedByName, content }) => ({ version, editedAt, editedByName, content: content as Content | null })),
      }
    }
    return { relaunch: one<RelaunchContent>('relaunch'), load: one<LoadContent>('load') }
  },
})

export const publishPracticeImplementation = implement(publishPractice, {
  load: noTarget,
  run: async (context, { ofRegion, baseVersion, practice }) => {
    const { tx, actor, now } = context
    if (practice.content === null && ofRegion) throw invalid('episodes.practice_of_region')
    if (practice.subject === 'checklist') {
      await assertValue(tx, 'episodes.critical_sequence', practice.kind)
      if (new Set(practice.content.map(({ code }) => code)).size < practice.content.length) throw invalid('episodes.moment_twice')
    }
    if (practice.subject === 'relaunch')
      for (const { kind } of practice.content?.rules ?? []) if (kind !== null) await assertValue(tx, 'episodes.task_kind', kind)
    const subject = practice.subject === 'checklist' ? listSubject(practice.kind) : practice.subject
    const content = practice.subject === 'checklist' ? practice.content.toSorted((a, b) => a.afterDays - b.afterDays) : practice.content
    const serviceId = ofRegion || practice.subject === 'checklist' ? null : (actor.serviceId as ServiceId)
    const published = await insertPractice(tx, { serviceId, subject, baseVersion, content, at: now, by: actor.userId, byName: actor.displayName })
    if (!published) throw conflict('stale_version')
    return { subject, version: baseVersion + 1 }
  },
})
