import { allowed, refused, type Verdict } from '../../platform/contract/action.ts'
import { french } from '../../platform/contract/typography.ts'
import type { NonOppositionNumber } from './person.ts'

/** Nothing is presumed: as long as nobody asked, it is « non recueillie ». */
export type NonOppositionState = 'not_collected' | 'non_opposition' | 'opposition'

export const nonOppositionNumbers: readonly NonOppositionNumber[] = [1, 2, 3]

/** The states of the three, as the last record of each left them. */
export type Rights = Readonly<Record<NonOppositionNumber, NonOppositionState>>

export const nothingCollected: Rights = { 1: 'not_collected', 2: 'not_collected', 3: 'not_collected' }

export const nonOppositionStateLabels: Readonly<Record<NonOppositionState, string>> = {
  not_collected: 'Non recueillie',
  non_opposition: 'Non-opposition',
  opposition: 'Opposition',
}

/** What is done for a person, as far as her rights decide it. */
export const purposes = ['answer', 'accompany', 'record', 'share_in_circle', 'send_to_team', 'send_outside', 'secondary_use'] as const
export type Purpose = (typeof purposes)[number]

interface NonOppositionText {
  readonly title: string
  /** What is asked, in words that can be read to her. */
  readonly question: string
  readonly legalBasis: string
  /** What the state blocks, as written on the screen. */
  readonly effects: Readonly<Record<NonOppositionState, string>>
}

/** The three of the Cadre national d'orientation, § 6 (R26–R28). */
export const nonOppositionTexts: Readonly<Record<NonOppositionNumber, NonOppositionText>> = {
  1: {
    title: french('Prise en charge et partage d’information'),
    question: french('Êtes-vous d’accord pour que le DAC vous aide et partage avec ceux qui vous soignent et vous accompagnent ce qui leur est utile ?'),
    legalBasis: french('Information et droit d’opposition au sein de l’équipe de soins : L. 1110-4 et L. 1110-12 du code de la santé publique.'),
    effects: {
      not_collected: french(
        'Le cercle n’est pas ouvert et rien ne part du DAC avant d’avoir informé la personne. La demande peut être qualifiée et le demandeur recevoir un conseil.',
      ),
      non_opposition: french('Le DAC accompagne ; l’équipe de soins voit ce que son métier permet. La personne peut s’opposer à tout moment.'),
      opposition: french(
        'L’accompagnement s’arrête, les rendez-vous pris par le DAC sont annulés. Le cercle ne voit plus rien dès le prochain clic, plus rien ne part. Le DAC garde la trace de l’opposition.',
      ),
    },
  },
  2: {
    title: french('Traitement des données'),
    question: french('Êtes-vous d’accord pour que le DAC garde ces informations dans son logiciel, le temps de vous accompagner ?'),
    legalBasis: french('Information et droit d’opposition : articles 13, 14 et 21 du RGPD.'),
    effects: {
      not_collected: french('Seul ce qui sert à répondre à la demande est gardé. Le cercle n’est pas ouvert.'),
      non_opposition: french('Le dossier est tenu pendant l’accompagnement, puis selon les durées de conservation affichées.'),
      opposition: french(
        'Plus rien ne s’ajoute au dossier, le cercle est fermé, l’accompagnement ne peut pas se poursuivre : les rendez-vous pris par le DAC sont annulés. Le DAC garde la trace de l’opposition.',
      ),
    },
  },
  3: {
    title: french('Usage pour l’observation et la recherche'),
    question: french('Êtes-vous d’accord pour que vos informations, sans votre nom, servent à améliorer les parcours et à la recherche ?'),
    legalBasis: french('Usages secondaires : information et droit d’opposition, à part des deux autres.'),
    effects: {
      not_collected: french('Sa situation n’entre dans aucun jeu de données, ni dans l’observatoire des ruptures. Son accompagnement n’en dépend pas.'),
      non_opposition: french('Sa situation peut entrer, sans son nom, dans l’observatoire et les études.'),
      opposition: french('Sa situation n’entre dans aucun jeu de données, ni dans l’observatoire des ruptures. Son accompagnement ne change pas.'),
    },
  },
}

/**
 * May this be done, given the three states as they are now? The reason of a refusal is the one shown on the screen.
 *
 * Answering a request and helping its requester is always possible: the DAC's duty does not wait for a form. Accompanying and recording
 * wait for nothing but stop at an opposition (R20: information and right to oppose, not prior consent). Sharing waits for
 * information and both answers. Secondary use waits for its own (R28).
 */
export function purposeAllowed(rights: Rights, purpose: Purpose): Verdict {
  if (purpose === 'answer') return allowed
  if (purpose === 'secondary_use')
    return rights[3] === 'non_opposition' ? allowed : refused(rights[3] === 'opposition' ? secondaryOpposed : secondaryNotCollected)
  const opposed = ([1, 2] as const).find((number) => rights[number] === 'opposition')
  if (opposed !== undefined) return refused(opposedReasons[opposed])
  const waits = purpose === 'share_in_circle' || purpose === 'send_to_team' || purpose === 'send_outside'
  return waits && (rights[1] === 'not_collected' || rights[2] === 'not_collected') ? refused(toCollect) : allowed
}

const opposedReasons: Readonly<Record<1 | 2, string>> = {
  1: french('La personne s’oppose à la prise en charge et au partage d’information.'),
  2: french('La personne s’oppose au traitement de ses données.'),
}
const toCollect = french('La personne n’a pas encore été informée : recueillez d’abord les non-oppositions 1 et 2.')
const secondaryOpposed = french('La personne s’oppose à l’usage de ses informations pour l’observation et la recherche.')
const secondaryNotCollected = french('La non-opposition à l’usage pour l’observation et la recherche n’a pas été recueillie.')

/** The circle is closed to everyone: at the next request for whoever was already reading. */
export function closesTheCircle(rights: Rights): boolean {
  return !purposeAllowed(rights, 'share_in_circle').allowed
}

/** What the header writes about sharing, in two words. */
export function sharingSummary(rights: Rights): string {
  if (rights[1] === 'opposition' || rights[2] === 'opposition') return french('Opposition')
  if (rights[1] === 'not_collected' || rights[2] === 'not_collected') return french('Non-opposition à recueillir')
  return french('Partage possible')
}

export interface NonOppositionRecord {
  readonly number: NonOppositionNumber
  readonly state: 'non_opposition' | 'opposition'
  /** Instant of the record, ISO 8601. */
  readonly recordedAt: string
}

/** The states that follow from all the records of a person; the last one of each number holds. */
export function rightsFrom(records: readonly NonOppositionRecord[]): Rights {
  return Object.fromEntries(
    nonOppositionNumbers.map((number) => {
      const own = records.filter((one) => one.number === number)
      const last = own.reduce<NonOppositionRecord | null>((latest, one) => (latest === null || one.recordedAt >= latest.recordedAt ? one : latest), null)
      return [number, last?.state ?? 'not_collected']
    }),
  ) as unknown as Rights
}

/** What one gesture records: the first two, together. The third is always asked apart and never pre-ticked. */
export const oneGestureNumbers: readonly NonOppositionNumber[] = [1, 2]
