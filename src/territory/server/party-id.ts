import { hash } from 'node:crypto'
import type { PartyId } from '../../platform/contract/ids.ts'

/** The identifier that a national number always has, as the function territory.party_id of the database makes it. */
export function partyIdOf(scheme: 'rpps' | 'finess' | 'social-service' | 'social-structure' | 'ror-service' | 'ror-structure', number: string): PartyId {
  const digest = hash('md5', `${scheme}:${number}`)
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20)}` as PartyId
}
