import './conversations.css'
import { useMediaQuery } from '@mantine/hooks'
import { IconMessagePlus, IconMessages } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { usePathId } from '../../platform/web/router/use-path-id.ts'
import { useKey } from '../../platform/web/shell/keys.ts'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { threads } from '../contract/queries.ts'
import type { ThreadId } from '../contract/thread.ts'
import { NewThread } from './NewThread.tsx'
import { SearchMessages } from './SearchMessages.tsx'
import { ThreadList } from './ThreadList.tsx'
import { ThreadPanel } from './ThreadPanel.tsx'

/** « Mes échanges »: the list and the conversation side by side; on a telephone one, then the other, and the bar above leads back. */
export function ExchangesPage(): ReactNode {
  const open = usePathId<ThreadId>('threadId')
  const narrow = useMediaQuery('(max-width: 759px)')
  const { filters, setFilter } = useUrlFilters({ message: 'code' })
  const at = filters.message === undefined ? undefined : Number(filters.message) || undefined
  return (
    <Page title="Mes échanges" hiddenHeading>
      <div className="talk">
        {narrow && open !== '' ? null : <MyThreads open={open === '' ? undefined : open} />}
        {open !== '' ? (
          <ThreadPanel key={open} threadId={open} at={at} onPresent={() => setFilter('message', null)} />
        ) : narrow ? null : (
          <div className="talk__center talk__center--none">
            <EmptyState icon={IconMessages} title="Choisissez une conversation">
              Ou ouvrez-en une : dans le dossier d’une personne, ou entre professionnels.
            </EmptyState>
          </div>
        )}
      </div>
    </Page>
  )
}

function MyThreads({ open }: { readonly open: string | undefined }): ReactNode {
  const navigate = useNavigate()
  const { filters, setFilter } = useUrlFilters({ voir: 'code' })
  const only = filters.voir === 'non-lus' ? 'unread' : filters.voir === 'hors-dossier' ? 'outside' : null
  const list = useInfiniteJalonQuery(threads, { only })
  const [creating, setCreating] = useState(false)
  const [words, setWords] = useState('')
  useKey('e', () => setCreating(true), 'Écrire à des professionnels')
  const empty = { unread: 'Tout est lu', outside: 'Aucune conversation entre professionnels' }
  return (
    <section className="talk__list" aria-label="Mes conversations">
      <div className="talk__tools">
        <div className="row">
          <input
            type="search"
            className="in grow"
            aria-label="Chercher dans mes échanges"
            placeholder="Chercher un mot…"
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Button icon={IconMessagePlus} iconOnly label="Écrire à des professionnels" onClick={() => setCreating(true)} />
        </div>
        <Segmented
          label="Voir"
          value={filters.voir ?? 'tout'}
          onChange={(value) => setFilter('voir', value === 'tout' ? null : value)}
          options={[
            { value: 'tout', label: 'Tout' },
            { value: 'non-lus', label: 'Non lus' },
            { value: 'hors-dossier', label: 'Hors dossier' },
          ]}
        />
      </div>
      <div className="talk__scroll">
        {words.trim().length >= 2 ? (
          <SearchMessages words={words.trim()} />
        ) : (
          <ThreadList
            list={list}
            open={open}
            empty={only === null ? 'Aucune conversation pour l’instant' : empty[only]}
            emptyWords={only === 'unread' ? '' : 'Elles s’ouvrent dans l’onglet « Échanges » d’un dossier, ou ici entre professionnels.'}
          />
        )}
      </div>
      {creating ? (
        <NewThread
          personId={null}
          onClose={() => setCreating(false)}
          onOpened={(id) => {
            setCreating(false)
            void navigate({ to: '/echanges/$threadId', params: { threadId: id } } as never)
          }}
        />
      ) : null}
    </section>
  )
}
