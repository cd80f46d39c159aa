import type { FormDefinition } from '../../../assessments/contract/form-definition.ts'
import { itemsOf } from '../../../assessments/contract/form-definition.ts'
import { formVersion } from '../../../assessments/contract/library.ts'
import { answerWords } from '../../../assessments/web/words.ts'
import { observationPrefix, type ReadableWaiting } from '../../../offline/contract/outbox.ts'
import type { Words } from '../../../offline/contract/waiting.ts'
import type { Carrying } from '../../../offline/web/carrying.ts'
import { french } from '../../../platform/contract/typography.ts'
import { nbsp } from '../../../platform/web/text/typography.ts'

const kinds: Readonly<Record<Words['action'], string>> = {
  'liaison.file.add': 'Photo ou fichier',
  'liaison.note.write': 'Note',
  'liaison.note.amend': 'Complément d’une note',
  'liaison.note.reply': 'Réponse à une note',
  'assessments.assessment.start': 'Évaluation commencée',
  'assessments.section.save': 'Réponses d’évaluation',
  'assessments.assessment.finish': 'Fin d’une évaluation',
  'liaison.alert.take': 'Alerte dont vous vous chargez',
  'draft.save': 'Brouillon d’une note',
}

/** What kind of thing waits. */
export function kindWords({ envelope }: Pick<ReadableWaiting, 'envelope'>): string {
  return kinds[envelope.action as Words['action']] ?? 'Élément'
}

/** Why the server did not take it: of a note, that its own words are kept. */
export function refusalWords({ envelope, refusal }: Pick<ReadableWaiting, 'envelope' | 'refusal'>): string {
  const many = (refusal?.files?.length ?? 1) > 1
  if (refusal === null || envelope.action === 'liaison.file.add') return refusal?.detail ?? ''
  if (refusal.code === 'attachment_infected' && (refusal.missing?.length ?? 0) > 0)
    return french(
      'Des fichiers joints ne partent pas : l’antivirus en a refusé, et d’autres ne sont pas sur le serveur. Vos mots sont gardés : ils partent sans eux.',
    )
  if (refusal.code === 'attachment_infected')
    return french(
      `L’antivirus a refusé ${many ? 'des fichiers joints : personne ne peut les ouvrir' : 'un fichier joint : personne ne peut l’ouvrir'}. Vos mots sont gardés : ils partent sans ${many ? 'eux' : 'lui'}.`,
    )
  if (refusal.code === 'attachment_missing')
    return french(
      `${many ? 'Des fichiers joints ne sont' : 'Un fichier joint n’est'} pas sur le serveur : ${many ? 'ils n’y sont jamais arrivés, ou ont' : 'il n’y est jamais arrivé, ou a'} attendu plus d’un jour. Vos mots sont gardés : réessayez, ou envoyez-les sans ${many ? 'eux' : 'lui'}.`,
    )
  return refusal.detail
}

/** « Envoyer sans le fichier refusé, avec les 2 autres »: how many go without, how many still go. */
export function withoutWords(without: number, rest: number): string {
  const gone = without > 1 ? `ces ${without} fichiers` : 'ce fichier'
  return `Envoyer sans ${gone}${rest === 0 ? '' : rest === 1 ? ', avec l’autre' : `, avec les ${rest} autres`}`
}

/** The words themselves, as their author typed them; null when only the server can read them. */
export function bodyWords({ told }: Pick<ReadableWaiting, 'told'>, form: FormDefinition | undefined): string | null {
  if (told === null) return null
  const { input } = told
  if (told.title !== undefined) return told.title
  if (typeof input['body'] === 'string') return input['body']
  const draft = (input['content'] as { readonly values?: { readonly body?: string } } | undefined)?.values?.body
  if (draft !== undefined) return draft
  if (typeof input['name'] === 'string') return input['name']
  const answers = Object.entries((input['answers'] ?? {}) as Record<string, never>).map(
    ([code, value]) => `${labelOf(form, code)}${nbsp}: ${valueWords(form, code, value)}`,
  )
  const remarks = Object.entries((input['observations'] ?? {}) as Record<string, { readonly remark?: string } | null>).flatMap(([code, one]) =>
    one?.remark ? [`${labelOf(form, code)}, remarque${nbsp}: ${one.remark}`] : [],
  )
  return [...answers, ...remarks].join('\n')
}

/** The question behind a field of a conflict. */
export function labelOf(form: FormDefinition | undefined, field: string): string {
  const code = field.startsWith(observationPrefix) ? field.slice(observationPrefix.length) : field
  const item = form === undefined ? undefined : itemsOf(form).find((one) => one.code === code)
  return field.startsWith(observationPrefix) ? `${item?.label ?? code} (remarque)` : (item?.label ?? code)
}

/** An answer as its form words it. */
export function valueWords(form: FormDefinition | undefined, field: string, value: unknown): string {
  const item = form === undefined ? undefined : itemsOf(form).find((one) => one.code === field)
  if (item === undefined || item.type === 'grid') return String(value ?? '')
  return value === null || value === undefined ? 'réponse retirée' : answerWords(item, value as never)
}

/** The form that the answers of a gesture belong to: among those taken along, else those of Jalon. */
export function formOfWords(told: Words | null, taken: readonly { readonly id: string; readonly form: FormDefinition }[]): FormDefinition | undefined {
  const found = taken.find(({ id }) => id === told?.input['id'])?.form
  return found ?? (told === null ? undefined : formVersion('multidimensional', '2026.1'))
}

/** The forms of the evaluations on this device, by the id of the evaluation: those of the tour, and those begun here. */
export function formsHere(carrying: Pick<Carrying, 'tour' | 'begun'> | null): readonly { readonly id: string; readonly form: FormDefinition }[] {
  const { tour, begun } = carrying ?? { tour: null, begun: [] }
  return [
    ...(tour?.files ?? []).flatMap(({ assessments }) => assessments.map(({ detail, form }) => ({ id: detail.assessment.id as string, form }))),
    ...begun.flatMap(({ id, formCode, formVersion: version }) => {
      const form = tour?.forms.find((one) => one.code === formCode && one.version === version) ?? formVersion(formCode, version)
      return form === undefined ? [] : [{ id, form }]
    }),
  ]
}
