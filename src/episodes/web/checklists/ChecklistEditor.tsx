import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { publishPractice } from '../../contract/practices.ts'
import { setChecklist } from '../../contract/sequences.ts'

export interface WrittenMoment {
  readonly code: string
  readonly label: string
  readonly afterDays: number
  readonly lines: readonly string[]
}

interface Values {
  readonly ofRegion?: boolean
  readonly moments: readonly { readonly code: string; readonly label: string; readonly days: string; readonly text: string }[]
}

const typedOf = (moments: readonly WrittenMoment[]): Values['moments'] =>
  moments.map(({ code, label, afterDays, lines }) => ({ code, label, days: String(afterDays), text: lines.join('\n') }))

/** A day typed as « 0 », « -1 », « 30 »; what is none is refused by the schema. */
const daysOf = (typed: string): number => (/^-?\d{1,3}$/.test(typed.trim()) ? Number(typed) : Number.NaN)

const writtenOf = ({ moments }: Values): readonly WrittenMoment[] =>
  moments.map(({ code, label, days, text }) => ({
    code,
    label,
    afterDays: Number.isNaN(daysOf(days)) ? 0 : daysOf(days),
    lines: text.split('\n').map((line) => line.trim()),
  }))

const inputOf = ({ moments }: Values) =>
  moments.map(({ code, label, days, text }) => ({
    code,
    label,
    afterDays: daysOf(days),
    lines: text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  }))

/** Moments of a sequence, each with its days after the start and its points, one a line. What is typed is kept as a draft until it is published. */
export function ChecklistEditor(props: {
  /** The list of the region, published as its practice. */
  readonly ofRegion: boolean
  readonly kind: string
  readonly version: number
  readonly moments: readonly WrittenMoment[]
  /** An earlier version is taken up: it replaces the draft. */
  readonly again: boolean
  readonly mayWrite: boolean
  readonly onWritten: (moments: readonly WrittenMoment[]) => void
}): ReactNode {
  const { kind, version, onWritten, mayWrite } = props
  const contract = (props.ofRegion ? publishPractice : setChecklist) as typeof setChecklist
  const form = useActionForm<typeof setChecklist, Values>(contract, {
    draftKey: mayWrite ? `episodes.checklist:${kind}:${version}` : undefined,
    fresh: props.again,
    initialValues: () => ({ ofRegion: props.ofRegion, moments: typedOf(props.moments) }),
    toInput: (values) => {
      const moments = inputOf(values)
      if (!props.ofRegion) return { kind, baseVersion: version, moments }
      return { ofRegion: true, baseVersion: version, practice: { subject: 'checklist', kind, content: moments } } as never
    },
    fieldOf: (path) =>
      path
        .replace(/^practice\.content\b/, 'moments')
        .replace(/\.lines(\.\d+)?$/, '.text')
        .replace(/\.afterDays$/, '.days'),
    done: 'Liste publiée : elle sert dès la prochaine séquence.',
  })
  const { values } = form
  useEffect(() => onWritten(writtenOf(values)), [values, onWritten])
  const put = (moments: Values['moments']): void => form.setAll({ ...values, moments })
  const swap = (at: number, to: number): void => {
    const moved = [...values.moments]
    const [one] = moved.splice(at, 1)
    if (one !== undefined) moved.splice(to, 0, one)
    put(moved)
  }
  const newCode = (): string => {
    let n = values.moments.length + 1
    while (values.moments.some(({ code }) => code === `m${n}`)) n += 1
    return `m${n}`
  }
  return (
    <Form form={form}>
      {values.moments.map((moment, at) => (
        <fieldset key={moment.code} className="checklist__moment" disabled={!mayWrite}>
          <legend className="vh">Moment {at + 1}</legend>
          <div className="form">
            <TextField {...form.field(`moments.${at}.label`)} label="Moment" span={7} placeholder="48 heures" />
            <TextField
              {...form.field(`moments.${at}.days`)}
              label="Jours après le début"
              span={5}
              inputMode="numeric"
              help="0 : le jour même ; −1 : la veille."
            />
            <AreaField
              {...form.field(`moments.${at}.text`)}
              label="Points à regarder, un par ligne"
              rows={Math.min(8, Math.max(3, moment.text.split('\n').length))}
            />
          </div>
          {mayWrite ? (
            <div className="row wrap">
              <Button small quiet icon={IconArrowUp} label={`Monter : ${moment.label}`} blocked={at === 0} onClick={() => swap(at, at - 1)}>
                Monter
              </Button>
              <Button
                small
                quiet
                icon={IconArrowDown}
                label={`Descendre : ${moment.label}`}
                blocked={at === values.moments.length - 1}
                onClick={() => swap(at, at + 1)}
              >
                Descendre
              </Button>
              <Button
                small
                quiet
                icon={IconTrash}
                label={`Retirer : ${moment.label}`}
                blocked={values.moments.length === 1}
                onClick={() => put(values.moments.filter((_one, index) => index !== at))}
              >
                Retirer
              </Button>
            </div>
          ) : null}
        </fieldset>
      ))}
      {mayWrite ? (
        <>
          <div style={{ gridColumn: '1 / -1' }}>
            <Button small icon={IconPlus} onClick={() => put([...values.moments, { code: newCode(), label: '', days: '', text: '' }])}>
              Ajouter un moment
            </Button>
          </div>
          <div style={{ gridColumn: '1 / -1' }}>
            <FormFoot form={form} submit={`Publier la version ${version + 1}`} />
          </div>
        </>
      ) : null}
    </Form>
  )
}
