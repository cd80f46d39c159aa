import './sequences.css'
import { IconBulb } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { JalonPole } from '../../../platform/web/display/JalonPole.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { nbsp, plural } from '../../../platform/web/text/typography.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import type { EpisodeTarget } from '../../contract/episode.ts'
import { type CriticalSequence, sequencesOfPerson } from '../../contract/sequences.ts'
import { criticalSequenceKinds } from '../../contract/value-sets.ts'
import { AcceptSequenceForm, DeclineSequenceForm } from './SequenceForms.tsx'
import { SequencePanel } from './SequencePanel.tsx'

/** Critical sequences in the Synthèse: what runs and how late it is, what an alert proposes, what ended; each opens its panel. */
export function SequencesOfFile(props: { readonly personId: PersonId; readonly target: EpisodeTarget; readonly mayAct: boolean }): ReactNode {
  const query = useJalonQuery(sequencesOfPerson, { personId: props.personId })
  const [openId, setOpenId] = useState<string | null>(null)
  const [past, setPast] = useState(false)
  const rows = query.data?.rows ?? []
  const ended = rows.filter((one) => one.state === 'ended' || one.state === 'declined')
  const shown = rows.find((one) => one.id === openId)
  if (rows.length === 0) return null
  return (
    <div className="stack stack--3">
      {rows
        .filter((one) => one.state === 'waiting')
        .map((one) => (
          <Proposed key={one.id} sequence={one} target={props.target} mayAct={props.mayAct} />
        ))}
      {rows
        .filter((one) => one.state === 'running')
        .map((one) => (
          <Running key={one.id} sequence={one} onOpen={() => setOpenId(one.id)} />
        ))}
      {ended.length > 0 ? (
        <div>
          <button type="button" className="linklike small" aria-expanded={past} onClick={() => setPast(!past)}>
            {plural(ended.length, 'séquence passée', 'séquences passées')}
          </button>
          {past ? (
            <ul className="lines">
              {ended.map((one) => (
                <li key={one.id}>
                  <button type="button" className="linklike" onClick={() => setOpenId(one.id)}>
                    {labelOf(criticalSequenceKinds, one.kind)}
                  </button>{' '}
                  <span className="small mut">{formatDay(one.startsOn)}</span>
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      ) : null}
      {shown === undefined ? null : <SequencePanel sequence={shown} target={props.target} mayAct={props.mayAct} onClose={() => setOpenId(null)} />}
    </div>
  )
}

function Running({ sequence, onOpen }: { readonly sequence: CriticalSequence; readonly onOpen: () => void }): ReactNode {
  const lines = sequence.moments.flatMap((moment) => moment.lines)
  const answered = lines.filter((line) => line.state !== 'open').length
  const waiting = sequence.moments.filter((moment) => moment.lines.some((line) => line.state === 'open'))
  const late = waiting.filter((moment) => moment.dueOn < today()).flatMap((moment) => moment.lines.filter((line) => line.state === 'open')).length
  const next = waiting[0]
  return (
    <div className="stack" style={{ gap: 5 }}>
      <button type="button" className="linklike seqopen" onClick={onOpen}>
        <b>{`Séquence critique${nbsp}: ${labelOf(criticalSequenceKinds, sequence.kind).toLowerCase()}`}</b>
      </button>
      <JalonPole across bands={lines.length === 0 ? 0 : (5 * answered) / lines.length} tone={late > 0 ? 'late' : 'calm'} />
      <div className="row sp small mut">
        <span>
          {answered} sur {plural(lines.length, 'point')}
          {next === undefined ? ', bilan à faire' : `, «${nbsp}${next.label}${nbsp}» le ${formatDay(next.dueOn).slice(0, 5)}`}
        </span>
        {late > 0 ? <span className="nw t-alert semi">{late} en retard</span> : null}
      </div>
    </div>
  )
}

function Proposed(props: { readonly sequence: CriticalSequence; readonly target: EpisodeTarget; readonly mayAct: boolean }): ReactNode {
  const [part, setPart] = useState<'accept' | 'decline' | null>(null)
  const done = (): void => setPart(null)
  return (
    <Notice tone="warning" icon={IconBulb}>
      <div className="stack stack--2">
        <span>
          <b>{`Séquence proposée par une alerte${nbsp}: ${labelOf(criticalSequenceKinds, props.sequence.kind).toLowerCase()}.`}</b>
        </span>
        {props.mayAct ? (
          <span className="row wrap">
            <Button small expanded={part === 'accept'} onClick={() => setPart(part === 'accept' ? null : 'accept')}>
              Ouvrir la séquence
            </Button>
            <Button small quiet expanded={part === 'decline'} onClick={() => setPart(part === 'decline' ? null : 'decline')}>
              Écarter…
            </Button>
          </span>
        ) : null}
        {part === 'accept' ? <AcceptSequenceForm {...props} onDone={done} /> : null}
        {part === 'decline' ? <DeclineSequenceForm {...props} onDone={done} /> : null}
      </div>
    </Notice>
  )
}
