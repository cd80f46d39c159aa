import './questions.css'
import type { KeyboardEvent, ReactNode } from 'react'
import { isAsked } from '../contract/answers.ts'
import type { Answers, FormDefinition, FormSection } from '../contract/form-definition.ts'
import { Question } from './Question.tsx'
import type { Sections } from './use-sections.ts'

export interface SectionQuestionsProps {
  readonly form: FormDefinition
  readonly section: FormSection
  readonly sections: Pick<Sections, 'answers' | 'observations' | 'answer' | 'observe'>
  readonly former: { readonly performedOn: string; readonly answers: Answers } | null
  readonly missing: readonly string[]
  readonly errors: Readonly<Record<string, string>>
  /** How the place of a grid shows. */
  readonly grid: (code: string, label: string) => ReactNode
}

/** The questions of a section. A letter or a number answers the one that has the focus, and goes to the next. */
export function SectionQuestions(props: SectionQuestionsProps): ReactNode {
  const { form, section, sections, former } = props
  const aggir = form.scoring.method === 'algorithm'
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys act on the question that has the focus; each question is a control of its own.
    <div className="questions" onKeyDown={answerByKey}>
      {section.items
        .filter((item) => isAsked(form, sections.answers, item))
        .map((item) =>
          item.type === 'grid' ? (
            <div key={item.code} className="question question--wide" data-item={item.code}>
              {props.grid(item.grid, item.label)}
            </div>
          ) : (
            <Question
              key={item.code}
              item={item}
              answer={sections.answers[item.code]}
              observation={sections.observations[item.code]}
              onAnswer={(answer) => {
                sections.answer(section.code, item.code, answer)
                if (aggir && answer === 'A' && (sections.observations[item.code]?.unmet?.length ?? 0) > 0)
                  sections.observe(section.code, item.code, { ...sections.observations[item.code], unmet: [] })
              }}
              onObserve={(observation) => sections.observe(section.code, item.code, observation)}
              former={former ? { answer: former.answers[item.code], performedOn: former.performedOn } : undefined}
              withAdverbs={aggir}
              mostlyOptional={form.kind === 'evaluation'}
              missing={props.missing.includes(item.code)}
              error={props.errors[`answers.${item.code}`]}
            />
          ),
        )}
    </div>
  )
}

/** A, B, C, O, N or a digit answers and goes on; 1 to 4 strike an adverb and stay. Nothing happens while one types words. */
function answerByKey(event: KeyboardEvent<HTMLElement>): void {
  const target = event.target as HTMLElement
  if (event.ctrlKey || event.altKey || event.metaKey || !target.matches('input[type="radio"]')) return
  const question = target.closest<HTMLElement>('[data-item]')
  const choices = question?.querySelector<HTMLElement>('[data-choice]')
  if (!question || !choices) return
  const key = event.key.toUpperCase()
  const adverb = question.querySelector<HTMLButtonElement>(`[data-adverb="${CSS.escape(key)}"]`)
  if (adverb) {
    event.preventDefault()
    adverb.click()
    return
  }
  const index = (choices.dataset['choice'] ?? '').split(',').indexOf(key)
  if (index < 0) return
  event.preventDefault()
  choices.querySelectorAll<HTMLInputElement>('input')[index]?.click()
  focusNext(question)
}

function focusNext(question: HTMLElement): void {
  const all = [...(question.closest('.answering') ?? document).querySelectorAll<HTMLElement>('[data-item]')]
  const next = all[all.indexOf(question) + 1]
  const control = next?.querySelector<HTMLElement>('input:checked') ?? next?.querySelector<HTMLElement>('input, textarea, button')
  control?.focus()
  control?.closest('[data-item]')?.scrollIntoView({ block: 'nearest' })
}
