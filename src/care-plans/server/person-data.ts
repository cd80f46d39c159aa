import { formatDay } from '../../platform/contract/dates.ts'
import type { PersonTable } from '../../platform/server/person-data.ts'

interface ProblemLines {
  readonly title?: string
  readonly objectives?: readonly {
    readonly title?: string
    readonly actions?: readonly { readonly title?: string; readonly actor?: { readonly name?: string | null }; readonly dueOn?: string | null }[]
  }[]
}

/** A problem as a validated version kept it: its objectives, and who does what until when. */
function problemRead(value: unknown): readonly string[] {
  const problem = value as ProblemLines
  return [
    problem.title ?? '',
    ...(problem.objectives ?? []).flatMap((objective) => [
      `Objectif\u00a0: ${objective.title ?? ''}`,
      ...(objective.actions ?? []).map((action) =>
        [`Action\u00a0: ${action.title ?? ''}`, action.actor?.name, action.dueOn ? `pour le ${formatDay(action.dueOn)}` : null].filter(Boolean).join(', '),
      ),
    ]),
  ]
}

const partRead = (value: unknown): readonly string[] => {
  const words = (value as { words?: string | null } | null)?.words
  return words ? [words] : []
}

/** What personal care plans hold about someone. */
export const carePlansPersonData: readonly PersonTable[] = [
  {
    table: 'care_plans.plan',
    title: 'PPCS',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'created_at',
    given: {
      state: { label: 'État', list: 'care_plans.plan_state' },
      validated_number: 'Version validée',
      validated_on: 'Validée le',
      review_on: 'À réviser le',
      criterion_reached_at: 'Critère de révision atteint le',
      proposed_at: 'Proposé le',
      closed_on: 'Clos le',
    },
    keptBack: {
      draft_number: 'numéro de la version en cours d’écriture',
      content_version: 'compteur de modifications',
      discarded_number: 'numéro d’une version abandonnée pendant sa rédaction',
    },
  },
  {
    table: 'care_plans.statement',
    title: 'Ce qui compte pour vous, et en cas de problème',
    hers: 'person_id',
    dataClass: 'accompaniment',
    given: {
      kind: { label: 'Sorte', words: { wishes: 'ce qui compte pour vous', alert_plan: 'en cas de problème' } },
      words: 'Texte',
      said_on: 'Dit le',
      written_at: 'Écrit le',
    },
  },
  {
    table: 'care_plans.criterion',
    title: 'Ce qui ferait réviser le PPCS',
    hers: 'person_id',
    dataClass: 'accompaniment',
    given: {
      words: 'Événement',
      code: { label: 'Sorte', list: 'care_plans.revision_criterion' },
      reached_on: 'Atteint le',
      reached_by_name: 'Noté par',
      reached_words: 'Précision',
      removed_at: 'Retiré le',
    },
    keptBack: { reached_at: 'instant de la saisie' },
  },
  {
    table: 'care_plans.problem',
    title: 'Problèmes du PPCS',
    hers: 'person_id',
    dataClass: 'accompaniment',
    given: { title: 'Problème', details: 'Détails', removed_at: 'Retiré le' },
    keptBack: { code: 'code du thésaurus' },
  },
  {
    table: 'care_plans.objective',
    title: 'Objectifs du PPCS',
    hers: 'person_id',
    dataClass: 'accompaniment',
    given: {
      title: 'Objectif',
      details: 'Détails',
      status: { label: 'Statut', list: 'care_plans.objective_status' },
      status_on: 'Le',
      status_reason: { label: 'Raison', list: 'care_plans.not_pursued_reason' },
      status_words: 'Précision',
      removed_at: 'Retiré le',
    },
    keptBack: { code: 'code du thésaurus' },
  },
  {
    table: 'care_plans.action',
    title: 'Actions du PPCS',
    hers: 'person_id',
    dataClass: 'accompaniment',
    given: {
      title: 'Action',
      details: 'Détails',
      actor_name: 'Qui',
      actor_role: 'Fonction',
      due_on: 'Échéance',
      due_words: 'Quand',
      status: { label: 'Statut', list: 'care_plans.action_status' },
      status_on: 'Le',
      status_words: 'Précision',
      answer: { label: 'Réponse de l’acteur', words: { accepted: 'acceptée', refused: 'refusée' } },
      answer_on: 'Répondu le',
      answer_words: 'Ce qu’il ou elle a répondu',
      answer_noted_by_name: 'Réponse notée par',
      removed_at: 'Retirée le',
    },
    keptBack: {
      code: 'code du thésaurus',
      actor_kind: 'sorte d’acteur, dite par son nom',
      due_kind: 'sorte d’échéance',
      answer_mode: 'moyen de la réponse',
      validated_in: 'numéro de version',
    },
  },
  {
    table: 'care_plans.decision',
    title: 'Décisions sur le PPCS',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'decided_on',
    given: {
      decided_on: 'Le',
      code: { label: 'Décision', list: 'care_plans.decision' },
      words: 'Précision',
      with_whom: 'Avec',
      decided_by_name: 'Par',
    },
  },
  {
    table: 'care_plans.agreement',
    title: 'Accords sur le PPCS',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'answered_on',
    openTo:
      't.party_id is null or t.party_id = any (platform.actor_parties()) or persons.names_openly(t.person_id, t.party_id) or persons.speaks_for(t.person_id)',
    given: {
      answered_on: 'Le',
      party_name: 'Qui',
      party: { label: 'À quel titre', list: 'care_plans.agreement_party' },
      state: { label: 'Réponse', list: 'care_plans.agreement_state' },
      mode: { label: 'Comment', list: 'care_plans.agreement_mode' },
      noted_by_name: 'Noté par',
    },
    keptBack: { number: 'numéro de version' },
  },
  {
    table: 'care_plans.agreement_remark',
    title: 'Remarques faites avec un accord',
    hers: 'person_id',
    dataClass: 'accompaniment',
    given: { words: 'Remarque' },
  },
  {
    table: 'care_plans.version',
    title: 'Versions validées du PPCS',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'number',
    lastSign: 'validated_at',
    given: { number: 'Version', validated_on: 'Validée le', validated_by_name: 'Par', review_on: 'À réviser le' },
    keptBack: { validated_at: 'instant de la saisie', due_on: 'échéance de la version' },
  },
  {
    table: 'care_plans.version_problem',
    title: 'Problèmes, objectifs et actions des versions validées',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'number',
    given: { number: 'Version', content: { label: 'Contenu', read: problemRead } },
  },
  {
    table: 'care_plans.version_part',
    title: 'Autres parties des versions validées',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'number',
    given: { number: 'Version', content: { label: 'Contenu', read: partRead } },
    keptBack: { kind: 'sorte de partie' },
  },
  {
    table: 'care_plans.handover',
    title: 'Copies du PPCS remises',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'handed_on',
    given: {
      handed_on: 'Le',
      recipient_name: 'À',
      number: 'Version',
      volets: { label: 'Volets', words: { administrative: 'administratif', social: 'social', health: 'santé' } },
      handed_by_name: 'Par',
    },
    keptBack: { recipient_kind: 'sorte de destinataire, dite par son nom' },
  },
]
