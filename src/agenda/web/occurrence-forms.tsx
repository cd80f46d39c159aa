import { type ReactNode, useState } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId, type PartyId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { CommuneField } from '../../platform/web/form/CommuneField.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { WindowForm } from '../../platform/web/form/WindowForm.tsx'
import { displayZone } from '../../platform/web/text/dates.ts'
import { answerInvitation, cancelOccurrence, editAppointment, inviteParticipant, recordVisit } from '../contract/actions.ts'
import { type ParticipantId, type PlaceKind, placeKindLabels, placeKinds } from '../contract/appointment.ts'
import type { AppointmentParticipant, Occurrence } from '../contract/queries.ts'
import { readMinutes } from './duration.ts'
import { readHour, wallOn } from './grid.ts'
import { Participants, type Wished } from './Participants.tsx'
import { targetOf, wallThere } from './use-move.tsx'

const hourOf = (wall: string): string => `${Number(wall.slice(11, 13))} h ${wall.slice(14, 16)}`

/** The same move as by the mouse, for a phone or a far date. */
export function MoveForm(props: {
  readonly one: Occurrence
  /** True once it is moved. */
  readonly onMove: (one: Occurrence, wall: string, minutes: number) => Promise<boolean>
  readonly onDone: () => void
  readonly onBack: () => void
}): ReactNode {
  const { one } = props
  const wall = wallOn(one.startsAt, displayZone())
  const [on, setOn] = useState(wall.slice(0, 10))
  const [time, setTime] = useState(hourOf(wall))
  const lasts = String(Math.round((Date.parse(one.endsAt) - Date.parse(one.startsAt)) / 60_000))
  const [minutes, setMinutes] = useState(lasts)
  const hour = readHour(time)
  const complete = /^\d{4}-\d{2}-\d{2}$/.test(on) && /^([01]\d|2[0-3]):[0-5]\d$/.test(hour) && readMinutes(minutes) >= 5
  return (
    <WindowForm
      waits={on !== wall.slice(0, 10) || time !== hourOf(wall) || minutes !== lasts}
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!complete) return
        void props.onMove(one, `${on}T${hour}`, readMinutes(minutes)).then((moved) => {
          if (moved) props.onDone()
        })
      }}
    >
      <DayField name="on" label="Le" span={5} value={on} onChange={setOn} autoFocus />
      {one.allDay ? null : <TextField name="time" label="À" span={4} value={time} onChange={setTime} />}
      {one.allDay ? null : <TextField name="minutes" label="Minutes" span={3} value={minutes} onChange={setMinutes} inputMode="numeric" />}
      <p className="small mut" style={{ gridColumn: '1 / -1', margin: 0 }}>
        Ceux qui avaient répondu sont invités de nouveau.
      </p>
      <div className="row" style={{ gridColumn: '1 / -1', justifyContent: 'flex-end' }}>
        <Button onClick={props.onBack}>Revenir</Button>
        <Button main type="submit" blocked={!complete}>
          Déplacer
        </Button>
      </div>
    </WindowForm>
  )
}

