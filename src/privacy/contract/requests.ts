import { addMonths } from '../../platform/contract/dates.ts'
import type { Branded } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'

export type RequestId = Branded<'PersonRequestId'>
export type LimitationId = Branded<'LimitationId'>
export type ErasureId = Branded<'ErasureId'>
export type AddendumId = Branded<'AddendumId'>

export const requestKinds = ['access', 'rectification', 'limitation', 'erasure', 'opposition', 'portability'] as const
export type RequestKind = (typeof requestKinds)[number]

export const requestKindWords: Readonly<Record<RequestKind, string>> = {
  access: 'Accès aux données',
  rectification: 'Rectification',
  limitation: 'Limitation',
  erasure: 'Effacement',
  opposition: 'Opposition',
  portability: 'Portabilité',
}

interface KindText {
  readonly article: string
  /** What one does next, as shown beside the request. */
  readonly next: string
  /** The sentence of the letter, by outcome. */
  readonly letter: Readonly<Record<'granted' | 'partly' | 'refused', string>>
}

/** What each right asks for and what is answered: the article, the next gesture, the letter. */
export const requestKindTexts: Readonly<Record<RequestKind, KindText>> = {
  access: {
    article: 'RGPD, article 15',
    next: french('Préparez « Tout ce que Jalon sait » et la liste des accès, puis remettez-les.'),
    letter: {
      granted: french('Vous trouverez ci-joint tout ce que nous tenons sur vous, et la liste de ceux qui ont ouvert votre dossier.'),
      partly: french('Vous trouverez ci-joint ce que nous pouvons vous remettre. Ce qui n’est pas joint, et pourquoi, est dit ci-dessous.'),
      refused: french('Nous ne pouvons pas vous remettre ces informations, pour la raison dite ci-dessous.'),
    },
  },
  rectification: {
    article: 'RGPD, article 16',
    next: french('Corrigez l’identité si elle est fausse ; ce qui a été écrit par un professionnel reste, et le complément de la personne s’affiche à côté.'),
    letter: {
      granted: french('Votre dossier a été corrigé ou complété comme vous l’avez demandé. L’ancienne version reste dans l’historique.'),
      partly: french('Votre dossier a été complété pour une part de votre demande.'),
      refused: french('Nous n’avons pas modifié votre dossier, pour la raison dite ci-dessous. Votre désaccord peut y être ajouté à tout moment.'),
    },
  },
  limitation: {
    article: 'RGPD, article 18',
    next: french('Posez la limitation : plus rien ne s’écrit au dossier tant qu’elle dure.'),
    letter: {
      granted: french('L’usage de vos données est limité : plus rien n’est écrit dans votre dossier. Nous vous préviendrons avant de lever cette limitation.'),
      partly: french('L’usage de vos données est limité pour une part.'),
      refused: french('Nous n’avons pas limité l’usage de vos données, pour la raison dite ci-dessous.'),
    },
  },
  erasure: {
    article: 'RGPD, article 17',
    next: french('Passez la liste en revue, classe par classe, puis faites confirmer l’effacement par une deuxième personne.'),
    letter: {
      granted: french('Vos données ont été effacées. L’attestation jointe dit ce qui l’a été, et ce que la loi nous impose de garder.'),
      partly: french('Une part de vos données a été effacée. L’attestation jointe dit ce qui l’a été, et ce que la loi nous impose de garder.'),
      refused: french('Nous ne pouvons pas effacer vos données, pour la raison dite ci-dessous.'),
    },
  },
  opposition: {
    article: 'RGPD, article 21 ; L. 1110-4 CSP',
    next: french('Recueillez l’opposition dans « Information et accès » : elle agit au clic suivant.'),
    letter: {
      granted: french('Votre opposition est enregistrée et agit dès maintenant.'),
      partly: french('Votre opposition est enregistrée pour une part.'),
      refused: french('Nous n’avons pas pu donner suite à votre opposition, pour la raison dite ci-dessous.'),
    },
  },
  portability: {
    article: 'RGPD, article 20',
    next: french('Ce traitement ne repose ni sur un contrat ni sur le consentement : la portabilité n’est pas due, mais le fichier JSON peut être remis.'),
    letter: {
      granted: french('Vous trouverez ci-joint vos données dans un format lisible par une machine.'),
      partly: french('Vous trouverez ci-joint une part de vos données dans un format lisible par une machine.'),
      refused: french(
        'Ce traitement ne repose ni sur un contrat ni sur votre consentement : la portabilité ne s’y applique pas. Vous pouvez obtenir une copie de vos données.',
      ),
    },
  },
}

export const requestOutcomes = ['granted', 'partly', 'refused', 'withdrawn'] as const
export type RequestOutcome = (typeof requestOutcomes)[number]
export const requestOutcomeWords: Readonly<Record<RequestOutcome, string>> = {
  granted: 'Acceptée',
  partly: 'Acceptée en partie',
  refused: 'Refusée',
  withdrawn: 'Retirée par la personne',
}

export const limitationReasons = ['accuracy', 'unlawful', 'claims', 'opposition'] as const
export type LimitationReason = (typeof limitationReasons)[number]
/** The four cases of art. 18.1. */
export const limitationReasonWords: Readonly<Record<LimitationReason, string>> = {
  accuracy: 'La personne conteste l’exactitude de ses données, le temps de vérifier',
  unlawful: 'Le traitement est contesté, et la personne préfère la limitation à l’effacement',
  claims: 'La personne a besoin de ses données pour défendre un droit',
  opposition: 'La personne s’est opposée, le temps d’examiner son opposition',
}

/**
 * Gestures that stay possible on a frozen file: her own rights, the protection of somebody in danger (art. 18.2), answering a call or a request, closing
 * an access. Everything else that writes waits until the mark is lifted.
 */
const stillPossible: readonly string[] = [
  'privacy.',
  'auditTrail.',
  'safeguarding.',
  'intake.',
  'persons.nonOppositions.',
  'persons.information.',
  'persons.silence.',
  'persons.volet.',
  'persons.exceptionalAccess.',
  'persons.personNotice.',
  'persons.noticeWish.',
  'persons.death.',
  'liaison.alert.',
  'liaison.item',
  'liaison.visit.',
  'careTeam.access.close',
  'careTeam.member.end',
  'careTeam.member.leave',
  'careTeam.role.end',
  'careTeam.invitation.revoke',
  'careTeam.invitation.decline',
  'agenda.occurrence.cancel',
  'agenda.participant.withdraw',
  'episodes.episode.close',
]

/** Gestures of two meanings: taking an agreement back, or saying no, is possible at any time (RGPD, art. 7.3); giving one waits. */
const possibleWhen: Readonly<Record<string, (input: { readonly [field: string]: unknown }) => boolean>> = {
  'agenda.healthSpace.decide': ({ decision }) => decision === 'withdrawn',
  'careTeam.join.answer': ({ accept }) => accept === false,
}

/** May this action, with what it was asked, touch a file whose use is limited? */
export function possibleWhileLimited(action: string, input: unknown): boolean {
  return stillPossible.some((prefix) => action.startsWith(prefix)) || possibleWhen[action]?.(input as { readonly [field: string]: unknown }) === true
}

/** The term of an answer (art. 12.3): one month; three at most once prolonged, with a reason told within the first. */
export function dueOn(receivedOn: string, { extended = false } = {}): string {
  return addMonths(receivedOn, extended ? 3 : 1)
}
