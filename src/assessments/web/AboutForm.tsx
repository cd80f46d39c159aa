import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { describeAssessment } from '../contract/actions.ts'
import type { AssessmentTarget } from '../contract/assessment.ts'
import type { FormDefinition } from '../contract/form-definition.ts'
import type { assessmentDetail } from '../contract/queries.ts'
import { doneWords } from './words.ts'

interface AboutProps {
  readonly form: FormDefinition
  readonly detail: OutputOf<typeof assessmentDetail>
  readonly target: AssessmentTarget
  readonly writing?: boolean | undefined
}

/** When and by whom, what the form is for, where it comes from and what it does not decide. */
export function AboutForm(props: AboutProps): ReactNode {
  const { form, detail, writing } = props
  const { assessment, age } = detail
  const [editing, setEditing] = useState(false)
  const outOfAge = age !== null && form.ages && ((form.ages.min !== undefined && age < form.ages.min) || (form.ages.max !== undefined && age > form.ages.max))
  return (
    <>
      <section>
        <div className="sec">
          <h2>Quand, par qui</h2>
          {writing && !editing ? (
            <Button small quiet className="sec__end" onClick={() => setEditing(true)}>
              Changer
            </Button>
          ) : null}
        </div>
        {editing ? <WhenWho {...props} onDone={() => setEditing(false)} /> : <p className="small">Faite {doneWords(assessment)}.</p>}
        {assessment.author.kind !== 'self' && assessment.createdByName ? <p className="small dim">Saisie par {assessment.createdByName}.</p> : null}
      </section>
      <section className="stack">
        {outOfAge ? (
          <Notice tone="warning">Cette grille est faite pour un autre âge{form.ages?.min !== undefined ? ` (à partir de ${form.ages.min} ans)` : ''}.</Notice>
        ) : null}
        {writing && form.contraindication ? <Notice tone="warning">{form.contraindication}</Notice> : null}
        <p className="small mut">{form.notice}</p>
        <details className="small dim">
          <summary>Source et licence</summary>
          <p>{form.source}</p>
          <p>{form.licence.text}</p>
          <p>
            Version {form.version}, du {formatDay(`${form.version.slice(0, 4)}-01-01`).slice(6)}.
          </p>
        </details>
      </section>
    </>
  )
}

function WhenWho({ detail, target, onDone }: AboutProps & { readonly onDone: () => void }): ReactNode {
  const { assessment } = detail
  const form = useActionForm(describeAssessment, {
    target,
    record: assessment.id,
    initialValues: {
      id: assessment.id,
      baseVersion: assessment.version,
      performedOn: assessment.performedOn as string,
      authorKind: assessment.author.kind,
      authorName: assessment.author.kind === 'self' ? '' : assessment.author.name,
      authorRole: assessment.author.kind === 'self' ? '' : (assessment.author.role ?? ''),
    },
    labels: { performedOn: 'Date', authorKind: 'Auteur', authorName: 'Nom', authorRole: 'Fonction' },
    resolve: (values, kept, version) => ({ ...values, ...kept, ...(version === null ? {} : { baseVersion: version }) }),
    onDone,
  })
  return (
    <Form form={form}>
      <DayField {...form.field('performedOn')} label="Faite le" span={12} />
      <SegmentedChoice
        {...form.field('authorKind')}
        label="Par"
        span={12}
        options={[
          { value: 'self', label: 'Moi' },
          { value: 'colleague', label: 'Un collègue' },
          { value: 'partner', label: 'Un partenaire' },
        ]}
      />
      {form.values.authorKind === 'self' ? null : (
        <>
          <TextField {...form.field('authorName')} label="Nom" span={12} />
          <TextField {...form.field('authorRole')} label="Fonction, structure" optional span={12} />
        </>
      )}
      <FormFoot
        form={form}
        submit="Enregistrer"
        secondary={
          <Button small quiet onClick={onDone}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
