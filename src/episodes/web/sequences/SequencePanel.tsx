import './sequences.css'
import { Drawer } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { JalonPole } from '../../../platform/web/display/JalonPole.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { nbsp, plural } from '../../../platform/web/text/typography.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import type { CriticalSequence } from '../../contract/sequences.ts'
import { criticalSequenceKinds, levels, ruptureTypes, sequenceBalances } from '../../contract/value-sets.ts'
import { EndSequenceForm, MoveSequenceForm } from './SequenceForms.tsx'
import { SequenceMoment } from './SequenceMoment.tsx'
import type { SequenceProps } from './sequence-props.ts'

/** One sequence: its moments, its lines with who answered and when, and its end with the balance. */
export function SequencePanel(props: SequenceProps & { readonly onClose: () => void }): ReactNode {
  const { sequence, mayAct, onClose } = props
  const [part, setPart] = useState<'lines' | 'move' | 'end'>('lines')
  const running = sequence.state === 'running'
  const kind = labelOf(criticalSequenceKinds, sequence.kind)
  return (
    <Drawer opened onClose={onClose} position="right" size={640} title={`${part === 'end' ? 'Bilan' : 'Séquence critique'}${nbsp}: ${kind.toLowerCase()}`}>
      <div className="stack stack--4">
        <SequenceState sequence={sequence} />
        {part === 'move' ? <MoveSequenceForm {...props} onDone={() => setPart('lines')} /> : null}
        {part === 'end' ? <EndSequenceForm {...props} onDone={onClose} onCancel={() => setPart('lines')} /> : null}
        {part !== 'end' ? (
          <>
            {running && mayAct ? (
              <div className="row wrap">
                <Button small onClick={() => setPart(part === 'move' ? 'lines' : 'move')} expanded={part === 'move'}>
                  Changer la date
                </Button>
                <Button small onClick={() => setPart('end')}>
                  Terminer, faire le bilan
                </Button>
              </div>
            ) : null}
            <ol className="moments" aria-label="Moments de la séquence">
              {sequence.moments.map((moment) => (
                <SequenceMoment key={moment.code} {...props} moment={moment} mayAct={mayAct && running} />
              ))}
            </ol>
            {sequence.moments.length === 0 ? (
              <p className="small mut">Cette sorte de séquence n’a pas encore de liste. Le responsable d’équipe peut l’écrire.</p>
            ) : null}
          </>
        ) : null}
      </div>
    </Drawer>
  )
}

/** Since when, by whom, why, how far; or how it ended. */
function SequenceState({ sequence }: { readonly sequence: CriticalSequence }): ReactNode {
  const lines = sequence.moments.flatMap((moment) => moment.lines)
  const answered = lines.filter((line) => line.state !== 'open').length
  const late = sequence.moments.filter((moment) => moment.dueOn < today()).flatMap((moment) => moment.lines.filter((line) => line.state === 'open')).length
  if (sequence.state === 'ended' || sequence.state === 'declined') return <SequenceBalance sequence={sequence} />
  return (
    <div className="stack stack--2">
      <p className="mut">
        {`Jour J${nbsp}: ${formatDay(sequence.startsOn)}`}
        {sequence.startedByName ? ` · ouverte par ${sequence.startedByName}` : ''}
        {sequence.levelBefore ? ` · accompagnement renforcé (auparavant ${labelOf(levels, sequence.levelBefore).toLowerCase()})` : ''}
      </p>
      {sequence.reason ? <p>{sequence.reason}</p> : null}
      <div className="row" style={{ gap: 10 }}>
        <span className="grow">
          <JalonPole across bands={lines.length === 0 ? 0 : (5 * answered) / lines.length} tone={late > 0 ? 'late' : 'calm'} />
        </span>
        <span className="small mut nw">
          {answered} sur {plural(lines.length, 'point')}
        </span>
        {late > 0 ? (
          <StatusPill tone="alert" icon={IconAlertTriangle}>
            {`${late} en retard`}
          </StatusPill>
        ) : null}
      </div>
    </div>
  )
}

/** What is kept of a sequence that is over. */
export function SequenceBalance({ sequence }: { readonly sequence: CriticalSequence }): ReactNode {
  const when = `${formatDay(sequence.startsOn)} → ${formatDay(sequence.endedOn ?? '')}`
  if (sequence.state === 'declined')
    return (
      <Notice>
        <b>Proposition écartée le {formatDay(sequence.endedOn ?? '')}.</b> {sequence.declinedBecause}
      </Notice>
    )
  return (
    <div className="stack stack--2">
      <p className="mut">
        {when}
        {sequence.endedByName ? ` · bilan de ${sequence.endedByName}` : ''}
      </p>
      <p>
        <b>{sequence.balance === null ? 'Terminée sans bilan.' : labelOf(sequenceBalances, sequence.balance)}</b>
      </p>
      {sequence.worked ? (
        <p>
          <span className="mut">{`Ce qui a marché${nbsp}: `}</span>
          {sequence.worked}
        </p>
      ) : null}
      {sequence.failed ? (
        <p>
          <span className="mut">{`Ce qui a manqué${nbsp}: `}</span>
          {sequence.failed}
        </p>
      ) : null}
      {sequence.rupture ? (
        <Notice tone="warning" icon={IconAlertTriangle}>
          <b>{`Rupture notée${nbsp}: ${labelOf(ruptureTypes, sequence.rupture).toLowerCase()}.`}</b>
        </Notice>
      ) : null}
    </div>
  )
}
