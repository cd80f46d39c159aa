import { IconAlertTriangle, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { type PillTone, StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { formatInstant, formatWhen } from '../../../platform/web/text/dates.ts'
import { formatNumber } from '../../../platform/web/text/numbers.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { type FeedFrequency, type FeedRow, feedFrequencies, feedNames, feedSettings, planFeed, runFeedNow, stopFeedRun } from '../../contract/feeds.ts'

function stateOf(feed: FeedRow): { readonly word: string; readonly tone: PillTone } {
  if (!feed.configured) return { word: 'Non réglé', tone: 'neutral' }
  if (feed.state === 'running') return { word: 'En cours', tone: 'accent' }
  if (feed.lateSince !== null) return { word: 'En retard', tone: 'alert' }
  if (feed.state === 'stopped') return { word: 'Arrêté', tone: 'warning' }
  if (feed.failure !== null) return { word: 'À reprendre', tone: 'warning' }
  if (feed.frequency === 'never') return { word: 'À la main', tone: 'neutral' }
  return feed.succeededAt === null ? { word: 'Jamais lu', tone: 'neutral' } : { word: 'À jour', tone: 'success' }
}

const planWords = ({ frequency, hour }: FeedRow): string => (frequency === 'never' ? feedFrequencies.never : `${feedFrequencies[frequency]} à ${hour} h`)

/** Every feed in one line: when it is read, how far it is, whether it is late. */
export function FeedTable(props: { readonly feeds: readonly FeedRow[]; readonly chosen: string | undefined }): ReactNode {
  const late = props.feeds.filter((feed) => feed.lateSince !== null)
  return (
    <section aria-label="Mises à jour automatiques" className="stack">
      <h2>Mises à jour automatiques</h2>
      {late.length > 0 ? (
        <Notice tone="alert" icon={IconAlertTriangle} live>
          {late.map((feed) => feedNames[feed.code]).join(', ')} : aucune lecture réussie depuis plus longtemps que prévu.
        </Notice>
      ) : null}
      <ul className="feeds">
        {props.feeds.map((feed) => {
          const { word, tone } = stateOf(feed)
          return (
            <li key={feed.code} className={feed.code === props.chosen ? 'feed feed--on' : 'feed'}>
              <Link
                className="feed__name"
                aria-current={feed.code === props.chosen ? 'true' : undefined}
                to="."
                search={((old: Record<string, unknown>) => ({ ...old, flux: feed.code, import: undefined })) as never}
              >
                {feedNames[feed.code]}
              </Link>
              <span className="small mut">{planWords(feed)}</span>
              <span className="small mut">
                {feed.state === 'running' ? <Share feed={feed} /> : feed.succeededAt === null ? 'jamais lu' : `lu ${formatWhen(feed.succeededAt)}`}
              </span>
              <StatusPill tone={tone}>{word}</StatusPill>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Share(props: { readonly feed: FeedRow }): ReactNode {
  const { done, total, code } = props.feed
  if (total === null || total === 0) return <>{done > 0 ? `${formatNumber(done)} lus` : 'commence'}</>
  const share = Math.min(100, Math.round((done / total) * 100))
  return <progress className="feed__bar" max={100} value={share} aria-label={`${feedNames[code]} : ${share} %`} />
}

/** One feed: its last run, its plan, and what one can do with it now. */
export function FeedPanel(props: { readonly feed: FeedRow; readonly onReport: (importId: string) => void }): ReactNode {
  const { feed } = props
  const run = useAction(runFeedNow, undefined)
  const stop = useAction(stopFeedRun, undefined)
  return (
    <>
      <div className="stack">
        <h2>{feedNames[feed.code]}</h2>
        {feed.configured ? null : (
          <Notice tone="neutral">
            Les réglages du serveur n’ouvrent pas encore ce flux : l’exploitant y renseigne {feedSettings[feed.code].join(' et ')}, puis redémarre Jalon.
          </Notice>
        )}
        {feed.lateSince !== null ? (
          <Notice tone="alert" live>
            En retard depuis le {formatInstant(feed.lateSince)}.
          </Notice>
        ) : null}
        {feed.failure === null ? null : <Notice tone={feed.state === 'stopped' ? 'neutral' : 'alert'}>{feed.failure}</Notice>}
      </div>
      <dl className="kv">
        <dt>Dernière réussite</dt>
        <dd>{feed.succeededAt === null ? 'aucune' : formatInstant(feed.succeededAt)}</dd>
        <dt>Dernière lecture</dt>
        <dd>{feed.startedAt === null ? 'aucune' : formatInstant(feed.startedAt)}</dd>
        <dt>Prochaine</dt>
        <dd>{feed.state === 'stopped' ? 'à la reprise' : feed.nextRunAt === null ? 'aucune' : formatInstant(feed.nextRunAt)}</dd>
        {feed.rejected > 0 ? (
          <>
            <dt>Refusées</dt>
            <dd>{plural(feed.rejected, 'fiche', 'fiches')}</dd>
          </>
        ) : null}
      </dl>
      <div className="row wrap">
        {feed.configured && feed.state !== 'running' ? (
          <ActionButton small main icon={IconPlayerPlay} action={run} input={{ code: feed.code }}>
            {feed.state === 'stopped' ? 'Reprendre' : 'Lire maintenant'}
          </ActionButton>
        ) : null}
        {feed.configured && feed.fall && feed.state !== 'running' ? (
          <ActionButton
            small
            action={run}
            input={{ code: feed.code, acceptFall: true }}
            ask={() =>
              confirm({
                title: `${feedNames[feed.code]} : accepter la baisse ?`,
                text: 'Les fiches qui ne sont plus dans le répertoire seront fermées dans Jalon.',
                action: 'Accepter la baisse',
                danger: true,
              })
            }
          >
            Accepter la baisse
          </ActionButton>
        ) : null}
        {feed.configured && feed.state !== 'stopped' ? (
          <ActionButton
            small
            icon={IconPlayerStop}
            action={stop}
            input={{ code: feed.code }}
            ask={() =>
              confirm({
                title: `${feedNames[feed.code]} : arrêter ce flux ?`,
                text: 'Le répertoire ne sera plus mis à jour tant que quelqu’un ne le reprend pas.',
                action: 'Arrêter',
                danger: true,
              })
            }
          >
            Arrêter
          </ActionButton>
        ) : null}
        {feed.importId === null ? null : (
          <Button small quiet onClick={() => props.onReport(feed.importId as string)}>
            Rapport de la dernière lecture
          </Button>
        )}
      </div>
      <PlanForm key={`${feed.code} ${feed.version}`} feed={feed} />
    </>
  )
}

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${hour} h` }))
const delays = [
  [48, 'deux jours'],
  [72, 'trois jours'],
  [168, 'une semaine'],
  [336, 'deux semaines'],
  [840, 'cinq semaines'],
] as const

function PlanForm(props: { readonly feed: FeedRow }): ReactNode {
  const { feed } = props
  const form = useActionForm(planFeed, {
    initialValues: () => ({ code: feed.code, baseVersion: feed.version, frequency: feed.frequency, hour: feed.hour, lateAfterHours: feed.lateAfterHours }),
    done: 'Réglage enregistré.',
  })
  const frequency = form.field('frequency')
  const hour = form.field('hour')
  const late = form.field('lateAfterHours')
  const known = delays.some(([value]) => value === feed.lateAfterHours)
    ? delays
    : ([...delays, [feed.lateAfterHours, `${feed.lateAfterHours} heures`]] as const)
  return (
    <Form form={form}>
      <SelectField
        {...frequency}
        onChange={(value) => frequency.onChange(value as FeedFrequency)}
        label="Lecture"
        span={7}
        options={Object.entries(feedFrequencies).map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        {...hour}
        value={String(hour.value)}
        onChange={(value) => hour.onChange(Number(value) as never)}
        label="À partir de"
        span={5}
        options={hours}
      />
      <SelectField
        {...late}
        value={String(late.value)}
        onChange={(value) => late.onChange(Number(value) as never)}
        label="En retard après"
        span={12}
        help="Passé ce délai sans lecture réussie, les administrateurs de la région sont prévenus."
        options={known.map(([value, label]) => ({ value: String(value), label }))}
      />
      <FormFoot form={form} submit="Enregistrer" />
    </Form>
  )
}
