import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels, useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { endRole, giveRole } from '../../contract/actions.ts'
import type { MemberRole, RoleId } from '../../contract/member.ts'
import { rolesOfTheEpisode } from '../../contract/roles.ts'
import type { MemberSheetProps } from './MemberDrawer.tsx'
import { rolesHeld } from './member-words.ts'
import { useRoleOptions } from './use-role-options.ts'

/** Her roles with their dates, those of today first; each one given, changed or ended for itself. */
export function RolesSection(props: MemberSheetProps & { readonly composes: boolean }): ReactNode {
  const { member, composes } = props
  const [asked, setAsked] = useState<'give' | RoleId | null>(null)
  const label = useValueLabels()
  const close = (): void => setAsked(null)
  return (
    <Section
      title="Rôles"
      end={
        composes && member.current ? (
          <Button small quiet icon={IconPlus} onClick={() => setAsked('give')}>
            Autre rôle
          </Button>
        ) : null
      }
    >
      <ul className="lines">
        {member.roles.map((role) => (
          <li key={role.id}>
            <div className="row sp">
              <span>
                <b className={role.endsOn === null ? undefined : 'mut'}>{label('care_team.role', role.role)}</b>{' '}
                <span className="small mut">
                  {role.endsOn === null ? `depuis le ${formatDay(role.startsOn)}` : `du ${formatDay(role.startsOn)} au ${formatDay(role.endsOn)}`}
                  {role.endReason ? `, ${label('care_team.end_reason', role.endReason).toLocaleLowerCase('fr-FR')}` : ''}
                  {role.documentSeen ? ` · ${role.documentSeen}` : ''}
                </span>
              </span>
              {composes && role.endsOn === null && !rolesOfTheEpisode.includes(role.role) && rolesHeld(member).length > 1 ? (
                <button type="button" className="linklike small" onClick={() => setAsked(role.id)}>
                  Terminer
                </button>
              ) : null}
            </div>
            {asked === role.id ? <EndRoleForm {...props} role={role} onDone={close} /> : null}
          </li>
        ))}
      </ul>
      {asked === 'give' ? <GiveRoleForm {...props} onDone={close} /> : null}
    </Section>
  )
}

/** Another role, or the first of a member who returns. */
export function GiveRoleForm(props: MemberSheetProps & { readonly submit?: string; readonly onDone: () => void }): ReactNode {
  const { personId, member, target, submit, onDone } = props
  const options = useRoleOptions(member.kind === 'relative' ? 'relative' : member.kind === 'contact' ? 'contact' : 'directory', rolesHeld(member))
  const last = member.current ? '' : (member.roles[0]?.role ?? '')
  const form = useActionForm(giveRole, {
    target,
    initialValues: () => ({
      id: newId<RoleId>() as string,
      personId: personId as string,
      memberId: member.id as string,
      role: last,
      startsOn: today(),
      documentSeen: '',
    }),
    done: submit ? `${member.name} est de retour dans le cercle, sans accès au dossier.` : 'Rôle ajouté.',
    onDone,
    invalidates: ['persons', 'liaison'],
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('role')} label="Rôle" options={options} span={8} />
      <DayField {...form.field('startsOn')} label="Depuis le" span={4} />
      {form.values.role === 'trusted_person' ? (
        <TextField {...form.field('documentSeen')} label="Écrit de désignation" optional placeholder="vu le 04/02/2026" span={12} />
      ) : null}
      {member.current ? null : (
        <p className="small mut" style={{ gridColumn: 'span 12' }}>
          Les deux périodes restent. Son accès d’avant ne revient pas de lui-même{'\u00a0'}: il s’ouvre à nouveau, ci-dessous, une fois de retour.
        </p>
      )}
      <FormFoot
        form={form}
        submit={submit ?? 'Donner ce rôle'}
        secondary={
          <Button quiet onClick={onDone}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}

function EndRoleForm(props: MemberSheetProps & { readonly role: MemberRole; readonly onDone: () => void }): ReactNode {
  const { personId, target, role, onDone } = props
  const reasons = useValueList('care_team.end_reason')
  const form = useActionForm(endRole, {
    target,
    initialValues: { id: role.id as string, personId: personId as string, endsOn: today(), reason: '' },
    done: 'Rôle terminé.',
    onDone,
    invalidates: ['persons', 'liaison'],
  })
  return (
    <Form form={form}>
      <DayField {...form.field('endsOn')} label="Jusqu’au" span={4} />
      <SelectField {...form.field('reason')} label="Pourquoi" options={reasons.options} span={8} />
      <FormFoot
        form={form}
        submit="Terminer ce rôle"
        secondary={
          <Button quiet onClick={onDone}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
