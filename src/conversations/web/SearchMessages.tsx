import { useDebouncedValue } from '@mantine/hooks'
import { IconSearchOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { search } from '../contract/queries.ts'
import { aboutWhom } from './words.ts'

/** Messages of my conversations that hold these words; each opens its conversation at its place. */
export function SearchMessages(props: { readonly words: string }): ReactNode {
  const [words] = useDebouncedValue(props.words, 200)
  const query = useJalonQuery(search, { words: words.slice(0, 120) }, { keepPrevious: true })
  if (query.error && query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Waiting />
  if (query.data.rows.length === 0) {
    return (
      <div className="threads__empty">
        <EmptyState icon={IconSearchOff} title="Aucun message ne contient ces mots" />
      </div>
    )
  }
  return (
    <ul className="threads" aria-label="Messages trouvés">
      {query.data.rows.map((hit) => (
        <li key={hit.id}>
          <Link
            to={'/echanges/$threadId' as never}
            params={{ threadId: hit.threadId } as never}
            search={{ message: hit.number } as never}
            className="threadrow"
          >
            <span className="threadrow__top">
              <span className="threadrow__who cut">{hit.authorName}</span>
              <span className="small dim nw">{formatWhen(hit.sentAt)}</span>
            </span>
            <span className="threadrow__found">{hit.body}</span>
            <span className="small dim cut">
              {aboutWhom(hit.person)} · {hit.subject}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
