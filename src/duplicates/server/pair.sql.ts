import { sql } from 'kysely'
import { nameKeys } from '../../persons/contract/names.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { PersonColumns } from '../contract/merged-identity.ts'
import type { LinesLeft, Merge, MergeId, MergeTarget, Pair, PairId, PairLine, PairState } from '../contract/pair.ts'
import { type ComparedRow, comparedColumns } from './compared.sql.ts'

/** The last line of the page before: its score, when it was found, its id. */
export type AfterPair = readonly [score: number, foundAt: string, id: string]

export async function selectPairs(tx: Tx, states: readonly PairState[], after: AfterPair | null, most: number): Promise<readonly PairLine[]> {
  const { rows } = await sql<{ pair: PairLine }>`select l.pair from duplicates.work_page(${[...states]}::text[], ${after?.[0] ?? null}::integer,
    ${after?.[1] ?? null}::timestamptz, ${after?.[2] ?? null}::uuid, ${most}) l`.execute(tx)
  return rows.map((row) => row.pair)
}

export async function selectPair(tx: Tx, id: PairId): Promise<Pair | null> {
  return (await sql<{ pair: Pair | null }>`select duplicates.pair_at(${id}) as pair`.execute(tx)).rows[0]?.pair ?? null
}

export async function setPairAside(tx: Tx, id: PairId, reason: string, byName: string): Promise<boolean> {
  return (await sql<{ done: boolean }>`select duplicates.set_aside(${id}, ${reason}, ${byName}) as done`.execute(tx)).rows[0]?.done === true
}

/** What is compared of two persons whom the actor sees; fewer than two rows where she does not see one of them. */
export async function selectBoth(tx: Tx, ids: readonly [PersonId, PersonId]): Promise<readonly ComparedRow[]> {
  const { rows } = await sql<ComparedRow>`select ${comparedColumns} from persons.person p where p.person_id = any (${[...ids]}::uuid[])`.execute(tx)
  return rows
}

/** The pair of these two, known before or not; null where the actor may not point at it. */
export async function insertPairByHand(
  tx: Tx,
  id: PairId,
  [one, other]: readonly [PersonId, PersonId],
  match: { readonly score: number; readonly level: string; readonly reasons: readonly string[] },
): Promise<{ readonly id: PairId; readonly known: boolean } | null> {
  const { rows } = await sql<{ id: PairId; known: boolean }>`select p.id, p.known
    from duplicates.point_at(${id}, ${one}, ${other}, ${match.score}, ${match.level}, ${[...match.reasons]}::text[]) p`.execute(tx)
  return rows[0] ?? null
}

/**
 * The keys of the names of both, once a merge is undone: a name corrected since the merge stays while others go back, and the key that was written with it
 * would find neither.
 */
export async function writeKeysAgain(tx: Tx, id: MergeId): Promise<void> {
  const { rows } = await sql<{
    personId: PersonId
    names: readonly (string | null)[]
    searchKey: string
    soundKey: string
  }>`select n.person_id as "personId", n.names,
    n.search_key as "searchKey", n.sound_key as "soundKey" from duplicates.undone_names(${id}) n`.execute(tx)
  for (const { personId, names, searchKey, soundKey } of rows) {
    const keys = nameKeys(names)
    if (keys.searchKey !== searchKey || keys.soundKey !== soundKey)
      await sql`select duplicates.write_keys(${id}, ${personId}, ${keys.searchKey}, ${keys.soundKey})`.execute(tx)
  }
}

/** Null when proposed; else what forbids it. */
export async function insertProposal(
  tx: Tx,
  merge: { id: MergeId; pairId: PairId; keptId: PersonId; choices: unknown; keptVersion: number; absorbedVersion: number },
  byName: string,
): Promise<string | null> {
  const { rows } = await sql<{
    obstacle: string | null
  }>`select duplicates.propose(${merge.id}, ${merge.pairId}, ${merge.keptId}, ${JSON.stringify(merge.choices)}::jsonb,
    ${merge.keptVersion}, ${merge.absorbedVersion}, ${byName}) as obstacle`.execute(tx)
  return rows[0]?.obstacle ?? null
}

