import { z } from 'zod'
import { french } from '../../platform/contract/typography.ts'

/** The classes that an erasure decides one by one; what is technical follows, and restricted reports follow rules of their own. */
export const erasedClasses = ['accompaniment', 'request', 'exchange', 'identity', 'opposition_trace', 'rights_request'] as const
export type ErasedClass = (typeof erasedClasses)[number]

/** Why something stays (art. 17.3 RGPD). */
export const keepReasons = ['legal_obligation', 'public_health', 'claims', 'opposition_respected', 'proof', 'needed_by_the_rest'] as const
export type KeepReason = (typeof keepReasons)[number]

export const keepReasonWords: Readonly<Record<KeepReason, string>> = {
  legal_obligation: french('Obligation légale ou mission d’intérêt public (art. 17.3.b)'),
  public_health: french('Intérêt public dans le domaine de la santé (art. 17.3.c)'),
  claims: french('Constatation, exercice ou défense d’un droit en justice (art. 17.3.e)'),
  opposition_respected: french('Sans cette trace, l’opposition ne pourrait plus être respectée (art. 21)'),
  proof: french('Preuve que la demande a reçu une réponse (art. 5.2 et 12)'),
  needed_by_the_rest: french('Ce qui reste ne peut pas se lire sans elle'),
}

export const erasurePlanLine = z.object({
  dataClass: z.enum(erasedClasses),
  decision: z.enum(['erase', 'keep']),
  reason: z.enum(keepReasons).nullable(),
})
export type ErasurePlanLine = z.output<typeof erasurePlanLine>

interface ClassText {
  readonly title: string
  readonly what: string
  /** What is proposed before anybody has looked. */
  readonly proposal: { readonly decision: 'erase' | 'keep'; readonly reason: KeepReason | null }
  /** True where the software keeps it whatever is chosen. */
  readonly always?: 'keep'
}

/** The check list of an erasure, class by class. */
export const erasedClassTexts: Readonly<Record<ErasedClass, ClassText>> = {
  accompaniment: {
    title: 'Dossier d’accompagnement',
    what: french('Fil, cercle, évaluations, PPCS, carnet de liaison, tâches, visites, alertes, historique des corrections.'),
    proposal: { decision: 'erase', reason: null },
  },
  request: {
    title: 'Demandes reçues',
    what: french('Textes, réponses, orientations. Les nombres restent dans les chiffres du territoire, sans rien qui mène à la personne.'),
    proposal: { decision: 'erase', reason: null },
  },
  exchange: { title: 'Appels et messages', what: french('Journal des appels et leur contenu.'), proposal: { decision: 'erase', reason: null } },
  identity: {
    title: 'Identité et coordonnées',
    what: french('Traits, INS, adresse, téléphones, mesure de protection, médecin traitant.'),
    proposal: { decision: 'erase', reason: null },
  },
  opposition_trace: {
    title: 'Oppositions, consignes, information donnée',
    what: french('Les réponses aux trois questions, ce qu’elle demande de ne pas dire ou partager.'),
    proposal: { decision: 'erase', reason: null },
  },
  rights_request: {
    title: 'Registre de ses demandes',
    what: french('Cette demande, sa réponse, l’attestation d’effacement, sous un numéro.'),
    proposal: { decision: 'keep', reason: 'proof' },
    always: 'keep',
  },
}

/**
 * Makes a plan whole: every class once, the reason of what is kept, and identity kept as long as something else needs it to be read.
 * Gives what is wrong in words, or the plan.
 */
export function completePlan(lines: readonly ErasurePlanLine[]): { readonly ok: true; readonly plan: readonly ErasurePlanLine[] } | { readonly ok: false } {
  const chosen = new Map(lines.map((line) => [line.dataClass, line]))
  const plan = erasedClasses.map((dataClass): ErasurePlanLine => {
    const { proposal, always } = erasedClassTexts[dataClass]
    return always === 'keep' ? { dataClass, ...proposal } : (chosen.get(dataClass) ?? { dataClass, ...proposal })
  })
  const rest = plan.some((line) => line.decision === 'keep' && line.dataClass !== 'rights_request' && line.dataClass !== 'identity')
  const whole = plan.map((line): ErasurePlanLine => {
    if (line.dataClass === 'identity' && rest && line.decision === 'erase') return { ...line, decision: 'keep', reason: 'needed_by_the_rest' }
    return line.decision === 'erase' ? { ...line, reason: null } : line
  })
  if (whole.some((line) => line.decision === 'keep' && line.reason === null)) return { ok: false }
  return { ok: true, plan: whole }
}
