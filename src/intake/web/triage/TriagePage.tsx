import './triage.css'
import '../said.css'
import { IconGavel } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { triageDecisions } from '../../../episodes/contract/value-sets.ts'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { useKey } from '../../../platform/web/shell/keys.ts'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { headlineOf } from '../../contract/headline.ts'
import { triageList } from '../../contract/queries.ts'
import { answers, motives, personInformed, requesterKinds, subsidiarityChecks, subsidiarityFindings } from '../../contract/value-sets.ts'
import { requesterWords, whoIs, whoIsInFull } from '../words.ts'
import { DecisionForm } from './DecisionForm.tsx'

export type TriageRow = OutputOf<typeof triageList>['rows'][number]

/** The commission d'orientation: the list projected on the wall, the situation that is discussed, its decision. */
export function TriagePage(): ReactNode {
  const query = useJalonQuery(triageList, {})
  const { filters, setFilter } = useUrlFilters({ demande: 'id' })
  useEvents(['intake.*'])
  const rows = query.data?.rows ?? []
  const current = rows.find(({ id }) => id === filters.demande) ?? rows[0]
  const at = current ? rows.indexOf(current) : -1
  const go = (step: number): void => {
    const next = rows[at + step]
    if (next) setFilter('demande', next.id)
  }
  useKey('j', () => go(1), 'Situation suivante')
  useKey('k', () => go(-1), 'Situation précédente')
  return (
    <Page title="Commission d’orientation">
      <Columns kind="file" drawerLabel="Décision">
        <SideColumn side="left" label="Situations inscrites" flush>
          <div className="triage__head">
            <h1>Commission d’orientation</h1>
            <p className="small mut">{query.data ? `${plural(rows.length, 'situation')} à examiner` : ''}</p>
          </div>
          <ol className="triage__list">
            {rows.map((row, index) => (
              <TriageLine key={row.id} row={row} index={index + 1} on={row === current} onPick={() => setFilter('demande', row.id)} />
            ))}
          </ol>
        </SideColumn>
        <CenterColumn label="Situation examinée">
          <QueryState
            query={query}
            isEmpty={(data) => data.rows.length === 0}
            empty={
              <EmptyState icon={IconGavel} title="Aucune situation inscrite">
                Inscrivez une demande depuis sa fiche, avec « Inscrire à la commission ».
              </EmptyState>
            }
          >
            {() => (current ? <Situation row={current} /> : null)}
          </QueryState>
        </CenterColumn>
        <SideColumn side="right" label="Décision">
          <h2>Décision</h2>
          {current ? <DecisionForm key={current.id} row={current} /> : null}
        </SideColumn>
      </Columns>
    </Page>
  )
}

function TriageLine(props: { readonly row: TriageRow; readonly index: number; readonly on: boolean; readonly onPick: () => void }): ReactNode {
  const { row, index, on, onPick } = props
  const list = useValueList(motives.code, motives.values)
  return (
    <li>
      <button type="button" className={on ? 'triage__line is-on' : 'triage__line'} aria-current={on || undefined} onClick={onPick}>
        <span className="triage__n">{index}</span>
        <span className="grow">
          <b>{whoIs(row)}</b>
          <span className="small mut">{headlineOf(row.text, row.motives.map(list.label))}</span>
          <span className="small dim">
            {row.communeName} · inscrite {formatWhen(row.triageSince)}
          </span>
        </span>
      </button>
    </li>
  )
}

/** Read from the back of the room. */
function Situation({ row }: { readonly row: TriageRow }): ReactNode {
  const motiveList = useValueList(motives.code, motives.values)
  const kinds = useValueList(requesterKinds.code, requesterKinds.values)
  const checks = useValueList(subsidiarityChecks.code, subsidiarityChecks.values)
  const findings = useValueList(subsidiarityFindings.code, subsidiarityFindings.values)
  const answerList = useValueList(answers.code, answers.values)
  const informed = useValueList(personInformed.code, personInformed.values)
  const decisions = useValueList(triageDecisions.code, triageDecisions.values)
  return (
    <div className="wall">
      <header>
        <h2>{whoIsInFull(row)}</h2>
        <p>
          {row.communeName} · {requesterWords(row, kinds.label(row.requesterKind))}
          {row.referredByName ? ` · orientée par ${row.referredByName}` : ''} ·{' '}
          <Link to="/demandes/$requestId" params={{ requestId: row.id } as never}>
            demande n° {row.number}
          </Link>
        </p>
      </header>
      <p className="wall__text said">{row.text ?? headlineOf(null, row.motives.map(motiveList.label))}</p>
      <p className="row wrap" style={{ gap: 8 }}>
        {row.motives.map((motive) => (
          <Token key={motive}>{motiveList.label(motive)}</Token>
        ))}
      </p>
      {row.person === null ? (
        <Notice tone="warning">
          La personne n’est pas reliée : pour l’accompagner, reliez-la depuis{' '}
          <Link to="/demandes/$requestId" params={{ requestId: row.id } as never}>
            sa demande
          </Link>
          .
        </Notice>
      ) : null}
      {row.informedOn !== null ? <p>Personne informée le {formatDay(row.informedOn)}.</p> : null}
      {row.informedOn === null && row.personInformed !== 'yes' && row.concerns === 'person' ? (
        <Notice tone="warning">Information de la personne : {row.personInformed ? informed.label(row.personInformed).toLowerCase() : 'non notée'}.</Notice>
      ) : null}
      <div className="wall__facts">
        <Section title="Qui d’autre peut répondre">
          {row.findings.length === 0 ? <p className="mut">Rien de vérifié encore.</p> : null}
          <ul>
            {row.findings.map((one) => (
              <li key={one.check}>
                {checks.label(one.check)} : <b>{findings.label(one.finding).toLowerCase()}</b>
              </li>
            ))}
          </ul>
        </Section>
        <Section title="Déjà fait">
          {row.answers.length === 0 && row.lastDecision === null ? <p className="mut">Rien encore.</p> : null}
          <ul>
            {row.answers.map((code) => (
              <li key={code}>{answerList.label(code)}</li>
            ))}
            {row.lastDecision ? <li>Dernière commission : {decisions.label(row.lastDecision).toLowerCase()}</li> : null}
          </ul>
        </Section>
      </div>
      {row.triageProposal ? (
        <Section title="Proposition">
          <p className="wall__text said">{row.triageProposal}</p>
        </Section>
      ) : null}
    </div>
  )
}
