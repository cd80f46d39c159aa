import { Drawer } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { PersonName } from '../../persons/contract/person.ts'
import { searchPersons } from '../../persons/contract/queries.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { formatDay, parseDay } from '../../platform/contract/dates.ts'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { ComboField } from '../../platform/web/form/ComboField.tsx'
import { CommuneField } from '../../platform/web/form/CommuneField.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useCombo } from '../../platform/web/form/use-combo.ts'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { formatHour } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { bookAppointment } from '../contract/actions.ts'
import { type AppointmentId, type ParticipantId, type PlaceKind, placeKindLabels } from '../contract/appointment.ts'
import { availability } from '../contract/queries.ts'
import { type Recurrence, type WeekDay, weekDays } from '../contract/recurrence.ts'
import { type AppointmentKind, kindHabits } from '../contract/value-sets.ts'
import { readHour } from './grid.ts'
import { Participants, type Wished } from './Participants.tsx'
import { instantHere } from './use-move.tsx'
import { usePersonTarget } from './use-person-target.ts'

const durations = [15, 30, 45, 60, 90, 120, 180, 240, 480]
const durationWords = (minutes: number): string =>
  minutes < 60 ? `${minutes}\u00a0min` : `${Math.floor(minutes / 60)}\u00a0h${minutes % 60 === 0 ? '' : `\u00a0${minutes % 60}`}`
const voletWords: Readonly<Record<Volet, string>> = { administrative: 'Administratif', social: 'Social', health: 'Santé' }
const dayWords: Readonly<Record<WeekDay, string>> = { MO: 'lun.', TU: 'mar.', WE: 'mer.', TH: 'jeu.', FR: 'ven.', SA: 'sam.', SU: 'dim.' }

