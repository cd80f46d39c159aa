import { IconPlus, IconSearch, IconUsers } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { type ActorFunction, actorFunctions, holds } from '../../../platform/contract/actor.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useInfiniteJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { Bar, CenterColumn, Columns, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { DataTable } from '../../../platform/web/table/DataTable.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { type Account, users } from '../../contract/queries.ts'
import { functionsValueSet } from '../../contract/territory-value-sets.ts'
import { AdministrationTabs } from '../AdministrationTabs.tsx'
import { ServiceField } from '../fields.tsx'
import { CreateUser } from './CreateUser.tsx'
import { runs } from './running.ts'
import { UserPanel } from './UserPanel.tsx'

/** Accounts and where each works. Nobody has a password here: one logs in with her national identity. */
export function UsersPage(): ReactNode {
  const actor = useActor()
  const admin = holds(actor, 'regional_admin')
  const { filters, setFilter } = useUrlFilters({ service: 'id', fonction: 'code', etat: 'code', compte: 'id', ajout: 'code' })
  const [typed, setTyped] = useState('')
  const navigate = useNavigate()
  const functions = useValueList('territory.function', functionsValueSet.values)
  const list = useInfiniteJalonQuery(users, {
    text: useDeferredValue(typed.trim()),
    serviceId: filters.service ?? null,
    function: filters.fonction !== undefined && (actorFunctions as readonly string[]).includes(filters.fonction) ? (filters.fonction as ActorFunction) : null,
    status: filters.etat === 'active' || filters.etat === 'disabled' ? filters.etat : null,
  })
  const chosen = list.rows.find((row) => row.id === filters.compte)
  const open = (search: Record<string, string | undefined>): void =>
    void navigate({ to: '.', search: ((old: Record<string, unknown>) => ({ ...old, ...search })) as never, replace: true })
  return (
    <Page title="Utilisateurs">
      <Bar
        title="Administration"
        end={
          admin ? (
            <Button small icon={IconPlus} pressed={filters.ajout !== undefined} onClick={() => open({ ajout: filters.ajout ? undefined : '1' })}>
              Ouvrir un compte
            </Button>
          ) : null
        }
      >
        <label className="in" style={{ width: 'min(420px, 100%)' }}>
          <Ic of={IconSearch} size="s" />
          <input
            className="bare grow"
            value={typed}
            placeholder="Nom, profession, numéro national"
            aria-label="Chercher un compte"
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
      </Bar>
      <AdministrationTabs />
      <Columns kind="list" drawerLabel="Compte">
        <SideColumn side="left" label="Filtres">
          <div className="form">
            {admin ? (
              <ServiceField
                label="Service"
                span={12}
                value={filters.service ?? ''}
                shown={serviceNameOf(list.rows, filters.service)}
                onChange={(id) => setFilter('service', id || null)}
              />
            ) : null}
            <SelectField
              label="Fonction"
              span={12}
              placeholder="Toutes"
              options={functions.options}
              value={filters.fonction ?? ''}
              onChange={(code) => setFilter('fonction', code || null)}
            />
            <SelectField
              label="Compte"
              span={12}
              placeholder="Tous"
              options={[
                { value: 'active', label: 'Ouvert' },
                { value: 'disabled', label: 'Fermé' },
              ]}
              value={filters.etat ?? ''}
              onChange={(code) => setFilter('etat', code || null)}
            />
          </div>
        </SideColumn>
        <CenterColumn label="Liste des comptes" flush>
          <DataTable
            list={list}
            caption="Comptes"
            unit={['compte', 'comptes']}
            csv
            rowKey={(row) => row.id}
            rowLink={(row) => ({ to: '.', search: ((old: Record<string, unknown>) => ({ ...old, compte: row.id, ajout: undefined })) as never })}
            columns={[
              { key: 'name', head: 'Nom', cell: (row) => `${row.familyName} ${row.givenName}` },
              { key: 'service', head: 'Où', cell: (row) => placesOf(row).join(', ') || <span className="dim">aucun service</span> },
              {
                key: 'function',
                head: 'Fonctions',
                cell: (row) => [...new Set(row.memberships.filter(runs).flatMap((held) => held.functions))].map(functions.label).join(', '),
              },
              { key: 'status', head: 'Compte', width: 90, cell: (row) => (row.status === 'active' ? 'Ouvert' : <StatusPill>Fermé</StatusPill>) },
            ]}
            empty={
              <EmptyState icon={IconUsers} title="Aucun compte">
                Changez les filtres, ou ouvrez un compte. Un professionnel extérieur a le sien à sa première connexion.
              </EmptyState>
            }
          />
        </CenterColumn>
        <SideColumn side="right" label="Compte">
          {filters.ajout && admin ? (
            <CreateUser onClose={() => open({ ajout: undefined })} onDone={(id) => open({ ajout: undefined, compte: id })} />
          ) : chosen ? (
            <UserPanel key={`${chosen.id} ${chosen.version}`} account={chosen} />
          ) : (
            <p className="mut">Choisissez un compte pour voir où il exerce et ce qu’il peut faire.</p>
          )}
        </SideColumn>
      </Columns>
    </Page>
  )
}

function placesOf(row: Account): readonly string[] {
  return row.memberships.filter(runs).map((held) => held.serviceName)
}

function serviceNameOf(rows: readonly Account[], id: string | undefined): string | null {
  return id === undefined ? null : (rows.flatMap((row) => row.memberships).find((held) => held.serviceId === id)?.serviceName ?? 'Service choisi')
}
