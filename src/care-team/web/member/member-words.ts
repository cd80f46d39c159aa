import type { Silence } from '../../../persons/contract/person.ts'
import type { Volet } from '../../../platform/contract/actor.ts'
import { initials } from '../../../platform/web/text/names.ts'
import { nbsp } from '../../../platform/web/text/typography.ts'
import type { Member } from '../../contract/member.ts'
import { dacRoles, roleFacts, type SingleRole } from '../../contract/roles.ts'

export type LabelOf = (setCode: string, code: string | null | undefined) => string
export type MemberTone = Volet | 'accent' | 'alert'

/** Roles of today. */
export const rolesHeld = (member: Pick<Member, 'roles'>): readonly string[] => member.roles.filter(({ endsOn }) => endsOn === null).map(({ role }) => role)

/** « fille, aidant principal », « infirmier libéral »: what she is to the person, in lower case. */
export function roleWords(member: Member, label: LabelOf): string {
  const roles = (member.current ? rolesHeld(member) : member.roles.map(({ role }) => role)).filter((role) => role !== 'relative' || member.relation === null)
  const words = [
    member.relation === null ? null : label('persons.relation', member.relation),
    ...[...new Set(roles)].map((role) => label('care_team.role', role)),
  ]
  return words
    .filter((word): word is string => word !== null)
    .map(lowerFirst)
    .join(', ')
}

/** « Dr Fritsch », « Sylvie » for a relative, « SAD Les Genêts »: short enough for the drawing. */
export function shortName(member: Pick<Member, 'kind' | 'name'>): string {
  if (member.kind === 'relative') return member.name.split(/\s+/)[0] ?? member.name
  const doctor = /^(Dre?|Pr)\s+.*\s(\S+)$/.exec(member.name)
  return cutAt(doctor ? `${doctor[1]}${nbsp}${doctor[2]}` : member.name, 18)
}

/** The full name's initials, whatever the drawing shows of it. */
export const memberInitials = (member: Pick<Member, 'name'>): string => initials(member.name)

/** What the trade says, where the label of the list is long. */
const spoken: Partial<Readonly<Record<SingleRole, string>>> = {
  referent: 'référent',
  co_referent: 'binôme',
  nurse: 'infirmier',
  advanced_nurse: 'infirmier IPA',
  gp_other: 'médecin généraliste',
  specialist: 'médecin spécialiste',
  physiotherapist: 'kiné',
  specialised_alzheimer_team: 'équipe Alzheimer',
  palliative_team: 'soins palliatifs',
  geriatric_team: 'équipe de gériatrie',
  had: 'HAD',
  ssiad: 'SSIAD',
  medical_device_provider: 'matériel',
  temporary_accommodation: 'hébergement',
  disability_service: 'service du handicap',
  foster_carer: 'accueillant',
  social_worker: 'assistant social',
  hospital_social_worker: 'assistant social',
  apa_team: 'équipe APA',
  legal_representative_professional: 'mandataire',
  child_protection: 'protection enfance',
  shelter_worker: 'travailleur social',
  health_insurance: 'assurance maladie',
  partner_coordinator: 'coordinateur',
  dac_professional: 'DAC',
}

/** One or two words under the drawing. */
export function shortRole(member: Member, label: LabelOf): string {
  const roles = rolesHeld(member)
  if (member.kind === 'relative') {
    const what = roles.includes('trusted_person') ? 'pers. de confiance' : roles.some((role) => role.endsWith('caregiver')) ? 'aidant' : null
    const relation = member.relation === null ? null : lowerFirst(label('persons.relation', member.relation))
    return cutAt([relation, what].filter(Boolean).join(', ') || lowerFirst(label('care_team.role', roles[0] ?? 'relative')), 25)
  }
  const role = roles[0] ?? 'other'
  return spoken[role as SingleRole] ?? cutAt(lowerFirst(label('care_team.role', role)).replace(/ \(.*\)$/, ''), 20)
}

/** « infirmier : pansement, pilulier »; a task that only says the role again is not told twice. */
export function roleAndTask(member: Member, label: LabelOf): string {
  const role = shortRole(member, label)
  const does = member.does?.trim() ?? ''
  const told = [role, roleWords(member, label)].some((words) => words.toLocaleLowerCase('fr-FR').includes(does.toLocaleLowerCase('fr-FR')))
  return does === '' || told ? role : `${role}\u00a0: ${does}`
}

/** The colour of the volet of her trade; the accent for the DAC; the alert for whom nothing must be told. */
export function toneOf(member: Member, silence: Silence | undefined): MemberTone {
  if (silence?.kind === 'tell_nothing') return 'alert'
  const roles = rolesHeld(member) as readonly SingleRole[]
  if (roles.some((role) => dacRoles.includes(role))) return 'accent'
  const category = roles.map((role) => roleFacts[role]?.professionalCategory).find((one) => one !== null)
  if (category === 'health') return 'health'
  return category === 'legal_protection' ? 'administrative' : 'social'
}

/** The wish of the person that concerns this member, the strongest first: by her card, else by her name. */
export function silenceTowards(member: Pick<Member, 'partyId' | 'name'>, silences: readonly Silence[]): Silence | undefined {
  const order: Readonly<Record<Silence['kind'], number>> = { tell_nothing: 0, no_sharing: 1, no_call: 2, hidden_address: 3, at_risk: 4 }
  const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
  return silences
    .filter((one) => (one.partyId === null ? plain(one.towards) === plain(member.name) : one.partyId === member.partyId))
    .sort((a, b) => order[a.kind] - order[b.kind])[0]
}

/** « ne rien dire » under the drawing; the whole sentence is in the list. */
export const silenceShort = (silence: Silence): string =>
  ({ tell_nothing: 'ne rien dire', no_call: 'ne pas appeler', no_sharing: 'ne rien partager', hidden_address: 'adresse cachée', at_risk: 'en danger' })[
    silence.kind
  ]

const lowerFirst = (text: string): string => (/^\p{Lu}{2}/u.test(text) ? text : text.charAt(0).toLocaleLowerCase('fr-FR') + text.slice(1))
const cutAt = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`)
