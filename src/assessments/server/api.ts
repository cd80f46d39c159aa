import { asSystem, type Database } from '../../platform/server/db.ts'
import { type LoadedForm, loadForm } from './regional-forms.ts'

/**
 * Loads a form of the region from the text of its JSON file, for `jalon import form`. All or nothing: a form with a fault is refused with each of them
 * in French. The same version again changes nothing; another text under the same version is refused, since answers may bear its number.
 */
export async function loadRegionalForm(db: Database, text: string, by: string): Promise<LoadedForm> {
  return asSystem(db, 'load a form of the region', (tx) => loadForm(tx, text, by))
}
