import { type Answer, type Answers, type FormDefinition, type FormItem, itemsOf } from './form-definition.ts'

export interface AnswerFault {
  readonly item: string
  readonly message: string
}

/** True if the item is asked, given the other answers. An item under a condition that is not asked itself is not asked either. */
export function isAsked(definition: FormDefinition, answers: Answers, item: FormItem): boolean {
  if (item.when === undefined) return true
  const { item: on, in: expected } = item.when
  const parent = itemsOf(definition).find((one) => one.code === on)
  if (parent === undefined || !isAsked(definition, answers, parent)) return false
  const given = answers[on]
  return Array.isArray(given)
    ? given.some((one) => expected.includes(one))
    : (typeof given === 'string' || typeof given === 'boolean') && expected.includes(given)
}

/** The answers that count: those of items that are asked. What was typed under a condition since changed is left aside, not an error. */
export function relevantAnswers(definition: FormDefinition, answers: Answers): Answers {
  return Object.fromEntries(
    itemsOf(definition)
      .filter((item) => isAsked(definition, answers, item) && isGiven(answers[item.code]))
      .map((item) => [item.code, answers[item.code] as Answer]),
  )
}

/** True if something was answered: neither absent, nor null, nor blank, nor an empty selection. */
export function isGiven(answer: Answer | undefined): boolean {
  if (answer === undefined || answer === null) return false
  return typeof answer === 'string' ? answer.trim() !== '' : Array.isArray(answer) ? answer.length > 0 : true
}

/** The required items that are asked and still without an answer, in the order of the form. */
export function missingItems(definition: FormDefinition, answers: Answers): readonly string[] {
  return itemsOf(definition)
    .filter((item) => item.type !== 'grid' && item.required && isAsked(definition, answers, item) && !isGiven(answers[item.code]))
    .map((item) => item.code)
}

/** What is wrong in the answers, with the French message for each; empty when all of them can be kept. Absence is not wrong: see `missingItems`. */
export function answerFaults(definition: FormDefinition, answers: Answers): readonly AnswerFault[] {
  const items = new Map(itemsOf(definition).map((item) => [item.code, item]))
  return Object.entries(answers).flatMap(([code, answer]) => {
    if (!isGiven(answer)) return []
    const item = items.get(code)
    const message = item === undefined ? 'Cette question n’est pas dans le formulaire.' : faultOf(item, answer)
    return message === null ? [] : [{ item: code, message }]
  })
}

function faultOf(item: FormItem, answer: Answer): string | null {
  switch (item.type) {
    case 'choice':
      return item.options.some((one) => one.code === answer) ? null : 'À choisir dans la liste.'
    case 'multiple':
      return Array.isArray(answer) && new Set(answer).size === answer.length && answer.every((chosen) => item.options.some((one) => one.code === chosen))
        ? null
        : 'À choisir dans la liste.'
    case 'boolean':
      return typeof answer === 'boolean' ? null : 'Répondez par oui ou par non.'
    case 'number':
      return numberFault(item, answer)
    case 'text':
      if (typeof answer !== 'string') return 'Texte attendu.'
      return answer.length <= item.max ? null : `Trop long\u00a0: ${item.max.toLocaleString('fr-FR')} caractères au plus. Votre texte est gardé.`
    case 'grid':
      return 'Cette grille se remplit dans son propre formulaire.'
  }
}

function numberFault(item: Extract<FormItem, { type: 'number' }>, answer: Answer): string | null {
  if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'Nombre attendu.'
  if (answer < item.min || answer > item.max) return `Entre ${frenchNumber(item.min)} et ${frenchNumber(item.max)}.`
  const scale = 10 ** item.decimals
  if (Math.abs(Math.round(answer * scale) / scale - answer) < 1e-9) return null
  return item.decimals === 0 ? 'Nombre entier attendu.' : `${item.decimals} chiffre${item.decimals > 1 ? 's' : ''} après la virgule au plus.`
}

function frenchNumber(value: number): string {
  return value.toLocaleString('fr-FR').replace('-', '\u2212')
}
