import { longestPublished } from '../../contract/actions.ts'
import type { FormDefinition } from '../../contract/form-definition.ts'
import { readRegionalForm } from '../../contract/regional-form.ts'

/** A file that was chosen: the form that it holds, or why it cannot be published. */
export interface Candidate {
  readonly fileName: string
  readonly form: FormDefinition | null
  readonly faults: readonly string[]
  /** What is sent: the JSON without its blanks. */
  readonly definition: string
}

/** Reads and checks a chosen file in the browser, with the very rules of the server. Never throws. */
export async function readCandidate(file: File): Promise<Candidate> {
  const refused = (...faults: readonly string[]): Candidate => ({ fileName: file.name, form: null, faults, definition: '' })
  if (file.size > 4 * longestPublished) return refused('Ce fichier est trop gros pour un formulaire.')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
  } catch {
    return refused('Ce fichier n’est pas du texte en UTF-8 : enregistrez-le à nouveau en JSON, encodage UTF-8.')
  }
  const read = readRegionalForm(text)
  if (!read.ok) return refused(...read.faults)
  const definition = JSON.stringify(JSON.parse(text.replace(/^\uFEFF/, '')))
  if (definition.length > longestPublished)
    return refused('Ce formulaire est trop long pour être publié d’ici : une évaluation en plusieurs parties se remplit mieux.')
  return { fileName: file.name, form: read.form, faults: [], definition }
}
