import { IconStethoscope } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ageOn, formatDay } from '../../platform/contract/dates.ts'
import { useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { type PillTone, StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { Bar } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { DataTable } from '../../platform/web/table/DataTable.tsx'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { formatWhen, today } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { formatPhone } from '../../platform/web/text/phones.ts'
import { nbsp } from '../../platform/web/text/typography.ts'
import { type CptsReferral, cptsReferrals, isOpen } from '../contract/referrals.ts'
import { AnswerDrawer } from './AnswerDrawer.tsx'

const tones: Readonly<Record<string, PillTone>> = { sent: 'alert', reminded: 'alert', received: 'accent', proposed: 'accent', designated: 'success' }

/** The home of a CPTS coordinator: whom the DAC asks her to find a médecin traitant for, and where each search stands (R24). */
export function ReferralsPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ etat: 'code', saisine: 'id' })
  const ended = filters.etat === 'terminees' ? true : filters.etat === 'toutes' ? null : false
  const list = useInfiniteJalonQuery(cptsReferrals, { ended })
  useEvents(['persons.familyDoctorReferral.*', 'persons.familyDoctor.*'], () => list.retry())
  const label = useValueLabels()
  const open = list.rows.find((row) => row.id === filters.saisine)
  return (
    <Page title="Saisines">
      <Bar title="Recherches de médecin traitant">
        <Segmented
          label="État"
          inline
          value={ended === null ? 'toutes' : ended ? 'terminees' : 'en-cours'}
          onChange={(value) => setFilter('etat', value === 'en-cours' ? null : value)}
          options={[
            { value: 'en-cours', label: 'En cours' },
            { value: 'terminees', label: 'Terminées' },
            { value: 'toutes', label: 'Toutes' },
          ]}
        />
      </Bar>
      <DataTable
        list={list}
        caption="Personnes sans médecin traitant, adressées à la CPTS"
        unit={['saisine', 'saisines']}
        csv
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: '.', search: ((old: object) => ({ ...old, saisine: row.id })) as never })}
        columns={[
          { key: 'person', head: 'Personne', cell: (row) => <PersonCell row={row} /> },
          { key: 'phone', head: 'Téléphone', width: 150, cell: (row) => <span className="nw num">{row.phone ? formatPhone(row.phone) : '–'}</span> },
          { key: 'sent', head: 'Demandée', width: 150, cell: (row) => <span className="nw">{formatWhen(row.sentAt)}</span> },
          {
            key: 'state',
            head: 'Où en est-on',
            width: 230,
            cell: (row) => (
              <StatusPill tone={row.endedAt === null ? (tones[row.state] ?? 'neutral') : 'neutral'}>{label('persons.gp_referral_state', row.state)}</StatusPill>
            ),
          },
          { key: 'doctor', head: 'Médecin', width: 210, cell: (row) => row.doctor?.name ?? <span className="dim">–</span> },
          { key: 'dac', head: 'Demandée par', width: 220, cell: (row) => <AskedBy row={row} /> },
        ]}
        empty={
          <EmptyState icon={IconStethoscope} title={ended ? 'Aucune saisine terminée' : 'Aucune recherche en cours'}>
            Quand un DAC note qu’une personne de votre territoire n’a pas de médecin traitant, sa demande arrive ici. Vous ne voyez de la personne que ce qui
            sert à la recherche.
          </EmptyState>
        }
      />
      {open && isOpen(open) ? <AnswerDrawer referral={open} onClose={() => setFilter('saisine', null)} onAnswered={list.retry} /> : null}
    </Page>
  )
}

function PersonCell({ row: { person } }: { readonly row: CptsReferral }): ReactNode {
  if (person === null) return <span className="small mut">Recherche terminée : la personne n’est plus montrée</span>
  return (
    <>
      <b>{formatPersonName(person)}</b>
      <span className="small mut"> {[person.birthDay ? `${ageOn(person.birthDay, today())}${nbsp}ans` : null, person.commune].filter(Boolean).join(', ')}</span>
      {person.deathDay ? <span className="small t-alert"> décès le {formatDay(person.deathDay)}</span> : null}
    </>
  )
}

function AskedBy({ row: { dac } }: { readonly row: CptsReferral }): ReactNode {
  return (
    <>
      {dac.name}
      {dac.askedByName ? <span className="small mut"> {dac.askedByName}</span> : null}
    </>
  )
}
