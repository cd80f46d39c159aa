import { defineErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

const texts: Readonly<Record<string, string>> = {
  'carePlans.no_episode': 'Aucun accompagnement n’est ouvert pour cette personne dans votre DAC : ouvrez-le d’abord.',
  'carePlans.already_open': 'Cette personne a déjà un PPCS en cours dans votre DAC.',
  'carePlans.decision_words_missing': 'Dites pourquoi : cette décision sera relue.',
  'carePlans.plan_id_missing': 'L’identifiant du PPCS manque.',
  'carePlans.not_draft': 'Le PPCS n’est pas en rédaction. Commencez une nouvelle version, ou reprenez la rédaction de celle qui est proposée.',
  'carePlans.not_proposed': 'Le PPCS n’est pas proposé à la validation.',
  'carePlans.not_validated': 'La version en cours n’est pas encore validée.',
  'carePlans.closed': 'Ce PPCS est clos.',
  'carePlans.changed_meanwhile': 'Quelqu’un a modifié le PPCS depuis que vous l’avez lu. Relisez-le avant de continuer.',
  'carePlans.nothing_planned': 'Rien n’est encore prévu : un problème, un objectif et une action au moins.',
  'carePlans.review_missing': 'Donnez la date de révision.',
  'carePlans.review_in_the_past': 'La date de révision doit être à venir.',
  'carePlans.criterion_missing': 'Dites au moins un critère qui ferait réviser le PPCS avant cette date.',
  'carePlans.actor_missing': 'Une action n’a personne pour la faire. Nommez quelqu’un, ou dites « non réalisable ».',
  'carePlans.wider_volet': 'Cet objectif est lu par plus de monde que ces mots : reprenez-les sous un objectif du même volet, ou du volet santé.',
  'carePlans.actor_refuses': 'Quelqu’un refuse l’action qui lui est confiée : rien ne peut lui être imposé. Confiez-la à un autre, ou retirez-la.',
  'carePlans.person_not_asked': 'L’accord de la personne, ou de son représentant, n’est pas encore noté pour cette version.',
  'carePlans.person_disagrees': 'La personne n’est pas d’accord : reprenez la rédaction avec elle.',
  'carePlans.reason_missing': 'Dites pourquoi l’objectif n’est pas poursuivi.',
  'carePlans.status_words_missing': 'Dites pourquoi : l’action non réalisable signale une rupture possible.',
  'carePlans.removed': 'Cette ligne a été retirée du PPCS. Rétablissez-la pour la modifier.',
  'carePlans.not_removed': 'Cette ligne n’est pas retirée.',
  'carePlans.criterion_reached': 'Ce critère est déjà signalé.',
  'carePlans.criterion_not_reached': 'Ce critère n’est pas signalé.',
  'carePlans.day_in_the_future': 'Cette date est à venir.',
  'carePlans.parent_missing': 'Le problème ou l’objectif n’est plus dans ce PPCS.',
  'carePlans.draft_partly_hidden':
    'Une partie de la version validée est d’un volet qui ne vous est pas ouvert : demandez à une personne qui lit tout le PPCS d’abandonner ce brouillon.',
  'carePlans.sensitive_actor':
    'Le PPCS est lu par tout le cercle : autour de cette personne en danger, cette structure n’y est pas nommée. Confiez l’action au DAC, qui en convient avec elle.',
  'carePlans.volet_closed': 'Ce destinataire ne peut pas recevoir ce volet.',
  'carePlans.nothing_to_hand': 'Il n’y a rien à remettre : aucune version validée.',
}

export const carePlansErrors = defineErrorTexts(Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, () => french(text)])))
