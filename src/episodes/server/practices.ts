import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
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
import { insertPractice, type PracticeRow, selectPractices } from './practice.sql.ts'

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
    const subject = practice.subject === 'checklist' ? `checklist:${practice.kind}` : practice.subject
    const content = practice.subject === 'checklist' ? practice.content.toSorted((a, b) => a.afterDays - b.afterDays) : practice.content
    const serviceId = ofRegion || practice.subject === 'checklist' ? null : (actor.serviceId as ServiceId)
    const published = await insertPractice(tx, { serviceId, subject, baseVersion, content, at: now, by: actor.userId, byName: actor.displayName })
    if (!published) throw conflict('stale_version')
    return { subject, version: baseVersion + 1 }
  },
})
