import './safeguarding.css'
import { IconArrowBackUp, IconChecks, IconPlus, IconPrinter, IconSend } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { Card, CenterColumn, Columns, Section, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { usePathId } from '../../platform/web/router/use-path-id.ts'
import { formatDayOf } from '../../platform/web/text/dates.ts'
import { type ReportData, report } from '../contract/queries.ts'
import type { EntryKind, ReportId } from '../contract/report.ts'
import { CloseDialog, ReopenDialog } from './CloseDialog.tsx'
import { EntryDialog } from './EntryDialog.tsx'
import { EntryLine } from './EntryLine.tsx'
import { Readers } from './Readers.tsx'
import { ReadersOnly } from './ReportsPage.tsx'
import { DangerPill, endangeredLine, nameOf, traitsOf, useKindWords } from './report-words.tsx'

/** One report: what was seen, who was told, who was seized, what followed, and who may read it. */
export function ReportPage(): ReactNode {
  const id = usePathId<ReportId>('reportId')
  const query = useJalonQuery(report, { id })
  useEvents(['safeguarding.*'])
  const closed = query.data === undefined && query.error !== null
  return (
    <Page title="Signalement" hiddenHeading={query.data === undefined} where={<Link to="/signalements">‹ Signalements</Link>} note={<ReadersOnly />}>
      {closed ? (
        <div style={{ maxWidth: 560, margin: '10vh auto', padding: 16 }}>
          <EmptyState
            icon={IconArrowBackUp}
            title="Ce signalement n’existe pas, ou vous n’en êtes pas lecteur"
            action={
              <ButtonLink small to="/signalements">
                Revenir aux signalements
              </ButtonLink>
            }
          >
            La liste des lecteurs est tenue par l’auteur et par la direction.
          </EmptyState>
        </div>
      ) : (
        <QueryState query={query}>{(data) => <Report data={data} />}</QueryState>
      )}
    </Page>
  )
}

type Dialog = EntryKind | 'close' | 'reopen' | null

function Report({ data }: { readonly data: ReportData }): ReactNode {
  const [dialog, setDialog] = useState<Dialog>(null)
  const open = data.state === 'open'
  const sent = data.entries.some(({ kind }) => kind === 'sending')
  return (
    <>
      <Columns kind="file" drawerLabel="Qui lit">
        <SideColumn side="left" label="En bref">
          <Brief data={data} />
        </SideColumn>
        <CenterColumn label="Signalement" ground head={<Head data={data} onAsk={setDialog} />}>
          <Entries data={data} kind="fact" title="Les faits" add={open ? 'Ajouter un fait' : null} onAdd={setDialog} empty="" />
          <Card title="Le danger supposé" end={<DangerPill level={data.dangerLevel} />}>
            <p className="entry__words">{data.danger}</p>
          </Card>
          <Entries
            data={data}
            kind="concerned"
            title="Qui d’autre est concerné"
            add={open ? 'Ajouter' : null}
            onAdd={setDialog}
            empty="Personne d’autre n’est nommé."
          />
          <Entries data={data} kind="notice" title="Qui est prévenu" add={open ? 'Noter' : null} onAdd={setDialog} empty="" />
          <Entries
            data={data}
            kind="sending"
            title="Autorités saisies"
            add={open ? 'Noter une saisine' : null}
            main={!sent}
            onAdd={setDialog}
            empty="Aucune autorité n’est encore saisie. Notez ici chaque transmission : à qui, quand, par quel moyen."
          />
          <Entries
            data={data}
            kind="step"
            title="Suites"
            add={open ? 'Noter une suite' : null}
            main={sent && open}
            onAdd={setDialog}
            empty="Rien encore. Un accusé de réception, un échange, une mesure se notent ici, jusqu’à la clôture."
          />
        </CenterColumn>
        <SideColumn side="right" label="Qui lit">
          <Readers data={data} />
        </SideColumn>
      </Columns>
      <p className="vh" aria-live="polite">
        {open ? 'Signalement en cours' : 'Signalement clos'}
      </p>
      {dialog === null || dialog === 'close' || dialog === 'reopen' ? null : <EntryDialog kind={dialog} data={data} onClose={() => setDialog(null)} />}
      {dialog === 'close' ? <CloseDialog data={data} onClose={() => setDialog(null)} /> : null}
      {dialog === 'reopen' ? <ReopenDialog data={data} onClose={() => setDialog(null)} /> : null}
    </>
  )
}

function Head(props: { readonly data: ReportData; readonly onAsk: (dialog: Dialog) => void }): ReactNode {
  return (
    <div className="bar">
      <h1 className="cut">{nameOf(props.data)}</h1>
      <span className="end row wrap">
        <ButtonLink small icon={IconPrinter} to="/signalements/$reportId/imprimer" params={{ reportId: props.data.id } as never}>
          Imprimer
        </ButtonLink>
        {props.data.state === 'open' ? (
          <Button small icon={IconChecks} onClick={() => props.onAsk('close')}>
            Clore
          </Button>
        ) : (
          <Button small icon={IconArrowBackUp} onClick={() => props.onAsk('reopen')}>
            Rouvrir
          </Button>
        )}
      </span>
    </div>
  )
}

function Brief({ data }: { readonly data: ReportData }): ReactNode {
  const label = useValueLabels()
  const kinds = useKindWords()
  return (
    <>
      <Section title="En bref" end={data.state === 'open' ? <StatusPill tone="accent">En cours</StatusPill> : <StatusPill>Clos</StatusPill>}>
        <dl className="kv kv--stack">
          <dt>En danger</dt>
          <dd>{endangeredLine(data)}</dd>
          <dt>Personne accompagnée</dt>
          <dd>
            {data.fileOpen ? (
              <Link to="/personnes/$personId" params={{ personId: data.personId } as never}>
                {nameOf(data)}
              </Link>
            ) : (
              nameOf(data)
            )}
            <span className="small mut" style={{ display: 'block' }}>
              {traitsOf(data)}
            </span>
          </dd>
          <dt>Où la trouver</dt>
          <dd>{data.whereabouts ?? 'non noté'}</dd>
          <dt>Forme</dt>
          <dd>{kinds(data.kinds)}</dd>
          <dt>Écrit par</dt>
          <dd>
            {[data.authorName, data.authorFunction].filter(Boolean).join(', ')}
            <span className="small mut" style={{ display: 'block' }}>
              {data.serviceName}, le {formatDayOf(data.openedAt)}
            </span>
          </dd>
          <dt>Numéro</dt>
          <dd className="small mut" style={{ overflowWrap: 'anywhere' }}>
            {data.id}
          </dd>
        </dl>
      </Section>
      {data.state === 'closed' ? (
        <Section title="Issue">
          <p>
            <b>{label('safeguarding.outcome', data.outcome)}</b>
          </p>
          <p className="small entry__words">{data.outcomeWords}</p>
          <p className="small mut">
            Clos par {data.closedByName}, le {formatDayOf(data.closedAt ?? data.openedAt)}
          </p>
        </Section>
      ) : null}
    </>
  )
}

/** One kind of line of the journal, oldest first. */
function Entries(props: {
  readonly data: ReportData
  readonly kind: EntryKind
  readonly title: string
  readonly add: string | null
  readonly main?: boolean | undefined
  readonly empty: string
  readonly onAdd: (kind: EntryKind) => void
}): ReactNode {
  const { kind, add } = props
  const entries = props.data.entries.filter((one) => one.kind === kind)
  return (
    <Card
      title={props.title}
      flush
      end={
        add === null ? null : (
          <Button small quiet={!props.main} main={props.main} icon={kind === 'sending' ? IconSend : IconPlus} onClick={() => props.onAdd(kind)}>
            {add}
          </Button>
        )
      }
    >
      {entries.length === 0 ? (
        <p className="in-card small mut">{props.empty}</p>
      ) : (
        <ul className="entries">
          {entries.map((entry) => (
            <EntryLine key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </Card>
  )
}
