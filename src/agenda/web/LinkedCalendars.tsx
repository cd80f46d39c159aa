import { IconExternalLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { UserId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { formatInstant, formatWhen } from '../../platform/web/text/dates.ts'
import {
  calendarLinks,
  calendarProblems,
  calendarProviderLabels,
  changeCalendarLink,
  closeCalendarLink,
  incomingLabels,
  incomings,
  settleCalendarDifference,
} from '../contract/calendar-links.ts'
import { feedDetailLabels, feedDetails } from '../contract/calendars.ts'

type Links = NonNullable<ReturnType<typeof useJalonQuery<typeof calendarLinks>>['data']>
type LinkRow = Links['rows'][number]

/** What became of the way to Microsoft or Google and back. */
const returned: Readonly<Record<string, { readonly tone: 'success' | 'warning'; readonly words: string }>> = {
  relie: { tone: 'success', words: 'Votre agenda est relié. Il se remplit dans les deux minutes.' },
  refuse: { tone: 'warning', words: 'L’agenda n’a pas été relié : l’accord n’a pas été donné, ou il est arrivé trop tard. Recommencez quand vous voulez.' },
  absent: { tone: 'warning', words: 'Cette installation ne relie pas encore cet agenda.' },
}

/** One's calendars at Microsoft and Google, both ways: what leaves, what comes in, and what was changed there. */
export function LinkedCalendars({ back }: { readonly back: string | undefined }): ReactNode {
  const list = useJalonQuery(calendarLinks, {})
  const data = list.data
  if (data === undefined || (data.offered.length === 0 && data.rows.length === 0)) return null
  const said = back === undefined ? undefined : returned[back]
  const linked = new Set(data.rows.filter(({ state }) => state === 'open').map(({ provider }) => provider))
  return (
    <section aria-label="Agendas reliés" className="stack stack--3">
      <h3>Relier Outlook ou Google, dans les deux sens</h3>
      {said ? (
        <Notice tone={said.tone} live>
          {said.words}
        </Notice>
      ) : null}
      <p className="small mut">
        Vos rendez-vous y paraissent à leur heure, sans nom, sans lieu, sans un mot d’un dossier. Ce que vous y notez paraît ici comme «{'\u00a0'}occupé
        {'\u00a0'}».
      </p>
      {data.rows.map((one) => (
        <Linked key={one.id} link={one} />
      ))}
      <div className="row wrap">
        {data.offered
          .filter((provider) => !linked.has(provider))
          .map((provider) => (
            <Button key={provider} icon={IconExternalLink} onClick={() => window.location.assign(`/api/calendriers/${provider}/relier`)}>
              Relier {calendarProviderLabels[provider]}
            </Button>
          ))}
      </div>
    </section>
  )
}

function Linked({ link }: { readonly link: LinkRow }): ReactNode {
  const actor = useActor()
  const target = { userId: actor.userId as UserId }
  const change = useAction(changeCalendarLink, target)
  const close = useAction(closeCalendarLink, target)
  const name = calendarProviderLabels[link.provider]
  const choose = (to: Partial<Pick<LinkRow, 'detail' | 'incoming'>>): void =>
    void change.run({ id: link.id, detail: link.detail, incoming: link.incoming, ...to })
  return (
    <div className="stack stack--3">
      <div className="row sp wrap">
        <span>
          <b>{name}</b>
          <span className="small mut"> {stateWords(link)}</span>
        </span>
        {link.state === 'closing' ? null : (
          <ActionButton
            action={close}
            small
            input={{ id: link.id }}
            ask={() =>
              confirm({
                title: `Ne plus relier ${name}`,
                text: 'Ce que Jalon y a écrit en est retiré, ce qui en venait disparaît d’ici, et l’accord donné à Jalon est oublié.',
                action: 'Ne plus relier',
              })
            }
          >
            Ne plus relier
          </ActionButton>
        )}
      </div>
      {link.problem !== null ? <Notice tone="warning">{calendarProblems[link.problem] ?? calendarProblems['down']}</Notice> : null}
      {link.differs.map((one) => (
        <Difference key={one.occurrenceId} link={link} one={one} name={name} />
      ))}
      {link.state === 'open' ? (
        <div className="form">
          <SegmentedChoice
            name={`detail-${link.id}`}
            label="Ce qui s’y lit"
            span={12}
            value={link.detail}
            onChange={(detail) => choose({ detail })}
            options={feedDetails.map((one) => ({ value: one, label: feedDetailLabels[one] }))}
          />
          <SegmentedChoice
            name={`incoming-${link.id}`}
            label="Ce qui en vient"
            span={12}
            value={link.incoming}
            onChange={(incoming) => choose({ incoming })}
            options={incomings.map((one) => ({ value: one, label: incomingLabels[one] }))}
          />
        </div>
      ) : null}
    </div>
  )
}

function stateWords({ state, syncedAt, shown }: LinkRow): string {
  if (state === 'closing') return 'se retire…'
  if (state === 'broken') return 'à relier à nouveau'
  if (syncedAt === null) return 'se remplit…'
  return `${shown} rendez-vous y figurent · vu ${formatWhen(syncedAt)}`
}

/** Changed there: nothing is written over on either side until she says which hour holds. */
function Difference({ link, one, name }: { readonly link: LinkRow; readonly one: LinkRow['differs'][number]; readonly name: string }): ReactNode {
  const actor = useActor()
  const settle = useAction(settleCalendarDifference, { userId: actor.userId as UserId })
  const run = (keep: 'jalon' | 'hide'): void => void settle.run({ linkId: link.id, occurrenceId: one.occurrenceId, keep })
  return (
    <Notice tone="warning">
      <span style={{ display: 'block' }}>
        Le rendez-vous du <b>{formatInstant(one.startsAt)}</b>{' '}
        {one.theirStartsAt === null ? `a été supprimé dans ${name}.` : `a été déplacé dans ${name} au ${formatInstant(one.theirStartsAt)}.`}
      </span>
      <span className="small" style={{ display: 'block' }}>
        {one.theirStartsAt === null
          ? 'Il tient toujours dans Jalon. Pour l’annuler, ouvrez-le dans votre agenda.'
          : 'Dans Jalon, il n’a pas bougé : d’autres l’attendent. Pour prendre cette heure, déplacez-le dans votre agenda.'}
      </span>
      <span className="row wrap" style={{ marginTop: 6 }}>
        <Button small blocked={settle.pending} onClick={() => run('jalon')}>
          {one.theirStartsAt === null ? `Le remettre dans ${name}` : 'Garder l’heure de Jalon'}
        </Button>
        {one.theirStartsAt === null ? (
          <Button small quiet blocked={settle.pending} onClick={() => run('hide')}>
            Ne plus l’y montrer
          </Button>
        ) : null}
      </span>
    </Notice>
  )
}
