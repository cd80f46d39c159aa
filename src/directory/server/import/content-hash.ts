import { hash } from 'node:crypto'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { copyRows } from './copied-rows.ts'
import type { KnownLines } from './known-lines.ts'

/** 64 bits of the content of a line or record, as two signed halves: what tells a next import whether it is already held. */
export type ContentHash = readonly [high: number, low: number]

/** The first eight bytes of the SHA-1. Two of three million lines share one with a chance of one in four million. */
export function contentHash(content: Buffer | string): ContentHash {
  // 'binary' is the name that the types have for Latin-1.
  const digest = hash('sha1', content, 'binary')
  return [half(digest, 0), half(digest, 4)]
}

function half(digest: string, from: number): number {
  return (digest.charCodeAt(from) << 24) | (digest.charCodeAt(from + 1) << 16) | (digest.charCodeAt(from + 2) << 8) | digest.charCodeAt(from + 3)
}

/** The hash as the database keeps it. */
export function asBigint([high, low]: ContentHash): bigint {
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt.asUintN(32, BigInt(low)))
}

/** Reads the hashes that the directory holds: a thousand rows of many, each a count, a length and the bytes of COPY in binary form, after a head. */
export async function holdKnownHashes(client: pg.PoolClient, query: string, known: KnownLines): Promise<void> {
  const packed = `select string_agg(int8send(hash), ''::bytea) from (${query}) as held(hash) group by hash & 1023`
  const stream = client.query(copyTo(`copy (${packed}) to stdout (format binary)`))
  const [head, rowHead] = [19, 6]
  let rest: Buffer = Buffer.alloc(0)
  let begun = false
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    rest = bytes
    if (!begun && bytes.length < head) continue
    let at = begun ? 0 : head
    begun = true
    // The trailer is a count of -1.
    while (at + rowHead <= bytes.length && bytes.readInt16BE(at) === 1) {
      const end = at + rowHead + bytes.readInt32BE(at + 2)
      if (end > bytes.length) break
      for (let place = at + rowHead; place < end; place += 8) known.hold(bytes.readInt32BE(place), bytes.readInt32BE(place + 4))
      at = end
    }
    rest = bytes.subarray(at)
  }
}

/** Stages the hashes to take away: those that the file did not have, or all that `everything` selects when they are read again. */
export async function stageRemovals(client: pg.PoolClient, known: KnownLines, everything: string | null): Promise<void> {
  if (everything !== null) {
    await client.query(`insert into directory.staged_removal ${everything}`)
    return
  }
  const writer = copyRows(client, 'directory.staged_removal', ['line_hash'])
  for (const unseen of known.unseen()) {
    const waiting = writer.write([asBigint(unseen)])
    if (waiting !== undefined) await waiting
  }
  await writer.end()
}
