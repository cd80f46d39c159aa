import type { z } from 'zod'
import { addDays } from '../../platform/contract/dates.ts'
import { invalid, notFound } from '../../platform/contract/errors.ts'
import type { Tx } from '../../platform/server/db.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { isAuditBasis, type TraceLine, traceDetail, traceEvents, traceLines, traceSubject, traceTitles } from '../contract/queries.ts'
import { type AuditBasis, formerTitle, otherTitles } from '../contract/words.ts'
import { auditEvents } from './export/audit-event.ts'
import { type LineFilter, type SealedLine, selectLine, selectLines, selectSubject, startOfDays } from './lines.sql.ts'

/** French titles by name of action or query; asked for when the registry is whole. */
export type Titles = () => ReadonlyMap<string, string>

export function readTraceHandlers(titles: Titles): readonly Implementation[] {
  let known: ReadonlyMap<string, string> | undefined
  const titleOf = (name: string): string => {
    known ??= titles()
    return known.get(name) ?? otherTitles[name] ?? formerTitle
  }
  return [
    implement(traceLines, {
      load: noTarget,
      run: async ({ tx, timeZone }, input) => {
        const { lines, next } = await pageOf(tx, input, timeZone)
        return { rows: lines.map((line) => summaryOf(line, titleOf(line.name))), next }
      },
    }),
    implement(traceDetail, {
      load: noTarget,
      run: async ({ tx }, { seq }) => {
        const line = await selectLine(tx, seq)
        if (line === undefined) throw notFound()
        const { sealedAt, hash, category, functions, code, reason, requestId, address, details } = line
        return {
          ...summaryOf(line, titleOf(line.name)),
          sealedAt,
          hash,
          category,
          functions: [...functions],
          code,
          reason,
          requestId,
          address,
          details: details as never,
          subjects: line.personIds.map((personId, n) => ({ personId, basis: basisOf(line.bases[n]) })),
        }
      },
    }),
    implement(traceSubject, { load: noTarget, run: async ({ tx }, input) => ({ personId: await selectSubject(tx, input) }) }),
    implement(traceTitles, {
      load: noTarget,
      run: async () => ({
        rows: [...titles(), ...Object.entries(otherTitles)].map(([name, title]) => ({ name, title })).sort((a, b) => a.title.localeCompare(b.title, 'fr')),
      }),
    }),
    implement(traceEvents, {
      load: noTarget,
      run: async ({ tx, timeZone }, input) => {
        const { lines, next } = await pageOf(tx, input, timeZone)
        return {
          resources: lines.flatMap((line) => auditEvents(line, titleOf(line.name), input.profile)) as never,
          persons: [...new Set(lines.flatMap((line) => line.personIds))],
          next,
        }
      },
    }),
  ]
}

type Asked = Pick<
  z.output<typeof traceLines.input>,
  'from' | 'to' | 'personId' | 'actorId' | 'serviceId' | 'reportId' | 'names' | 'outcomes' | 'bases' | 'manners' | 'pageSize' | 'cursor'
>

async function pageOf(tx: Tx, asked: Asked, timeZone: string): Promise<{ lines: readonly SealedLine[]; next: string | null }> {
  const after = decodeCursor(asked.cursor, 2)
  const lines = await selectLines(
    tx,
    { ...(await filterOf(tx, asked, timeZone)), ...(after === null ? {} : { sealedAt: String(after[0]), seq: Number(after[1]) }) },
    asked.pageSize + 1,
  )
  const shown = lines.slice(0, asked.pageSize)
  const last = shown.at(-1)
  return { lines: shown, next: lines.length > shown.length && last !== undefined ? encodeCursor([last.sealedAt, last.seq]) : null }
}

async function filterOf(tx: Tx, asked: Asked, timeZone: string): Promise<LineFilter> {
  if (asked.from !== null && asked.to !== null && asked.from > asked.to) throw invalid('audit_period_reversed')
  const [from = null, to = null] =
    asked.from === null && asked.to === null ? [] : await startOfDays(tx, [asked.from, asked.to === null ? null : addDays(asked.to, 1)], timeZone)
  return {
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(asked.personId === null ? {} : { person: asked.personId }),
    ...(asked.actorId === null ? {} : { actor: asked.actorId }),
    ...(asked.serviceId === null ? {} : { service: asked.serviceId }),
    ...(asked.reportId === null ? {} : { report: asked.reportId }),
    ...(asked.names.length === 0 ? {} : { names: asked.names }),
    ...(asked.outcomes.length === 0 ? {} : { outcomes: asked.outcomes }),
    ...(asked.bases.length === 0 ? {} : { bases: asked.bases }),
    ...(asked.manners.length === 0 ? {} : { manners: asked.manners }),
  }
}

function summaryOf(line: SealedLine, title: string): TraceLine {
  const { seq, at, actorId, actorName, serviceName, name, outcome, manner, volets, purpose } = line
  return {
    seq,
    at,
    actorId,
    actorName,
    serviceName,
    name,
    title,
    outcome,
    manner,
    persons: line.personIds.length,
    bases: [...new Set(line.bases.map(basisOf))],
    volets: [...volets],
    purpose,
  }
}

function basisOf(code: string | undefined): AuditBasis {
  return code !== undefined && isAuditBasis(code) ? code : 'none'
}
