import '../../platform/web/table/table.css'
import './sign-in.css'
import { IconDeviceDesktop, IconLogout } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { Bar, Card, CenterColumn, Columns } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { closeOtherSessions, closeSession } from '../contract/actions.ts'
import { mySessions } from '../contract/queries.ts'
import { durationWords, methodLabels } from '../contract/session.ts'

/** Where one is signed in at this moment, and the way to close what one does not recognise. */
export function MySessionsPage(props: { readonly children?: ReactNode }): ReactNode {
  const sessions = useJalonQuery(mySessions, {}, { staleTime: 0 })
  const close = useAction(closeSession, undefined, { onDone: () => toast({ text: 'Session fermée.' }) })
  const closeOthers = useAction(closeOtherSessions, undefined, {
    onDone: ({ closed }) =>
      toast({ text: closed === 0 ? 'Aucune autre session n’était ouverte.' : `${plural(closed, 'session fermée', 'sessions fermées')}.` }),
  })
  const others = sessions.data?.rows.filter(({ current }) => !current).length ?? 0
  return (
    <Page title="Mes sessions">
      <Bar
        title="Mes sessions"
        end={
          others > 0 ? (
            <ActionButton
              action={closeOthers}
              input={{}}
              small
              icon={IconLogout}
              ask={() =>
                confirm({
                  title: 'Fermer toutes les autres sessions ?',
                  text: 'Les autres appareils sont déconnectés tout de suite. Ce qui y était tapé est gardé en brouillon.',
                  action: 'Fermer les autres sessions',
                })
              }
            >
              Fermer toutes les autres
            </ActionButton>
          ) : null
        }
      />
      <Columns kind="one">
        <CenterColumn label="Sessions ouvertes">
          <div className="stack stack--3" style={{ maxWidth: 860 }}>
            <QueryState query={sessions}>
              {({ rows, idleMinutes, absoluteMinutes }) => (
                <>
                  <Card title="Sessions ouvertes" flush badge={<StatusPill>{String(rows.length)}</StatusPill>}>
                    <table className="tbl stacks">
                      <caption className="vh">Mes sessions ouvertes</caption>
                      <thead>
                        <tr>
                          <th scope="col">Appareil</th>
                          <th scope="col">Lieu</th>
                          <th scope="col">Dernier geste</th>
                          <th scope="col">Ouverte</th>
                          <th scope="col">
                            <span className="vh">Fermer</span>
                          </th>
                        </tr>
                      </thead>
                      <tbody>
                        {rows.map((row) => (
                          <tr key={row.handle}>
                            <td>
                              <Ic of={IconDeviceDesktop} size="s" /> <b>{row.device}</b>
                              {row.current ? <span className="small sessions__current"> · cette session</span> : null}
                              <div className="small mut">
                                {methodLabels[row.method]}, {row.serviceName}
                              </div>
                            </td>
                            <td data-head="Lieu">{row.current ? 'Ici' : row.place}</td>
                            <td data-head="Dernier geste">{formatWhen(row.lastSeenAt)}</td>
                            <td data-head="Ouverte">{formatWhen(row.openedAt)}</td>
                            <td>
                              {row.current ? null : (
                                <ActionButton action={close} input={{ handle: row.handle }} small quiet>
                                  Fermer
                                </ActionButton>
                              )}
                            </td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  </Card>
                  {props.children}
                  <p className="small mut">
                    Une session se ferme d’elle-même après {durationWords(idleMinutes)} sans geste, et {durationWords(absoluteMinutes)} après son
                    ouverture&#8239;: ces durées sont fixées par la région. L’appareil est ce que le navigateur dit de lui-même. Si vous ne reconnaissez pas une
                    session, fermez-la et prévenez l’administration régionale.
                  </p>
                </>
              )}
            </QueryState>
          </div>
        </CenterColumn>
      </Columns>
    </Page>
  )
}
