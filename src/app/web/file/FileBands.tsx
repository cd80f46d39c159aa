import './file.css'
import { IconEye, IconEyeOff, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { personHeader } from '../../../persons/contract/queries.ts'
import { ExceptionalBand } from '../../../persons/web/exceptional/ExceptionalBand.tsx'
import { ReadLimited } from '../../../persons/web/exceptional/ReadLimited.tsx'
import type { Volet } from '../../../platform/contract/actor.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useSignal } from '../../../platform/web/api/signal.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { voletWord } from '../../../platform/web/display/Volet.tsx'
import { LimitationBand } from '../../../privacy/web/person/LimitationBand.tsx'
import { lastSightChange, sightChangeText } from './sight-watch.ts'

/** Above the header: how long an exceptional access still lasts, and what closed or opened while one was reading. */
export function FileBands({ personId }: { readonly personId: PersonId }): ReactNode {
  const { data } = useJalonQuery(personHeader, { personId })
  return (
    <>
      {data?.bases.includes('break_glass') ? <ExceptionalBand personId={personId} /> : null}
      {data ? <LimitationBand personId={personId} way={data.bases.includes('break_glass') ? null : <ReadLimited personId={personId} />} /> : null}
      {data ? <WhatChanged personId={personId} volets={data.volets} /> : null}
    </>
  )
}

/** « Le volet santé vient de se fermer », with the reason; the page has already read itself again. */
function WhatChanged({ personId, volets }: { readonly personId: PersonId; readonly volets: readonly Volet[] }): ReactNode {
  const change = useSignal(lastSightChange).get(personId)
  const before = useRef(volets)
  const [news, setNews] = useState<{ readonly closed: readonly Volet[]; readonly opened: readonly Volet[] } | null>(null)
  const key = [...volets].sort().join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the volets are compared by their names.
  useEffect(() => {
    const closed = before.current.filter((one) => !volets.includes(one))
    const opened = volets.filter((one) => !before.current.includes(one))
    before.current = volets
    if (closed.length > 0 || opened.length > 0) setNews({ closed, opened })
  }, [key])
  if (news === null) return null
  const names = (list: readonly Volet[]): string => list.map((one) => voletWord(one).toLocaleLowerCase('fr-FR')).join(' et ')
  return (
    <div className="fileband">
      <Notice tone={news.closed.length > 0 ? 'warning' : 'info'} icon={news.closed.length > 0 ? IconEyeOff : IconEye} live>
        <span className="row sp">
          <span>
            <b>
              {news.closed.length > 0
                ? `Volet ${names(news.closed)} : il vient de vous être fermé.`
                : `Volet ${names(news.opened)} : il vous est de nouveau ouvert.`}
            </b>{' '}
            {change ? sightChangeText(change) : null}
          </span>
          <Button small quiet iconOnly icon={IconX} label="Fermer ce message" onClick={() => setNews(null)} />
        </span>
      </Notice>
    </div>
  )
}
