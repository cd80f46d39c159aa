import { Drawer } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import type { PersonName } from '../../persons/contract/person.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { CommuneField } from '../../platform/web/form/CommuneField.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { bookAppointment } from '../contract/actions.ts'
import { type AppointmentId, type ParticipantId, type PlaceKind, placeKindLabels } from '../contract/appointment.ts'
import { type AppointmentKind, kindHabits } from '../contract/value-sets.ts'
import { AtHospital } from './AtHospital.tsx'
import { BookingPerson } from './BookingPerson.tsx'
import { type BookingValues, daysBetween, recurrenceOf } from './booking-values.ts'
import { readHour } from './grid.ts'
import { Participants } from './Participants.tsx'
import { Repeat } from './Repeat.tsx'
import { Taken } from './Taken.tsx'
import { usePersonTarget } from './use-person-target.ts'

const durations = [15, 30, 45, 60, 90, 120, 180, 240, 480]
const durationWords = (minutes: number): string =>
  minutes < 60 ? `${minutes}\u00a0min` : `${Math.floor(minutes / 60)}\u00a0h${minutes % 60 === 0 ? '' : `\u00a0${minutes % 60}`}`
const voletWords: Readonly<Record<Volet, string>> = { administrative: 'Administratif', social: 'Social', health: 'Santé' }

/** What « Précision » is for each kind. */
const titleOf: Readonly<Partial<Record<AppointmentKind, string>>> = {
  consultation: 'Cardiologue',
  care: 'Pansement, toilette…',
  transport: 'VSL, taxi, ambulance',
  respite: 'Accueil de jour, hébergement…',
}

export interface BookingProps {
  /** In the file of a person: she is chosen already. */
  readonly personId?: PersonId | undefined
  /** 'YYYY-MM-DDTHH:MM' */
  readonly at: string
  readonly kind?: AppointmentKind | undefined
  readonly onClose: () => void
}

