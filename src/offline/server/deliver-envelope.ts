import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { DomainError, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Call, execute, type Gate } from '../../platform/server/execute.ts'
import type { Implementation } from '../../platform/server/implement.ts'
import type { FieldConflict } from '../../platform/server/versions.ts'
import type { Envelope, Written } from '../contract/envelope.ts'
import { offlineActions } from '../contract/waiting.ts'
import type { OfflineKeys } from './offline-keys.ts'
import '../contract/errors.ts'

export interface Delivering {
  readonly gate: Gate
  readonly registry: ReadonlyMap<string, Implementation>
  readonly keys: OfflineKeys
}

/** What an envelope of the actor holds. Throws for what is not hers (as for what does not exist), and for a broken seal. */
export function openEnvelope({ keys }: Pick<Delivering, 'keys'>, { actor }: Pick<Call, 'actor'>, envelope: Envelope): Written {
  if (envelope.userId !== actor.userId) throw notFound('envelope')
  const written = keys.open(envelope)
  if (written === null || !(offlineActions as readonly string[]).includes(envelope.action)) throw invalid('offline.seal_broken')
  return written
}

/**
 * Does what an envelope holds, through the gate, under the key that it was written with: sent twice it is done once. What the same device wrote before in
 * the same fields is no conflict; any other change that its author had not seen is thrown back with both values.
 */
export async function deliverEnvelope(delivering: Delivering, call: Omit<Call, 'input' | 'idempotencyKey'>, envelope: Envelope): Promise<unknown> {
  const written = openEnvelope(delivering, call, envelope)
  const implementation = delivering.registry.get(`action:${envelope.action}`)
  if (implementation === undefined) throw invalid('offline.seal_broken')
  const run = (input: Written['input'], idempotencyKey: string): Promise<unknown> =>
    execute(delivering.gate, implementation, { ...call, input, idempotencyKey })
  try {
    return await run(written.input, written.key)
  } catch (error) {
    const foreign = foreignFields(error, written.own ?? {})
    if (foreign === null) throw error
    const { version, fields } = foreign
    // Refused, it left nothing behind. The same gesture from the version that holds her own words only is another input, under a key of its own.
    if (fields.length === 0) return run({ ...written.input, baseVersion: version }, keyFrom(written.key, version))
    throw new DomainError('conflict', 'stale_version', { version }, { version, fields })
  }
}

/** A UUID that follows from a key and a version: the same envelope, sent again against the same version, is done once. */
function keyFrom(key: string, version: number): string {
  const digest = createHash('sha256').update(`${key} ${version}`).digest('hex')
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`
}

/** The fields in conflict with somebody else than this device; null when it is another kind of error. */
function foreignFields(error: unknown, own: Readonly<Record<string, unknown>>): { readonly version: number; readonly fields: readonly FieldConflict[] } | null {
  if (!(error instanceof DomainError) || error.code !== 'stale_version') return null
  const { version, fields } = error.details as { readonly version: number; readonly fields: readonly FieldConflict[] }
  return { version, fields: fields.filter(({ field, theirs }) => !(field in own && isDeepStrictEqual(own[field] ?? null, theirs ?? null))) }
}
