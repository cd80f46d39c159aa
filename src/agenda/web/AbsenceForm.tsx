import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { holds } from '../../platform/contract/actor.ts'
import { newId, type UserId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { formatDayOf } from '../../platform/web/text/dates.ts'
import { cancelAbsence, declareAbsence } from '../contract/actions.ts'
import type { AbsenceId } from '../contract/appointment.ts'
import { type Absence, invitable } from '../contract/queries.ts'
import { readHour } from './grid.ts'
import { hoursWords } from './occurrence-words.ts'

/** Days away, said in one line; the reason is nobody's business. Alerts and tasks then go to who stands in, or to the binôme. */
export function AbsenceForm(props: { readonly day: string; readonly absences: readonly Absence[]; readonly onClose: () => void }): ReactNode {
  const actor = useActor()
  const team = useJalonQuery(invitable, { personId: null })
  const leads = holds(actor, 'team_lead', 'director')
  const colleagues = (team.data?.colleagues ?? []).map(({ partyId, name }) => ({ value: partyId as string, label: name }))
  const form = useActionForm<
    typeof declareAbsence,
    { id: string; userId: string; from: string; to: string; fromTime: string; toTime: string; substituteId: string }
  >(declareAbsence, {
    target: { userId: actor.userId },
    initialValues: () => ({
      id: newId<AbsenceId>(),
      userId: actor.userId as string,
      from: props.day,
      to: props.day,
      fromTime: '',
      toTime: '',
      substituteId: '',
    }),
    toInput: (values) => ({
      id: values.id as AbsenceId,
      userId: values.userId as UserId,
      from: values.from,
      to: values.to,
      fromTime: values.fromTime.trim() === '' ? null : readHour(values.fromTime),
      toTime: values.toTime.trim() === '' ? null : readHour(values.toTime),
      substituteId: values.substituteId as UserId,
    }),
    done: 'Absence déclarée.',
    onDone: props.onClose,
  })
  return (
    <Drawer opened onClose={props.onClose} position="right" size={480} title="Absence" className="circle-drawer">
      <Form form={form}>
        {leads ? <SelectField {...form.field('userId')} label="De qui" span={12} options={colleagues} /> : null}
        <DayField {...form.field('from')} label="Du" span={6} autoFocus />
        <DayField {...form.field('to')} label="Au" span={6} />
        <TextField {...form.field('fromTime')} label="À partir de" span={6} optional placeholder="journée" />
        <TextField {...form.field('toTime')} label="Jusqu’à" span={6} optional placeholder="journée" />
        <SelectField
          {...form.field('substituteId')}
          label="Qui remplace"
          span={12}
          placeholder="Le binôme de chaque dossier"
          options={colleagues.filter(({ value }) => value !== form.values.userId)}
          help="Ses alertes et ses tâches vont à cette personne. Le motif ne s’écrit pas."
        />
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={form} submit="Déclarer l’absence" />
        </div>
      </Form>
      {props.absences.length > 0 ? (
        <section style={{ marginTop: 24 }} aria-label="Absences déclarées">
          <h3>Déclarées</h3>
          <ul className="lines">
            {props.absences.map((one) => (
              <Declared key={one.id} one={one} />
            ))}
          </ul>
        </section>
      ) : null}
    </Drawer>
  )
}

function Declared({ one }: { readonly one: Absence }): ReactNode {
  const action = useAction(cancelAbsence, { userId: one.userId })
  return (
    <li className="row sp">
      <span>
        <b>{one.name}</b>
        <span className="mut">
          {' '}
          {formatDayOf(one.startsAt)}, {hoursWords({ ...one, allDay: one.wholeDays })}
        </span>
      </span>
      <ActionButton
        action={action}
        small
        input={{ id: one.id }}
        ask={() => confirm({ title: 'Annuler cette absence', text: 'Alertes et tâches lui reviennent aussitôt.', action: 'Annuler l’absence' })}
      >
        Annuler
      </ActionButton>
    </li>
  )
}
