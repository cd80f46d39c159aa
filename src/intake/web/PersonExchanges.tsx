import './said.css'
import { IconPhone } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { type RowOf, useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { personContacts } from '../contract/queries.ts'
import { statusWords } from '../contract/request-line.ts'
import { channels } from '../contract/value-sets.ts'
import { phoneWords } from './words.ts'

type Exchange = RowOf<typeof personContacts>

const what: Readonly<Record<Exchange['what'], string>> = { request: 'Demande', follow_up: 'Échange', message: 'Message', mistake: 'Appel reçu par erreur' }

/** Calls, messages and requests about a person, the latest first: for the tab « Échanges » of her file. */
export function PersonExchanges(props: { readonly personId: PersonId }): ReactNode {
  const list = useInfiniteJalonQuery(personContacts, { personId: props.personId })
  if (list.error && list.rows.length === 0) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.loading) return <Waiting />
  if (list.rows.length === 0)
    return (
      <EmptyState icon={IconPhone} title="Aucun échange noté">
        Les appels pris à l’accueil avec « Suivi d’un dossier » arrivent ici.
      </EmptyState>
    )
  return (
    <>
      <ol className="lines">
        {list.rows.map((row) => (
          <ExchangeLine key={row.id} row={row} />
        ))}
      </ol>
      {list.hasMore ? (
        <Button small onClick={list.more} disabled={list.loadingMore}>
          Suite
        </Button>
      ) : null}
    </>
  )
}

function ExchangeLine({ row }: { readonly row: Exchange }): ReactNode {
  const list = useValueList(channels.code, channels.values)
  return (
    <li>
      <div className="row wrap">
        {row.what === 'request' ? (
          <Link className="semi" to="/demandes/$requestId" params={{ requestId: row.id } as never}>
            Demande n° {row.requestNumber}
          </Link>
        ) : (
          <b>{row.outgoing ? 'Appel donné' : what[row.what]}</b>
        )}
        {row.requestStatus ? <StatusPill>{statusWords[row.requestStatus]}</StatusPill> : null}
        <span className="small mut">{[row.callerName, row.callerQuality, phoneWords(row.callerPhone)].filter(Boolean).join(', ')}</span>
        <span className="end small dim nw">
          {list.label(row.channel).toLowerCase()}, {formatWhen(row.at)}
        </span>
      </div>
      {row.text ? <p className="said">{row.text}</p> : row.hidden ? <p className="small dim">Ce qui a été dit n’est pas ouvert à l’accueil.</p> : null}
      {row.recordedByName ? <p className="small dim">noté par {row.recordedByName}</p> : null}
    </li>
  )
}
