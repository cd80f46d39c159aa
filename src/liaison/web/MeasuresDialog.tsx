import '../../platform/web/table/table.css'
import './liaison.css'
import { Modal } from '@mantine/core'
import { IconActivityHeartbeat } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { PersonTarget } from '../../persons/contract/person.ts'
import type { RawInputOf } from '../../platform/contract/action.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { WindowForm } from '../../platform/web/form/WindowForm.tsx'
import { ScrollRegion } from '../../platform/web/layout/ScrollRegion.tsx'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { measureKind, measureKinds, measureName, measureWords, readMeasure } from '../contract/measure-kinds.ts'
import { type Measure, type MeasureId, type MeasuresOfKind, recordMeasure, setMeasureThreshold, strikeMeasure } from '../contract/measures.ts'
import { MeasureTrend } from './MeasureTrend.tsx'

/** Measures of a person: note one, see how it moves, its table, the figures from which to alert. */
export function MeasuresDialog(props: {
  readonly personId: PersonId
  readonly target: PersonTarget
  readonly kinds: readonly MeasuresOfKind[]
  readonly onClose: () => void
}): ReactNode {
  const [kind, setKind] = useState(props.kinds[0]?.kind ?? 'weight')
  const shown = props.kinds.find((one) => one.kind === kind)
  return (
    <Modal opened onClose={props.onClose} title="Mesures" size="xl">
      <div className="stack stack--4">
        <NewMeasure personId={props.personId} target={props.target} kind={kind} onKind={setKind} />
        {shown === undefined || shown.rows.length === 0 ? (
          <EmptyState icon={IconActivityHeartbeat} title={`${measureName(kind)} : aucune mesure`}>
            La première se note ci-dessus. Chacun du cercle qui lit le volet santé la verra.
          </EmptyState>
        ) : (
          <>
            <MeasureTrend of={shown} />
            <MeasureTable of={shown} />
          </>
        )}
        <Threshold key={`${kind}${shown?.low}${shown?.high}`} personId={props.personId} target={props.target} kind={kind} of={shown} />
      </div>
    </Modal>
  )
}

function NewMeasure(props: {
  readonly personId: PersonId
  readonly target: PersonTarget
  readonly kind: string
  readonly onKind: (kind: string) => void
}): ReactNode {
  const known = measureKind(props.kind)
  const form = useActionForm<typeof recordMeasure, { id: MeasureId; typed: string; words: string }>(recordMeasure, {
    target: props.target,
    initialValues: () => ({ id: newId<MeasureId>(), typed: '', words: '' }),
    toInput: ({ id, typed, words }) => {
      const read = readMeasure(props.kind, typed)
      return { id, personId: props.personId, kind: props.kind, value: read?.value, second: read?.second ?? null, words } as RawInputOf<typeof recordMeasure>
    },
    fieldOf: (path) => (path === 'value' || path === 'second' ? 'typed' : path),
    onDone: ({ alerted }) => {
      toast({ text: alerted ? 'Mesure notée. Elle a alerté le DAC.' : 'Mesure notée.' })
      form.reset()
    },
  })
  const read = form.values.typed.trim() === '' ? null : readMeasure(props.kind, form.values.typed)
  return (
    <Form form={form} label="Noter une mesure">
      <SelectField
        label="Mesure"
        span={4}
        value={props.kind}
        onChange={(kind) => props.onKind(kind || 'weight')}
        options={measureKinds.map(({ code, label }) => ({ value: code, label }))}
      />
      <TextField
        {...form.field('typed')}
        label="Valeur"
        span={3}
        autoFocus
        inputMode="text"
        placeholder={known?.second ? '130/80' : ''}
        help={known?.scale}
        inside={<span className="small mut nw">{read === null ? known?.unit : measureWords(props.kind, read.value, read.second)}</span>}
      />
      <TextField {...form.field('words')} label="Précision" span={5} optional placeholder="À jeun, debout, après la marche…" />
      <FormFoot form={form} submit="Noter" />
    </Form>
  )
}

function MeasureTable({ of }: { readonly of: MeasuresOfKind }): ReactNode {
  return (
    <ScrollRegion label={`Tableau, ${measureName(of.kind)}`} className="measures__table">
      <table className="tbl">
        <caption className="vh">{measureName(of.kind)}</caption>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Valeur</th>
            <th scope="col">Par</th>
            <th scope="col">Précision</th>
            <th scope="col">
              <span className="vh">Gestes</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {of.rows.map((row) => (
            <MeasureLine key={row.id} row={row} kind={of.kind} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function MeasureLine({ row, kind }: { readonly row: Measure; readonly kind: string }): ReactNode {
  const strike = useAction(strikeMeasure, { personId: '' as PersonId, authorId: row.authorId })
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const words = measureWords(kind, row.value, row.second)
  return (
    <tr>
      <td className="nw">{formatInstant(row.at)}</td>
      <td className="nw">{row.struckBecause === null ? <b>{words}</b> : <s>{words}</s>}</td>
      <td>{row.authorName}</td>
      <td>{row.struckBecause === null ? row.words : `barrée par ${row.struckByName ?? ''} : ${row.struckBecause}`}</td>
      <td>
        {row.struckBecause !== null || !strike.allowed ? null : asking ? (
          <WindowForm
            waits={reason.trim() !== ''}
            className="row"
            onSubmit={(event) => {
              event.preventDefault()
              void strike.run({ id: row.id, reason })
            }}
          >
            <input
              className="in"
              aria-label="Pourquoi la barrer"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              placeholder="Pourquoi"
              required
            />
            <Button small type="submit">
              Barrer
            </Button>
          </WindowForm>
        ) : (
          <Button small quiet label={`Barrer ${words}`} onClick={() => setAsking(true)}>
            Barrer…
          </Button>
        )}
      </td>
    </tr>
  )
}

const number = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed.replace(',', '.')))
const typed = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value).replace('.', ','))

function Threshold(props: {
  readonly personId: PersonId
  readonly target: PersonTarget
  readonly kind: string
  readonly of: MeasuresOfKind | undefined
}): ReactNode {
  const unit = measureKind(props.kind)?.unit ?? ''
  const form = useActionForm<typeof setMeasureThreshold, { id: string; low: string; high: string; reason: string }>(setMeasureThreshold, {
    target: props.target,
    initialValues: () => ({ id: newId(), low: typed(props.of?.low), high: typed(props.of?.high), reason: '' }),
    toInput: ({ id, low, high, reason }) =>
      ({ id, personId: props.personId, kind: props.kind, low: number(low), high: number(high), reason }) as RawInputOf<typeof setMeasureThreshold>,
    done: 'Seuil gardé pour cette personne.',
  })
  return (
    <Form form={form} label="Seuil de la personne">
      <TextField {...form.field('low')} label={`Alerter sous (${unit})`} span={3} optional inputMode="decimal" />
      <TextField {...form.field('high')} label={`Alerter au-dessus de (${unit})`} span={4} optional inputMode="decimal" />
      <TextField {...form.field('reason')} label="Pourquoi" span={5} optional />
      <FormFoot form={form} submit="Garder ce seuil" />
    </Form>
  )
}
