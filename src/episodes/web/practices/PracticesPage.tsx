import '../episodes.css'
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { dayOf, formatDay } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { Bar, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../../platform/web/layout/TabLinks.tsx'
import { displayZone } from '../../../platform/web/text/dates.ts'
import { administrationPlacesFor } from '../../../territory/contract/administration-places.ts'
import { practices, publishPractice } from '../../contract/practices.ts'
import { LoadForm } from './LoadForm.tsx'
import { RelaunchForm } from './RelaunchForm.tsx'

type Practices = OutputOf<typeof practices>

/** « Relances et charge »: when a late task is relaunched, what a file weighs. Of the DAC for who leads it, of the region for its administration. */
export function PracticesPage(): ReactNode {
  const actor = useActor()
  const ofRegion = actor.serviceKind !== 'dac'
  const query = useJalonQuery(practices, {})
  return (
    <Page title="Relances et charge">
      <Bar
        title={ofRegion ? 'Administration' : 'Relances et points de charge'}
        end={
          ofRegion ? undefined : (
            <ButtonLink small icon={IconArrowLeft} to="/equipe">
              Équipe
            </ButtonLink>
          )
        }
      />
      {ofRegion ? (
        <div className="admintabs">
          <TabLinks label="Administration" tabs={administrationPlacesFor(actor)} />
        </div>
      ) : null}
      <QueryState query={query}>
        {({ relaunch, load }) => (
          <Columns kind="two" drawerLabel="Points de charge">
            <CenterColumn label="Relances">
              <Section title="Relance des tâches en retard" end={<Whose one={relaunch} />}>
                <p className="small mut" style={{ marginBottom: 12 }}>
                  Aux heures d’ouverture, chaque étape une seule fois par échéance. Rien n’est relancé une fois la tâche faite, le dossier clos ou la personne
                  décédée.
                </p>
                <RelaunchForm key={relaunch.version} practice={relaunch} ofRegion={ofRegion} />
                <Versions title="Versions des relances" subject="relaunch" one={relaunch} ofRegion={ofRegion} />
              </Section>
            </CenterColumn>
            <SideColumn side="right" label="Points de charge">
              <Section title="Points de charge" end={<Whose one={load} />}>
                <p className="small mut" style={{ marginBottom: 12 }}>
                  Ce que pèse une situation au tableau de répartition. Un repère pour se parler, jamais une note.
                </p>
                <LoadForm key={load.version} practice={load} ofRegion={ofRegion} />
                <Versions title="Versions des points" subject="load" one={load} ofRegion={ofRegion} />
              </Section>
            </SideColumn>
          </Columns>
        )}
      </QueryState>
    </Page>
  )
}

const whose = { starter: 'proposition de départ', region: 'règle de la région', service: 'règle de votre DAC' } as const

function Whose({ one }: { readonly one: Practices['relaunch'] | Practices['load'] }): ReactNode {
  return <span className="small mut">{whose[one.from]}</span>
}

/** Every version, the last first; a DAC may follow the region again. */
function Versions(props: {
  readonly title: string
  readonly subject: 'relaunch' | 'load'
  readonly one: Practices['relaunch'] | Practices['load']
  readonly ofRegion: boolean
}): ReactNode {
  const { one, subject } = props
  const back = useAction(publishPractice, undefined, { input: { ofRegion: props.ofRegion } as never })
  if (one.history.length === 0) return null
  return (
    <>
      <ul className="lines small" aria-label={props.title}>
        {one.history.map((row) => (
          <li key={row.version}>
            <b>Version {row.version}</b>{' '}
            <span className="mut">
              {formatDay(dayOf(row.editedAt, displayZone()))}, {row.editedByName}
              {row.content === null ? ' : comme la région' : ''}
            </span>
          </li>
        ))}
      </ul>
      {!props.ofRegion && one.from === 'service' ? (
        <ActionButton action={back} input={{ ofRegion: false, baseVersion: one.version, practice: { subject, content: null } }} small quiet>
          Suivre de nouveau la région
        </ActionButton>
      ) : null}
    </>
  )
}
