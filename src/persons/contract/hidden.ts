import type { Volet } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'

/** Why a shared line of the Fil is not open to somebody who sees the person. */
export type HiddenWhy = 'category' | 'function' | 'withheld' | 'not_entrusted'

const voletWords: Readonly<Record<Volet, string>> = { administrative: 'administratif', social: 'social', health: 'santé' }

/** The end of « … ne vous est pas ouvert : ». */
export const closedReasons: Readonly<Record<HiddenWhy, string>> = {
  category: 'la loi ne l’ouvre pas à votre profession (R. 1110-2 du code de la santé publique)',
  function: 'votre fonction ne l’ouvre pas',
  withheld: 'la personne l’a souhaité',
  not_entrusted: 'il ne vous a pas été confié',
}

/** « 3 éléments du volet santé ne vous sont pas ouverts : la personne l’a souhaité. » Takes a count of at least 1. */
export function hiddenText(volet: Volet, count: number, why: HiddenWhy): string {
  const what =
    count === 1 ? `1 élément du volet ${voletWords[volet]} ne vous est pas ouvert` : `${count} éléments du volet ${voletWords[volet]} ne vous sont pas ouverts`
  return french(`${what} : ${closedReasons[why]}.`)
}
