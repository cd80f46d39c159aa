import { dayOf } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { nameKeys } from '../contract/names.ts'
import type { PersonTarget } from '../contract/person.ts'
import { loadPerson } from './api.ts'
import { lockPerson, type PersonFields, type PersonRow, updatePerson } from './person.sql.ts'

/** The target of every action on one person. */
export const ofThePerson = (context: Context, input: { readonly personId: PersonId }): Promise<PersonTarget> => loadPerson(context, input.personId)

/** The day of the installation, 'YYYY-MM-DD'. */
export const today = (context: Pick<Context, 'now' | 'timeZone'>): string => dayOf(context.now, context.timeZone)

/** The day on which her birthplace is judged: null while it is unknown or approximate. */
export const dayOfBirth = (traits: Pick<PersonFields, 'birthDate' | 'birthDateApproximate'>): string | null =>
  traits.birthDateApproximate ? null : traits.birthDate

/** The row of the person, locked. */
export async function personAtHand({ tx }: Context, personId: PersonId): Promise<PersonRow> {
  const row = await lockPerson(tx, personId)
  if (row === undefined) throw notFound('person')
  return row
}

const nameFields: readonly (keyof PersonFields)[] = ['birthName', 'usedName', 'birthGivenNames', 'usedGivenName']

/** Merges an edit into the person (both versions shown on a conflict), keeps its difference, writes it. Gives the row as it is then. */
export async function writePerson(
  context: Context,
  row: PersonRow,
  wanted: Partial<PersonFields>,
  baseVersion = row.version,
): Promise<PersonRow & { readonly changed: readonly string[] }> {
  const { changes, version } = await mergeEdit(
    context,
    {
      id: row.personId,
      version: row.version,
      personId: row.personId,
      volet: 'administrative',
      holderOrg: row.holderOrg,
      protection: row.protection,
      fields: { ...row.fields },
    },
    'person',
    baseVersion,
    wanted,
  )
  const changed = Object.keys(changes)
  if (changed.length === 0) return { ...row, changed }
  const fields = { ...row.fields, ...changes } as PersonFields
  const renamed = nameFields.some((field) => changed.includes(field))
  const keys = renamed ? nameKeys([fields.birthName, fields.usedName, ...fields.birthGivenNames, fields.usedGivenName]) : null
  await updatePerson(context.tx, row.personId, changes as Partial<PersonFields>, version, keys)
  context.note({ changed })
  return { ...row, version, fields, changed }
}
