import type { z } from 'zod'
import { french } from '../../platform/contract/typography.ts'
import { definitionFaults, type FormDefinition, formDefinitionSchema, itemsOf, withTypography } from './form-definition.ts'
import { starterForms } from './forms.ts'
import { compareVersions, currentForm } from './library.ts'

export type ReadForm = { readonly ok: true; readonly form: FormDefinition } | { readonly ok: false; readonly faults: readonly string[] }

/** Longer than any form: a file of the wrong kind is refused before it is read. */
export const longestForm = 2_000_000

/** NUL and halves of a pair, once written as JSON: PostgreSQL keeps neither. */
const unkept = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i

/**
 * Reads the definition of a form that a region loads. Takes the text of a JSON file; gives the form, or every fault in French, each with the place
 * where it is (« sections[1].items[0].label »). Refuses a code of Jalon's own forms: another content under a national name would lie.
 */
export function readRegionalForm(text: string): ReadForm {
  if (text.length > longestForm) return refusal('Ce fichier est trop gros pour un formulaire (2 Mo au plus).')
  let json: unknown
  if (depthOf(text) > deepest) return refusal('Ce fichier imbrique trop de niveaux : ce n’est pas un formulaire.')
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const at = /line (\d+) column (\d+)/.exec(String(error))
    return refusal(`Ce fichier n’est pas du JSON valide${at ? ` : ligne ${at[1]}, colonne ${at[2]}` : ''}.`)
  }
  const parsed = formDefinitionSchema.safeParse(withTypography(json), { reportInput: true })
  if (!parsed.success) return { ok: false, faults: parsed.error.issues.map((issue) => french(`${placeOf(issue.path)} : ${faultOf(issue)}`)) }
  const form = parsed.data
  if (unkept.test(JSON.stringify(form))) return refusal('Ce fichier contient un caractère invisible que la base ne garde pas.')
  const faults = [...definitionFaults(form), ...regionalFaults(form)].map(french)
  return faults.length > 0 ? { ok: false, faults } : { ok: true, form }
}

/** Far below what reading a tree can hold, and far above any form. */
const deepest = 60

/** How deep the brackets of a JSON text go. */
function depthOf(text: string): number {
  let depth = 0
  let most = 0
  for (const mark of text.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/[[\]{}]/g) ?? []) {
    depth += mark === '[' || mark === '{' ? 1 : -1
    most = Math.max(most, depth)
  }
  return most
}

function refusal(fault: string): ReadForm {
  return { ok: false, faults: [french(fault)] }
}

function regionalFaults(form: FormDefinition): readonly string[] {
  const faults: string[] = []
  if (starterForms.some((one) => one.code === form.code))
    faults.push(`Le code « ${form.code} » est celui d’un formulaire livré avec Jalon : prenez-en un autre.`)
  if (form.scoring.method === 'algorithm') faults.push('scoring : un algorithme ne s’emploie que dans les grilles livrées avec Jalon.')
  for (const item of itemsOf(form))
    if (item.type === 'grid' && currentForm(item.grid) === undefined) faults.push(`${item.code} : la grille « ${item.grid} » n’existe pas ici.`)
  const current = currentForm(form.code)
  if (current !== undefined && compareVersions(form.version, current.version) < 0)
    faults.push(`La version ${form.version} est plus ancienne que celle en vigueur (${current.version}).`)
  return faults
}

/** « sections[1].items[0].label », counted from 1 as people count. */
function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'le fichier'
  return path
    .map((part) => (typeof part === 'number' ? `[${part + 1}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}

function faultOf(issue: z.core.$ZodIssue): string {
  if ('input' in issue && issue.input === undefined) return 'manque'
  switch (issue.code) {
    case 'invalid_type':
      return `${kinds[issue.expected] ?? 'autre chose'} attendu`
    case 'too_small':
      return issue.origin === 'array'
        ? `il en faut au moins ${issue.minimum}`
        : issue.origin === 'string'
          ? 'ne peut pas être vide'
          : `au moins ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'string' ? `${issue.maximum} caractères au plus` : `au plus ${issue.maximum}`
    case 'invalid_format':
      return issue.path.at(-1) === 'version'
        ? 'écrire l’année, un point, un numéro (2026.1)'
        : 'commencer par une lettre, puis lettres, chiffres et _ (pas d’accent ni d’espace)'
    case 'invalid_value':
      return `l’une de ces valeurs : ${issue.values.map(String).join(', ')}`
    case 'invalid_union':
      return 'type inconnu : choice, multiple, boolean, number, text ou grid pour une question ; none, sum ou value pour un score'
    default:
      return 'n’est pas correct'
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'texte',
  number: 'nombre',
  int: 'nombre entier',
  boolean: 'true ou false',
  array: 'liste [ ]',
  object: 'objet { }',
  record: 'objet { }',
}
