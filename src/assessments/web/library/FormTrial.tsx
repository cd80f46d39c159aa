import { type ReactNode, useMemo, useState } from 'react'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { VoletChip } from '../../../platform/web/display/Volet.tsx'
import { missingItems } from '../../contract/answers.ts'
import type { Observation } from '../../contract/assessment.ts'
import type { Answer, FormDefinition } from '../../contract/form-definition.ts'
import { score } from '../../contract/scoring.ts'
import { GridPlace } from '../GridPlace.tsx'
import { ScoreBox } from '../ScoreBox.tsx'
import { SectionQuestions } from '../SectionQuestions.tsx'

/** The form as those who answer will see it; it can be answered to try its conditions and its score, and nothing is kept. */
export function FormTrial(props: { readonly form: FormDefinition }): ReactNode {
  const { form } = props
  const [answers, setAnswers] = useState<Readonly<Record<string, Answer>>>({})
  const [observations, setObservations] = useState<Readonly<Record<string, Observation | null>>>({})
  const live = useMemo(() => score(form, answers, { age: null }), [form, answers])
  const sections = {
    answers,
    observations,
    answer: (_section: string, item: string, value: Answer) => setAnswers((old) => ({ ...old, [item]: value })),
    observe: (_section: string, item: string, observation: Observation | null) => setObservations((old) => ({ ...old, [item]: observation })),
  }
  return (
    <div className="answering stack stack--4">
      {form.contraindication ? <Notice tone="warning">{form.contraindication}</Notice> : null}
      {form.sections.map((section) => (
        <section key={section.code} aria-label={section.title}>
          <div className="sec">
            <h3>{section.title}</h3>
            <span className="sec__end">
              <VoletChip volet={section.volet} />
            </span>
          </div>
          {section.hint ? <p className="small mut">{section.hint}</p> : null}
          <SectionQuestions
            form={form}
            section={section}
            sections={sections}
            former={null}
            missing={[]}
            errors={{}}
            grid={(code, label) => <GridPlace code={code} label={label} known={null} onOpen={() => undefined} />}
          />
        </section>
      ))}
      {form.scoring.method === 'none' ? null : (
        <section>
          <div className="sec">
            <h3>Score, avec ces réponses</h3>
          </div>
          <ScoreBox form={form} score={live} former={null} missing={missingItems(form, answers).length} />
        </section>
      )}
    </div>
  )
}
