import { asSystem, type Database } from '../../platform/server/db.ts'
import type { FormDefinition } from '../contract/form-definition.ts'
import { readRegionalForm } from '../contract/regional-form.ts'
import { insertForm } from './form.sql.ts'
import { knowForms } from './regional-forms.ts'

export type LoadedForm =
  | { readonly ok: true; readonly form: FormDefinition; readonly already: boolean }
  | { readonly ok: false; readonly faults: readonly string[] }

/**
 * Loads a form of the region from the text of its JSON file, for `jalon import form`. All or nothing: a form with a fault is refused with each of them
 * in French. The same version again changes nothing; another text under the same version is refused, since answers may bear its number.
 */
export async function loadRegionalForm(db: Database, text: string, by: string): Promise<LoadedForm> {
  return asSystem(db, 'load a form of the region', async (tx) => {
    await knowForms(tx)
    const read = readRegionalForm(text)
    if (!read.ok) return read
    const outcome = await insertForm(tx, read.form, by)
    if (outcome === 'other')
      return {
        ok: false,
        faults: [`La version ${read.form.version} de « ${read.form.title} » est déjà chargée avec un autre contenu : donnez-lui un nouveau numéro.`],
      }
    return { ok: true, form: read.form, already: outcome === 'same' }
  })
}
