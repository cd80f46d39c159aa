import { type Volet, volets } from '../../platform/contract/actor.ts'
import { voletWord } from '../../platform/web/display/Volet.tsx'

/** Why items are not shown: the volets that are not open to this user here. */
export function hiddenReason(open: readonly Volet[]): string {
  const closed = volets.filter((volet) => !open.includes(volet)).map((volet) => voletWord(volet).toLowerCase())
  if (closed.length === 0) return 'La personne a limité ce qui vous est ouvert.'
  const words = closed.length === 1 ? `Le volet ${closed[0]} n’est pas ouvert` : `Les volets ${closed.join(' et ')} ne sont pas ouverts`
  return `${words} à votre fonction, ou la personne en a décidé ainsi (R. 1110-1 du code de la santé publique).`
}
