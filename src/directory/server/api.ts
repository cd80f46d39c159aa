import { notFound } from '../../platform/contract/errors.ts'
import type { PartyId, ServiceId } from '../../platform/contract/ids.ts'
import type { Database, Tx } from '../../platform/server/db.ts'
import { communeOfService } from '../../territory/server/api.ts'
import type { DirectoryHit } from '../contract/hit.ts'
import { readableName } from '../contract/readable-name.ts'
import { type DirectoryParty, partyOfRpps, readParties, runningImportShare } from './party.sql.ts'
import { callersAmong } from './search.sql.ts'
import { partiesWithNumber } from './search-terms.sql.ts'

/** What clients of the services of reference data bring in, page by page. */
export { applyAnnuaire, type ToldOrganization, type ToldProfessional, type ToldRole, type ToldWorkplace } from './import/annuaire.sql.ts'
export { communeFinder } from './import/commune-finder.ts'
export { watchFeeds } from './import/feed-gauges.ts'
export { configureFeeds } from './import/feed-plan.sql.ts'
export type { FeedEnd, FeedReaders, FeedReading } from './import/feeds-job.ts'
/** Imports a file in this process, as the command line does. */
export { importFile, importStream } from './import/import-file.ts'
export { markPage, pageMark } from './import/page-mark.ts'
export { applyOffers, applyPlaces, removeUnseenOffers, spareOffer, type ToldCapacity, type ToldOffer, type ToldPlaces } from './import/ror.sql.ts'
export { type FeedOutcome, runFeed } from './import/run-feed.ts'

export type { DirectoryParty }

/** The party, or null: never there, or gone from its national directory. */
export async function partyOf(tx: Tx, partyId: PartyId): Promise<DirectoryParty | null> {
  return (await partiesOf(tx, [partyId])).get(partyId) ?? null
}

/** As `partyOf`; throws `notFound` for an unknown one. */
export async function assertParty(tx: Tx, partyId: PartyId): Promise<DirectoryParty> {
  const party = await partyOf(tx, partyId)
  if (party === null) throw notFound('directory party')
  return party
}

/** Parties by id; those that are gone are left out. */
export async function partiesOf(tx: Tx, partyIds: readonly PartyId[]): Promise<ReadonlyMap<PartyId, DirectoryParty>> {
  if (partyIds.length === 0) return new Map()
  const rows = await readParties(tx, partyIds)
  return new Map(rows.map((row) => [row.partyId, row.kind === 'structure' ? { ...row, label: readableName(row.label) } : row]))
}

/** Share of the running import already read, in percent; null when none runs. */
export async function importProgressOf(db: Database): Promise<number | null> {
  return runningImportShare(db)
}

/** The card of the professional who holds a national identifier as Pro Santé Connect tells it (8 then the RPPS number); null when she has none. */
export async function cardOfNationalId(tx: Tx, nationalId: string): Promise<PartyId | null> {
  if (!nationalId.startsWith('8')) return null
  return partyOfRpps(tx, nationalId.slice(1))
}

/** Whoever has a telephone number, in the directory or by a correction, the nearest to the service first; five at most. Takes digits of the national plan. */
export async function callersOf(tx: Tx, number: string, serviceId: ServiceId): Promise<readonly DirectoryHit[]> {
  const digits = number.replace(/\D/g, '')
  // A whole number: what only begins so is somebody else's.
  if (digits.length !== 10) return []
  const hits = await callersAmong(tx, await partiesWithNumber(tx, digits, { phoneOnly: true }), await communeOfService(tx, serviceId))
  return hits.map((hit) => (hit.kind === 'structure' ? { ...hit, label: readableName(hit.label) } : hit))
}
