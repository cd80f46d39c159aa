import { IconArrowBigRightLines, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { formatDayOf, today } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import type { ReorientationLine, RequestDetail } from '../../contract/request-line.ts'
import { reorientationCode } from '../../contract/sollicitation.ts'
import { reorientationOutcomes, reorientationRelevances, reorientationTargets } from '../../contract/value-sets.ts'
import { phoneWords } from '../words.ts'
import { FollowForm } from './FollowForm.tsx'
import { ReorientForm } from './ReorientForm.tsx'
import { isOver, targetOf } from './target.ts'

/** R11, R12: to whom, and what became of it. Followed after the request is closed too. */
export function Reorientations({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const announced = detail.answers.some(({ code }) => code === reorientationCode) && detail.reorientations.length === 0
  const [adding, setAdding] = useState<'reorient' | 'social' | null>(announced && !isOver(detail) ? 'reorient' : null)
  const over = isOver(detail)
  if (over && detail.reorientations.length === 0) return null
  return (
    <Section
      title="Réorientation"
      end={
        over || adding ? null : (
          <span className="row">
            <Button small quiet icon={IconPlus} onClick={() => setAdding('reorient')}>
              Réorienter
            </Button>
            <Button small quiet onClick={() => setAdding('social')}>
              Question exclusivement sociale
            </Button>
          </span>
        )
      }
    >
      <ul className="lines">
        {detail.reorientations.map((one) => (
          <li key={one.id}>
            <Reorientation one={one} detail={detail} />
          </li>
        ))}
      </ul>
      {detail.reorientations.length === 0 && !adding ? (
        <p className="small dim">Aucune. La réorientation passe par un partenaire nommé, et se suit jusqu’à son issue.</p>
      ) : null}
      {adding ? <ReorientForm detail={detail} social={adding === 'social'} onDone={() => setAdding(null)} /> : null}
    </Section>
  )
}

function Reorientation({ one, detail }: { readonly one: ReorientationLine; readonly detail: RequestDetail }): ReactNode {
  const targets = useValueList(reorientationTargets.code, reorientationTargets.values)
  const [following, setFollowing] = useState(false)
  const waiting = one.outcome === 'pending' || one.relevance === null
  return (
    <div className="stack">
      <div className="row row--top">
        <Ic of={IconArrowBigRightLines} size="s" />
        <div className="grow">
          <b>{one.partnerName}</b> <span className="mut">{targets.label(one.target)}</span>{' '}
          {one.partnerPhone ? <span className="nw">{phoneWords(one.partnerPhone)}</span> : null}
          {one.note ? <p className="small mut">{one.note}</p> : null}
          <ReorientationState one={one} />
          {one.outcomeNote ? <p className="small mut lines--kept">{one.outcomeNote}</p> : null}
        </div>
        {waiting && !following ? (
          <Button small onClick={() => setFollowing(true)}>
            Suite donnée
          </Button>
        ) : null}
      </div>
      {following ? <FollowForm one={one} target={targetOf(detail)} onDone={() => setFollowing(false)} /> : null}
    </div>
  )
}

/** The outcome in words, and whether it was the right one; before that, when to ask again. */
export function ReorientationState({ one }: { readonly one: ReorientationLine }): ReactNode {
  const outcomes = useValueList(reorientationOutcomes.code, reorientationOutcomes.values)
  const relevances = useValueList(reorientationRelevances.code, reorientationRelevances.values)
  const late = one.outcome === 'pending' && one.followUpOn !== null && one.followUpOn < today()
  const reminded = one.reminders > 0 ? `, ${plural(one.reminders, 'relance')}` : ''
  return (
    <p className="row wrap small" style={{ gap: 6 }}>
      <StatusPill tone={late ? 'alert' : one.outcome === 'pending' ? 'info' : 'neutral'}>{outcomes.label(one.outcome)}</StatusPill>
      <span className={late ? 't-alert' : 'dim'}>
        envoyée le {formatDayOf(one.sentAt)}
        {one.outcome === 'pending' ? (one.followUpOn ? `, à relancer le ${formatDay(one.followUpOn)}` : ', sans date de relance') : ''}
        {reminded}
      </span>
      {one.outcome !== 'pending' ? <span className="mut">la bonne ? {one.relevance ? relevances.label(one.relevance).toLowerCase() : 'à dire'}</span> : null}
    </p>
  )
}
