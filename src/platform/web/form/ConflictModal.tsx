import './form.css'
import { Modal } from '@mantine/core'
import { IconCheck, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { formatDay } from '../../contract/dates.ts'
import type { FieldConflict } from '../api/api-error.ts'
import { Button } from '../display/Button.tsx'
import { Ic } from '../display/Ic.tsx'
import { formatHour } from '../text/dates.ts'
import { formatPhone } from '../text/phones.ts'
import type { FormConflict } from './use-action-form.ts'
import { wordDiff } from './word-diff.ts'

type Side = 'mine' | 'theirs'

/** Two people changed the same record: a window that shows both, field by field. Nothing is chosen where both typed. */
export function ConflictModal(props: { readonly conflict: FormConflict; readonly pending?: boolean | undefined }): ReactNode {
  return (
    <Modal
      opened
      onClose={props.conflict.close}
      title="Deux personnes ont modifié la même fiche"
      size="xl"
      padding={0}
      styles={{ header: { padding: '12px 16px' } }}
    >
      <ConflictTable {...props} />
    </Modal>
  )
}

/** The comparison itself, also shown in the gallery. */
export function ConflictTable(props: { readonly conflict: FormConflict; readonly pending?: boolean | undefined }): ReactNode {
  const { conflict } = props
  const group = useId()
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>(() =>
    Object.fromEntries(conflict.fields.filter(untouched).map((one) => [one.field, 'theirs' as const])),
  )
  const first = conflict.fields[0]
  const words = (field: string, value: unknown): string => readable(conflict.words && value !== null ? conflict.words(field, value) : value)
  const complete = conflict.fields.every((one) => sides[one.field])
  const all = (side: Side): void => setSides(Object.fromEntries(conflict.fields.map((one) => [one.field, side])))
  return (
    <>
      <p className="row small" style={{ padding: '9px 13px' }}>
        <Ic of={IconUsers} size="s" />
        <span>
          <b>
            {first?.theirsBy ?? 'Jalon'} a enregistré{first ? ` à ${formatHour(first.theirsAt)}` : ''}
          </b>
          , pendant votre saisie. Rien n’est perdu{'\u00a0'}: choisissez ligne par ligne.
        </span>
      </p>
      <table className="vs">
        <thead>
          <tr>
            <th scope="col" style={{ width: 118 }}>
              Champ
            </th>
            <th scope="col">Sa version{first ? `, ${formatHour(first.theirsAt)}` : ''}</th>
            <th scope="col">La vôtre</th>
          </tr>
        </thead>
        <tbody>
          {conflict.fields.map((one) => (
            <tr key={one.field}>
              <th scope="row">{conflict.labels[one.field] ?? one.field}</th>
              {(['theirs', 'mine'] as const).map((side) => {
                const kept = sides[one.field] === side
                return (
                  <td key={side} className={kept ? 'keep' : undefined}>
                    <label>
                      <input type="radio" name={`${group}-${one.field}`} checked={kept} onChange={() => setSides({ ...sides, [one.field]: side })} />
                      <span>
                        <span className="vs__whose">{side === 'mine' ? 'La vôtre' : 'Sa version'}</span>
                        {side === 'mine' && untouched(one) ? (
                          <span className="dim">non modifié par vous</span>
                        ) : (
                          <Version
                            text={words(one.field, one[side])}
                            other={words(one.field, side === 'mine' ? one.theirs : one.mine)}
                            kept={sides[one.field] === undefined ? null : kept}
                          />
                        )}{' '}
                        {kept ? <Ic of={IconCheck} size="s" /> : null}
                        <span className="vh">{kept ? ' (gardé)' : ''}</span>
                      </span>
                    </label>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row wrap" style={{ padding: '9px 16px' }}>
        <span className="small mut">L’autre version reste dans l’historique.</span>
        <span className="end row">
          <Button small onClick={() => all('theirs')}>
            Tout reprendre
          </Button>
          <Button small main blocked={!complete || props.pending} onClick={() => conflict.keep(sides)}>
            Enregistrer ces choix
          </Button>
        </span>
      </div>
    </>
  )
}

function untouched(one: FieldConflict): boolean {
  return JSON.stringify(one.mine ?? null) === JSON.stringify(one.base ?? null)
}

function Version(props: { readonly text: string; readonly other: string; readonly kept: boolean | null }): ReactNode {
  const { text } = props
  if (text === '') return <span className="dim">vide</span>
  return wordDiff(text, props.other).map((part) => {
    if (!part.changed) return part.text
    if (props.kept === null) return <b key={part.text}>{part.text}</b>
    return props.kept ? <ins key={part.text}>{part.text}</ins> : <del key={part.text}>{part.text}</del>
  })
}

function readable(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDay(value) : /^\+\d{9,15}$/.test(value) ? formatPhone(value) : value
  if (Array.isArray(value)) return value.map(readable).join(', ')
  return typeof value === 'object' ? Object.values(value).map(readable).join(', ') : String(value)
}
