import './episodes.css'
import { IconMoonStars, IconRoute } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { nbsp } from '../../platform/web/text/typography.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { wakeUp } from '../contract/actions.ts'
import { problemAxes } from '../contract/problem-volets.ts'
import { levels } from '../contract/value-sets.ts'
import { type EpisodeChange, EpisodeDialog } from './EpisodeDialog.tsx'
import type { AheadPart, EpisodeOfFile } from './episode-forms.tsx'
import { SequencesOfFile } from './sequences/SequencesOfFile.tsx'

/** « Où en est-on »: level, sequence under way, dormancy or closure, what the problem is; « Changer » opens what can change. */
export function WhereWeStand(props: { readonly episode: EpisodeOfFile; readonly mayChange: boolean; readonly Ahead?: AheadPart }): ReactNode {
  const { episode } = props
  const [changing, setChanging] = useState<EpisodeChange | null>(null)
  const label = useValueLabels()
  const wake = useAction(wakeUp, episode)
  const mains = episode.problems.filter((one) => one.principal).map((one) => label(setOf(one.axis), one.code))
  const others = episode.problems.filter((one) => !one.principal)
  return (
    <Section
      title="Où en est-on"
      end={
        props.mayChange ? (
          <button type="button" className="linklike" onClick={() => setChanging(episode.state === 'closed' ? 'history' : 'level')}>
            {episode.state === 'closed' ? 'Rouvrir, historique' : 'Changer'}
          </button>
        ) : undefined
      }
    >
      <div className="stack stack--3">
        {episode.state === 'closed' ? (
          <Notice>
            <b>Accompagnement clos le {formatDay(episode.closedOn ?? '')}.</b> {label('episodes.closure_reason', episode.closureReason)}
          </Notice>
        ) : (
          <div className="row wrap" style={{ gap: 6 }}>
            <StatusPill tone="accent" icon={IconRoute}>
              {`Niveau ${labelOf(levels, episode.level).toLowerCase()}`}
            </StatusPill>
            <span className="small mut">depuis le {formatDay(episode.levelSince)}</span>
          </div>
        )}
        {episode.state === 'dormant' ? (
          <Notice icon={IconMoonStars} tone={episode.wakeUpOn !== null && episode.wakeUpOn <= today() ? 'warning' : 'neutral'}>
            <b>En veille jusqu’au {formatDay(episode.wakeUpOn ?? '')}.</b> {label('episodes.dormancy_reason', episode.dormancyReason)}{' '}
            {wake.allowed ? (
              <ActionButton action={wake} input={{ id: episode.id, baseVersion: episode.version }} small>
                Réveiller
              </ActionButton>
            ) : null}
          </Notice>
        ) : null}
        <SequencesOfFile personId={episode.personId} target={episode} mayAct={props.mayChange && episode.state !== 'closed'} />
        {mains.length === 0 && others.length === 0 ? null : (
          <div>
            <b>{mains.join(' · ')}</b>
            {others.length === 0 ? null : <div className="small mut">{others.map((one) => label(setOf(one.axis), one.code)).join(', ')}</div>}
          </div>
        )}
        {episode.grounds.length === 0 ? null : (
          <div className="small">
            <span className="mut">Pourquoi le DAC{nbsp}: </span>
            {episode.grounds.map((code) => label('episodes.dac_reason', code)).join(', ')}
          </div>
        )}
      </div>
      {changing === null ? null : <EpisodeDialog episode={episode} first={changing} Ahead={props.Ahead} onClose={() => setChanging(null)} />}
    </Section>
  )
}

const setOf = (axis: 'population' | 'difficulty'): string => problemAxes[axis]
