import '../exceptional/exceptional.css'
import { IconEarOff, IconMailCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useInvalidate, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { Bar, Card, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { formatBirthName, formatPersonName } from '../../../platform/web/text/names.ts'
import { plural, typo } from '../../../platform/web/text/typography.ts'
import { type NoticeToHand, noticesToHand } from '../../contract/notice-actions.ts'
import { silenceTitle } from '../../contract/silences.ts'
import { NoticeLine } from './NoticeLine.tsx'

/** « Avis à remettre »: what persons are to be told of their own file and no machine may send. */
export function NoticesToHandPage(): ReactNode {
  const list = useJalonQuery(noticesToHand, {})
  const invalidate = useInvalidate()
  useEvents(['persons.personNotice.changed'], () => void invalidate(noticesToHand))
  return (
    <Page title="Avis à remettre">
      <Bar title="Avis à remettre" />
      <Columns kind="two" drawerLabel="Comment remettre">
        <CenterColumn label="Avis à remettre" ground>
          <QueryState
            query={list}
            isEmpty={(data) => data.rows.length === 0}
            empty={
              <EmptyState icon={IconMailCheck} title="Rien à remettre">
                Quand un dossier de votre service est ouvert par accès exceptionnel, la personne en est prévenue dans Mon espace santé, ou par vous, ici.
              </EmptyState>
            }
          >
            {(data) => (
              <Card flush>
                <p className="in-card small mut" role="status">
                  {plural(data.total, 'avis', 'avis')} à remettre, le plus ancien d’abord
                  {data.total > data.rows.length ? typo(` : les ${data.rows.length} premiers ci-dessous`) : ''}
                </p>
                <ul aria-label="Avis à remettre">
                  {data.rows.map((row) => (
                    <NoticeLine
                      key={row.id}
                      personId={row.person.personId}
                      notice={row}
                      represented={row.represented}
                      representatives={row.representatives}
                      head={<Whose row={row} />}
                      before={<Silenced row={row} />}
                    />
                  ))}
                </ul>
              </Card>
            )}
          </QueryState>
        </CenterColumn>
        <SideColumn side="right" label="Comment remettre">
          <Section title="Ce que la lettre dit">
            <p className="small">
              Le jour, et ce que la personne peut demander. Ni qui, ni pourquoi, ni rien de sa santé : vous pouvez le lui dire, elle le lira dans la liste des
              accès.
            </p>
          </Section>
          <Section title="À qui">
            <p className="small">
              {typo(
                'À elle. À qui la représente aussi, si une mesure le prévoit ; à ceux qui exercent l’autorité parentale pour un mineur. À personne d’autre, surtout pas à un proche qui passe.',
              )}
            </p>
          </Section>
          <Section title="Si elle peut être en danger">
            <p className="small">
              Un courrier chez elle peut être lu. Choisissez le moment et le lieu, ou décidez de ne pas remettre : la raison est gardée et relue.
            </p>
          </Section>
        </SideColumn>
      </Columns>
    </Page>
  )
}

function Whose({ row }: { readonly row: NoticeToHand }): ReactNode {
  return (
    <span>
      <Link to={'/personnes/$personId/information' as never} params={{ personId: row.person.personId } as never}>
        <b>{formatPersonName(row.person)}</b>
      </Link>{' '}
      <span className="mut">{formatBirthName(row.person)}</span>
    </span>
  )
}

function Silenced({ row }: { readonly row: NoticeToHand }): ReactNode {
  if (row.silences.length === 0 && row.representatives.length === 0) return null
  return (
    <>
      {row.silences.map((one) => (
        <Notice key={one.id} tone="alert" icon={IconEarOff}>
          {silenceTitle(one)}
          {one.relation ? `, ${one.relation}` : ''}
        </Notice>
      ))}
      {row.representatives.length > 0 ? <p className="small">Représentée par {row.representatives.join(', ')}.</p> : null}
    </>
  )
}
