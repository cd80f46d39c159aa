import { IconSnowflake } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { limitationReasonWords } from '../../contract/requests.ts'
import { fileLimitation } from '../../contract/rights-queries.ts'

/** Above every file whose use is limited: since when, why, and what stays possible. */
export function LimitationBand({
  personId,
  way,
}: {
  readonly personId: PersonId
  /** The way through, for those who may. */
  readonly way?: ReactNode
}): ReactNode {
  const { data } = useJalonQuery(fileLimitation, { personId })
  useEvents(['privacy.limitation.changed'])
  if (!data?.limitation) return null
  const { since, reason } = data.limitation
  return (
    <div className="fileband">
      <Notice tone="warning" icon={IconSnowflake} live>
        <b>Usage limité depuis le {formatDay(since)}.</b> {limitationReasonWords[reason]}. Le dossier est gardé : rien ne s’y écrit, rien n’en part, et seul le
        volet administratif se lit, par le DAC.
        <span className="row wrap" style={{ marginTop: 4 }}>
          <Link to="/personnes/$personId/droits" params={{ personId } as never}>
            Ce que cela bloque
          </Link>
          {way}
        </span>
      </Notice>
    </div>
  )
}
