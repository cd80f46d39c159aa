import { type LoginLine } from './admission.ts'

/** Refusals of somebody unknown that are written one by one, per address and minute; the others are counted. */
const writtenPerMinute = 10
/** Addresses followed at once; beyond, the oldest is written off with its count. */
const mostAddresses = 5_000
const minuteMs = 60_000

interface Burst {
  readonly since: number
  written: number
  counted: number
  readonly last: LoginLine
}

export interface RefusalAudit {
  /** Writes the refusal, or counts it when its address has had its share of the minute. */
  readonly refused: (address: string, line: LoginLine) => Promise<void>
  /** Writes what was counted in minutes now over; all of it with `everything`, before a stop. */
  readonly settle: (everything?: boolean) => Promise<void>
}

/**
 * Bounds what somebody without an identity can write into the audit, which nothing ever erases: ten lines per address and minute, then one that
 * says how many more there were. Refusals of whoever has proved who she is do not come here: each is written.
 */
export function boundRefusals(write: (line: LoginLine) => Promise<void>, clock: () => Date): RefusalAudit {
  const bursts = new Map<string, Burst>()

  const end = async (address: string, { counted, last }: Burst): Promise<void> => {
    bursts.delete(address)
    if (counted > 0) await write({ ...last, code: 'many_refusals', details: { cause: 'many_refusals', count: counted }, address })
  }

  return {
    refused: async (address, line) => {
      const now = clock().getTime()
      let burst = bursts.get(address)
      if (burst !== undefined && now - burst.since >= minuteMs) {
        await end(address, burst)
        burst = undefined
      }
      if (burst === undefined) {
        burst = { since: now, written: 0, counted: 0, last: line }
        bursts.set(address, burst)
        const [oldest] = bursts
        if (bursts.size > mostAddresses && oldest !== undefined) await end(...oldest)
      }
      if (burst.written >= writtenPerMinute) {
        burst.counted += 1
        return
      }
      burst.written += 1
      await write({ ...line, address })
    },
    settle: async (everything = false) => {
      const now = clock().getTime()
      for (const [address, burst] of [...bursts]) if (everything || now - burst.since >= minuteMs) await end(address, burst)
    },
  }
}
