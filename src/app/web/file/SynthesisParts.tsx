import '../../../platform/web/layout/PersonHeader.css'
import { IconEarOff, IconFlag } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { latestScores } from '../../../assessments/contract/queries.ts'
import type { planSummary } from '../../../care-plans/contract/queries.ts'
import type { Silence } from '../../../persons/contract/person.ts'
import { silenceTitle } from '../../../persons/contract/silences.ts'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { Waiting } from '../../../platform/web/display/QueryState.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { nbsp } from '../../../platform/web/text/typography.ts'

type Summary = OutputOf<typeof planSummary>['plan']

/** What the person wants, in her words. */
export function WhatMatters({ summary }: { readonly summary: Summary }): ReactNode {
  const wishes = summary?.wishes
  if (!wishes) return null
  return (
    <Section title="Ce qui compte pour elle">
      <p>
        «{nbsp}
        {wishes.words}
        {nbsp}»
      </p>
      <p className="small dim" style={{ marginTop: 3 }}>
        {[wishes.saidOn ? `dit le ${formatDay(wishes.saidOn)}` : null, wishes.writtenByName ? `noté par ${wishes.writtenByName}` : null]
          .filter(Boolean)
          .join(', ')}
      </p>
    </Section>
  )
}

/** The last result of each grid, beside the one before; undefined while they are read: that there is none is said once it is known. */
export function ScoresInBrief(props: { readonly personId: PersonId; readonly rows: OutputOf<typeof latestScores>['rows'] | undefined }): ReactNode {
  return (
    <Section
      title="Évaluations"
      end={
        <Link to="/personnes/$personId/evaluations" params={{ personId: props.personId } as never}>
          Toutes
        </Link>
      }
    >
      {props.rows === undefined ? (
        <Waiting label="Lecture des évaluations" />
      ) : props.rows.length === 0 ? (
        <p className="small mut">Aucune évaluation terminée.</p>
      ) : (
        <table className="tbl tbl--bare">
          <caption className="vh">Dernières évaluations</caption>
          <thead className="vh">
            <tr>
              <th scope="col">Grille</th>
              <th scope="col">Résultat</th>
              <th scope="col">Date</th>
            </tr>
          </thead>
          <tbody>
            {props.rows.slice(0, 5).map((row) => (
              <tr key={row.formCode}>
                <th scope="row">{row.shortTitle}</th>
                <td>
                  <b>{row.result.printed}</b> <span className="dim">{row.former ? `${row.former.printed} avant` : (row.result.label ?? '')}</span>
                </td>
                <td className="num dim">{formatDay(row.performedOn)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

/** The PPCS in brief: its version, a criterion reached, the next terms. */
export function PlanInBrief(props: { readonly personId: PersonId; readonly summary: Summary | undefined }): ReactNode {
  const { summary } = props
  const open = (
    <Link to="/personnes/$personId/ppcs" params={{ personId: props.personId } as never}>
      Ouvrir
    </Link>
  )
  if (summary === null || summary === undefined) {
    return (
      <Section title="PPCS" end={open}>
        {summary === undefined ? <Waiting label="Lecture du PPCS" /> : <p className="small mut">Pas encore de PPCS.</p>}
      </Section>
    )
  }
  const now = today()
  return (
    <Section title={summary.validatedNumber === null ? 'PPCS en cours d’écriture' : `PPCS, version ${summary.validatedNumber}`} end={open}>
      {summary.reached.map((one) => (
        <Notice key={one.words} tone="alert" icon={IconFlag}>
          Critère de révision atteint{nbsp}: {one.words}
        </Notice>
      ))}
      <ul className="lines">
        {summary.next.slice(0, 2).map((one) => {
          const late = one.dueOn !== null && one.dueOn < now
          return (
            <li key={`${one.title}${one.dueOn ?? ''}`} className="row">
              <span className="grow cut" title={one.title}>
                {one.title}
              </span>
              <span className={late ? 'small t-alert semi nw' : 'small mut nw'}>
                {one.dueOn === null
                  ? (one.dueWords ?? '')
                  : late
                    ? `retard ${Math.round((Date.parse(now) - Date.parse(one.dueOn)) / 86_400_000)}${nbsp}j`
                    : `avant le ${formatDay(one.dueOn).slice(0, 5)}`}
              </span>
            </li>
          )
        })}
      </ul>
      {summary.reviewOn ? <p className="small mut">À revoir le {formatDay(summary.reviewOn)}</p> : null}
    </Section>
  )
}

/** « Ne rien dire à… », above everything that one writes. */
export function SilenceBand({ silences }: { readonly silences: readonly Silence[] }): ReactNode {
  const shown = silences.filter((one) => one.kind !== 'no_sharing')
  if (shown.length === 0) return null
  return (
    <div className="silence">
      <Ic of={IconEarOff} />
      <span>
        <b>{shown.map((one) => (one.relation ? `${silenceTitle(one)}, ${one.relation}` : silenceTitle(one))).join('. ')}.</b>
      </span>
    </div>
  )
}
