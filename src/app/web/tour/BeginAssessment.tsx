import { type ReactNode, useState } from 'react'
import { missingItems } from '../../../assessments/contract/answers.ts'
import type { Answers, FormDefinition } from '../../../assessments/contract/form-definition.ts'
import { beginning } from '../../../offline/contract/begun.ts'
import type { ReadableWaiting } from '../../../offline/contract/outbox.ts'
import type { CarriedFile } from '../../../offline/contract/queries.ts'
import { addBegun } from '../../../offline/web/carrying.ts'
import { changeHere, writeHere } from '../../../offline/web/outbox-here.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { useOffline } from './use-offline.ts'

const personOf = (file: CarriedFile): { readonly personId: string; readonly name: string } => ({
  personId: file.personId,
  name: formatCivilName(file.header.person),
})

/** Where the answers of an evaluation stand on the page of a person. */
export const placeOf = (assessmentId: string): string => `evaluation-${assessmentId}`

/** Goes to it as soon as it is drawn. */
export function goTo(assessmentId: string, left = 20): void {
  const place = document.getElementById(placeOf(assessmentId))
  if (place === null) {
    if (left > 0) setTimeout(() => goTo(assessmentId, left - 1), 50)
    return
  }
  place.focus({ preventScroll: true })
  place.scrollIntoView({ block: 'start' })
}

/** Begins a form here: it is written first on this device, and answered at once. Gives its id. */
export async function beginHere(file: CarriedFile, form: FormDefinition, partOf?: string): Promise<string> {
  const begun = { id: newId<never>() as string, personId: file.personId as string, formCode: form.code, formVersion: form.version, day: today(), partOf }
  await writeHere(beginning(begun, personOf(file)))
  await addBegun(
    begun,
    form.sections.map((section) => section.code),
  )
  return begun.id
}

/** Begins an evaluation where one is, with the form that the tour took along. */
export function BeginAssessment({ file }: { readonly file: CarriedFile }): ReactNode {
  const { carrying } = useOffline()
  const [code, setCode] = useState('')
  const forms = (carrying?.tour?.forms ?? []).filter((form) => file.begins.includes(form.code))
  const form = forms.find((one) => one.code === code)
  if (forms.length === 0) return null
  const begin = async (chosen: FormDefinition): Promise<void> => {
    const id = await beginHere(file, chosen)
    setCode('')
    goTo(id)
  }
  return (
    <Card title="Commencer une évaluation">
      <div className="form">
        <SelectField
          label="Formulaire"
          span={12}
          value={code}
          onChange={setCode}
          options={forms.map((one) => ({ value: one.code, label: `${one.title}, ${one.minutes}\u00a0min` }))}
          hint={form === undefined ? undefined : `${form.purpose} Version ${form.version}.`}
        />
        <div className="f">
          <Button main disabled={form === undefined} onClick={() => form !== undefined && void begin(form)}>
            Commencer
          </Button>
        </div>
      </div>
    </Card>
  )
}

/** Ends an evaluation: the server computes the result once everything written in it has arrived. */
export function EndAssessment(props: {
  readonly file: CarriedFile
  readonly id: string
  readonly form: FormDefinition
  readonly answers: Answers
  readonly ended: ReadableWaiting | undefined
  readonly keep: () => Promise<unknown>
}): ReactNode {
  const { file, id, form, answers, ended, keep } = props
  const { userId } = useActor()
  const [why, setWhy] = useState<string | null>(null)
  const missing = missingItems(form, answers).length
  const end = async (): Promise<void> => {
    if (missing > 0 && (why ?? '').trim() === '') return setWhy(why ?? '')
    await keep()
    const reason = missing > 0 ? { incompleteReason: why } : {}
    await writeHere({ action: 'assessments.assessment.finish', input: { id, ...reason }, title: form.shortTitle, person: personOf(file) })
  }
  if (ended !== undefined) {
    return (
      <div className="row sp wrap" style={{ marginTop: 8 }}>
        <span className="small" role="status">
          Terminée ici. Le résultat sera calculé par le serveur, à l’arrivée de vos réponses.
        </span>
        {ended.attempted ? null : (
          <Button small quiet onClick={() => void changeHere(userId, (outbox) => outbox.discard(ended.id))}>
            Reprendre
          </Button>
        )}
      </div>
    )
  }
  return (
    <div className="form" style={{ marginTop: 8 }}>
      {why === null || missing === 0 ? null : (
        <TextField
          label={`Pourquoi ${plural(missing, 'réponse manque', 'réponses manquent')}`}
          span={12}
          value={why}
          onChange={setWhy}
          error={why.trim() === '' ? 'À remplir, ou complétez les réponses.' : undefined}
        />
      )}
      <div className="f">
        <Button small onClick={() => void end()}>
          Terminer
        </Button>
      </div>
    </div>
  )
}
