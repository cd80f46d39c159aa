import {
  IconAddressBook,
  IconCalendarEvent,
  IconChartBar,
  IconFingerprint,
  IconGavel,
  IconHelpCircle,
  IconInbox,
  IconKey,
  IconMessages,
  IconSettings,
  IconShieldHeart,
  IconShieldLock,
  IconStethoscope,
  IconSun,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { mayConverse } from '../../conversations/contract/access.ts'
import { type Actor, holds } from '../../platform/contract/actor.ts'
import type { Icon } from '../../platform/web/display/Ic.tsx'
import { mayHoldReports } from '../../safeguarding/contract/access.ts'

export interface Place {
  readonly to: string
  readonly title: string
  /** On the bar of a phone, where a word is all there is room for. */
  readonly short?: string | undefined
  readonly icon: Icon
  /** Its place on the bar of a phone, where four fit; the others are under « Plus ». */
  readonly phone?: number | undefined
  readonly visible: (actor: Actor) => boolean
  /** Numbers that equal a list: the queue, the exceptional accesses to review, the messages not read. */
  readonly counts?: 'requests' | 'reviews' | 'messages' | undefined
}

const dac = (actor: Actor): boolean => actor.serviceKind === 'dac'

/** The places of Jalon in the order of the rail. Each opens to the functions whose work it holds (product.md, section 4). */
export const places: readonly Place[] = [
  {
    to: '/ma-journee',
    title: 'Ma journée',
    short: 'Journée',
    phone: 1,
    icon: IconSun,
    visible: (actor) => dac(actor) && holds(actor, 'referent', 'doctor', 'team_lead'),
  },
  { to: '/patients', title: 'Mes patients', short: 'Patients', phone: 1, icon: IconUsersGroup, visible: (actor) => holds(actor, 'outside_professional') },
  {
    to: '/demandes',
    title: 'Demandes',
    phone: 2,
    icon: IconInbox,
    visible: (actor) => (dac(actor) && holds(actor, 'front_desk', 'referent', 'doctor', 'team_lead')) || holds(actor, 'outside_professional', 'expert_team'),
    counts: 'requests',
  },
  { to: '/echanges', title: 'Échanges', icon: IconMessages, visible: mayConverse, counts: 'messages' },
  { to: '/saisines', title: 'Saisines', icon: IconStethoscope, visible: (actor) => actor.serviceKind === 'cpts' && holds(actor, 'cpts_coordinator') },
  { to: '/commission', title: 'Commission', icon: IconGavel, visible: (actor) => dac(actor) && holds(actor, 'team_lead') },
  {
    to: '/personnes',
    title: 'Personnes',
    phone: 3,
    icon: IconUsersGroup,
    visible: (actor) => dac(actor) && holds(actor, 'front_desk', 'referent', 'doctor', 'team_lead'),
  },
  {
    to: '/agenda',
    title: 'Agenda',
    phone: 4,
    icon: IconCalendarEvent,
    visible: (actor) => dac(actor) || holds(actor, 'outside_professional', 'expert_team', 'cpts_coordinator'),
  },
  { to: '/equipe', title: 'Équipe', icon: IconUsers, visible: (actor) => dac(actor) && holds(actor, 'team_lead', 'director'), counts: 'reviews' },
  // Outside a DAC, those who answer for a team have no « Équipe » page: their reviews stand alone.
  {
    to: '/equipe/acces-exceptionnels',
    title: 'Accès',
    icon: IconKey,
    visible: (actor) => !dac(actor) && holds(actor, 'team_lead', 'director'),
    counts: 'reviews',
  },
  { to: '/signalements', title: 'Signalements', short: 'Signaler', icon: IconShieldHeart, visible: mayHoldReports },
  { to: '/pilotage', title: 'Pilotage', icon: IconChartBar, visible: (actor) => holds(actor, 'director', 'team_lead', 'governance_member') },
  {
    to: '/donnees',
    title: 'Données',
    icon: IconShieldLock,
    visible: (actor) => (dac(actor) && holds(actor, 'director', 'team_lead')) || holds(actor, 'regional_admin'),
  },
  { to: '/annuaire', title: 'Annuaire', icon: IconAddressBook, visible: (actor) => !holds(actor, 'person', 'governance_member') },
  { to: '/traces', title: 'Traces', icon: IconFingerprint, visible: (actor) => holds(actor, 'regional_admin', 'director') },
  { to: '/administration', title: 'Administration', short: 'Admin.', icon: IconSettings, visible: (actor) => holds(actor, 'regional_admin') },
]

export const helpPlace: Place = { to: '/aide', title: 'Aide', icon: IconHelpCircle, visible: () => true }

export function placesFor(actor: Actor): readonly Place[] {
  return places.filter((place) => place.visible(actor))
}

/** What the bar of a phone shows, and what stands under « Plus »: her home first, then the rank, then the order of the rail. */
export function phonePlaces(actor: Actor): { readonly shown: readonly Place[]; readonly rest: readonly Place[] } {
  const all = placesFor(actor)
  const home = homeFor(actor)
  const rank = (place: Place): number => (place.to === home ? 0 : (place.phone ?? 9))
  const shown = [...all].sort((a, b) => rank(a) - rank(b)).slice(0, 4)
  return { shown, rest: [...all.filter((place) => !shown.includes(place)), helpPlace] }
}

/** Home follows the function: the day of a référent, the queue of the desk, the figures of the direction… */
export function homeFor(actor: Actor): string {
  if (holds(actor, 'director') && !holds(actor, 'referent', 'doctor', 'team_lead')) return '/pilotage'
  if (holds(actor, 'regional_admin') && !dac(actor)) return '/administration'
  return placesFor(actor)[0]?.to ?? '/aide'
}

/** Who may open a new request: the staff of a DAC, and whoever asks from outside. */
export function mayAsk(actor: Actor): boolean {
  return (dac(actor) && holds(actor, 'front_desk', 'referent', 'doctor', 'team_lead')) || holds(actor, 'outside_professional', 'expert_team')
}

const functionTitles: Partial<Record<Actor['functions'][number], string>> = {
  team_lead: 'Responsable d’équipe',
  doctor: 'Médecin du DAC',
  referent: 'Référent de parcours',
  front_desk: 'Accueil, ligne du DAC',
  director: 'Direction',
  regional_admin: 'Administration régionale',
  cpts_coordinator: 'Coordination de CPTS',
  expert_team: 'Équipe experte',
  governance_member: 'Gouvernance',
  outside_professional: 'Professionnel partenaire',
  person: 'Espace personnel',
}

/** What she is there to do, in one line under her name. */
export function functionTitle(actor: Actor): string {
  const order = Object.keys(functionTitles) as (keyof typeof functionTitles)[]
  const held = order.find((one) => actor.functions.includes(one))
  return (held && functionTitles[held]) ?? actor.serviceName
}
