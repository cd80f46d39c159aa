import { type ReactNode, useState } from 'react'
import { bookAppointment } from '../../agenda/contract/actions.ts'
import type { AppointmentId, ParticipantId, PlaceKind } from '../../agenda/contract/appointment.ts'
import { placeKindLabels } from '../../agenda/contract/appointment.ts'
import { invitable } from '../../agenda/contract/queries.ts'
import { type AppointmentKind, appointmentKinds, kindHabits } from '../../agenda/contract/value-sets.ts'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { addDays } from '../../platform/contract/dates.ts'
import { newId, type PartyId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Facets } from '../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { FieldFrame } from '../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { today } from '../../platform/web/text/dates.ts'
import { firstLine, quoted, type TurnIntoProps, useLink } from './turn-into.ts'

const durations = [15, 30, 45, 60, 90, 120, 180]

/** A message that becomes an appointment with the person: what was said stays in its words; those who take part and may be invited are a tick away. */
export function AsAppointment(props: TurnIntoProps): ReactNode {
  const actor = useActor()
  const link = useLink(props)
  const [target] = useState(() => ({ person: { volets: [props.volet] } as unknown as PersonTarget }))
  const guests = useGuests(props)
  const inDac = actor.serviceKind === 'dac'
  const form = useActionForm(bookAppointment, {
    target,
    initialValues: () => ({
      id: newId<AppointmentId>() as string,
      kind: (inDac ? 'visit' : 'care') as string,
      title: firstLine(props.message.body),
      on: addDays(today(), 1) as string,
      time: '',
      minutes: '60',
      placeKind: 'home' as string,
      words: quoted(props.message),
      // What its right is judged on.
      volet: props.volet,
      isPrivate: false,
      guests: null as string[] | null,
    }),
    toInput: ({ on, time, guests: chosen, ...typed }) => ({
      ...typed,
      id: typed.id as AppointmentId,
      personId: props.personId,
      startsAt: `${on}T${time}`,
      minutes: Number(typed.minutes),
      placeKind: typed.placeKind as PlaceKind,
      participants: guests
        .filter(({ partyId, always }) => always || (chosen ?? []).includes(partyId))
        .map(({ kind, partyId }) => ({ id: newId<ParticipantId>(), kind, partyId: partyId as PartyId })),
    }),
    fieldOf: (path) => ({ startsAt: 'time' })[path] ?? path,
    done: 'Rendez-vous pris.',
    onDone: ({ id }) => link('appointment', id),
  })
  const others = guests.filter(({ always }) => !always)
  return (
    <Form form={form}>
      <SelectField
        {...form.field('kind')}
        label="Rendez-vous"
        span={5}
        options={appointmentKinds.values
          .filter(({ code }) => kindHabits[code as AppointmentKind]?.about !== 'team')
          .map(({ code, label }) => ({ value: code, label }))}
      />
      <TextField {...form.field('title')} label="Précision" span={7} optional maxLength={120} />
      <DayField {...form.field('on')} label="Le" span={3} />
      <FieldFrame label="À" span={3} error={form.errors['time']}>
        {(control) => (
          <input {...control} className="in" type="time" value={form.values.time} onChange={(event) => form.set('time', event.currentTarget.value)} />
        )}
      </FieldFrame>
      <SelectField {...form.field('minutes')} label="Durée" span={3} options={durations.map((one) => ({ value: String(one), label: `${one} min` }))} />
      <SelectField
        {...form.field('placeKind')}
        label="Où"
        span={3}
        options={(['home', 'service', 'remote', 'none'] as const).map((one) => ({ value: one, label: placeKindLabels[one] }))}
      />
      {others.length === 0 ? null : (
        <FieldFrame label="Inviter aussi" span={12} group>
          {() => (
            <Facets
              label="Inviter aussi"
              options={others.map(({ partyId, name }) => ({ value: partyId as string, label: name }))}
              value={form.values.guests ?? []}
              onChange={(chosen) => form.set('guests', chosen)}
            />
          )}
        </FieldFrame>
      )}
      <AreaField {...form.field('words')} label="Précisions" optional rows={4} />
      <div style={{ gridColumn: '1 / -1' }}>
        <p className="small mut">Lu par tous ceux qui voient ce volet du dossier, dans l’agenda de la personne.</p>
        <FormFoot form={form} submit="Prendre le rendez-vous" />
      </div>
    </Form>
  )
}

interface Guest {
  readonly kind: 'colleague' | 'circle'
  readonly partyId: string
  readonly name: string
  /** Whoever books it comes. */
  readonly always: boolean
}

/** Whoever books it, and, of those who take part in the conversation, whom the agenda lets her invite: colleagues by their account, the circle by the name of its card. */
function useGuests({ personId, volet, participants }: TurnIntoProps): readonly Guest[] {
  const { userId: me, displayName, professionalId, serviceKind } = useActor()
  const { data } = useJalonQuery(invitable, { personId })
  const inDac = serviceKind === 'dac'
  const others = participants.filter(({ leftAt, userId }) => leftAt === null && userId !== me)
  const ids = new Set<string>(others.map(({ userId }) => userId))
  const names = new Set(others.map(({ name }) => name.toLocaleLowerCase('fr-FR')))
  const colleagues = inDac ? (data?.colleagues ?? []).filter(({ partyId }) => ids.has(partyId)) : []
  const circle = (data?.circle ?? []).filter(({ name, volets }) => volets.includes(volet) && names.has(name.toLocaleLowerCase('fr-FR')))
  return [
    { kind: inDac ? 'colleague' : 'circle', partyId: inDac ? me : (professionalId ?? me), name: displayName, always: true },
    ...colleagues.map(({ partyId, name }): Guest => ({ kind: 'colleague', partyId, name, always: false })),
    ...circle.map(({ partyId, name }): Guest => ({ kind: 'circle', partyId, name, always: false })),
  ]
}
