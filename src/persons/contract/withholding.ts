import { french } from '../../platform/contract/typography.ts'
import type { withheldFrom } from './access-actions.ts'

/** From whom, as the Fil and the rights say it: « des professionnels du social ». */
export const withheldFromWords: Readonly<Record<Exclude<(typeof withheldFrom)[number], 'party'>, string>> = {
  health: 'aux professionnels de santé',
  social: 'aux professionnels du social',
  legal_protection: 'aux mandataires judiciaires',
  coordination: 'à la coordination (DAC)',
}

const voletWords = { social: 'social', health: 'santé' } as const

/** « Volet santé fermé aux professionnels du social ». `category` is null when one party is named. */
export function withheldTitle(volet: 'social' | 'health', category: string | null, partyName: string | null): string {
  const whom = category === null ? `à ${partyName ?? 'un professionnel'}` : withheldFromWords[category as keyof typeof withheldFromWords]
  return french(`Volet ${voletWords[volet]} fermé ${whom}`)
}
