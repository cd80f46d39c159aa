import type { Volet } from '../../platform/contract/actor.ts'
import { type CodeOf, defineValueSet, type ValueSetDefinition } from '../../territory/contract/value-sets.ts'
import type { PlaceKind } from './appointment.ts'

/** What an appointment is. R56: joint visits, physical accompaniment and telemonitoring are kinds of their own. */
export const appointmentKinds = defineValueSet({
  code: 'agenda.appointment_kind',
  title: 'Rendez-vous',
  values: [
    { code: 'visit', label: 'Visite à domicile' },
    { code: 'joint_visit', label: 'Visite conjointe', definition: 'Avec la HAD, le service social du département, un SSIAD, une équipe mobile…' },
    { code: 'accompaniment', label: 'Accompagnement physique', definition: 'À une consultation, à un rendez-vous administratif.' },
    { code: 'interview', label: 'Entretien' },
    { code: 'case_conference', label: 'Concertation, RCP' },
    { code: 'consultation', label: 'Consultation' },
    { code: 'care', label: 'Soins' },
    { code: 'telemonitoring', label: 'Télésurveillance' },
    { code: 'hospital', label: 'Hospitalisation' },
    { code: 'transport', label: 'Transport' },
    { code: 'respite', label: 'Répit' },
    { code: 'procedure', label: 'Démarche administrative' },
    { code: 'meeting', label: 'Réunion' },
    { code: 'desk_duty', label: 'Permanence de la ligne' },
    { code: 'other', label: 'Autre' },
  ],
})
export type AppointmentKind = CodeOf<typeof appointmentKinds>

/** What each kind proposes; whoever books may say otherwise. */
export interface KindHabits {
  readonly volet: Volet
  readonly minutes: number
  readonly place: PlaceKind
  /** The activity that it makes once done (episodes.activity_type); null: it is not work of the DAC. */
  readonly activity: string | null
  /** about: a person, the team, or either. */
  readonly about: 'person' | 'team' | 'both'
}

export const kindHabits: Readonly<Record<AppointmentKind, KindHabits>> = {
  visit: { volet: 'administrative', minutes: 90, place: 'home', activity: 'home_visit', about: 'person' },
  joint_visit: { volet: 'administrative', minutes: 90, place: 'home', activity: 'joint_home_visit', about: 'person' },
  accompaniment: { volet: 'social', minutes: 120, place: 'other', activity: 'physical_accompaniment', about: 'person' },
  interview: { volet: 'administrative', minutes: 60, place: 'service', activity: 'interview', about: 'person' },
  case_conference: { volet: 'social', minutes: 60, place: 'remote', activity: 'case_conference', about: 'person' },
  consultation: { volet: 'health', minutes: 60, place: 'other', activity: null, about: 'person' },
  care: { volet: 'health', minutes: 30, place: 'home', activity: null, about: 'person' },
  telemonitoring: { volet: 'health', minutes: 30, place: 'remote', activity: 'telemonitoring_orientation', about: 'person' },
  hospital: { volet: 'health', minutes: 1440, place: 'other', activity: null, about: 'person' },
  transport: { volet: 'administrative', minutes: 60, place: 'other', activity: null, about: 'person' },
  respite: { volet: 'social', minutes: 480, place: 'other', activity: null, about: 'person' },
  procedure: { volet: 'social', minutes: 60, place: 'other', activity: 'rights_support', about: 'person' },
  meeting: { volet: 'administrative', minutes: 60, place: 'service', activity: null, about: 'team' },
  desk_duty: { volet: 'administrative', minutes: 240, place: 'service', activity: null, about: 'team' },
  other: { volet: 'administrative', minutes: 60, place: 'none', activity: null, about: 'both' },
}

export const visitDangers = defineValueSet({
  code: 'agenda.visit_danger',
  title: 'Précaution de visite',
  values: [
    { code: 'aggression', label: 'Agressivité, menaces' },
    { code: 'weapon', label: 'Arme au domicile' },
    { code: 'relative', label: 'Entourage à risque' },
    { code: 'substances', label: 'Alcool, produits' },
    { code: 'unhealthy', label: 'Logement insalubre' },
    { code: 'infection', label: 'Risque infectieux' },
    { code: 'isolated', label: 'Lieu isolé, sans réseau' },
    { code: 'other', label: 'Autre' },
  ],
})

/** How the person said it. */
const answerModes = defineValueSet({
  code: 'agenda.answer_mode',
  title: 'Recueilli',
  values: [
    { code: 'in_person', label: 'De vive voix' },
    { code: 'phone', label: 'Par téléphone' },
    { code: 'written', label: 'Par écrit' },
    { code: 'representative', label: 'Par son représentant légal' },
  ],
})

export const agendaValueSets: readonly ValueSetDefinition[] = [appointmentKinds, visitDangers, answerModes]
