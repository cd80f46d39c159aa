import { type ReactNode, useEffect, useState } from 'react'
import type { PersonName } from '../../persons/contract/person.ts'
import { searchPersons } from '../../persons/contract/queries.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { ComboField } from '../../platform/web/form/ComboField.tsx'
import { useCombo } from '../../platform/web/form/use-combo.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'

/** Of whom the appointment is; nobody for a moment of the team or of one's own. */
export function BookingPerson(props: { readonly chosen: PersonName | null; readonly onChoose: (one: PersonName | null) => void }): ReactNode {
  const [text, setText] = useState('')
  const { chosen } = props
  useEffect(() => {
    if (chosen !== null) setText(formatPersonName(chosen))
  }, [chosen])
  const combo = useCombo<PersonName>({
    search: async (typed, signal) => (await callQuery(searchPersons, { text: typed, limit: 6 }, signal)).rows,
    keyOf: (one) => one.personId,
    onPick: (one) => {
      setText(formatPersonName(one))
      props.onChoose(one)
    },
  })
  return (
    <ComboField
      combo={combo}
      label="Personne"
      optional
      autoFocus
      span={12}
      hint="Sans personne : réunion, permanence, moment à soi."
      value={text}
      onChange={(typed) => {
        setText(typed)
        combo.type(typed)
        if (chosen !== null) props.onChoose(null)
      }}
      option={(one) => (
        <span>
          <b>{formatPersonName(one)}</b>{' '}
          <span className="small mut">{[one.birthDay === null ? null : formatDay(one.birthDay), one.commune].filter(Boolean).join(' · ')}</span>
        </span>
      )}
    />
  )
}
