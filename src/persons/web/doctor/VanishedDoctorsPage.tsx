import '../persons.css'
import { IconMapSearch, IconStethoscope, IconStethoscopeOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId, type PartyId } from '../../../platform/contract/ids.ts'
import { errorDetail } from '../../../platform/web/api/api-error.ts'
import { callAction, type Submission } from '../../../platform/web/api/client.ts'
import { useInfiniteJalonQuery, useInvalidate, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Bar, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { DataTable } from '../../../platform/web/table/DataTable.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { recordFamilyDoctor } from '../../contract/actions.ts'
import { type VanishedDoctorRow, vanishedDoctorLabels, vanishedDoctorStates, vanishedDoctors } from '../../contract/vanished-doctors.ts'
import { referralWords } from './FamilyDoctorDrawer.tsx'

/** « Médecins traitants disparus »: whose médecin traitant left the national directory, and what is being done about it. */
export function VanishedDoctorsPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ suivi: 'code', medecin: 'id', suivies: 'code' })
  const state = vanishedDoctorStates.find((one) => one === filters.suivi) ?? null
  const input = { state, doctorId: (filters.medecin ?? null) as PartyId | null, accompaniedOnly: filters.suivies === 'oui' }
  const list = useInfiniteJalonQuery(vanishedDoctors, input)
  const told = useJalonQuery(vanishedDoctors, { ...input, limit: 1 }, { keepPrevious: true }).data
  useEvents(['persons.familyDoctor.changed', 'persons.familyDoctorReferral.*', 'directory.import.ended'])
  const counts = new Map(told?.counts.map((one) => [one.state, one.count]))
  return (
    <Page title="Médecins traitants disparus">
      <Bar title="Médecins traitants disparus" />
      <Columns kind="two" drawerLabel="Filtrer">
        <CenterColumn label="Médecins traitants disparus" flush>
          <DataTable
            list={list}
            caption="Personnes dont le médecin traitant a disparu du répertoire national"
            unit={['personne', 'personnes']}
            csv
            rowKey={(row) => row.person.personId}
            columns={[
              {
                key: 'person',
                head: 'Personne',
                cell: (row) => (
                  <span className="stack" style={{ gap: 0 }}>
                    <Link to={'/personnes/$personId/information' as never} params={{ personId: row.person.personId } as never}>
                      {formatPersonName(row.person)}
                    </Link>
                    <span className="small mut">{[row.person.commune, row.accompanied ? null : 'demande seulement'].filter(Boolean).join(' · ')}</span>
                  </span>
                ),
              },
              {
                key: 'doctor',
                head: 'Médecin traitant noté',
                cell: (row) => (
                  <span className="stack" style={{ gap: 0 }}>
                    <span>{row.doctorName}</span>
                    <span className="small mut">{[row.doctorCommune, `disparu depuis le ${formatDay(row.vanishedAt)}`].filter(Boolean).join(' · ')}</span>
                  </span>
                ),
              },
              {
                key: 'state',
                head: 'Suivi',
                cell: (row) => (
                  <span className="stack" style={{ gap: 2 }}>
                    <span>
                      <StatusPill tone={row.state === 'todo' ? 'warning' : row.state === 'asked' ? 'info' : 'neutral'}>
                        {vanishedDoctorLabels[row.state]}
                      </StatusPill>
                    </span>
                    {row.askedAt && row.state === 'asked' ? (
                      <span className="small mut">{`${row.cptsName ?? 'CPTS'}, le ${formatDay(row.askedAt)}`}</span>
                    ) : null}
                  </span>
                ),
              },
              { key: 'gestures', head: 'Que faire', saysItself: true, cell: (row) => <Gestures row={row} /> },
            ]}
            empty={
              <EmptyState icon={IconStethoscope} title="Aucun médecin traitant n’a disparu">
                {typo('Quand un médecin quitte le répertoire national, les personnes qu’il suivait paraissent ici dès l’import.')}
              </EmptyState>
            }
          />
        </CenterColumn>
        <SideColumn side="right" label="Filtrer">
          <Section title="Suivi">
            <ul className="works" aria-label="Suivi">
              <Filter label="Tout" on={state === null} count={null} onChoose={() => setFilter('suivi', null)} />
              {vanishedDoctorStates.map((one) => (
                <Filter key={one} label={vanishedDoctorLabels[one]} on={state === one} count={counts.get(one) ?? 0} onChoose={() => setFilter('suivi', one)} />
              ))}
            </ul>
          </Section>
          <Section title="Quels dossiers">
            <ul className="works" aria-label="Quels dossiers">
              <Filter label="Tous les dossiers du service" on={!input.accompaniedOnly} count={null} onChoose={() => setFilter('suivies', null)} />
              <Filter label="Personnes accompagnées" on={input.accompaniedOnly} count={null} onChoose={() => setFilter('suivies', 'oui')} />
            </ul>
          </Section>
          {told && told.doctors.length > 0 ? (
            <Section title="Médecin">
              <ul className="works" aria-label="Médecin">
                <Filter label="Tous" on={input.doctorId === null} count={null} onChoose={() => setFilter('medecin', null)} />
                {told.doctors.map((one) => (
                  <Filter
                    key={one.doctorId}
                    label={one.name}
                    on={input.doctorId === one.doctorId}
                    count={one.count}
                    onChoose={() => setFilter('medecin', one.doctorId)}
                  />
                ))}
              </ul>
            </Section>
          ) : null}
          <Section title="D’où vient cette liste">
            <p className="small">
              {typo(
                'Le répertoire national (RPPS) ne nomme plus ces médecins : retraite, départ, radiation ou opposition. Le dossier garde le nom qui y avait été noté. Vérifiez auprès de la personne avant de changer.',
              )}
            </p>
          </Section>
        </SideColumn>
      </Columns>
    </Page>
  )
}

/** A colleague near the person, or the CPTS: « aucun » is then noted, as its form would. */
function Gestures({ row }: { readonly row: VanishedDoctorRow }): ReactNode {
  const invalidate = useInvalidate()
  const submission = useRef<Submission | null>(null)
  const [pending, setPending] = useState(false)
  const name = formatPersonName(row.person)
  const ask = async (): Promise<void> => {
    const yes = await confirm({
      title: `Demander un médecin traitant pour ${name}${'\u202f'}?`,
      text: typo('Son dossier dira « aucun médecin traitant », et la CPTS de sa commune sera saisie si la personne a été informée et ne s’y oppose pas.'),
      action: 'Demander à la CPTS',
    })
    if (!yes) return
    setPending(true)
    try {
      const { referral } = await callAction(recordFamilyDoctor, { id: newId(), personId: row.person.personId, state: 'none' }, submission)
      toast({ text: referralWords[referral] ?? 'Noté.' })
      await invalidate('persons')
    } catch (error) {
      toast({ text: errorDetail(error), tone: 'warning' })
    } finally {
      setPending(false)
    }
  }
  return (
    <span className="row nw" style={{ gap: 6 }}>
      <ButtonLink
        small
        icon={IconMapSearch}
        to="/personnes/$personId/alentours"
        params={{ personId: row.person.personId } as never}
        search={{ metier: 'gp', geste: 'medecin' } as never}
        label={`Chercher un remplaçant pour ${name}`}
      >
        Chercher un remplaçant
      </ButtonLink>
      {row.state === 'todo' ? (
        <Button small quiet icon={IconStethoscopeOff} blocked={pending} onClick={() => void ask()}>
          Demander à la CPTS
        </Button>
      ) : null}
    </span>
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
