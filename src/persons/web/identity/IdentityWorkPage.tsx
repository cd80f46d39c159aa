import '../persons.css'
import { IconShieldCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Bar, Card, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { ExportButton } from '../../../platform/web/table/ExportButton.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { formatBirthName, formatPersonName } from '../../../platform/web/text/names.ts'
import { plural, typo } from '../../../platform/web/text/typography.ts'
import { type IdentityWork, type IdentityWorkRow, identityWorkLabels, identityWorkList, identityWorks } from '../../contract/identity-queries.ts'
import { identityStatusLabels } from '../../contract/identity-status.ts'
import { InsiTurns } from './InsiTurns.tsx'

const shown = 200
const grave: readonly IdentityWork[] = ['contested', 'answer', 'doubtful']

/** « Identités à vérifier »: those of the service that need somebody before their INS is qualified, the gravest first. */
export function IdentityWorkPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ motif: 'code', suivies: 'code' })
  const work = identityWorks.find((one) => one === filters.motif) ?? null
  const accompaniedOnly = filters.suivies === 'oui'
  const input = { work, accompaniedOnly }
  const list = useJalonQuery(identityWorkList, { ...input, limit: shown })
  useEvents(['persons.identity.changed', 'persons.insi.answered'])
  const counts = new Map(list.data?.counts.map((one) => [one.work, one.count]))
  return (
    <Page title="Identités à vérifier">
      <Bar title="Identités à vérifier">
        <ExportButton contract={identityWorkList} input={{ ...input, limit: 5000 }} />
      </Bar>
      <Columns kind="two" drawerLabel="Filtrer">
        <CenterColumn label="Identités à vérifier" ground>
          <QueryState
            query={list}
            isEmpty={(data) => data.rows.length === 0}
            empty={
              <EmptyState icon={IconShieldCheck} title="Rien à vérifier ici">
                Les identités de vos dossiers paraissent ici dès qu’il leur manque quelque chose.
              </EmptyState>
            }
          >
            {(data) => (
              <Card flush>
                <p className="small mut" style={{ padding: '8px 14px 0' }} role="status">
                  {plural(data.total, 'identité', 'identités')}
                  {data.total > data.rows.length ? typo(` : les ${data.rows.length} premières ci-dessous, toutes dans l’export`) : ''}
                </p>
                <ul className="found" aria-label="Identités à vérifier">
                  {data.rows.map((row) => (
                    <Line key={row.person.personId} row={row} />
                  ))}
                </ul>
              </Card>
            )}
          </QueryState>
        </CenterColumn>
        <SideColumn side="right" label="Filtrer">
          <Section title="À faire">
            <ul className="works" aria-label="Motif">
              <Filter label="Tout" on={work === null} count={null} onChoose={() => setFilter('motif', null)} />
              {identityWorks.map((one) => (
                <Filter key={one} label={identityWorkLabels[one]} on={work === one} count={counts.get(one) ?? 0} onChoose={() => setFilter('motif', one)} />
              ))}
            </ul>
          </Section>
          <Section title="Quels dossiers">
            <ul className="works" aria-label="Quels dossiers">
              <Filter label="Tous les dossiers du service" on={!accompaniedOnly} count={null} onChoose={() => setFilter('suivies', null)} />
              <Filter label="Personnes accompagnées" on={accompaniedOnly} count={null} onChoose={() => setFilter('suivies', 'oui')} />
            </ul>
          </Section>
          <InsiTurns />
          <Section title="Pourquoi ces identités">
            <p className="small">
              {typo(
                'Une INS que le téléservice refuse n’accompagne plus aucun envoi, jusqu’à ce que quelqu’un interroge de nouveau, corrige les traits ou la retire.',
              )}
            </p>
          </Section>
        </SideColumn>
      </Columns>
    </Page>
  )
}

function Filter(props: { readonly label: string; readonly on: boolean; readonly count: number | null; readonly onChoose: () => void }): ReactNode {
  return (
    <li>
      <button type="button" aria-pressed={props.on} onClick={props.onChoose}>
        <span>{props.label}</span>
        {props.count === null ? null : <span className="num mut">{props.count}</span>}
      </button>
    </li>
  )
}

function Line({ row }: { readonly row: IdentityWorkRow }): ReactNode {
  const { person, works, missing } = row
  return (
    <li>
      <Link to={'/personnes/$personId/information' as never} params={{ personId: person.personId } as never}>
        <span>
          <b>{formatPersonName(person)}</b> <span className="mut">{formatBirthName(person)}</span>
        </span>
        <span className="row wrap" style={{ gap: 5 }}>
          {works.map((work) => (
            <StatusPill key={work} tone={grave.includes(work) ? 'alert' : 'neutral'}>
              {identityWorkLabels[work]}
            </StatusPill>
          ))}
        </span>
        <span className="small mut">
          {[
            person.birthDay ? `${person.sex === 'M' ? 'né' : 'née'} le ${formatDay(person.birthDay)}` : 'date de naissance inconnue',
            missing.length > 0 ? `manque ${missing.join(', ')}` : null,
            row.accompanied ? null : 'demande seulement',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className="small mut">
          {[identityStatusLabels[row.identityStatus], row.since ? `depuis le ${formatDay(row.since)}` : null].filter(Boolean).join(', ')}
        </span>
      </Link>
    </li>
  )
}