interface Values {
  readonly id: string
  readonly kind: AppointmentKind
  readonly title: string
  readonly on: string
  readonly time: string
  readonly minutes: string
  readonly allDay: boolean
  readonly lastDay: string
  /** 'no', or a frequency. */
  readonly repeat: string
  readonly every: string
  readonly weekDays: readonly WeekDay[]
  readonly until: string
  readonly placeKind: string
  readonly place: string
  readonly communeCode: string
  readonly words: string
  readonly volet: Volet
  readonly isPrivate: boolean
  readonly participants: readonly Wished[]
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
  const form = useActionForm<typeof bookAppointment, Values>(bookAppointment, {
    target: personId === null ? { person: null } : person === null ? null : { person },
    draftKey: `agenda.book:${given ?? 'team'}`,
    fresh: true,
    initialValues: () => ({
      id: newId<AppointmentId>(),
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
  const about = personId === null ? ['team', 'both'] : ['person', 'both']
  const choices = kinds.options.filter((one) => about.includes(kindHabits[one.value as AppointmentKind]?.about ?? 'both'))
  const take = (code: string): void => {
    const next = kindHabits[code as AppointmentKind] ?? kindHabits.other
    setAll({
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
          <PersonChoice
            chosen={chosen}
            onChoose={(one) => {
              setChosen(one)
              take(one === null ? 'meeting' : 'visit')
            }}
          />
        ) : null}
        <SelectField {...form.field('kind')} label="Rendez-vous" span={7} options={choices} onChange={take} autoFocus={!inTeam} />
        <TextField {...form.field('title')} label="Précision" span={5} optional placeholder={values.kind === 'consultation' ? 'Cardiologue' : undefined} />
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
          <TextField {...form.field('place')} label={values.placeKind === 'remote' ? 'Lien ou téléphone' : 'Lieu'} span={7} optional />
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

const daysBetween = (from: string, to: string): number => Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1)

function recurrenceOf(values: Values): Recurrence | null {
  if (values.repeat === 'no') return null
  return {
    frequency: values.repeat as Recurrence['frequency'],
    every: Number(values.every) || 1,
    days: values.repeat === 'weekly' ? [...values.weekDays] : [],
    until: values.until as never,
    count: null,
  }
}

function PersonChoice(props: { readonly chosen: PersonName | null; readonly onChoose: (one: PersonName | null) => void }): ReactNode {
  const [text, setText] = useState('')
  const combo = useCombo<PersonName>({
    search: async (typed, signal) => (await callQuery(searchPersons, { text: typed, limit: 6 }, signal)).rows,
    keyOf: (one) => one.personId,
    onPick: (one) => {
      setText(formatPersonName(one))
      props.onChoose(one)
    },
  })
  return (
    <ComboField
      combo={combo}
      label="Personne"
      optional
      autoFocus
      span={12}
      hint="Sans personne : réunion, permanence, moment à soi."
      value={text}
      onChange={(typed) => {
        setText(typed)
        combo.type(typed)
        if (props.chosen !== null) props.onChoose(null)
      }}
      option={(one) => (
        <span>
          <b>{formatPersonName(one)}</b>{' '}
          <span className="small mut">{[one.birthDay === null ? null : formatDay(one.birthDay), one.commune].filter(Boolean).join(' · ')}</span>
        </span>
      )}
    />
  )
}

function Repeat({ form }: { readonly form: ReturnType<typeof useActionForm<typeof bookAppointment, Values>> }): ReactNode {
  const { values } = form
  return (
    <>
      <SelectField
        {...form.field('repeat')}
        label="Répétition"
        span={4}
        options={[
          { value: 'no', label: 'Une fois' },
          { value: 'daily', label: 'Par jours' },
          { value: 'weekly', label: 'Par semaines' },
          { value: 'monthly', label: 'Par mois' },
        ]}
      />
      {values.repeat === 'no' ? (
        <span style={{ gridColumn: 'span 8' }} />
      ) : (
        <>
          <SelectField
            {...form.field('every')}
            label="Toutes les"
            span={4}
            options={[1, 2, 3, 4, 6].map((one) => ({
              value: String(one),
              label: one === 1 ? 'à chaque fois' : `${one} ${{ daily: 'jours', weekly: 'semaines', monthly: 'mois' }[values.repeat as 'daily']}`,
            }))}
          />
          <DayField {...form.field('until')} label="Jusqu’au" span={4} />
        </>
      )}
      {values.repeat === 'weekly' ? (
        <fieldset className="agenda-days" style={{ gridColumn: '1 / -1' }}>
          <legend>Les jours</legend>
          {weekDays.map((one) => (
            <label key={one} className={values.weekDays.includes(one) ? 'on' : undefined}>
              <input
                type="checkbox"
                checked={values.weekDays.includes(one)}
                onChange={() =>
                  form.set('weekDays', values.weekDays.includes(one) ? values.weekDays.filter((other) => other !== one) : [...values.weekDays, one])
                }
              />
              {dayWords[one]}
            </label>
          ))}
        </fieldset>
      ) : null}
    </>
  )
}

/** Who is taken or away at that hour, before it is sent. A hint: it stops nothing. */
function Taken({ values }: { readonly values: Values }): ReactNode {
  const time = readHour(values.time)
  const complete = /^\d{4}-\d{2}-\d{2}$/.test(values.on) && parseDay(values.on).ok && /^([01]\d|2[0-3]):[0-5]\d$/.test(time) && Number(values.minutes) > 0
  const from = complete ? instantHere(`${values.on}T${time}`) : new Date()
  const to = new Date(from.getTime() + (complete ? Number(values.minutes) : 60) * 60_000)
  const parties = values.participants.flatMap(({ partyId }) => (partyId === null ? [] : [partyId as PartyId]))
  const query = useJalonQuery(
    availability,
    { partyIds: parties, from: from.toISOString(), to: to.toISOString() },
    { enabled: complete && parties.length > 0, keepPrevious: true },
  )
  if (!complete || query.data === undefined || query.data.taken.length + query.data.away.length === 0) return null
  const name = (partyId: string): string => values.participants.find((one) => one.partyId === partyId)?.name ?? 'Un participant'
  return (
    <div style={{ gridColumn: '1 / -1' }}>
      <Notice tone="warning" icon={IconAlertTriangle} live>
        {query.data.away.map((one) => (
          <span key={`${one.partyId}${one.until}`} style={{ display: 'block' }}>
            <b>{name(one.partyId)}</b> est absent jusqu’au {formatDay(new Date(Date.parse(one.until) - 1000).toISOString())}
            {one.substituteName ? `, ${one.substituteName} remplace` : ''}.
          </span>
        ))}
        {query.data.taken.map((one) => (
          <span key={`${one.id}${one.partyId}`} style={{ display: 'block' }}>
            <b>{name(one.partyId)}</b> est déjà pris de {formatHour(one.startsAt)} à {formatHour(one.endsAt)}.
          </span>
        ))}
      </Notice>
    </div>
  )
}
