import { formatDay } from '../../../platform/contract/dates.ts'
import type { PillTone } from '../../../platform/web/display/StatusPill.tsx'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import type { PersonNotice } from '../../contract/notice-actions.ts'
import { noticeObstacleTexts } from '../../contract/person-notices.ts'

/** Where a notice stands, in three words. */
export function noticeStatus({ state }: Pick<PersonNotice, 'state'>): { readonly tone: PillTone; readonly text: string } {
  if (state === 'to_hand') return { tone: 'warning', text: 'À remettre' }
  if (state === 'sent') return { tone: 'success', text: 'Envoyé' }
  if (state === 'handed') return { tone: 'success', text: 'Remis' }
  if (state === 'withheld') return { tone: 'neutral', text: 'Non remis' }
  return { tone: 'neutral', text: 'En cours d’envoi' }
}

/** What was done, or what waits and why. `withheldLabel`: the words of the reason. */
export function noticeStory(notice: PersonNotice, withheldLabel: string): string {
  const { state, obstacle } = notice
  if (state === 'sent' && notice.sentAt) return `Envoyé dans Mon espace santé, ${formatInstant(notice.sentAt)}.`
  if (state === 'handed') {
    const whom = notice.givenTo === 'representative' ? `à ${notice.givenToName ?? 'qui la représente'}` : 'à elle'
    const how = notice.way === 'post' ? 'par la poste' : 'en main propre'
    return `Remis ${whom} ${how}, le ${formatDay(notice.settledOn ?? '')}, par ${notice.settledByName ?? ''}.`
  }
  if (state === 'withheld')
    return typo(`Décidé le ${formatDay(notice.settledOn ?? '')} par ${notice.settledByName ?? ''} : ${withheldLabel.toLocaleLowerCase('fr-FR')}.`)
  if (state === 'to_hand' && obstacle) return noticeObstacleTexts[obstacle]
  return 'Part vers Mon espace santé dans la minute.'
}

/** Who opened, as the person may read it: profession and service, never more than her list of accesses says. */
export const openedBy = ({ byProfession, byServiceName }: Pick<PersonNotice, 'byProfession' | 'byServiceName'>): string =>
  [byProfession, byServiceName].filter(Boolean).join(', ') || 'un professionnel'