/** One sheet from first to last field; what is usual for the kind chosen fills itself in, and says who is taken. */
export function BookingForm({ personId: given, at, kind, onClose }: BookingProps): ReactNode {
  const actor = useActor()
  const [chosen, setChosen] = useState<PersonName | null>(null)
  const personId = given ?? chosen?.personId ?? null
  const person = usePersonTarget(personId)
  const kinds = useValueList('agenda.appointment_kind')
  const inTeam = given === undefined
  const firstKind = kind ?? (inTeam ? 'meeting' : actor.serviceKind === 'dac' ? 'visit' : 'care')
  const habits = kindHabits[firstKind]
  const openVolets = person?.volets ?? actor.volets
  const voletFor = (volet: Volet): Volet => (openVolets.includes(volet) ? volet : 'administrative')
  const asColleague = actor.serviceKind === 'dac' || inTeam
  const form = useActionForm<typeof bookAppointment, BookingValues>(bookAppointment, {
    target: personId === null ? { person: null } : person === null ? null : { person },
    draftKey: `agenda.book:${given ?? 'team'}:${at}`,
    initialValues: () => ({
      id: newId<AppointmentId>(),
      about: null,
      kind: firstKind,
      title: '',
      on: at.slice(0, 10),
      time: `${Number(at.slice(11, 13))} h ${at.slice(14, 16)}`,
      minutes: String(habits.minutes === 1440 ? 60 : habits.minutes),
      allDay: habits.minutes === 1440,
      lastDay: at.slice(0, 10),
      repeat: 'no',
      every: '1',
      weekDays: [],
      until: '',
      placeKind: habits.place,
      place: '',
      communeCode: '',
      words: '',
      volet: voletFor(habits.volet),
      isPrivate: false,
      participants: [
        {
          id: newId<ParticipantId>(),
          kind: asColleague ? 'colleague' : 'circle',
          partyId: (asColleague ? actor.userId : (actor.professionalId ?? actor.userId)) as string,
          name: actor.displayName,
          words: '',
        },
      ],
    }),
    toInput: (values) => ({
      id: values.id as AppointmentId,
      personId,
      kind: values.kind,
      title: values.title,
      startsAt: `${values.on}T${values.allDay ? '00:00' : readHour(values.time)}`,
      minutes: values.allDay ? daysBetween(values.on, values.lastDay || values.on) * 1440 : Number(values.minutes),
      allDay: values.allDay,
      recurrence: recurrenceOf(values),
      placeKind: values.placeKind as PlaceKind,
      place: values.place,
      communeCode: values.communeCode,
      words: values.words,
      volet: values.volet,
      isPrivate: values.isPrivate,
      participants: values.participants.map(({ id, kind: of, partyId, name, words }) => ({
        id: id as ParticipantId,
        kind: of,
        partyId: partyId as PartyId | null,
        name: of === 'outside' ? name : null,
        words,
      })),
    }),
    fieldOf: (path) => ({ startsAt: 'time', 'recurrence.until': 'until' })[path] ?? path,
    done: (output) => (output.occurrences > 1 ? `${output.occurrences} dates prises.` : 'Rendez-vous pris.'),
    onDone: onClose,
  })
  const { values, setAll } = form
  // A draft that comes back brings its person with it.
  useEffect(() => {
    setChosen((before) => (before?.personId === values.about?.personId ? before : values.about))
  }, [values.about])
  const about = personId === null ? ['team', 'both'] : ['person', 'both']
  // A stay has its own sheet: establishment, entry and exit.
  const choices = kinds.options.filter((one) => one.value !== 'hospital' && about.includes(kindHabits[one.value as AppointmentKind]?.about ?? 'both'))
  const take = (code: string, more: Partial<BookingValues> = {}): void => {
    const next = kindHabits[code as AppointmentKind] ?? kindHabits.other
    setAll({
      ...more,
      kind: code as AppointmentKind,
      minutes: String(next.minutes === 1440 ? 60 : next.minutes),
      allDay: next.minutes === 1440,
      placeKind: personId === null && next.place === 'home' ? 'none' : next.place,
      volet: voletFor(next.volet),
    })
  }
  return (
    <Drawer opened onClose={onClose} position="right" size={600} title="Nouveau rendez-vous" className="circle-drawer">
      <Form form={form}>
        {inTeam ? (
          <BookingPerson
            chosen={chosen}
            onChoose={(one) => {
              setChosen(one)
              take(one === null ? 'meeting' : 'visit', { about: one })
            }}
          />
        ) : null}
        <SelectField {...form.field('kind')} label="Rendez-vous" span={7} options={choices} onChange={(code) => take(code)} autoFocus={!inTeam} />
        <TextField {...form.field('title')} label="Précision" span={5} optional placeholder={titleOf[values.kind]} />
        <DayField {...form.field('on')} label={values.allDay ? 'Du' : 'Le'} span={4} />
        {values.allDay ? (
          <DayField {...form.field('lastDay')} label="Au" span={4} />
        ) : (
          <>
            <TextField {...form.field('time')} label="À" span={3} placeholder="9 h 30" />
            <SelectField
              {...form.field('minutes')}
              label="Durée"
              span={3}
              options={[...new Set([...durations, Number(values.minutes)])]
                .sort((a, b) => a - b)
                .map((one) => ({ value: String(one), label: durationWords(one) }))}
            />
          </>
        )}
        <CheckField {...form.field('allDay')} label="Journée" span={2} />
        <Repeat form={form} />
        <SelectField
          {...form.field('placeKind')}
          label="Où"
          span={5}
          options={(['home', 'service', 'other', 'remote', 'none'] as const)
            .filter((one) => personId !== null || one !== 'home')
            .map((one) => ({ value: one, label: placeKindLabels[one] }))}
        />
        {values.placeKind === 'other' || values.placeKind === 'remote' ? (
          <TextField
            {...form.field('place')}
            label={values.placeKind === 'remote' ? 'Lien ou téléphone' : values.kind === 'transport' ? 'De, vers' : 'Lieu'}
            span={7}
            optional
          />
        ) : values.placeKind === 'home' ? (
          <p className="small mut" style={{ gridColumn: 'span 7', alignSelf: 'end', margin: '0 0 8px' }}>
            L’adresse reste dans le dossier : rien n’est recopié.
          </p>
        ) : null}
        {values.placeKind === 'other' ? (
          <CommuneField {...form.field('communeCode')} label="Commune" span={12} optional ownServiceId={actor.serviceId} />
        ) : null}
        <div style={{ gridColumn: '1 / -1' }}>
          <Participants
            personId={personId}
            volet={values.volet}
            wished={values.participants}
            onChange={(participants) => form.set('participants', participants)}
          />
          {form.errors.participants ? <p className="small t-alert">{form.errors.participants}</p> : null}
        </div>
        {values.allDay ? null : <Taken values={values} />}
        {personId === null || (values.placeKind !== 'home' && values.placeKind !== 'service') ? null : <AtHospital personId={personId} on={values.on} />}
        <AreaField {...form.field('words')} label="À prévoir" rows={2} optional />
        {personId === null ? (
          <CheckField {...form.field('isPrivate')} label="Pour moi seul" detail="Les collègues voient « occupé », et rien d’autre." span={12} />
        ) : (
          <>
            <SegmentedChoice {...form.field('volet')} label="Volet" span={7} options={openVolets.map((one) => ({ value: one, label: voletWords[one] }))} />
            {actor.serviceKind === 'dac' ? <CheckField {...form.field('isPrivate')} label="Privé DAC" detail="Le cercle ne le voit pas." span={5} /> : null}
          </>
        )}
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={form} submit="Prendre le rendez-vous" />
        </div>
      </Form>
    </Drawer>
  )
}
