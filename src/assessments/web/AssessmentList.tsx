import '../../platform/web/table/table.css'
import './questions.css'
import { IconClipboardCheck, IconPencil, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { verdictOf } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { Bar, Columns, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { ScrollRegion } from '../../platform/web/layout/ScrollRegion.tsx'
import { nbsp, plural } from '../../platform/web/text/typography.ts'
import { startAssessment } from '../contract/actions.ts'
import { type AssessmentId, type AssessmentLine, opinionAnswerLabels } from '../contract/assessment.ts'
import { changeBetween } from '../contract/change.ts'
import { currentForm, formVersion } from '../contract/library.ts'
import { assessmentsOfPerson, latestScores } from '../contract/queries.ts'
import { FormPicker } from './FormPicker.tsx'
import { ChangeWord } from './ScoreBox.tsx'
import { formerWords, readingOf, toneOf } from './words.ts'

/** What was evaluated, by whom, what came out of it and where it goes; at the right the last score of each grid. */
export function AssessmentList(props: { readonly personId: PersonId; readonly onOpen: (id: AssessmentId) => void }): ReactNode {
  const { personId, onOpen } = props
  const query = useJalonQuery(assessmentsOfPerson, { personId })
  const scores = useJalonQuery(latestScores, { personId })
  const [picking, setPicking] = useState(false)
  return (
    <Columns kind="two" drawerLabel="Derniers scores">
      <div className="center">
        <QueryState query={query}>{(data) => <Lines data={data} onOpen={onOpen} onNew={() => setPicking(true)} />}</QueryState>
        {picking && query.data ? (
          <FormPicker
            person={query.data.person}
            personId={personId}
            last={query.data.rows.find((row) => row.kind === 'evaluation' && row.state === 'finished')?.id ?? null}
            onStarted={onOpen}
            onClose={() => setPicking(false)}
          />
        ) : null}
      </div>
      <SideColumn side="right" label="Derniers scores">
        <section>
          <div className="sec">
            <h2>Derniers scores</h2>
          </div>
          <QueryState
            query={scores}
            isEmpty={({ rows }) => rows.length === 0}
            empty={<p className="small mut">Aucune grille cotée, ou aucune qui vous soit ouverte.</p>}
          >
            {({ rows }) => (
              <ul className="lines">
                {rows.map((row) => (
                  <li key={row.formCode}>
                    <button type="button" className="linklike semi" style={{ textAlign: 'left' }} onClick={() => onOpen(row.assessmentId)}>
                      {row.shortTitle}
                    </button>
                    <div className="row wrap" style={{ gap: 8 }}>
                      <b>{row.result.printed}</b>
                      {readingOf(row.result) ? <StatusPill tone={toneOf(row.result.severity)}>{readingOf(row.result)}</StatusPill> : null}
                      <span className="end small dim">{formatDay(row.performedOn)}</span>
                    </div>
                    {row.former ? (
                      <div className="small mut row" style={{ gap: 8 }}>
                        {formerWords(row.former)} <ChangeWord change={row.change} />
                      </div>
                    ) : null}
                  </li>
                ))}
              </ul>
            )}
          </QueryState>
        </section>
      </SideColumn>
    </Columns>
  )
}

function Lines(props: {
  readonly data: OutputOf<typeof assessmentsOfPerson>
  readonly onOpen: (id: AssessmentId) => void
  readonly onNew: () => void
}): ReactNode {
  const { rows, person } = props.data
  const actor = useActor()
  const verdict = verdictOf(startAssessment, actor, person, { form: '' })
  const refused = person.deceased ? 'Le décès est enregistré : plus d’évaluation.' : verdict && !verdict.allowed ? verdict.reason : null
  const drafts = rows.filter((row) => row.state === 'draft')
  const done = rows.filter((row) => row.state !== 'draft')
  const start = (
    <Button main small icon={IconPlus} blocked={refused !== null} onClick={props.onNew}>
      Nouvelle évaluation
    </Button>
  )
  return (
    <>
      <Bar
        end={
          <>
            {refused ? <span className="small mut">{refused}</span> : null}
            {start}
          </>
        }
      >
        <span className="mut">
          {plural(done.length, 'évaluation')}
          {drafts.length > 0 ? `, ${plural(drafts.length, 'brouillon')}` : ''}
        </span>
      </Bar>
      <ScrollRegion className="scroll" label="Évaluations">
        {rows.length === 0 ? (
          <div style={{ padding: 16 }}>
            <EmptyState icon={IconClipboardCheck} title="Aucune évaluation">
              Une visite se prépare ici : l’évaluation multidimensionnelle se remplit en une ou deux rencontres, chaque grille en quelques minutes.
            </EmptyState>
          </div>
        ) : (
          <table className="tbl tbl--rows tbl--sticky">
            <caption className="vh">Évaluations, la plus récente d’abord</caption>
            <colgroup>
              <col />
              <col style={{ width: 190 }} />
              <col style={{ width: 210 }} />
              <col style={{ width: 150 }} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">Quoi</th>
                <th scope="col">Résultat</th>
                <th scope="col">Quand, par qui</th>
                <th scope="col">Son avis</th>
              </tr>
            </thead>
            <tbody>
              {[...drafts, ...done].map((row) => (
                <Line key={row.id} row={row} onOpen={() => props.onOpen(row.id)} />
              ))}
            </tbody>
          </table>
        )}
      </ScrollRegion>
    </>
  )
}

function Line({ row, onOpen }: { readonly row: AssessmentLine; readonly onOpen: () => void }): ReactNode {
  const form = formVersion(row.formCode, row.formVersion) ?? currentForm(row.formCode)
  const former = row.former
  return (
    <tr data-link="" onClick={onOpen}>
      <th scope="row">
        <button type="button" className="linklike semi" style={{ textAlign: 'left' }} onClick={onOpen}>
          {form === undefined ? 'Évaluation' : form.title.startsWith(form.shortTitle) && form.kind !== 'grid' ? form.title : form.shortTitle}
        </button>
        {form && form.kind !== 'grid' && !form.title.startsWith(form.shortTitle) ? <span className="small dim"> {form.title}</span> : null}
        {row.state === 'replaced' ? (
          <div className="small dim">corrigée depuis</div>
        ) : row.correctionReason ? (
          <div className="small dim">corrige la précédente&nbsp;: {row.correctionReason}</div>
        ) : null}
      </th>
      <td data-head="Résultat">
        {row.state === 'draft' ? (
          <StatusPill tone="draft" icon={IconPencil}>
            {row.sectionsDone} {row.sectionsDone > 1 ? 'rubriques' : 'rubrique'} sur {row.sectionsSeen}
          </StatusPill>
        ) : row.result ? (
          <>
            <b style={row.state === 'replaced' ? { textDecoration: 'line-through' } : undefined}>{row.result.printed}</b>{' '}
            <span className="mut">{readingOf(row.result)}</span>
            {former && row.state === 'finished' ? (
              <div className="small mut row" style={{ gap: 6 }}>
                {formerWords(former)} {form ? <ChangeWord change={changeBetween(form, former.score, row.result.score)} /> : null}
              </div>
            ) : null}
          </>
        ) : row.incompleteReason ? (
          <span className="small mut">
            sans score{nbsp}: {row.incompleteReason}
          </span>
        ) : (
          <span className="dim">{row.kind === 'evaluation' ? 'terminée' : '–'}</span>
        )}
      </td>
      <td data-head="Quand, par qui">
        {row.state === 'draft' ? 'commencée le ' : ''}
        {formatDay(row.performedOn)}
        <div className="small dim">
          {row.author.name}
          {row.author.kind === 'partner' ? ', partenaire' : ''}
        </div>
      </td>
      <td className="small" data-head="Son avis">
        {row.opinion ? (
          row.opinion.agrees ? (
            opinionAnswerLabels[row.opinion.agrees]
          ) : (
            'noté'
          )
        ) : row.state === 'finished' ? (
          <span className="dim">pas encore recueilli</span>
        ) : (
          ''
        )}
      </td>
    </tr>
  )
}
