import { formatDay } from '../../platform/contract/dates.ts'
import type { PillTone } from '../../platform/web/display/StatusPill.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { nbsp } from '../../platform/web/text/typography.ts'
import type { FormerResult, Result } from '../contract/assessment.ts'
import type { Change } from '../contract/change.ts'
import type { Answer, FormItem } from '../contract/form-definition.ts'

const months = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre']

/** « en mars » within the last eleven months, else « en mars 2025 ». */
export function inMonth(day: string, on: string = today()): string {
  const [year = '', month = '1'] = day.split('-')
  const far = (Number(on.slice(0, 4)) - Number(year)) * 12 + Number(on.slice(5, 7)) - Number(month) > 11
  return `en${nbsp}${months[Number(month) - 1]}${far ? ` ${year}` : ''}`
}

/** « GIR 4 en mars » */
export function formerWords(former: FormerResult): string {
  return `${former.printed} ${inMonth(former.performedOn)}`
}

/** « très fragile », when the score does not already say it. */
export function readingOf(result: Pick<Result, 'printed' | 'label'>): string | null {
  return result.label === null || result.label === result.printed ? null : result.label.charAt(0).toLocaleLowerCase('fr-FR') + result.label.slice(1)
}

export const changeWords: Readonly<Record<Change, string>> = { better: 's’améliore', worse: 's’aggrave', same: 'stable' }

/** The tint of a severity, 0 to 3; the word always stands with it. */
export function toneOf(severity: number | null): PillTone {
  return severity === null || severity === 0 ? 'neutral' : severity === 1 ? 'info' : severity === 2 ? 'warning' : 'alert'
}

/** An answer as it reads: the label of the option, « oui », « 52,4 kg »; « sans réponse » when there is none. */
export function answerWords(item: FormItem, answer: Answer | undefined): string {
  if (answer === undefined || answer === null || answer === '') return 'sans réponse'
  switch (item.type) {
    case 'choice':
      return item.options.find((one) => one.code === answer)?.label ?? 'réponse d’une autre version'
    case 'multiple':
      return Array.isArray(answer) ? answer.map((code) => item.options.find((one) => one.code === code)?.label ?? '…').join(', ') : '…'
    case 'boolean':
      return answer ? 'Oui' : 'Non'
    case 'number':
      return `${Number(answer).toLocaleString('fr-FR')}${item.unit ? `${nbsp}${item.unit}` : ''}`
    default:
      return String(answer)
  }
}

/** « le 18/06/2026, par Julie Marchal » */
export function doneWords(line: {
  readonly performedOn: string
  readonly author: { readonly name: string; readonly role: string | null; readonly kind: string }
}): string {
  return `le ${formatDay(line.performedOn)}, par ${line.author.name}${line.author.kind === 'partner' && line.author.role ? ` (${line.author.role})` : ''}`
}
