import '../circle.css'
import { type ReactNode, useState } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import { addDays } from '../../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { type CallOutcome, callOutcomeLabels, type ProviderCallId, providerCalls, recordProviderCall } from '../../contract/provider-search.ts'
import { ProviderWord } from './ProviderWord.tsx'

const oneGesture: readonly CallOutcome[] = ['yes', 'full', 'refused', 'no_answer']
/** A week: what most who say « rappelez » mean. */
const callBackAfter = 7

/** Under a result of the search: what this provider answers, in one gesture. « À rappeler » asks the day, and leaves a task. */
export function ProviderAnswers(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly card: { readonly partyId: string; readonly label: string }
  readonly need: string
}): ReactNode {
  const { card, need, personId } = props
  const [asking, setAsking] = useState(false)
  const [day, setDay] = useState(() => addDays(today(), callBackAfter) as string)
  const calls = useJalonQuery(providerCalls, { personId }).data?.searches.find((search) => search.need === need)?.calls
  const last = calls?.find((call) => call.partyId === card.partyId)
  const action = useAction(recordProviderCall, props.target, {
    onDone: (_output, input) => {
      setAsking(false)
      toast({
        text:
          input.outcome === 'call_back'
            ? `${card.label} : à rappeler, une tâche vous le dira.`
            : `${card.label} : ${callOutcomeLabels[input.outcome].toLowerCase()}. Vos collègues le verront 30 jours.`,
      })
    },
  })
  const say = (outcome: CallOutcome, callBackOn: string | null = null): void =>
    void action.run({ id: newId<ProviderCallId>(), personId, need, partyId: card.partyId, name: card.label, outcome, callBackOn })
  if (!action.visible || !action.allowed) return null
  return (
    <div className="answers">
      {last === undefined ? <span className="small mut">Répond</span> : <ProviderWord partyId={card.partyId} need={need} />}
      {asking ? (
        <>
          <DayField label="Rappeler le" value={day} onChange={setDay} span={3} error={action.fieldErrors.callBackOn} />
          <Button small main blocked={action.pending} onClick={() => say('call_back', day)}>
            Noter
          </Button>
          <Button small quiet onClick={() => setAsking(false)}>
            Annuler
          </Button>
        </>
      ) : (
        <>
          {oneGesture.slice(0, 1).map((outcome) => (
            <Answer key={outcome} outcome={outcome} card={card.label} pending={action.pending} onSay={say} />
          ))}
          <Button small label={`${card.label} : à rappeler`} onClick={() => setAsking(true)}>
            À rappeler…
          </Button>
          {oneGesture.slice(1).map((outcome) => (
            <Answer key={outcome} outcome={outcome} card={card.label} pending={action.pending} onSay={say} />
          ))}
        </>
      )}
      {action.error && Object.keys(action.fieldErrors).length === 0 ? (
        <span className="small t-alert" role="alert">
          {action.error.detail}
        </span>
      ) : null}
    </div>
  )
}

function Answer(props: {
  readonly outcome: CallOutcome
  readonly card: string
  readonly pending: boolean
  readonly onSay: (outcome: CallOutcome) => void
}): ReactNode {
  const label = callOutcomeLabels[props.outcome]
  return (
    <Button
      small
      quiet={props.outcome !== 'yes'}
      label={`${props.card} : ${label.toLowerCase()}`}
      blocked={props.pending}
      onClick={() => props.onSay(props.outcome)}
    >
      {label}
    </Button>
  )
}
