import { IconUserQuestion } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { dayOf, formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueLabels, useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { displayZone, today } from '../../../platform/web/text/dates.ts'
import { answerJoining, joinRequests } from '../../contract/joining.ts'

type Request = OutputOf<typeof joinRequests>['rows'][number]

/** Those who ask to join this circle, for whoever may answer: the DAC in charge, the médecin traitant. */
export function JoinRequests({ personId, target }: { readonly personId: PersonId; readonly target: PersonTarget | null }): ReactNode {
  const query = useJalonQuery(joinRequests, { personId })
  const label = useValueLabels()
  const [answering, setAnswering] = useState<{ readonly id: string; readonly accept: boolean } | null>(null)
  const rows = query.data?.rows ?? []
  if (rows.length === 0 || target === null) return null
  return (
    <>
      {rows.map((row) => (
        <Notice key={row.id} tone="info" icon={IconUserQuestion}>
          <div className="stack stack--2">
            <span>
              <b>{row.name} demande à rejoindre le cercle</b>, comme {label('care_team.role', row.role).toLowerCase()}
              {row.place ? `, ${row.place}` : ''}. <span className="mut">Le {formatDay(dayOf(row.askedAt, displayZone()))}.</span>
            </span>
            <span>{row.words}</span>
            <span className="row wrap">
              <Button small expanded={answering?.id === row.id && answering.accept} onClick={() => setAnswering({ id: row.id, accept: true })}>
                Accepter…
              </Button>
              <Button small quiet expanded={answering?.id === row.id && !answering.accept} onClick={() => setAnswering({ id: row.id, accept: false })}>
                Refuser…
              </Button>
            </span>
            {answering?.id === row.id ? (
              <AnswerForm
                key={String(answering.accept)}
                personId={personId}
                target={{ ...target, isFamilyDoctor: query.data?.isFamilyDoctor ?? false }}
                request={row}
                accept={answering.accept}
                onDone={() => setAnswering(null)}
              />
            ) : null}
          </div>
        </Notice>
      ))}
    </>
  )
}

function AnswerForm(props: {
  readonly personId: PersonId
  readonly target: PersonTarget & { readonly isFamilyDoctor: boolean }
  readonly request: Request
  readonly accept: boolean
  readonly onDone: () => void
}): ReactNode {
  const grounds = useValueList('care_team.ground')
  const { accept, personId, request } = props
  const form = useActionForm(answerJoining, {
    target: props.target,
    initialValues: { ground: 'recognised_by_person', informedOn: today(), words: '' },
    toInput: ({ ground, informedOn, words }) => ({
      id: request.id,
      personId,
      accept,
      words,
      access: accept ? { basis: 'care_team' as const, ground, informedOn } : null,
    }),
    fieldOf: (path) => (path.startsWith('access.') ? path.slice(7) : path),
    invalidates: ['liaison', 'persons'],
    done: accept ? `${request.name} est dans le cercle et voit le dossier, selon son métier.` : 'Demande écartée.',
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      {accept ? (
        <>
          <SelectField {...form.field('ground')} label="Équipe de soins au titre de" span={7} options={grounds.options} />
          <DayField {...form.field('informedOn')} label="Personne informée le" span={5} />
        </>
      ) : (
        <TextField {...form.field('words')} label="Pourquoi, pour l’équipe" optional span={12} />
      )}
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit={accept ? 'Accepter et ouvrir le dossier' : 'Écarter la demande'} />
      </div>
    </Form>
  )
}
