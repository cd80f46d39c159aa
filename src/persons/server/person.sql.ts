import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { IdentityStatus, PersonName, SightBasis } from '../contract/person.ts'

/** The JSON of a PersonName, for a list that shows one person a line: `${personNameJson('r.person_id')} as person`. Null when the actor does not see her. */
export function personNameJson(personIdColumn: string): ReturnType<typeof sql<PersonName | null>> {
  return sql<PersonName | null>`(select jsonb_build_object('personId', p.person_id, 'birthName', coalesce(p.birth_name, p.used_name), 'usedName', p.used_name,
    'firstName', coalesce(p.birth_given_names[1], ''), 'usedFirstName', p.used_given_name, 'sex', p.sex, 'birthDay', p.birth_date,
    'birthDayApproximate', p.birth_date_approximate, 'commune', c.name, 'deathDay', p.deceased_on, 'identityStatus', p.identity_status)
    from persons.person p left join territory.commune c on c.code = p.commune_code where p.person_id = ${sql.ref(personIdColumn)})`
}

export async function selectPersonNames(tx: Tx, ids: readonly PersonId[]): Promise<readonly PersonName[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{
    person: PersonName
  }>`select ${personNameJson('wanted.id')} as person from unnest(${`{${ids.join(',')}}`}::uuid[]) as wanted(id)`.execute(tx)
  return rows.map((row) => row.person).filter((person) => person !== null)
}

export interface NewPersonRow {
  readonly person_id: PersonId
  readonly birth_name: string | null
  readonly used_name: string | null
  readonly birth_given_names: readonly string[]
  readonly used_given_name: string | null
  readonly birth_date: string | null
  readonly birth_date_approximate: boolean
  readonly sex: 'F' | 'M' | 'I' | null
  readonly birth_place_code: string | null
  readonly birth_place_name: string | null
  readonly search_key: string
  readonly sound_key: string
  readonly identity_status: IdentityStatus
  readonly commune_code: string | null
  readonly address: string | null
  readonly holder_org: string
}

export async function insertPerson(
  tx: Tx,
  row: NewPersonRow,
  sight: { id: string; partyId: string; basis: SightBasis; volets: readonly Volet[]; reason: string; sourceId: string },
): Promise<void> {
  await sql`select persons.create_person(${JSON.stringify(row)}::jsonb, ${sight.partyId}, ${sight.basis}, ${`{${sight.volets.join(',')}}`}::text[], ${sight.reason},
    ${sight.sourceId}, ${sight.id})`.execute(tx)
}

/** What one may edit of a person, and what follows from it. Names as in the contract; days as 'YYYY-MM-DD'. */
export interface PersonFields {
  readonly birthName: string | null
  readonly usedName: string | null
  readonly birthGivenNames: readonly string[]
  readonly usedGivenName: string | null
  readonly birthDate: string | null
  readonly birthDateApproximate: boolean
  readonly sex: 'F' | 'M' | 'I' | null
  readonly birthPlaceCode: string | null
  readonly birthPlaceName: string | null
  readonly communeCode: string | null
  readonly address: string | null
  readonly callerInstruction: string | null
  readonly language: string | null
  readonly needsInterpreter: boolean
  readonly isMilitary: boolean
  readonly insMatricule: string | null
  readonly insOid: string | null
  readonly insRetrievedAt: string | null
  readonly insVerifiedAt: string | null
  readonly insContestedAt: string | null
  readonly identityDocument: string | null
  readonly identityCheckedAt: string | null
  readonly identityCheckedBy: string | null
  readonly identityStatus: IdentityStatus
  readonly identityAttributes: readonly string[]
  readonly deceasedOn: string | null
  readonly deathSource: string | null
  readonly deathRecordedAt: string | null
  readonly deathRecordedBy: string | null
}

const columns: Readonly<Record<keyof PersonFields, string>> = {
  birthName: 'birth_name',
  usedName: 'used_name',
  birthGivenNames: 'birth_given_names',
  usedGivenName: 'used_given_name',
  birthDate: 'birth_date',
  birthDateApproximate: 'birth_date_approximate',
  sex: 'sex',
  birthPlaceCode: 'birth_place_code',
  birthPlaceName: 'birth_place_name',
  communeCode: 'commune_code',
  address: 'address',
  callerInstruction: 'caller_instruction',
  language: 'language',
  needsInterpreter: 'needs_interpreter',
  isMilitary: 'is_military',
  insMatricule: 'ins_matricule',
  insOid: 'ins_oid',
  insRetrievedAt: 'ins_retrieved_at',
  insVerifiedAt: 'ins_verified_at',
  insContestedAt: 'ins_contested_at',
  identityDocument: 'identity_document',
  identityCheckedAt: 'identity_checked_at',
  identityCheckedBy: 'identity_checked_by',
  identityStatus: 'identity_status',
  identityAttributes: 'identity_attributes',
  deceasedOn: 'deceased_on',
  deathSource: 'death_source',
  deathRecordedAt: 'death_recorded_at',
  deathRecordedBy: 'death_recorded_by',
}

export interface PersonRow {
  readonly personId: PersonId
  readonly version: number
  readonly holderOrg: string
  readonly protection: string
  readonly fields: PersonFields
}

/** The row to be edited, locked until the end of the transaction. */
export async function lockPerson(tx: Tx, personId: PersonId): Promise<PersonRow | undefined> {
  return selectPersonRow(tx, personId, true)
}

/** The same row, to be read only. */
export async function readPersonRow(tx: Tx, personId: PersonId): Promise<PersonRow | undefined> {
  return selectPersonRow(tx, personId, false)
}

async function selectPersonRow(tx: Tx, personId: PersonId, locked: boolean): Promise<PersonRow | undefined> {
  const selected = sql.join(Object.entries(columns).map(([field, column]) => sql`${sql.ref(`p.${column}`)} as ${sql.id(field)}`))
  const { rows } = await sql<PersonFields & { version: number; holder_org: string; protection: string }>`
    select p.version, p.holder_org, p.protection, ${selected} from persons.person p where p.person_id = ${personId} ${locked ? sql`for update` : sql``}`.execute(
    tx,
  )
  const [row] = rows
  if (row === undefined) return undefined
  const { version, holder_org: holderOrg, protection, ...fields } = row
  return { personId, version, holderOrg, protection, fields }
}

/** Writes the changed fields, the keys of the names if they changed, and the version. */
export async function updatePerson(
  tx: Tx,
  personId: PersonId,
  changes: Partial<PersonFields>,
  version: number,
  keys: { searchKey: string; soundKey: string } | null,
): Promise<void> {
  const set = Object.entries(changes).map(
    ([field, value]) => sql`${sql.id(columns[field as keyof PersonFields])} = ${Array.isArray(value) ? sql`${[...value]}::text[]` : value}`,
  )
  if (keys !== null) set.push(sql`search_key = ${keys.searchKey}`, sql`sound_key = ${keys.soundKey}`)
  await sql`update persons.person set ${sql.join([...set, sql`version = ${version}`])} where person_id = ${personId}`.execute(tx)
}

/** True in an installation whose identities are real: only there may a real matricule be kept, and only a real one. */
export async function holdsRealIdentities(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ demo: boolean }>`select exists (select from platform.setting where key = 'demo') as demo`.execute(tx)
  return rows[0]?.demo !== true
}
