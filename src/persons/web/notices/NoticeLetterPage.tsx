import '../persons.css'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { PrintLayout } from '../../../platform/web/layout/PrintLayout.tsx'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { today } from '../../../platform/web/text/dates.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { type NoticeLetterData, noticeLetter, type PersonNoticeId } from '../../contract/notice-actions.ts'

/** The notice on paper, in the words of the message: handed over when Mon espace santé does not reach her. */
export function NoticeLetterPage(): ReactNode {
  const personId = usePathId<PersonId>('personId')
  const id = usePathId<PersonNoticeId>('noticeId')
  const query = useJalonQuery(noticeLetter, { personId, id })
  return (
    <Page
      title="Lettre à la personne"
      hiddenHeading={query.data === undefined}
      where={
        <Link to={'/personnes/$personId/information' as never} params={{ personId } as never}>
          ‹ Revenir au dossier
        </Link>
      }
    >
      <QueryState query={query}>{(data) => <Letter data={data} />}</QueryState>
    </Page>
  )
}

function Letter({ data }: { readonly data: NoticeLetterData }): ReactNode {
  const actor = useActor()
  const paragraphs = data.body.split('\n\n').filter((one) => !one.startsWith('Ce message'))
  return (
    <PrintLayout title={data.subject} date={formatDay(today())} author={`${actor.displayName}, ${data.serviceName}`} givenTo={formatPersonName(data.person)}>
      <div className="noticeletter">
        <address>
          {formatPersonName(data.person)}
          {data.representatives.length > 0 ? (
            <>
              <br />
              {typo(`représentée par ${data.representatives.join(', ')}`)}
            </>
          ) : null}
          {(data.address ?? []).map((line) => (
            <span key={line}>
              <br />
              {line}
            </span>
          ))}
        </address>
        {data.address === null ? <p className="no-print small mut">Sans adresse : à remettre en main propre.</p> : null}
        {paragraphs.map((one) => (
          <p key={one}>{one}</p>
        ))}
        <p>
          {actor.displayName}
          <br />
          {data.serviceName}
        </p>
        <p className="noticeletter__slip">Remise le …… / …… / ………… &emsp; par …………………………………… &emsp; signature{'\u00a0'}:</p>
      </div>
    </PrintLayout>
  )
}
