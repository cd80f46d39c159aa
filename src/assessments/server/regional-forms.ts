import { french } from '../../platform/contract/typography.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { FormDefinition } from '../contract/form-definition.ts'
import { addForms } from '../contract/library.ts'
import { readRegionalForm } from '../contract/regional-form.ts'
import { insertForm, selectForms } from './form.sql.ts'

/** How far this process has read. What is read never changes, so that nothing has ever to be forgotten. */
let read = 0

/** Brings the library of this process up to what the region has loaded: before any form is looked up. One index probe when nothing is new. */
export async function knowForms(tx: Tx): Promise<void> {
  const fresh = await selectForms(tx, read)
  if (fresh.length === 0) return
  addForms(fresh.map(({ definition }) => definition))
  read = Math.max(read, ...fresh.map(({ seq }) => seq))
}

export type LoadedForm =
  | { readonly ok: true; readonly form: FormDefinition; readonly already: boolean }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Keeps a form of the region given as the text of its JSON file, or says each of its faults in French; `by` is the name of whoever loads it. */
export async function loadForm(tx: Tx, text: string, by: string): Promise<LoadedForm> {
  await knowForms(tx)
  const read = readRegionalForm(text)
  if (!read.ok) return read
  const outcome = await insertForm(tx, read.form, by)
  if (outcome === 'other')
    return {
      ok: false,
      faults: [french(`La version ${read.form.version} de « ${read.form.title} » est déjà chargée avec un autre contenu : donnez-lui un nouveau numéro.`)],
    }
  return { ok: true, form: read.form, already: outcome === 'same' }
}
