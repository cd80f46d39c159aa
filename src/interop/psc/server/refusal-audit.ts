import { isIPv6 } from 'node:net'
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
 * says how many more there were; an address of IPv6 counts by its network. Refusals of whoever has proved who she is do not come here: each is written.
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
      const network = networkOf(address)
      let burst = bursts.get(network)
      if (burst !== undefined && now - burst.since >= minuteMs) {
        await end(network, burst)
        burst = undefined
      }
      if (burst === undefined) {
        burst = { since: now, written: 0, counted: 0, last: line }
        bursts.set(network, burst)
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

/** Under what an address is counted: of IPv6 the first 64 bits, since each subscriber holds all the others. One of IPv4 written as IPv6 is itself. */
function networkOf(address: string): string {
  const [bare = ''] = address.split('%')
  if (!isIPv6(bare)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  if (mapped !== undefined) return mapped
  const [before = '', after] = bare.split('::')
  const head = before === '' ? [] : before.split(':')
  const tail = after === undefined || after === '' ? [] : after.split(':').flatMap((group) => (group.includes('.') ? [group, group] : [group]))
  const zeros = after === undefined ? [] : Array.from({ length: Math.max(8 - head.length - tail.length, 0) }, () => '0')
  const first = [...head, ...zeros, ...tail].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${first.join(':')}::/64`
}