export interface MergeAtHand extends MergeTarget {
  readonly choices: unknown
  /** The rows of both; null once one is gone (archived, erased). */
  readonly kept: PersonColumns | null
  readonly absorbed: PersonColumns | null
}

export async function selectMerge(tx: Tx, id: MergeId): Promise<MergeAtHand | null> {
  const { rows } = await sql<{ merge: Record<string, unknown> | null }>`select duplicates.merge_at(${id}) as merge`.execute(tx)
  const merge = rows[0]?.merge
  if (!merge) return null
  return {
    id,
    pairId: merge['pair_id'] as PairId,
    keptId: merge['person_id'] as PersonId,
    absorbedId: merge['absorbed_id'] as PersonId,
    state: merge['state'] as MergeTarget['state'],
    proposedBy: merge['proposed_by'] as MergeTarget['proposedBy'],
    choices: merge['choices'],
    kept: (merge['kept'] as PersonColumns | undefined) ?? null,
    absorbed: (merge['absorbed'] as PersonColumns | undefined) ?? null,
  }
}

/** Null when done; else what forbids it. */
export async function applyMerge(tx: Tx, id: MergeId, traits: PersonColumns, fresh: readonly string[], byName: string): Promise<string | null> {
  const { rows } = await sql<{
    obstacle: string | null
  }>`select duplicates.apply_merge(${id}, ${JSON.stringify(traits)}::jsonb, ${[...fresh]}::uuid[], ${byName}) as obstacle`.execute(tx)
  return rows[0]?.obstacle ?? null
}

export async function declineProposal(tx: Tx, id: MergeId, reason: string, byName: string): Promise<boolean> {
  return (await sql<{ done: boolean }>`select duplicates.decline(${id}, ${reason}, ${byName}) as done`.execute(tx)).rows[0]?.done === true
}

export interface Undone {
  readonly obstacle?: string
  readonly notRestored: number
  readonly followed: number
  /** Wishes recorded since the merge that were written again in the other file. */
  readonly wishes: number
  /** Questions to the teleservice that wait again. */
  readonly waiting: readonly string[]
}

export async function undoMergeRows(tx: Tx, id: MergeId, reason: string, byName: string): Promise<Undone> {
  const { rows } = await sql<{
    result: Undone
  }>`select duplicates.undo_merge(${id}, ${reason}, ${byName}) as result`.execute(tx)
  return rows[0]?.result ?? { obstacle: 'not_done', notRestored: 0, followed: 0, wishes: 0, waiting: [] }
}

export async function selectMergesOf(tx: Tx, personId: PersonId): Promise<readonly Merge[]> {
  return (await sql<{ merge: Merge }>`select m.merge from duplicates.merges_of(${personId}) m`.execute(tx)).rows.map((row) => row.merge)
}

/** What stayed in the file kept when this merge was undone, and is there still, as the actor may read it; null where she does not keep that file. */
export async function selectLinesLeft(tx: Tx, id: MergeId): Promise<LinesLeft | null> {
  const { rows } =
    await sql<LinesLeft>`select l.kept_id as "personId", (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'at', i.at, 'kind', i.kind, 'title', i.title,
      'authorName', i.author_name) order by i.at, i.id), '[]') from persons.timeline_item i where i.id = any (l.item_ids) and i.person_id = l.kept_id) as rows
    from duplicates.left_to_sort(${id}) l`.execute(tx)
  return rows[0] ?? null
}

/** Under which id these are kept now, for those whom the actor sees: what was merged, and nothing else. */
export async function selectPresentIds(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ was: string; is: string }>`select a.person_id as was, a.into_person_id as is from persons.alias a
    where a.person_id = any (${[...ids]}::uuid[]) and a.ends_at is null`.execute(tx)
  return new Map(rows.map((row) => [row.was, row.is]))
}
