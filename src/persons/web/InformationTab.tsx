import './persons.css'
import { type ReactNode, useState } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { HiddenNotice } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { CenterColumn, Columns, Section, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { answersForTheFile } from '../contract/access.ts'
import { personNotices } from '../contract/notice-actions.ts'
import { personAccessList, personFamilyDoctor, personHeader, personIdentity, personRights } from '../contract/queries.ts'
import { FamilyDoctorSection } from './doctor/FamilyDoctorSection.tsx'
import { IdentitySection } from './identity/IdentitySection.tsx'
import { PersonNoticesCard } from './notices/PersonNoticesCard.tsx'
import { personTargetOf } from './person-target.ts'
import { AccessList } from './rights/AccessList.tsx'
import { CollectDialog } from './rights/CollectDialog.tsx'
import { type CollectionAsked, NonOppositions } from './rights/NonOppositions.tsx'
import { Protections } from './rights/Protections.tsx'
import { Silences } from './rights/Silences.tsx'
import { WithheldVolets } from './rights/WithheldVolets.tsx'

/** « Information et accès »: who she is, what she was told and opposes, and who may see, why, until when. */
export function InformationTab(props: {
  readonly personId: PersonId
  /** Restricted reports, which another capability keeps. */
  readonly reports?: ReactNode
}): ReactNode {
  const { personId } = props
  const [asked, setAsked] = useState<CollectionAsked | null>(null)
  const actor = useActor()
  const header = useJalonQuery(personHeader, { personId })
  const target = personTargetOf(header.data)
  const rights = useJalonQuery(personRights, { personId })
  const identity = useJalonQuery(personIdentity, { personId })
  const doctor = useJalonQuery(personFamilyDoctor, { personId })
  const mayAudit = target !== null && answersForTheFile(actor, target, undefined).allowed
  const access = useJalonQuery(personAccessList, { personId }, { enabled: mayAudit })
  const notices = useJalonQuery(personNotices, { personId }, { enabled: mayAudit })
  useEvents(['persons.*'])
  return (
    <Columns kind="file" drawerLabel="Qui peut voir">
      <SideColumn side="left" label="Identité et protection">
        <QueryState query={identity}>{(data) => <IdentitySection identity={data} target={target} />}</QueryState>
        {rights.data ? <Protections personId={personId} target={target} protections={rights.data.protections} /> : null}
        {props.reports}
      </SideColumn>
      <CenterColumn label="Information, non-oppositions, médecin traitant" ground>
        <QueryState query={rights}>
          {(data) => (
            <>
              <NonOppositions personId={personId} target={target} rights={data} onAsk={setAsked} />
              {asked ? (
                <CollectDialog personId={personId} target={target} asked={asked} currentDocument={data.currentDocument} onClose={() => setAsked(null)} />
              ) : null}
              <WithheldVolets personId={personId} target={target} withheld={data.withheld} sights={access.data?.sights ?? []} />
              <Silences personId={personId} target={target} silences={data.sharing.silences} />
            </>
          )}
        </QueryState>
        {mayAudit && notices.data ? <PersonNoticesCard personId={personId} target={target} notices={notices.data} /> : null}
        {doctor.data && rights.data ? <FamilyDoctorSection personId={personId} target={target} doctor={doctor.data} sharing={rights.data.sharing} /> : null}
      </CenterColumn>
      <SideColumn side="right" label="Qui peut voir, qui a ouvert">
        {mayAudit ? (
          <QueryState query={access}>{(data) => <AccessList access={data} />}</QueryState>
        ) : target === null ? null : (
          <Section title="Qui peut voir">
            <HiddenNotice reason="La liste des accès est tenue par le DAC qui accompagne la personne, et par elle-même." />
          </Section>
        )}
      </SideColumn>
    </Columns>
  )
}
