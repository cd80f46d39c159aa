import type { ReactNode } from 'react'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueLabels, useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { endMember } from '../../contract/actions.ts'
import type { MemberSheetProps } from './MemberDrawer.tsx'
import { rolesHeld } from './member-words.ts'

/** Out of the circle: what ends with it is written before one confirms. */
export function EndMemberForm(props: MemberSheetProps & { readonly onDone: () => void; readonly onCancel: () => void }): ReactNode {
  const { personId, member, target, onDone, onCancel } = props
  const reasons = useValueList('care_team.end_reason')
  const label = useValueLabels()
  const form = useActionForm(endMember, {
    target,
    initialValues: { id: member.id as string, personId: personId as string, reason: '', endsOn: today() },
    done: ({ closed }) => `${member.name} a quitté le cercle${closed > 0 ? ' et ne voit plus le dossier' : ''}.`,
    onDone,
    invalidates: ['persons', 'liaison'],
  })
  const roles = rolesHeld(member).map((role) => label('care_team.role', role).toLocaleLowerCase('fr-FR'))
  return (
    <Form form={form}>
      <div style={{ gridColumn: 'span 12' }}>
        <Notice tone="warning">
          <p>
            <b>Ce qui se termine</b>
          </p>
          <ul className="facts-list">
            <li>
              {roles.length > 1 ? 'Ses rôles' : 'Son rôle'}
              {'\u00a0'}: {roles.join(', ')}.
            </li>
            <li>{member.access ? 'Son accès : le dossier se ferme dès son prochain clic.' : 'Aucun accès n’était ouvert.'}</li>
            {member.week.length > 0 ? <li>Ses passages disparaissent de la semaine et de la feuille du frigo.</li> : null}
          </ul>
          <p>Ses écrits, ses dates et ses accès passés restent au dossier. Un retour est possible.</p>
        </Notice>
      </div>
      <DayField {...form.field('endsOn')} label="Jusqu’au" span={4} />
      <SelectField {...form.field('reason')} label="Pourquoi" options={reasons.options} span={8} />
      <FormFoot
        form={form}
        submit="Retirer du cercle"
        secondary={
          <Button quiet onClick={onCancel}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
