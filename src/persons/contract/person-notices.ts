import { french } from '../../platform/contract/typography.ts'
import { rightsExercisedBy } from './protection.ts'
import type { Rights } from './rights.ts'
import type { ProtectionScope } from './value-sets.ts'

/** What a person is told of her own file. */
export const noticeKinds = ['exceptional_access'] as const
export type NoticeKind = (typeof noticeKinds)[number]

export const noticeStates = ['to_send', 'sending', 'sent', 'to_hand', 'handed', 'withheld'] as const
export type NoticeState = (typeof noticeStates)[number]

/** Why a notice does not leave by itself, or did not. */
export const noticeObstacles = [
  'deceased',
  'at_risk',
  'minor',
  'represented',
  'wish',
  'opposed',
  'identity',
  'not_connected',
  'refused',
  'unreachable',
  'uncertain',
] as const
export type NoticeObstacle = (typeof noticeObstacles)[number]

/** As those who hand it read it: why, and what to look at first. */
export const noticeObstacleTexts: Readonly<Record<NoticeObstacle, string>> = {
  deceased: french('Un décès est noté : rien n’est parti.'),
  at_risk: french('Elle peut être en danger : un courrier ou un message chez elle peut être lu par un autre. À vous de décider quand et comment.'),
  minor: french('Mineur : son espace est tenu par ceux qui exercent l’autorité parentale. À remettre à eux, et à lui selon son âge.'),
  represented: french('Une mesure de protection la représente : l’avis se remet à elle, et à qui la représente.'),
  wish: french('Elle ne veut pas d’avis dans Mon espace santé.'),
  opposed: french('Elle s’oppose au partage ou au dossier : rien ne part de Jalon. Elle garde le droit de savoir.'),
  identity: french('Son identité n’est pas qualifiée : son adresse dans Mon espace santé n’est pas connue.'),
  not_connected: french('La messagerie de Mon espace santé n’est pas raccordée ici.'),
  refused: french('Mon espace santé a refusé le message : espace fermé, ou jamais ouvert.'),
  unreachable: french('La messagerie n’a pas répondu après plusieurs essais.'),
  uncertain: french('L’envoi s’est interrompu : il est peut-être arrivé. Jalon ne l’envoie pas deux fois.'),
}

export const noticeKindTitles: Readonly<Record<NoticeKind, string>> = { exceptional_access: 'Dossier ouvert par accès exceptionnel' }

/** What decides whether a machine may tell her, as it stands when the notice is about to leave. */
export interface NoticeFacts {
  readonly deceased: boolean
  /** Marked in danger, or the file was opened because she was. */
  readonly atRisk: boolean
  readonly minor: boolean
  readonly measures: readonly { readonly measure: string; readonly scope: string | null }[]
  readonly rights: Pick<Rights, 1 | 2>
  readonly byHand: boolean
  /** She has a matricule that may leave. */
  readonly qualified: boolean
}

type Measure = Parameters<typeof rightsExercisedBy>[0]

/** True for a measure under which somebody else answers for her; one whose scope nobody has checked counts as such. */
export const isRepresented = (measures: NoticeFacts['measures']): boolean =>
  measures.some(({ measure, scope }) => {
    const known = scope === null || scope === 'unknown' ? 'goods_and_person' : scope
    return rightsExercisedBy(measure as Measure, known as ProtectionScope) !== 'person'
  })

/** Why this notice is to be handed to her by somebody, the gravest first; null: it may be sent to Mon espace santé. */
export function noticeObstacle(facts: NoticeFacts, connected: boolean): NoticeObstacle | null {
  if (facts.deceased) return 'deceased'
  if (facts.atRisk) return 'at_risk'
  if (facts.minor) return 'minor'
  if (isRepresented(facts.measures)) return 'represented'
  if (facts.rights[1] === 'opposition' || facts.rights[2] === 'opposition') return 'opposed'
  if (facts.byHand) return 'wish'
  if (!facts.qualified) return 'identity'
  return connected ? null : 'not_connected'
}

export interface NoticeLetter {
  /** The same at every try. */
  readonly reference: string
  /** Her mailbox is made of it, with the domain that the installation knows. */
  readonly matricule: string
  readonly subject: string
  readonly body: string
}

/** `unreachable`: certainly not received, may be tried again. `uncertain`: the answer was lost once the text had left. */
export interface NoticeAnswer {
  readonly outcome: 'ok' | 'refused' | 'unreachable' | 'uncertain'
}

/** The mailbox of Mon espace santé, as whatever carries the message speaks to it. Never throws. */
export interface PersonNoticePort {
  readonly send: (letter: NoticeLetter) => Promise<NoticeAnswer>
}

/**
 * What the message says: that it happened, which day, what she may ask and of whom. Neither who, nor why, nor her name: a space is shown to relatives, and
 * the name of a service may say what one is treated for. `service` is the DAC that accompanies her, or null.
 */
export function noticeWords(notice: {
  readonly kind: NoticeKind
  readonly on: string
  readonly service: { readonly name: string; readonly phone: string | null } | null
}): {
  readonly subject: string
  readonly body: string
} {
  const whom =
    notice.service === null
      ? 'au service qui vous accompagne'
      : `à ${notice.service.name}${notice.service.phone === null ? '' : `, ${notice.service.phone.replace(/(\d{2})(?=\d)/g, '$1\u00a0')}`}`
  const body = [
    'Bonjour,',
    `Le ${notice.on}, votre dossier de coordination a été ouvert par accès exceptionnel : un professionnel qui ne vous accompagne pas d’habitude l’a lu, pour un motif qu’il a dû écrire et qu’un responsable relit.`,
    `Vous pouvez demander la liste des accès à votre dossier (qui l’a ouvert, quand, pourquoi) et poser vos questions ${whom}. Si la réponse ne vous convient pas, vous pouvez saisir la CNIL (www.cnil.fr).`,
    'Ce message ne dit rien de votre santé. Il est envoyé automatiquement : les réponses ne sont pas lues.',
  ]
  return { subject: 'Votre dossier a été ouvert par accès exceptionnel', body: french(body.join('\n\n')) }
}
