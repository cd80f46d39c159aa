import './questions.css'
import { Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction, verdictOf } from '../../platform/web/api/use-action.ts'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { wordsMatch } from '../../platform/web/palette/registry.ts'
import { nbsp } from '../../platform/web/text/typography.ts'
import type { AssessedPerson } from '../contract/access.ts'
import { startAssessment } from '../contract/actions.ts'
import type { AssessmentId } from '../contract/assessment.ts'
import type { FormDefinition } from '../contract/form-definition.ts'
import { currentForms } from '../contract/library.ts'

const kinds = [
  ['evaluation', 'Évaluer'],
  ['grid', 'Coter une grille'],
  ['screening', 'Repérer'],
] as const

/** The library of forms: what each is for and how long it takes. A form that the user may not fill stays, with the reason. */
export function FormPicker(props: {
  readonly person: AssessedPerson
  readonly personId: PersonId
  readonly last: AssessmentId | null
  readonly onStarted: (id: AssessmentId) => void
  readonly onClose: () => void
}): ReactNode {
  const [text, setText] = useState('')
  const [copying, setCopying] = useState(false)
  const start = useAction(startAssessment, props.person)
  const actor = useActor()
  const begin = async (form: FormDefinition): Promise<void> => {
    const id = newId<AssessmentId>()
    if (
      await start.run({
        id,
        personId: props.personId,
        form: form.code,
        ...(copying && form.kind === 'evaluation' && props.last ? { copyFrom: props.last } : {}),
      })
    )
      props.onStarted(id)
  }
  const found = currentForms().filter((form) => wordsMatch(text, `${form.title} ${form.shortTitle} ${form.purpose}`))
  return (
    <Modal opened onClose={props.onClose} title="Nouvelle évaluation" size="lg">
      <div className="stack stack--3">
        <div className="form">
          <TextField label="Quel formulaire" bare span={12} value={text} onChange={setText} placeholder="AGGIR, précarité, aidant…" autoFocus />
        </div>
        {start.error ? <Notice tone="alert">{start.error.detail}</Notice> : null}
        {kinds.map(([kind, title]) => {
          const forms = found.filter((form) => form.kind === kind)
          if (forms.length === 0) return null
          return (
            <section key={kind} aria-label={title}>
              <h3 style={{ marginBottom: 6 }}>{title}</h3>
              <div className="formpick">
                {forms.map((form) => {
                  const verdict = verdictOf(startAssessment, actor, props.person, { form: form.code })
                  const refused = verdict && !verdict.allowed ? verdict.reason : null
                  return (
                    <button
                      key={form.code}
                      type="button"
                      aria-disabled={refused !== null || start.pending || undefined}
                      onClick={() => refused === null && !start.pending && void begin(form)}
                    >
                      <b className="semi">{form.title}</b>
                      <span className="small dim nw">
                        {form.minutes}
                        {nbsp}min
                      </span>
                      <small>{refused ?? form.purpose}</small>
                    </button>
                  )
                })}
              </div>
              {kind === 'evaluation' && props.last ? (
                <label className="check small" style={{ marginTop: 6 }}>
                  <input
                    type="checkbox"
                    checked={copying}
                    onChange={(event) => setCopying(event.currentTarget.checked)}
                    style={{ position: 'static', opacity: 1, width: 16, height: 16 }}
                  />
                  <span>Repartir des réponses de la dernière évaluation, à relire une par une</span>
                </label>
              ) : null}
            </section>
          )
        })}
        {found.length === 0 ? <p className="mut">Aucun formulaire ne porte ces mots.</p> : null}
      </div>
    </Modal>
  )
}
