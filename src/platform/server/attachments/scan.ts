import { asJob } from '../as-job.ts'
import type { Database } from '../db.ts'
import type { Context } from '../implement.ts'
import type { Log } from '../log.ts'
import type { Job } from '../worker.ts'
import { concludeScan, emptyRefused, type FileToScan, holdToScan } from './scan.sql.ts'

/** What the antivirus says of some bytes. `undecided`: it answers, and not of these; `unreachable`: it does not answer. Either way it is asked again. */
export type ScanAnswer =
  | { readonly verdict: 'clean' }
  | { readonly verdict: 'infected'; readonly finding: string }
  | { readonly verdict: 'undecided' | 'unreachable'; readonly because: string }

/** The antivirus of the installation. Never throws. */
export interface ScanPort {
  readonly scan: (content: Buffer) => Promise<ScanAnswer>
}

export interface ScannedFile {
  readonly id: string
  readonly addedBy: string
  readonly verdict: 'clean' | 'infected'
}

/** A table that keeps attachments, and how those who see one are told of its verdict, in the transaction that writes it. */
export interface AttachmentTable {
  readonly table: string
  readonly told: (context: Context, file: ScannedFile) => Promise<void>
}

/** Left by whoever keeps a file, so that it is looked at at once. */
export const scanJob = 'attachments:scan'
const forgetJob = 'attachments:forget-refused'

/** What is waiting is looked for every minute: an antivirus that did not answer is asked again then. */
export const attachmentsCrontab: readonly string[] = [`* * * * * ${scanJob}`, `10 4 * * * ${forgetJob}`]

/** Without a port nothing waits, and nothing is looked at. */
export function attachmentsJobs(port: ScanPort | null, tables: readonly AttachmentTable[], timeZone: string): Readonly<Record<string, Job>> {
  return {
    [scanJob]: async (_payload, { db, clock, log }) => {
      if (port !== null) await scanAttachments({ db, port, tables, clock, timeZone, log })
    },
    [forgetJob]: async (_payload, { db, clock }) =>
      asJob(db, 'files refused a month ago', { now: clock(), timeZone }, async ({ tx }) => {
        for (const { table } of tables) await emptyRefused(tx, table, clock())
      }),
  }
}

export interface Scanner {
  readonly db: Database
  readonly port: ScanPort
  readonly tables: readonly AttachmentTable[]
  readonly clock: () => Date
  readonly timeZone: string
  readonly log?: Log
}

/** A turn looks at so many files that were kept before there was an antivirus: those that wait come first, always. */
const mostOld = 50

/**
 * Has every file that waits looked at, then some of those that arrived before there was an antivirus (they stay readable meanwhile). One transaction each,
 * the file held while it is looked at: two processes share the work, one that dies leaves its file waiting. Stops when the antivirus does not
 * answer, passes over a file on which it gives no verdict: nothing is lost, the next turn asks again. Gives how many have their verdict.
 */
export async function scanAttachments(scanner: Scanner): Promise<number> {
  let looked = 0
  for (const state of ['waiting', 'none'] as const) {
    for (const one of scanner.tables) {
      let last: FileToScan | undefined
      for (let turn = 0; state === 'waiting' || turn < mostOld; turn += 1) {
        const [file, verdict] = await scanNext(scanner, one, state, last)
        if (verdict === 'unreachable') return looked
        if (file === undefined) break
        last = file
        if (verdict !== 'undecided') looked += 1
      }
    }
  }
  return looked
}

/** The next file of a table after `last`, and what became of it. */
async function scanNext(
  { db, port, clock, timeZone, log }: Scanner,
  { table, told }: AttachmentTable,
  state: 'waiting' | 'none',
  last: FileToScan | undefined,
): Promise<readonly [FileToScan | undefined, ScanAnswer['verdict'] | null]> {
  return asJob(db, 'antivirus', { now: clock(), timeZone }, async (context) => {
    const file = await holdToScan(context.tx, table, state, last)
    if (file === undefined) return [undefined, null]
    const answer = await port.scan(file.content)
    if (answer.verdict === 'unreachable' || answer.verdict === 'undecided') {
      log?.warn({ table, fileId: file.id, because: answer.because }, 'the antivirus gives no verdict: the file waits')
      return [file, answer.verdict]
    }
    const finding = answer.verdict === 'infected' ? answer.finding.slice(0, 120) : null
    await concludeScan(context.tx, table, { id: file.id, verdict: answer.verdict, finding, at: context.now })
    if (answer.verdict === 'infected') log?.warn({ table, fileId: file.id }, 'the antivirus refused a file')
    // What was readable already and stays so is no news.
    if (state === 'waiting' || answer.verdict === 'infected') await told(context, { id: file.id, addedBy: file.addedBy, verdict: answer.verdict })
    return [file, answer.verdict]
  })
}
