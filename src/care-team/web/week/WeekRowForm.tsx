import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { ConflictModal } from '../../../platform/web/form/ConflictModal.tsx'
import { DraftWords } from '../../../platform/web/form/Form.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { editMember } from '../../contract/actions.ts'
import type { Member, Slot } from '../../contract/member.ts'
import { dayNames, dayText, readDay, weekWords } from './slots.ts'

type Values = Readonly<Record<'does' | 'hours' | `d${number}`, string>> & { readonly baseVersion: number }

const dayFields = dayNames.map((_name, index) => `d${index + 1}` as const)
const textsOf = (week: readonly Slot[]): Record<`d${number}`, string> => Object.fromEntries(dayFields.map((field, index) => [field, dayText(week, index + 1)]))
const weekOf = (values: Values): Slot[] => dayFields.flatMap((field, index) => [...readDay(values[field] ?? '', index + 1)])

/** A row of the week while it is corrected: ↵ saves, Échap leaves it as it was. */
export function WeekRowForm(props: {
  readonly personId: PersonId
  readonly member: Member
  readonly target: PersonTarget | null
  /** The field where the cursor goes. */
  readonly focus: string
  readonly onClose: () => void
}): ReactNode {
  const { personId, member, target, focus, onClose } = props
  const row = useRef<HTMLTableRowElement>(null)
  const form = useActionForm<typeof editMember, Values>(editMember, {
    target,
    draftKey: `careTeam.week:${member.id}`,
    initialValues: { does: member.does ?? '', hours: member.hours ?? '', baseVersion: member.version, ...textsOf(member.week) },
    toInput: (values) => ({
      id: member.id,
      personId,
      baseVersion: values.baseVersion,
      changes: { does: values.does, hours: values.hours, week: weekOf(values) },
    }),
    fieldOf: (path) => path.replace(/^changes\./, ''),
    resolve: (values, kept, version) => ({
      ...values,
      ...('does' in kept ? { does: String(kept.does ?? '') } : {}),
      ...('hours' in kept ? { hours: String(kept.hours ?? '') } : {}),
      ...('week' in kept ? textsOf((kept.week ?? []) as Slot[]) : {}),
      baseVersion: version ?? values.baseVersion,
    }),
    labels: { does: 'Que faire', hours: 'Horaires', week: 'Passages' },
    done: `Semaine de ${member.name} enregistrée.`,
    onDone: onClose,
  })
  useEffect(() => row.current?.querySelector<HTMLElement>(`[name="${focus}"]`)?.focus(), [focus])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void form.submit()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      form.reset()
      onClose()
    }
  }
  const { conflict } = form
  const week = Object.entries(form.errors).find(([path]) => path.startsWith('week'))?.[1]
  const why = form.reason ?? form.error ?? week ?? form.errors.does ?? form.errors.hours
  return (
    <>
      <tr ref={row} className="week-row--edit" onKeyDown={onKeyDown}>
        <th scope="row">
          <b className="cut" style={{ display: 'block' }}>
            {member.name}
          </b>
          <span className="in">
            <input
              className="bare"
              name="does"
              aria-label={`Que fait ${member.name}`}
              aria-invalid={form.errors.does ? true : undefined}
              placeholder="toilette, pilulier…"
              value={form.values.does}
              onChange={(event) => form.set('does', event.currentTarget.value)}
            />
          </span>
        </th>
        {dayFields.map((field, index) => (
          <td key={field}>
            <textarea
              className="in"
              name={field}
              aria-label={`${dayNames[index]}, passages de ${member.name}`}
              value={form.values[field]}
              onChange={(event) => form.set(field, event.currentTarget.value)}
            />
          </td>
        ))}
      </tr>
      <tr onKeyDown={onKeyDown}>
        <td colSpan={8} className="week-foot">
          <div className="row wrap">
            <span className="small mut">{typo('« 7 h 45, 12 h », « nuit », « visio 14 h 30 » ; « personne lever » si quelqu’un manque.')}</span>
            <DraftWords draft={form.draft} />
            {why ? (
              <span className="small t-alert" role="alert">
                {why}
              </span>
            ) : null}
            <span className="end row">
              <Button
                small
                quiet
                onClick={() => {
                  form.reset()
                  onClose()
                }}
              >
                Annuler
              </Button>
              <Button small main blocked={form.pending || !form.action.allowed} onClick={() => void form.submit()} keys="Enter">
                Enregistrer
              </Button>
            </span>
          </div>
          {conflict ? (
            <ConflictModal
              pending={form.pending}
              conflict={{ ...conflict, fields: conflict.fields.map((one) => (one.field === 'week' ? { ...one, ...inWords(one) } : one)) }}
            />
          ) : null}
        </td>
      </tr>
    </>
  )
}

function inWords(one: { readonly mine: unknown; readonly theirs: unknown; readonly base?: unknown }): Record<'mine' | 'theirs' | 'base', string> {
  const words = (value: unknown): string => weekWords((value ?? []) as Slot[])
  return { mine: words(one.mine), theirs: words(one.theirs), base: words(one.base) }
}
