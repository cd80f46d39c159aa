import { Drawer } from '@mantine/core'
import { IconArrowBackUp, IconDoorExit, IconEarOff, IconFiles, IconPencil, IconUserMinus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import { silenceTitle } from '../../../persons/contract/silences.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction, verdictOf } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { dial } from '../../../platform/web/text/dial.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { addMember, editMember, leaveCircle } from '../../contract/actions.ts'
import type { Member } from '../../contract/member.ts'
import type { CircleData } from '../../contract/queries.ts'
import { rolesOfTheEpisode } from '../../contract/roles.ts'
import { AccessSection } from './AccessSection.tsx'
import { EditMemberForm } from './EditMemberForm.tsx'
import { EndMemberForm } from './EndMemberForm.tsx'
import { rolesHeld, roleWords, silenceTowards } from './member-words.ts'
import { GiveRoleForm, RolesSection } from './RolesSection.tsx'

export interface MemberSheetProps {
  readonly personId: PersonId
  readonly circle: CircleData
  readonly member: Member
  readonly target: PersonTarget | null
}

/** One member: how to reach her, her roles with their dates, what she sees and why; and everything that changes them. */
export function MemberDrawer(props: MemberSheetProps & { readonly onClose: () => void }): ReactNode {
  const { circle, member, target, onClose } = props
  const [part, setPart] = useState<'facts' | 'edit' | 'end' | 'return'>('facts')
  const label = useValueLabels()
  const actor = useActor()
  const composes = verdictOf(addMember, actor, target)
  const keeps = verdictOf(editMember, actor, target)?.allowed ?? false
  const silence = silenceTowards(member, circle.silences)
  const followsEpisode = rolesHeld(member).some((role) => rolesOfTheEpisode.includes(role))
  const back = (): void => setPart('facts')
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={member.name} className="circle-drawer">
      <div className="stack stack--4">
        <p className="mut">
          {roleWords(member, label)}
          {member.place ? ` · ${member.place}` : ''}
        </p>
        {silence ? (
          <Notice tone="alert" icon={IconEarOff}>
            <b>{silenceTitle(silence)}.</b> {silence.reason ?? 'À la demande de la personne.'}
          </Notice>
        ) : null}
        {part === 'edit' ? <EditMemberForm {...props} onDone={back} /> : null}
        {part === 'end' ? <EndMemberForm {...props} onDone={onClose} onCancel={back} /> : null}
        {part === 'return' ? <GiveRoleForm {...props} submit="Revient dans le cercle" onDone={back} /> : null}
        {part === 'facts' ? (
          <>
            <Reach member={member} />
            <RolesSection {...props} composes={composes?.allowed ?? false} />
            <AccessSection {...props} composes={composes?.allowed ?? false} />
            <div className="row wrap">
              {keeps && member.current ? (
                <Button small icon={IconPencil} onClick={() => setPart('edit')}>
                  Corriger la fiche
                </Button>
              ) : null}
              {composes?.allowed && !member.current ? (
                <Button small main icon={IconArrowBackUp} onClick={() => setPart('return')}>
                  Revient dans le cercle
                </Button>
              ) : null}
              {composes?.allowed && member.current && !followsEpisode ? (
                <Button small icon={IconUserMinus} onClick={() => setPart('end')}>
                  Retirer du cercle…
                </Button>
              ) : null}
              {composes?.allowed && member.current && member.partyId !== null && !followsEpisode ? (
                <ButtonLink small quiet icon={IconFiles} to="/cercles/fiches/$partyId" params={{ partyId: member.partyId } as never}>
                  Dans plusieurs dossiers…
                </ButtonLink>
              ) : null}
              {member.isMe && member.current && !followsEpisode ? <Leave {...props} onDone={onClose} /> : null}
            </div>
            {composes !== null && !composes.allowed && !member.isMe ? <p className="small mut">{composes.reason}</p> : null}
            {followsEpisode ? <p className="small mut">Le référent et le binôme se changent dans l’accompagnement : le cercle suit.</p> : null}
          </>
        ) : null}
      </div>
    </Drawer>
  )
}

function Reach({ member }: { readonly member: Member }): ReactNode {
  const numbers = [member.phone, member.otherPhone].filter((one): one is string => one !== null)
  return (
    <dl className="kv">
      <dt>Joindre</dt>
      <dd>
        {numbers.length === 0 && member.email === null ? 'aucun numéro noté' : null}
        {numbers.map((phone) => (
          <a key={phone} href={dial(phone)} style={{ marginRight: 14 }}>
            <b>{formatPhone(phone)}</b>
          </a>
        ))}
        {member.email ? <a href={`mailto:${member.email}`}>{member.email}</a> : null}
        {member.hours ? `, ${member.hours}` : ''}
      </dd>
      <dt>Que faire</dt>
      <dd>{member.does ?? 'non noté'}</dd>
      {member.callFor ? (
        <>
          <dt>L’appeler</dt>
          <dd>{member.callFor}</dd>
        </>
      ) : null}
    </dl>
  )
}

function Leave(props: MemberSheetProps & { readonly onDone: () => void }): ReactNode {
  const { personId, member, target, onDone } = props
  const action = useAction(leaveCircle, target === null ? null : { ...target, memberId: member.id, partyId: member.partyId }, {
    invalidates: ['persons', 'liaison'],
    onDone: () => {
      toast({ text: 'Vous avez quitté ce cercle.' })
      onDone()
    },
  })
  return (
    <ActionButton
      action={action}
      small
      icon={IconDoorExit}
      input={{ id: member.id, personId }}
      ask={() =>
        confirm({
          title: 'Quitter ce cercle ?',
          text: 'Vos rôles se terminent et le dossier se ferme aussitôt. Ce que vous avez écrit reste. Le DAC en est prévenu.',
          action: 'Quitter ce cercle',
          danger: true,
        })
      }
    >
      Quitter ce cercle…
    </ActionButton>
  )
}
