import type { PscRefusalCode } from './oidc-client.ts'

/** Why somebody does not come in: by Pro Santé Connect's answer, or by what Jalon knows of her. */
export type LoginRefusalCode =
  | PscRefusalCode
  | 'departure_unknown'
  | 'unreachable'
  | 'account_disabled'
  | 'not_registered'
  | 'choice_expired'
  | 'origin_refused'
  | 'somebody_else'
  | 'other_means'

interface RefusalText {
  readonly status: 400 | 403 | 503
  readonly title: string
  readonly explanation: string
  readonly steps: readonly string[]
  readonly again: string
}

const invalidAnswer: RefusalText = {
  status: 403,
  title: 'La réponse de Pro Santé Connect n’a pas pu être vérifiée',
  explanation: 'Par prudence, aucune session n’a été ouverte.',
  steps: ['Recommencez depuis le début.', 'Si cela se reproduit, prévenez l’administrateur régional en donnant l’heure de l’essai.'],
  again: 'Recommencer',
}

const unreadable: RefusalText = {
  status: 403,
  title: 'Pro Santé Connect n’a pas transmis votre identité',
  explanation: 'Votre identification a réussi, mais votre numéro d’identification national manque dans la réponse ou n’est pas lisible.',
  steps: ['Recommencez.', 'Si cela se reproduit, signalez-le au support de Pro Santé Connect : votre fiche au répertoire des professionnels est à vérifier.'],
  again: 'Recommencer',
}

/** What the page says: what happened, what to do. */
export const refusalTexts: Readonly<Record<LoginRefusalCode, RefusalText>> = {
  cancelled: {
    status: 403,
    title: 'Vous ne vous êtes pas identifié',
    explanation: 'L’identification par Pro Santé Connect a été abandonnée ou refusée.',
    steps: [],
    again: 'Recommencer',
  },
  departure_unknown: {
    status: 400,
    title: 'Cette connexion a expiré',
    explanation: 'Plus de dix minutes ont passé, ou la connexion a commencé dans un autre navigateur. Rien n’est perdu.',
    steps: [],
    again: 'Recommencer',
  },
  response_invalid: invalidAnswer,
  token_invalid: invalidAnswer,
  subject_mismatch: invalidAnswer,
  acr_insufficient: {
    status: 403,
    title: 'Ce moyen d’identification n’est pas assez sûr',
    explanation: 'Jalon ouvre des données de santé : il demande une carte CPS ou une e-CPS.',
    steps: ['Recommencez avec votre carte CPS ou votre e-CPS.'],
    again: 'Recommencer',
  },
  not_proved_again: {
    status: 403,
    title: 'Vous n’avez pas été identifié de nouveau',
    explanation: 'Ce geste demande de confirmer à l’instant que c’est bien vous. Pro Santé Connect n’a pas dit qu’il vous l’avait redemandé.',
    steps: ['Recommencez, avec votre carte CPS ou votre e-CPS.'],
    again: 'Recommencer',
  },
  somebody_else: {
    status: 403,
    title: 'Ce n’est pas la même personne',
    explanation: 'La session ouverte dans ce navigateur est celle d’un autre professionnel. Rien n’a été fait en son nom.',
    steps: ['Si c’est votre poste, déconnectez d’abord la session en cours, puis connectez-vous.'],
    again: 'Revenir à Jalon',
  },
  other_means: {
    status: 403,
    title: 'Confirmez comme vous vous êtes connecté',
    explanation: 'Cette session n’a pas été ouverte par Pro Santé Connect : elle se confirme par votre clé d’accès, ou par votre mot de passe et le code.',
    steps: ['Pour travailler avec Pro Santé Connect, déconnectez-vous, puis connectez-vous avec votre carte CPS ou votre e-CPS.'],
    again: 'Revenir à Jalon',
  },
  userinfo_unreadable: unreadable,
  no_national_id: unreadable,
  no_situation: {
    status: 403,
    title: 'Aucune situation d’exercice n’est enregistrée à votre nom',
    explanation:
      'Pro Santé Connect vous a reconnu, mais ne dit ni votre métier ni votre lieu de travail. Sans cela, Jalon ne peut pas savoir ce qui peut vous être ouvert.',
    steps: [
      'Vous êtes salarié d’un DAC, d’un service social ou médico-social : demandez à votre employeur de vous enregistrer au RPPS+ (le portail d’enregistrement est tenu par l’Agence du numérique en santé et l’agence régionale de santé), avec votre rôle et votre structure.',
      'Vous êtes inscrit à un ordre ou votre profession s’enregistre auprès de l’agence régionale de santé : vérifiez que votre activité en cours y est déclarée.',
      'Recommencez dès que votre fiche est visible dans l’Annuaire Santé.',
    ],
    again: 'Recommencer',
  },
  not_registered: {
    status: 403,
    title: 'Vous n’avez pas encore d’accès à Jalon',
    explanation:
      'Pro Santé Connect vous a reconnu. Votre fonction ne fait pas partie de celles qui peuvent entrer d’elles-mêmes : un service de la région doit d’abord vous ouvrir un accès.',
    steps: ['Demandez à votre responsable, ou à l’administrateur régional, de vous rattacher à votre service.'],
    again: 'Recommencer',
  },
  account_disabled: {
    status: 403,
    title: 'Votre accès à Jalon est fermé',
    explanation: 'Pro Santé Connect vous a reconnu, mais votre accès a été fermé par votre service ou par l’administrateur régional.',
    steps: ['Si c’est une erreur, adressez-vous à votre responsable.'],
    again: 'Recommencer',
  },
  choice_expired: {
    status: 400,
    title: 'Le choix de votre situation a expiré',
    explanation: 'Plus de dix minutes ont passé, ou ce choix a déjà servi. Rien n’est perdu.',
    steps: [],
    again: 'Recommencer',
  },
  origin_refused: {
    status: 403,
    title: 'Cette demande ne vient pas de Jalon',
    explanation: 'Par prudence, rien n’a été fait.',
    steps: [],
    again: 'Aller à la connexion',
  },
  unreachable: {
    status: 503,
    title: 'Pro Santé Connect ne répond pas',
    explanation: 'La connexion n’a pas pu aboutir. Ce qui était ouvert dans un autre onglet continue de fonctionner.',
    steps: ['Réessayez dans quelques minutes.', 'La disponibilité de Pro Santé Connect est publiée par l’Agence du numérique en santé.'],
    again: 'Réessayer',
  },
}
