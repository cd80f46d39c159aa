import './conversations.css'
import { useMediaQuery } from '@mantine/hooks'
import { IconMessagePlus, IconMessages } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState, Notice } from '../../platform/web/display/Notice.tsx'
import { mayConverse } from '../contract/access.ts'
import { threads } from '../contract/queries.ts'
import type { ThreadId } from '../contract/thread.ts'
import { NewThread } from './NewThread.tsx'
import { ThreadList } from './ThreadList.tsx'
import { ThreadPanel } from './ThreadPanel.tsx'

/** My conversations about one person, in her file. On a telephone a line leads to the page of conversations, where there is room. */
export function FileConversations({ personId, above }: { readonly personId: PersonId; readonly above?: ReactNode }): ReactNode {
  const narrow = useMediaQuery('(max-width: 759px)')
  const navigate = useNavigate()
  const enabled = mayConverse(useActor())
  const list = useInfiniteJalonQuery(threads, { personId }, { enabled })
  const [chosen, setChosen] = useState<ThreadId | null>(null)
  const [creating, setCreating] = useState(false)
  const first = narrow ? null : (list.rows[0]?.id ?? null)
  // Chosen once: the list is ordered by its last message, and whoever is writing must not change readers because a colleague wrote elsewhere.
  useEffect(() => {
    if (chosen === null && first !== null) setChosen(first)
  }, [chosen, first])
  const open = narrow ? null : chosen
  const goTo = (id: string): void => {
    if (narrow) void navigate({ to: '/echanges/$threadId', params: { threadId: id } } as never)
    else setChosen(id as ThreadId)
  }
  if (!enabled) {
    return (
      <>
        {above}
        <Notice>Les conversations sont réservées aux professionnels qui accompagnent la personne.</Notice>
      </>
    )
  }
  return (
    <div className="talk talk--file">
      <section className="talk__list" aria-label="Conversations du dossier">
        <div className="talk__tools">
          {above}
          <Button icon={IconMessagePlus} main={list.rows.length === 0} onClick={() => setCreating(true)}>
            Nouvelle conversation
          </Button>
        </div>
        <div className="talk__scroll">
          <ThreadList
            list={list}
            open={open ?? undefined}
            inFile
            onOpen={goTo}
            empty="Aucune conversation"
            emptyWords="Une conversation réunit le cercle, ou une partie. Elle n’est lue que de ceux qui y prennent part."
          />
        </div>
      </section>
      {open !== null ? (
        <ThreadPanel key={open} threadId={open} inFile />
      ) : narrow ? null : (
        <div className="talk__center talk__center--none">
          <EmptyState icon={IconMessages} title="Rien à lire ici pour l’instant">
            Ce qui doit être su de tous s’écrit dans le Fil ; une conversation sert à se mettre d’accord.
          </EmptyState>
        </div>
      )}
      {creating ? (
        <NewThread
          personId={personId}
          onClose={() => setCreating(false)}
          onOpened={(id) => {
            setCreating(false)
            goTo(id)
          }}
        />
      ) : null}
    </div>
  )
}
