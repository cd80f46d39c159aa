import { french } from '../../platform/contract/typography.ts'
import type { RequesterKind } from './value-sets.ts'

/** What an answer may forbid: naming the person, or taking charge of her (commission, episode, reorientation). */
export type BlockedGesture = 'name_person' | 'take_charge'

/** A question that is put to some requesters only. Data: a region changes the list, not the code. */
export interface ExtraQuestion {
  readonly code: string
  readonly label: string
  readonly hint?: string
  readonly kind: 'yes_no' | 'day' | 'text'
  readonly askedOf: readonly RequesterKind[]
  /** Asked only when that other question has this answer. */
  readonly when?: { readonly question: string; readonly is: string }
  /** Unless the answer is `is`, these gestures are refused, with this reason. */
  readonly needed?: { readonly is: string; readonly blocks: readonly BlockedGesture[]; readonly reason: string }
}

const hospitals: readonly RequesterKind[] = [
  'hospital_acute',
  'hospital_emergency',
  'hospital_rehab',
  'hospital_psychiatry',
  'hospital_social_service',
  'geriatric_mobile_team',
  'had',
]

/** R88 (Cadre national d'orientation, Prado): the patient's consent, and the hospital team first while she is still there. */
export const extraQuestions: readonly ExtraQuestion[] = [
  { code: 'prado', label: french('Demande faite au titre du Prado ?'), kind: 'yes_no', askedOf: ['health_insurance'] },
  {
    code: 'patient_consent',
    label: french('Le patient a-t-il donné son accord ?'),
    kind: 'yes_no',
    askedOf: ['health_insurance'],
    when: { question: 'prado', is: 'yes' },
    needed: {
      is: 'yes',
      blocks: ['name_person', 'take_charge'],
      reason: french(
        'Sans l’accord du patient, l’Assurance maladie ne peut pas le nommer et le DAC ne peut pas agir. Notez la demande sans nom : elle attend l’accord.',
      ),
    },
  },
  { code: 'still_hospitalised', label: french('Encore hospitalisé ?'), kind: 'yes_no', askedOf: ['health_insurance'], when: { question: 'prado', is: 'yes' } },
  {
    code: 'hospital_team_contacted',
    label: french('Équipe hospitalière ou service social contacté ?'),
    kind: 'yes_no',
    askedOf: ['health_insurance'],
    when: { question: 'still_hospitalised', is: 'yes' },
    needed: {
      is: 'yes',
      blocks: ['take_charge'],
      reason: french(
        'Tant que le patient est hospitalisé, l’Assurance maladie contacte d’abord l’équipe hospitalière ou son service social. La demande attend ce contact.',
      ),
    },
  },
  { code: 'alert_signs', label: french('Signes d’alerte'), kind: 'text', askedOf: ['health_insurance'], when: { question: 'prado', is: 'yes' } },
  { code: 'discharge_on', label: french('Sortie prévue le'), kind: 'day', askedOf: hospitals },
  { code: 'ward', label: french('Service hospitalier'), kind: 'text', askedOf: hospitals },
  { code: 'regulation_file', label: french('Numéro du dossier de régulation'), kind: 'text', askedOf: ['sas'] },
]

/** The questions to put to this requester, given what she already answered. */
export function questionsFor(requesterKind: string, answers: Readonly<Record<string, string>>): readonly ExtraQuestion[] {
  return extraQuestions.filter((question) => question.askedOf.some((kind) => kind === requesterKind) && isAsked(question, answers))
}

function isAsked(question: ExtraQuestion, answers: Readonly<Record<string, string>>): boolean {
  const { when } = question
  if (when === undefined) return true
  const parent = extraQuestions.find((other) => other.code === when.question)
  return answers[when.question] === when.is && (parent === undefined || isAsked(parent, answers))
}

/** Why this gesture is refused, or null. The first unmet condition speaks. */
export function blockedBy(
  gesture: BlockedGesture,
  requesterKind: string,
  answers: Readonly<Record<string, string>>,
): { readonly question: string; readonly reason: string } | null {
  for (const question of questionsFor(requesterKind, answers)) {
    const { needed } = question
    if (needed?.blocks.includes(gesture) && answers[question.code] !== needed.is) return { question: question.code, reason: needed.reason }
  }
  return null
}
