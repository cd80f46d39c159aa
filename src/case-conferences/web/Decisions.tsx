import { IconCheck, IconPlus, IconX } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { nbsp } from '../../platform/web/text/typography.ts'
import { answerCaseDecision, decisionToTask, removeCaseDecision, writeToActor } from '../contract/actions.ts'
import { type CaseDecision } from '../contract/conference.ts'
import type { SheetProps } from './ConferencePage.tsx'

import { DecisionForm, HandForm, ToPlan } from './decision-forms.tsx'

/** What is decided, by whom, until when, and whether she accepts. */
export function Decisions(props: SheetProps): ReactNode {
  const { sheet, mayLead } = props
  const [adding, setAdding] = useState(false)
  const open = sheet.conference.state === 'planned' || sheet.conference.state === 'held'
  return (
    <Section
      title="Décisions"
      count={sheet.decisions.length > 0 ? String(sheet.decisions.length) : undefined}
      end={
        mayLead && open ? (
          <button type="button" className="linklike row" style={{ gap: 4 }} onClick={() => setAdding(true)}>
            <IconPlus className="ic ic--s" stroke={1.75} />
            Décider
          </button>
        ) : undefined
      }
    >
      {sheet.decisions.length === 0 && !adding ? <p className="small mut">Chaque décision a quelqu’un qui l’accepte ; rien n’est imposé.</p> : null}
      <ul className="lines" aria-label="Décisions">
        {sheet.decisions.map((decision) => (
          <Decision key={decision.id} {...props} decision={decision} />
        ))}
      </ul>
      {adding ? <DecisionForm {...props} onDone={() => setAdding(false)} /> : null}
    </Section>
  )
}

function Decision(props: SheetProps & { readonly decision: CaseDecision }): ReactNode {
  const { decision, target, mayLead, sheet } = props
  const [part, setPart] = useState<'plan' | 'hand' | null>(null)
  const own = target === null ? null : { ...target, partyId: decision.actorPartyId }
  const answer = useAction(answerCaseDecision, own)
  const task = useAction(decisionToTask, own)
  const remove = useAction(removeCaseDecision, own)
  const navigate = useNavigate()
  const toLetter = (): void =>
    void navigate({ to: '/concertations/$conferenceId/lettre', params: { conferenceId: sheet.conference.id }, search: { decision: decision.id } } as never)
  const write = useAction(writeToActor, own, { onDone: toLetter })
  const used = decision.planActionId !== null || decision.taskId !== null
  const why = answer.error ?? task.error ?? remove.error ?? write.error
  const say = (said: 'accepted' | 'refused'): void =>
    void answer.run({
      id: decision.id,
      baseVersion: decision.version,
      answer: said,
      mode: decision.mine ? 'online' : decision.letterOn === null ? 'present' : 'written',
      words: null,
    })
  const refuse = async (): Promise<void> => {
    const sure = await confirm({
      title: decision.mine ? 'Refuser cette décision ?' : `${decision.actorName} refuse cette décision ?`,
      text: `« ${decision.words} ». Le refus est gardé au compte rendu ; la décision peut ensuite être confiée à quelqu’un d’autre.`,
      action: decision.mine ? 'Je refuse' : 'Noter le refus',
      danger: true,
    })
    if (sure) say('refused')
  }
  const takeAway = async (): Promise<void> => {
    const sure = await confirm({
      title: 'Retirer cette décision ?',
      text: `« ${decision.words} » ne figurera plus au compte rendu.`,
      action: 'Retirer',
      danger: true,
    })
    if (sure) void remove.run({ id: decision.id })
  }
  return (
    <li className="stack stack--2">
      <div className="row row--top" style={{ gap: 8 }}>
        <b className="grow">{decision.words}</b>
        <VoletChip volet={decision.volet} />
      </div>
      <div className="small mut">
        {[decision.actorName, decision.actorRole, decision.dueOn ? `pour le ${formatDay(decision.dueOn)}` : null].filter(Boolean).join(' · ')}
      </div>
      <div className="row wrap" style={{ gap: 6 }}>
        {decision.answer === null ? (
          <StatusPill tone="warning">Réponse attendue</StatusPill>
        ) : (
          <StatusPill tone={decision.answer === 'accepted' ? 'success' : 'neutral'} icon={decision.answer === 'accepted' ? IconCheck : IconX}>
            {decision.answer === 'accepted' ? 'Acceptée' : 'Refusée'}
          </StatusPill>
        )}
        {decision.planActionId ? (
          <Link to="/personnes/$personId/ppcs" params={{ personId: sheet.person.personId } as never}>
            Dans le PPCS
          </Link>
        ) : null}
        {decision.letterOn !== null && decision.answer === null ? (
          <button type="button" className="linklike small" onClick={toLetter}>
            Lettre du {formatDay(decision.letterOn)}, {decision.letterByName}
          </button>
        ) : null}
        {decision.taskId ? <span className="small mut">Devenue une tâche</span> : null}
      </div>
      {decision.answerWords || decision.answerNotedByName ? (
        <div className="small">
          {decision.answerWords ? `«${nbsp}${decision.answerWords}${nbsp}» ` : ''}
          {decision.answerNotedByName ? <span className="mut">noté par {decision.answerNotedByName}</span> : null}
        </div>
      ) : null}
      {!used && (decision.mine || mayLead) ? (
        <div className="row wrap">
          {decision.answer === null ? (
            <>
              <Button small onClick={() => say('accepted')} label={`Accepte : ${decision.words}`}>
                {decision.mine ? 'J’accepte' : 'Accepte'}
              </Button>
              <Button small quiet onClick={() => void refuse()} label={`Refuse : ${decision.words}`}>
                {decision.mine ? 'Je refuse' : 'Refuse'}
              </Button>
            </>
          ) : null}
          {mayLead && decision.answer === null && !decision.mine ? (
            <Button small quiet onClick={() => void write.run({ id: decision.id })} label={`Écrire une lettre : ${decision.words}`}>
              {decision.letterOn === null ? 'Écrire une lettre' : 'Écrire à nouveau'}
            </Button>
          ) : null}
          {mayLead && decision.answer === 'accepted' ? (
            <>
              <Button
                small
                expanded={part === 'plan'}
                onClick={() => setPart(part === 'plan' ? null : 'plan')}
                label={`Reprendre dans le PPCS : ${decision.words}`}
              >
                Reprendre dans le PPCS
              </Button>
              <Button small quiet onClick={() => void task.run({ id: decision.id })} label={`En faire une tâche : ${decision.words}`}>
                En faire une tâche
              </Button>
            </>
          ) : null}
          {mayLead && decision.answer === 'refused' && sheet.conference.state !== 'signed' ? (
            <Button small expanded={part === 'hand'} onClick={() => setPart(part === 'hand' ? null : 'hand')}>
              Confier à quelqu’un d’autre
            </Button>
          ) : null}
          {mayLead && sheet.conference.state !== 'signed' ? (
            <Button small quiet onClick={() => void takeAway()} label={`Retirer : ${decision.words}`}>
              Retirer
            </Button>
          ) : null}
        </div>
      ) : null}
      {why ? (
        <p className="small t-alert" role="alert">
          {why.detail}
        </p>
      ) : null}
      {part === 'plan' ? <ToPlan {...props} onDone={() => setPart(null)} /> : null}
      {part === 'hand' ? <HandForm {...props} onDone={() => setPart(null)} /> : null}
    </li>
  )
}
