import type { Volet } from '../../platform/contract/actor.ts'
import { nbsp, plural } from '../../platform/web/text/typography.ts'

export interface Reader {
  readonly userId: string
  readonly name: string
  readonly volets: readonly Volet[]
}

/** The volets as one writes them: santé first. */
export function inOrder(open: readonly Volet[]): readonly Volet[] {
  return (['health', 'social', 'administrative'] as const).filter((volet) => open.includes(volet))
}

/** The members of the circle who read a volet. */
export function readersOf(readers: readonly Reader[], volet: Volet): readonly Reader[] {
  return readers.filter((reader) => reader.volets.includes(volet))
}

/** « lue par 6 membres du cercle »; the DAC goes without saying. */
export function readBy(readers: readonly Reader[], volet: Volet, isPrivate: boolean): string {
  if (isPrivate) return 'lue par l’équipe du DAC seulement'
  const count = readersOf(readers, volet).length
  return count === 0 ? 'lue par le DAC seul pour l’instant' : `lue par ${plural(count, 'membre')} du cercle`
}

/** « Lue par Dr Fritsch, Thomas Noël et le DAC »: three names at most. */
export function namedReaders(readers: readonly Reader[], volet: Volet): string {
  const names = readersOf(readers, volet).map((reader) => reader.name)
  if (names.length === 0) return 'Lue par le DAC'
  const shown = names.slice(0, 3).join(', ')
  return `Lue par ${shown}${names.length > 3 ? ` et ${names.length - 3}${nbsp}autres,` : ''} et le DAC`
}

/** Toast once a note is written. */
export function sentWords(readers: readonly Reader[], volet: Volet, isPrivate: boolean): string {
  if (isPrivate) return 'Note gardée pour le DAC.'
  const count = readersOf(readers, volet).length
  return count === 0 ? 'Note écrite dans le carnet partagé.' : `Note partagée avec ${plural(count, 'membre')} du cercle.`
}
