import { IconInbox } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { accompanies } from '../../../platform/contract/actor.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { ScrollRegion } from '../../../platform/web/layout/ScrollRegion.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { requestKindWords, requestOutcomeWords } from '../../contract/requests.ts'
import { requestRegister, serviceRequests } from '../../contract/rights-queries.ts'
import { TermPill } from '../person/RequestList.tsx'
import { Treatment } from './Treatment.tsx'

/** Requests of persons: by name for those who answer them, by number for those who answer for the treatment. */
export function RequestsPage(): ReactNode {
  const actor = useActor()
  useEvents(['privacy.*'])
  return <Treatment title="Demandes des personnes">{accompanies(actor) ? <ByName /> : <ByNumber />}</Treatment>
}

const nothing = (
  <EmptyState icon={IconInbox} title="Aucune demande">
    Une demande se note dans le dossier de la personne, onglet « Droits ». Elle paraît ici jusqu’à sa réponse.
  </EmptyState>
)

function ByName(): ReactNode {
  const list = useJalonQuery(serviceRequests, {})
  return (
    <QueryState query={list} isEmpty={(data) => data.rows.length === 0} empty={nothing}>
      {({ rows, today }) => (
        <ScrollRegion label="Demandes des personnes" className="tablescroll">
          <table className="tbl">
            <caption className="vh">Demandes des personnes, la première due d’abord</caption>
            <thead>
              <tr>
                <th scope="col">Personne</th>
                <th scope="col">Demande</th>
                <th scope="col">Reçue le</th>
                <th scope="col">Où on en est</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">
                    <Link to="/personnes/$personId/droits" params={{ personId: row.person.personId } as never}>
                      {formatPersonName(row.person)}
                    </Link>
                  </th>
                  <td>{requestKindWords[row.kind]}</td>
                  <td className="num">{formatDay(row.receivedOn)}</td>
                  <td>
                    <TermPill request={row} today={today} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </QueryState>
  )
}

function ByNumber(): ReactNode {
  const list = useJalonQuery(requestRegister, {})
  return (
    <QueryState query={list} isEmpty={(data) => data.rows.length === 0} empty={nothing}>
      {({ rows }) => (
        <ScrollRegion label="Registre des demandes" className="tablescroll">
          <p className="small mut">Sans nom : numéros, délais et suites. Les demandes se lisent par nom dans les dossiers, par ceux qui y répondent.</p>
          <table className="tbl">
            <caption className="vh">Registre des demandes</caption>
            <thead>
              <tr>
                <th scope="col">Numéro</th>
                <th scope="col">Service</th>
                <th scope="col">Demande</th>
                <th scope="col">Reçue le</th>
                <th scope="col">À répondre avant le</th>
                <th scope="col">Suite</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.number}>
                  <th scope="row" className="num">
                    {row.number}
                  </th>
                  <td>{row.service ?? '–'}</td>
                  <td>{requestKindWords[row.kind]}</td>
                  <td className="num">{formatDay(row.receivedOn)}</td>
                  <td className="num">
                    {formatDay(row.dueOn)}
                    {row.extended ? ' (prolongé)' : ''}
                  </td>
                  <td>
                    {row.outcome ? `${requestOutcomeWords[row.outcome]} le ${formatDay(row.answeredOn ?? row.dueOn)}` : 'En cours'}{' '}
                    {row.late ? <StatusPill tone="alert">En retard</StatusPill> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </QueryState>
  )
}
