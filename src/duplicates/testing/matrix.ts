import { sql } from 'kysely'
import { nameKeys } from '../../persons/contract/names.ts'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import { declineMerge, pointAt, proposeMerge, setAside, undoMerge, validateMerge } from '../contract/actions.ts'
import { type ChosenTrait, chosenTraits, type Side } from '../contract/merged-identity.ts'
import { duplicatePair, duplicatePairs, linesLeftToSort, mergesOfPerson } from '../contract/queries.ts'

const choices = Object.fromEntries(chosenTraits.map((trait) => [trait, 'kept'])) as Record<ChosenTrait, Side>

/** A look-alike of the person of the matrix, known to the other DAC by a request, and the pair that they make. */
async function aPair(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const otherId = newId()
  const keys = nameKeys(['KEMPF', 'PERRIN', 'ODILLE'])
  await sql`insert into persons.person (person_id, birth_name, used_name, birth_given_names, birth_date, sex, search_key, sound_key, identity_status, holder_org)
    values (${otherId}, 'KEMPF', 'PERRIN', '{ODILLE}', '1941-03-21', 'F', ${keys.searchKey}, ${keys.soundKey}, 'PROV', ${world.dacB})`.execute(tx)
  await sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at)
    values (${newId()}, ${otherId}, ${world.dacB}, 'request', '{administrative}', 'Demande reçue', ${newId()}, ${world.clock})`.execute(tx)
  const id = newId()
  const [first, second] = [world.personId as string, otherId as string].sort()
  await sql`insert into duplicates.pair (id, person_id, other_person_id, score, level, reasons, found_at, holder_org)
    values (${id}, ${first}, ${second}, 93, 'probable', '{même nom}', ${world.clock}, ${world.dacA})`.execute(tx)
  return { id, otherId }
}

/** As aPair, seen by everybody who sees her. */
async function aLookAlikeOfHers(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { otherId = '' } = await aPair(world, tx)
  await sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at)
    select gen_random_uuid(), ${otherId}, s.party_id, s.basis, s.volets, s.reason, gen_random_uuid(), s.starts_at from persons.sight s where s.person_id = ${world.personId}`.execute(
    tx,
  )
  await sql`delete from duplicates.pair where ${otherId} in (person_id, other_person_id)`.execute(tx)
  return { otherId }
}

async function aProposal(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { id: pairId = '', otherId = '' } = await aPair(world, tx)
  const id = newId()
  await sql`insert into duplicates.merge (id, pair_id, person_id, absorbed_id, choices, kept_version, absorbed_version, proposed_at, proposed_by, proposed_by_name, holder_org, proposer_keeps)
    values (${id}, ${pairId}, ${world.personId}, ${otherId}, ${JSON.stringify(choices)}::jsonb, (select version from persons.person where person_id = ${world.personId}), 1, ${world.clock},
      ${world.colleagueId}, 'Karim Belkacem', ${world.dacA}, array[${world.personId}, ${otherId}]::uuid[])`.execute(tx)
  await sql`update duplicates.pair set state = 'to_merge' where id = ${pairId}`.execute(tx)
  return { id, otherId }
}

async function aMerge(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { id = '', otherId = '' } = await aProposal(world, tx)
  await sql`update duplicates.merge set state = 'done', decided_at = ${world.clock}, decided_by = ${world.referentId}, decided_by_name = 'Julie Marchal', counts = '{}' where id = ${id}`.execute(
    tx,
  )
  await sql`insert into persons.alias (person_id, into_person_id, starts_at) values (${otherId}, ${world.personId}, ${world.clock})`.execute(tx)
  return { id, otherId }
}

async function anUndoneMerge(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const { id = '', otherId = '' } = await aProposal(world, tx)
  await sql`update duplicates.merge set state = 'undone', decided_at = ${world.clock}, decided_by = ${world.referentId}, decided_by_name = 'Julie Marchal', counts = '{}',
    undone_at = ${world.clock}, undone_by = ${world.referentId}, undone_by_name = 'Julie Marchal', undo_reason = 'Deux sœurs.' where id = ${id}`.execute(tx)
  return { id, otherId }
}

/** Those who keep one of the two files; the others read « n’existe pas ». */
const keepers = expectAll('not_found', { referent: 'ok', frontDesk: 'ok', otherReferent: 'ok' })

export const duplicatesMatrix: readonly MatrixRow[] = [
  { contract: duplicatePairs, input: () => ({}), expected: expectAll('forbidden', { referent: 'ok', frontDesk: 'ok', otherReferent: 'ok' }) },
  { contract: duplicatePair, arrange: aPair, input: (_world, { id }) => ({ id }), expected: keepers },
  {
    contract: mergesOfPerson,
    input: (world) => ({ personId: world.personId }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'forbidden', circleSocial: 'forbidden' }),
  },
  {
    contract: pointAt,
    arrange: aLookAlikeOfHers,
    input: (world, { otherId }) => ({ id: newId(), personId: world.personId, otherId }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'forbidden', circleSocial: 'forbidden' }),
  },
  { contract: setAside, arrange: aPair, input: (_world, { id }) => ({ id, reason: 'Deux sœurs.' }), expected: keepers },
  {
    contract: proposeMerge,
    arrange: aPair,
    input: (world, { id }) => ({ id: newId(), pairId: id, keptId: world.personId, choices, keptVersion: 1, absorbedVersion: 1 }),
    expected: keepers,
  },
  {
    contract: linesLeftToSort,
    arrange: anUndoneMerge,
    input: (_world, { id }) => ({ id }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'ok' }),
  },
  { contract: validateMerge, arrange: aProposal, input: (_world, { id }) => ({ id }), expected: keepers },
  { contract: declineMerge, arrange: aProposal, input: (_world, { id }) => ({ id, reason: 'Deux sœurs.' }), expected: keepers },
  {
    contract: undoMerge,
    arrange: aMerge,
    input: (_world, { id }) => ({ id, reason: 'Deux sœurs.' }),
    expected: expectAll('not_found', { referent: 'ok', frontDesk: 'ok' }),
  },
]