export function CancelForm(props: { readonly one: Occurrence; readonly onDone: () => void; readonly onBack: () => void }): ReactNode {
  const { one } = props
  const form = useActionForm<typeof cancelOccurrence, { reason: string; scope: 'one' | 'following' }>(cancelOccurrence, {
    target: targetOf(one),
    initialValues: { reason: '', scope: 'one' },
    toInput: (values) => ({ occurrenceId: one.id, ...values }),
    done: (output) => (output.cancelled > 1 ? `${output.cancelled} dates annulées.` : 'Rendez-vous annulé.'),
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      {one.rule === null ? null : (
        <SegmentedChoice
          {...form.field('scope')}
          label="Annuler"
          span={12}
          options={[
            { value: 'one', label: 'Cette date' },
            { value: 'following', label: 'Cette date et les suivantes' },
          ]}
        />
      )}
      <TextField
        {...form.field('reason')}
        label="Pourquoi"
        span={12}
        optional
        autoFocus
        placeholder="Hospitalisée"
        help="Reste écrit dans l’agenda, pour que personne n’attende à la porte."
      />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Annuler le rendez-vous" secondary={<Button onClick={props.onBack}>Garder</Button>} />
      </div>
    </Form>
  )
}

export function EditForm(props: {
  readonly one: Occurrence
  readonly version: number
  readonly communeCode: string | null
  readonly onDone: () => void
}): ReactNode {
  const { one } = props
  const actor = useActor()
  const form = useActionForm(editAppointment, {
    target: targetOf(one),
    record: one.appointmentId,
    initialValues: {
      id: one.appointmentId as string,
      baseVersion: props.version,
      changes: { title: one.title ?? '', placeKind: one.placeKind, place: one.place ?? '', communeCode: props.communeCode ?? '', words: one.words ?? '' },
    },
    labels: { title: 'Précision', placeKind: 'Où', place: 'Lieu', communeCode: 'Commune', words: 'À prévoir' },
    words: (field, value) =>
      field === 'placeKind' ? placeKindLabels[value as PlaceKind] : field === 'communeCode' && value === props.communeCode ? one.commune : value,
    done: 'Rendez-vous modifié.',
    onDone: props.onDone,
  })
  const where = form.values.changes.placeKind
  return (
    <Form form={form}>
      <TextField {...form.field('changes.title')} label="Précision" span={12} optional autoFocus />
      <SelectField
        {...form.field('changes.placeKind')}
        label="Où"
        span={5}
        options={placeKinds.filter((kind) => one.person !== null || kind !== 'home').map((kind) => ({ value: kind, label: placeKindLabels[kind] }))}
      />
      {where === 'other' || where === 'remote' ? (
        <TextField {...form.field('changes.place')} label={where === 'remote' ? 'Lien ou téléphone' : 'Lieu'} span={7} optional />
      ) : null}
      {where === 'other' ? (
        <CommuneField {...form.field('changes.communeCode')} label="Commune" span={12} optional shown={one.commune} ownServiceId={actor.serviceId} />
      ) : null}
      <AreaField {...form.field('changes.words')} label="À prévoir" rows={3} optional />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Enregistrer" secondary={<Button onClick={props.onDone}>Revenir</Button>} />
      </div>
    </Form>
  )
}

/** Back from a visit: everything in one gesture, and the activity is made. */
export function RecordForm(props: { readonly one: Occurrence; readonly onDone: () => void; readonly onBack: () => void }): ReactNode {
  const { one } = props
  const actor = useActor()
  const planned = Math.round((Date.parse(one.endsAt) - Date.parse(one.startsAt)) / 60_000)
  const form = useActionForm<typeof recordVisit, { activityId: string; met: 'yes' | 'no'; minutes: string; kilometres: string; words: string; volet: string }>(
    recordVisit,
    {
      target: targetOf(one) as never,
      draftKey: `agenda.record:${one.id}`,
      initialValues: () => ({
        activityId: newId(),
        met: 'yes',
        minutes: String(planned),
        kilometres: '',
        words: '',
        volet: actor.volets.includes('social') ? 'social' : 'administrative',
      }),
      toInput: (values) => ({
        occurrenceId: one.id,
        activityId: values.activityId,
        reached: values.met === 'yes',
        minutes: values.minutes.trim() === '' ? null : readMinutes(values.minutes),
        kilometres: values.kilometres.trim() === '' ? null : Number(values.kilometres.replace(',', '.')),
        words: values.words,
        volet: values.volet as Volet,
      }),
      fieldOf: (path) => (path === 'reached' ? 'met' : path),
      done: 'Visite notée, activité enregistrée.',
      onDone: props.onDone,
      invalidates: ['episodes', 'liaison'],
    },
  )
  return (
    <Form form={form}>
      <SegmentedChoice
        {...form.field('met')}
        label="La personne"
        span={12}
        options={[
          { value: 'yes', label: 'Rencontrée' },
          { value: 'no', label: 'Personne n’a répondu' },
        ]}
      />
      <TextField {...form.field('minutes')} label="Minutes sur place" span={4} inputMode="numeric" placeholder="45 ou 1 h 30" optional />
      <TextField {...form.field('kilometres')} label="Kilomètres" span={4} inputMode="decimal" optional />
      <SelectField
        {...form.field('volet')}
        label="Volet"
        span={4}
        options={actor.volets.map((volet) => ({ value: volet, label: { administrative: 'Administratif', social: 'Social', health: 'Santé' }[volet] }))}
      />
      <AreaField {...form.field('words')} label="Ce qui a été fait, ce qui a été vu" rows={5} optional autoFocus />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Enregistrer la visite" secondary={<Button onClick={props.onBack}>Revenir</Button>} />
      </div>
    </Form>
  )
}

export function AnswerForm(props: {
  readonly one: Occurrence
  readonly participant: AppointmentParticipant
  /** Of a series: for this date alone. */
  readonly thisDate: boolean
  readonly onDone: () => void
}): ReactNode {
  const { one, participant } = props
  const wall = wallOn(one.startsAt, one.timeZone)
  const form = useActionForm<typeof answerInvitation, { response: 'accepted' | 'declined' | 'tentative' | ''; on: string; time: string; words: string }>(
    answerInvitation,
    {
      target: { ...targetOf(one), participantId: participant.id, mine: participant.mine, outside: participant.kind === 'outside' },
      initialValues: { response: 'declined', on: wall.slice(0, 10), time: hourOf(wall), words: '' },
      toInput: (values) => ({
        participantId: participant.id,
        occurrenceId: props.thisDate ? one.id : null,
        response: values.response as 'declined',
        proposedAt: values.response === 'tentative' ? wallThere(`${values.on}T${readHour(values.time)}`, one.timeZone) : null,
        words: values.words,
      }),
      fieldOf: (path) => (path === 'proposedAt' ? 'time' : path),
      done: 'Réponse envoyée.',
      onDone: props.onDone,
    },
  )
  return (
    <Form form={form}>
      <SegmentedChoice
        {...form.field('response')}
        label="Réponse"
        span={12}
        options={[
          { value: 'accepted', label: 'Accepte' },
          { value: 'declined', label: 'Décline' },
          { value: 'tentative', label: 'Propose une autre date' },
        ]}
      />
      {form.values.response === 'tentative' ? (
        <>
          <DayField {...form.field('on')} label="Le" span={6} />
          <TextField {...form.field('time')} label="À" span={6} />
        </>
      ) : null}
      <TextField {...form.field('words')} label="Un mot" span={12} optional />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Répondre" secondary={<Button onClick={props.onDone}>Revenir</Button>} />
      </div>
    </Form>
  )
}

export function InviteForm(props: { readonly one: Occurrence; readonly onDone: () => void }): ReactNode {
  const { one } = props
  const [wished, setWished] = useState<readonly Wished[]>([])
  const invite = useAction(inviteParticipant, targetOf(one))
  const send = async (): Promise<void> => {
    for (const participant of wished) {
      const { id, kind, partyId, name, words } = participant
      const done = await invite.run({
        appointmentId: one.appointmentId,
        participant: { id: id as ParticipantId, kind, partyId: partyId as PartyId | null, name: kind === 'outside' ? name : null, words },
      })
      if (done === null) return
    }
    toast({ text: 'Invitation faite.' })
    props.onDone()
  }
  return (
    <div className="stack stack--3">
      <Participants personId={one.person?.personId ?? null} volet={one.volet} wished={wished} onChange={setWished} />
      {invite.error ? (
        <p className="small t-alert" role="alert">
          {invite.error.detail}
        </p>
      ) : null}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button onClick={props.onDone}>Revenir</Button>
        <Button main blocked={wished.length === 0 || invite.pending} onClick={() => void send()}>
          Inviter
        </Button>
      </div>
    </div>
  )
}
