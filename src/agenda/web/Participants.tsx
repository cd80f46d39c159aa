import { IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import type { ParticipantId, ParticipantKind } from '../contract/appointment.ts'
import { invitable } from '../contract/queries.ts'

/** Somebody who is to take part, while the form is filled in. */
export interface Wished {
  readonly id: string
  readonly kind: ParticipantKind
  readonly partyId: string | null
  readonly name: string
  readonly words: string
}

/** Who comes: colleagues, the circle, or a name. Those who could not read it are not offered, and why. */
export function Participants(props: {
  readonly personId: PersonId | null
  readonly volet: Volet
  readonly wished: readonly Wished[]
  readonly onChange: (wished: readonly Wished[]) => void
}): ReactNode {
  const { personId, volet, wished, onChange } = props
  const query = useJalonQuery(invitable, { personId })
  const [outside, setOutside] = useState('')
  const there = new Set(wished.map(({ partyId }) => partyId))
  const colleagues = (query.data?.colleagues ?? []).filter(({ partyId }) => !there.has(partyId))
  const circle = (query.data?.circle ?? []).filter(({ partyId }) => !there.has(partyId))
  const readable = circle.filter(({ volets }) => volets.includes(volet))
  const closed = circle.filter(({ volets }) => !volets.includes(volet))
  const add = (kind: ParticipantKind, partyId: string | null, name: string, words: string): void =>
    onChange([...wished, { id: newId<ParticipantId>(), kind, partyId, name, words }])
  const addOutside = (): void => {
    if (outside.trim() === '') return
    add('outside', null, outside.trim(), '')
    setOutside('')
  }
  return (
    <fieldset className="agenda-who">
      <legend>Avec qui</legend>
      <ul>
        {wished.map((one) => (
          <li key={one.id}>
            <span>
              {one.name}
              {one.words ? <span className="mut"> {one.words}</span> : null}
            </span>
            <button type="button" aria-label={`Retirer ${one.name}`} onClick={() => onChange(wished.filter((other) => other.id !== one.id))}>
              <IconX className="ic ic--s" stroke={1.75} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <div className="row wrap">
        <select
          className="in"
          aria-label="Ajouter quelqu’un"
          value=""
          onChange={(event) => {
            const picked = event.currentTarget.value
            const colleague = colleagues.find(({ partyId }) => partyId === picked)
            const member = readable.find(({ partyId }) => partyId === picked)
            if (colleague) add('colleague', picked, colleague.name, '')
            else if (member) add('circle', picked, member.name, member.place ?? '')
          }}
        >
          <option value="">Ajouter un collègue{personId === null ? '' : ' ou un intervenant'}</option>
          {readable.length > 0 ? (
            <optgroup label="Cercle de la personne">
              {readable.map((one) => (
                <option key={one.partyId} value={one.partyId}>
                  {[one.name, one.place].filter(Boolean).join(', ')}
                </option>
              ))}
            </optgroup>
          ) : null}
          <optgroup label="Mon équipe">
            {colleagues.map((one) => (
              <option key={one.partyId} value={one.partyId}>
                {one.name}
                {one.isMe ? ' (moi)' : ''}
              </option>
            ))}
          </optgroup>
        </select>
        <span className="row grow" style={{ gap: 6, minWidth: 220 }}>
          <input
            className="in grow"
            aria-label="Quelqu’un qui n’est pas dans Jalon"
            placeholder="Quelqu’un d’autre, par son nom"
            maxLength={160}
            value={outside}
            onChange={(event) => setOutside(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey) return
              event.preventDefault()
              addOutside()
            }}
          />
          <Button small onClick={addOutside}>
            Ajouter
          </Button>
        </span>
      </div>
      {closed.length > 0 ? (
        <p className="small mut">
          {closed.map(({ name }) => name).join(', ')} : ce volet ne leur est pas ouvert, ils ne verraient pas le rendez-vous. Notez leur nom, ou changez le
          volet.
        </p>
      ) : null}
      {wished.some(({ kind }) => kind === 'outside') ? (
        <p className="small mut">Jalon n’écrit à personne hors de Jalon : prévenez par téléphone, puis notez la réponse.</p>
      ) : null}
    </fieldset>
  )
}
