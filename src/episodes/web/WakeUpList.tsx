import { IconMoonStars } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { wakeUp } from '../contract/actions.ts'
import type { day } from '../contract/queries.ts'

type WakeUp = OutputOf<typeof day>['wakeUps'][number]

/** Files whose dormancy ends: to wake, or to prolong from the file. */
export function WakeUpList(props: { readonly wakeUps: readonly WakeUp[] }): ReactNode {
  return (
    <Section title="À réveiller" count={String(props.wakeUps.length)}>
      <ul className="lines">
        {props.wakeUps.map((one) => (
          <WakeUpItem key={one.episodeId} wakeUp={one} />
        ))}
      </ul>
    </Section>
  )
}

function WakeUpItem(props: { readonly wakeUp: WakeUp }): ReactNode {
  const { episodeId, version, person, wakeUpOn, dormancyReason } = props.wakeUp
  const action = useAction(wakeUp, undefined)
  const label = useValueLabels()
  return (
    <li className="row">
      <Ic of={IconMoonStars} size="s" />
      <div className="grow" style={{ minWidth: 0 }}>
        <Link to="/personnes/$personId" params={{ personId: person.personId } as never} className="plainlink">
          <b>{formatCivilName(person)}</b>
        </Link>
        <div className="small mut">
          en veille jusqu’au {formatDay(wakeUpOn).slice(0, 5)} · {label('episodes.dormancy_reason', dormancyReason)}
        </div>
        {action.error ? (
          <div className="small t-alert" role="alert">
            {action.error.detail}
          </div>
        ) : null}
      </div>
      <Button small disabled={action.pending} onClick={() => void action.run({ id: episodeId, baseVersion: version })}>
        Réveiller
      </Button>
    </li>
  )
}
