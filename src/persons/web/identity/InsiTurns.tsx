import { IconRefresh, IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { newId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { plural, typo } from '../../../platform/web/text/typography.ts'
import { askInsiForMany } from '../../contract/identity-actions.ts'
import { type InsiState, type InsiTurn, insiTurns } from '../../contract/identity-queries.ts'

const words: Readonly<Record<InsiState, readonly [one: string, many: string]>> = {
  waiting: ['en attente', 'en attente'],
  found: ['retrouvée', 'retrouvées'],
  none: ['sans INS trouvée', 'sans INS trouvée'],
  several: ['avec plusieurs réponses', 'avec plusieurs réponses'],
  confirmed: ['confirmée', 'confirmées'],
  denied: ['refusée', 'refusées'],
  refused: ['appel refusé', 'appels refusés'],
  unreachable: ['sans réponse', 'sans réponse'],
  outdated: ['sans suite', 'sans suite'],
}

/** « Vérifier maintenant »: the teleservice asked about all the files of the service, and how far it is. */
export function InsiTurns(): ReactNode {
  const turns = useJalonQuery(insiTurns, {})
  useEvents(['persons.insi.answered'])
  const ask = useAction(askInsiForMany, undefined as never, { invalidates: ['persons'] })
  const data = turns.data
  if (data === undefined || !data.connected) return null
  const { due } = data
  const most = 500
  const count = (n: number): string => plural(Math.min(n, most), 'dossier', 'dossiers')
  return (
    <Section title="Interroger INSi">
      <div className="stack">
        {due.verification === 0 ? (
          <p className="small mut">{typo('INS vérifiées : rien à demander aujourd’hui.')}</p>
        ) : (
          <ActionButton
            small
            icon={IconRefresh}
            action={ask}
            input={() => ({ id: newId(), operation: 'verification' }) as never}
            ask={() =>
              confirm({
                title: 'Vérifier les INS maintenant ?',
                text: `Le téléservice sera interrogé pour ${count(due.verification)}. Vous pouvez fermer cette page.`,
                action: 'Vérifier',
              })
            }
          >
            {`Vérifier ${count(due.verification)} maintenant`}
          </ActionButton>
        )}
        {due.search === 0 ? null : (
          <ActionButton
            small
            quiet
            icon={IconSearch}
            action={ask}
            input={() => ({ id: newId(), operation: 'search' }) as never}
            ask={() =>
              confirm({
                title: 'Rechercher les INS ?',
                text: `Le téléservice sera interrogé avec les traits de ${count(due.search)}. Chaque réponse se compare avant d’être reprise.`,
                action: 'Rechercher',
              })
            }
          >
            {`Rechercher l’INS de ${count(due.search)}`}
          </ActionButton>
        )}
        {data.turns.map((turn) => (
          <Turn key={turn.id} turn={turn} />
        ))}
      </div>
    </Section>
  )
}

function Turn({ turn }: { readonly turn: InsiTurn }): ReactNode {
  const waiting = turn.counts.find(({ state }) => state === 'waiting')?.count ?? 0
  const done = Math.max(0, turn.total - waiting)
  const title = turn.operation === 'verification' ? 'Vérification' : 'Recherche'
  return (
    <div>
      <p className="small">
        <b>{title}</b>, {formatInstant(turn.askedAt)}, {turn.askedByName}
      </p>
      <progress value={done} max={Math.max(1, turn.total)} aria-label={`${title}\u00a0: ${done} sur ${turn.total}`} style={{ width: '100%' }} />
      <p className="small mut" role="status">
        {waiting > 0 ? `${done} sur ${plural(turn.total, 'dossier', 'dossiers')}. ` : ''}
        {typo(
          turn.counts
            .filter(({ count }) => count > 0)
            .map(({ state, count }) => `${count} ${words[state][count > 1 ? 1 : 0]}`)
            .join(', '),
        )}
      </p>
    </div>
  )
}
