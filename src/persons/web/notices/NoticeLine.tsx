import { IconPrinter } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { accompanies } from '../../../platform/contract/actor.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import type { PersonNotice } from '../../contract/notice-actions.ts'
import { noticeKindTitles } from '../../contract/person-notices.ts'
import { noticeStatus, noticeStory, openedBy } from './notice-words.ts'
import { HandForm, WithholdForm } from './SettleNotice.tsx'

/** One notice: what it tells, where it stands, and what is done of it by hand. `head`: whose it is, in a list across persons. */
export function NoticeLine(props: {
  readonly personId: PersonId
  readonly notice: PersonNotice
  readonly represented: boolean
  readonly representatives: readonly string[]
  readonly deceased?: boolean
  readonly head?: ReactNode
  /** What she wants not said, read before the gestures. */
  readonly before?: ReactNode
}): ReactNode {
  const { notice, personId, represented, representatives } = props
  const [doing, setDoing] = useState<'hand' | 'withhold' | null>(null)
  const label = useValueLabels()
  const acts = accompanies(useActor()) && !props.deceased
  const status = noticeStatus(notice)
  const waits = notice.state === 'to_hand'
  const close = (): void => setDoing(null)
  return (
    <li className="review">
      <div className="row wrap">
        {props.head ?? <b>{noticeKindTitles[notice.kind]}</b>}
        <span className="end row">
          <StatusPill tone={status.tone}>{status.text}</StatusPill>
        </span>
      </div>
      <p className="small mut">
        {[
          props.head ? noticeKindTitles[notice.kind] : null,
          formatWhen(notice.happenedAt),
          openedBy(notice),
          notice.reasonLabel ? notice.reasonLabel.toLocaleLowerCase('fr-FR') : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p className={waits ? '' : 'small'}>{noticeStory(notice, label('persons.notice_withheld_reason', notice.withheldReason ?? ''))}</p>
      {notice.words ? <p className="small review__words">{notice.words}</p> : null}
      {waits ? props.before : null}
      {acts && (waits || notice.state === 'sent') && doing === null ? (
        <div className="row wrap">
          {waits ? (
            <ButtonLink small icon={IconPrinter} to="/personnes/$personId/avis/$noticeId" params={{ personId, noticeId: notice.id } as never}>
              La lettre
            </ButtonLink>
          ) : null}
          <Button small quiet={!waits} onClick={() => setDoing('hand')}>
            {waits ? 'Remis…' : 'Revenu non lu, remis autrement…'}
          </Button>
          {waits ? (
            <Button small quiet onClick={() => setDoing('withhold')}>
              Ne pas remettre…
            </Button>
          ) : null}
        </div>
      ) : null}
      {doing === 'hand' ? <HandForm personId={personId} notice={notice} represented={represented} representatives={representatives} onClose={close} /> : null}
      {doing === 'withhold' ? <WithholdForm personId={personId} notice={notice} onClose={close} /> : null}
    </li>
  )
}
