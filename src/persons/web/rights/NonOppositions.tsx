import { IconCheck, IconHandStop, IconQuestionMark } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import type { Icon } from '../../../platform/web/display/Ic.tsx'
import { type PillTone, StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { collectNonOppositions } from '../../contract/actions.ts'
import type { NonOpposition, NonOppositionNumber, PersonTarget } from '../../contract/person.ts'
import type { PersonRightsData } from '../../contract/queries.ts'
import { nonOppositionNumbers, nonOppositionStateLabels, nonOppositionTexts, oneGestureNumbers } from '../../contract/rights.ts'

const looks: Readonly<Record<NonOpposition['state'], { readonly tone: PillTone; readonly icon: Icon }>> = {
  not_collected: { tone: 'draft', icon: IconQuestionMark },
  non_opposition: { tone: 'success', icon: IconCheck },
  opposition: { tone: 'warning', icon: IconHandStop },
}

export interface CollectionAsked {
  readonly numbers: readonly NonOppositionNumber[]
  readonly state: 'non_opposition' | 'opposition' | null
}

/** The three questions: their state, how it was received, what it blocks. One gesture records the first two; the third is always asked apart. */
export function NonOppositions(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly rights: PersonRightsData
  readonly onAsk: (asked: CollectionAsked) => void
}): ReactNode {
  const { personId, target, rights, onAsk } = props
  const collect = useAction(collectNonOppositions, target, { onDone: () => toast({ text: 'Non-oppositions 1 et 2 enregistrées, aujourd’hui, par vous.' }) })
  const { nonOppositions, uncollected } = rights.sharing
  return (
    <Card
      title="Non-oppositions"
      count={rights.sharing.informedOn ? `informée le ${formatDay(rights.sharing.informedOn)} par ${rights.sharing.informedBy}` : 'pas encore informée'}
      end={
        <Button small quiet onClick={() => onAsk({ numbers: nonOppositionNumbers, state: null })}>
          Autre date, autre façon
        </Button>
      }
      flush
    >
      {uncollected ? (
        <div className="in-card" style={{ borderBottom: '1px solid var(--line)' }}>
          <ActionButton
            action={collect}
            main
            icon={IconCheck}
            input={() => ({
              id: newId(),
              personId,
              collectedOn: today(),
              mode: 'oral_present',
              documentVersion: rights.currentDocument,
              answers: oneGestureNumbers.map((number) => ({ number, state: 'non_opposition' as const })),
            })}
          >
            Informée, ne s’oppose ni à 1 ni à 2
          </ActionButton>
          <p className="small mut" style={{ marginTop: 4 }}>
            Enregistre aujourd’hui, de vive voix, par vous, avec la notice en vigueur. La troisième se demande à part.
          </p>
        </div>
      ) : null}
      <ul className="rights">
        {nonOppositionNumbers.map((number) => (
          <Question key={number} number={number} answer={nonOppositions[number]} target={target} onAsk={onAsk} />
        ))}
      </ul>
    </Card>
  )
}

function Question(props: {
  readonly number: NonOppositionNumber
  readonly answer: NonOpposition
  readonly target: PersonTarget | null
  readonly onAsk: (asked: CollectionAsked) => void
}): ReactNode {
  const { number, answer, target, onAsk } = props
  const label = useValueLabels()
  const action = useAction(collectNonOppositions, target)
  const text = nonOppositionTexts[number]
  const { tone, icon } = looks[answer.state]
  const how = [
    answer.on ? `le ${formatDay(answer.on)}` : null,
    answer.mode ? label('persons.information_mode', answer.mode).toLocaleLowerCase('fr-FR') : null,
    answer.byName ? `recueillie par ${answer.byName}` : null,
    answer.givenBy && answer.givenBy !== 'person' ? `réponse de ${label('persons.right_exercised_by', answer.givenBy).toLocaleLowerCase('fr-FR')}` : null,
    answer.documentVersion ? label('persons.information_document', answer.documentVersion) : null,
  ].filter(Boolean)
  return (
    <li className="right">
      <div className="row wrap">
        <h3>
          {number}. {text.title}
        </h3>
        <StatusPill tone={tone} icon={icon}>
          {nonOppositionStateLabels[answer.state]}
        </StatusPill>
        {action.allowed ? (
          <span className="end row small">
            {answer.state !== 'non_opposition' ? (
              <button type="button" className="linklike" onClick={() => onAsk({ numbers: [number], state: 'non_opposition' })}>
                Ne s’oppose pas
              </button>
            ) : null}
            {answer.state !== 'opposition' ? (
              <button type="button" className="linklike" onClick={() => onAsk({ numbers: [number], state: 'opposition' })}>
                S’oppose
              </button>
            ) : null}
          </span>
        ) : null}
      </div>
      {how.length > 0 ? <p className="small mut">{how.join(' · ')}</p> : null}
      <p className="small">{text.effects[answer.state]}</p>
    </li>
  )
}
