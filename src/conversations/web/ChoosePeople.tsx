import { IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, UserId } from '../../platform/contract/ids.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { ComboField } from '../../platform/web/form/ComboField.tsx'
import { useCombo } from '../../platform/web/form/use-combo.ts'
import { professionals, reachable } from '../contract/queries.ts'

export interface Chosen {
  readonly userId: UserId
  readonly name: string
}

interface ChoosePeopleProps {
  readonly chosen: readonly Chosen[]
  readonly onChange: (chosen: readonly Chosen[]) => void
  /** Those who take part already. */
  readonly besides: readonly UserId[]
}

/** Whom to write to: those around the person who may read the volet, or any professional with an account. */
export function ChoosePeople(props: ChoosePeopleProps & { readonly personId: PersonId | null; readonly volet: Volet }): ReactNode {
  const { personId, volet, ...rest } = props
  return personId === null ? <AnyProfessional {...rest} /> : <AroundPerson {...rest} personId={personId} volet={volet} />
}

function AroundPerson(props: ChoosePeopleProps & { readonly personId: PersonId; readonly volet: Volet }): ReactNode {
  const query = useJalonQuery(reachable, { personId: props.personId })
  if (query.error && query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Waiting />
  const rows = query.data.rows.filter((one) => !props.besides.includes(one.userId))
  if (rows.length === 0) return <p className="small mut">Personne d’autre autour de cette personne n’a de compte Jalon.</p>
  return (
    <fieldset className="people">
      <legend className="vh">Participants</legend>
      {rows.map((one) => {
        const able = one.volets.includes(props.volet)
        const on = props.chosen.some(({ userId }) => userId === one.userId)
        return (
          <label key={one.userId} className={`people__one${able ? '' : ' dim'}`}>
            <input
              type="checkbox"
              checked={on && able}
              disabled={!able}
              onChange={() =>
                props.onChange(on ? props.chosen.filter(({ userId }) => userId !== one.userId) : [...props.chosen, { userId: one.userId, name: one.name }])
              }
            />
            <span className="grow">
              {one.name} <span className="small dim">{[one.profession, one.serviceName].filter(Boolean).join(', ')}</span>
            </span>
            {able ? null : <span className="small">n’a pas le volet {voletWord(props.volet).toLowerCase()}</span>}
          </label>
        )
      })}
    </fieldset>
  )
}

interface Hit extends Chosen {
  readonly profession: string | null
  readonly serviceName: string | null
}

function AnyProfessional(props: ChoosePeopleProps): ReactNode {
  const [text, setText] = useState('')
  const combo = useCombo<Hit>({
    search: async (words, signal) =>
      (await callQuery(professionals, { words, besides: [...props.besides, ...props.chosen.map(({ userId }) => userId)] }, signal)).rows,
    keyOf: ({ userId }) => userId,
    onPick: ({ userId, name }) => {
      props.onChange([...props.chosen, { userId, name }])
      setText('')
    },
  })
  return (
    <div className="stack">
      <ComboField
        label="À qui"
        span={12}
        autoFocus
        combo={combo}
        value={text}
        onChange={setText}
        placeholder="Nom, ou lieu d’exercice"
        option={(hit) => (
          <>
            {hit.name} <span className="small dim">{[hit.profession, hit.serviceName].filter(Boolean).join(', ')}</span>
          </>
        )}
      />
      {props.chosen.length > 0 ? (
        <ul className="files" aria-label="Destinataires">
          {props.chosen.map((one) => (
            <li key={one.userId} className="filechip">
              {one.name}
              <button
                type="button"
                className="filechip__x"
                aria-label={`Retirer ${one.name}`}
                onClick={() => props.onChange(props.chosen.filter(({ userId }) => userId !== one.userId))}
              >
                <Ic of={IconX} size="s" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
