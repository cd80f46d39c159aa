import type { AnyContract } from '../../contract/action.ts'
import type { Actor } from '../../contract/actor.ts'
import type { Icon } from '../display/Ic.tsx'

/** Where a line of the palette leads. */
export interface PaletteTarget {
  readonly to: string
  readonly params?: Readonly<Record<string, string>> | undefined
  readonly search?: Readonly<Record<string, string>> | undefined
}

export interface PaletteHit {
  readonly key: string
  /** « PERRIN Odile, née Kempf » */
  readonly title: string
  /** « 85 ans · Rupt-sur-Moselle · suivie par Julie Marchal » */
  readonly detail?: string | undefined
  readonly icon: Icon
  readonly target: PaletteTarget
}

/** Persons, professionals, structures: asked while one types. */
export interface PaletteSearch {
  readonly kind: 'search'
  readonly key: string
  /** Heading of its lines: « Personnes ». */
  readonly title: string
  readonly minLength?: number | undefined
  readonly visible?: ((actor: Actor) => boolean) | undefined
  readonly search: (text: string, signal: AbortSignal) => Promise<readonly PaletteHit[]>
}

/** A gesture or a place, found by its words. */
export interface PaletteAction {
  readonly kind: 'action'
  readonly key: string
  readonly title: string
  /** Other words for it: « appel téléphone sollicitation ». */
  readonly words?: string | undefined
  readonly icon: Icon
  readonly keys?: string | undefined
  readonly visible?: ((actor: Actor) => boolean) | undefined
  readonly target: PaletteTarget
  readonly contract?: AnyContract | undefined
}

export type PaletteSource = PaletteSearch | PaletteAction

/** True if every word typed begins a word of the text, accents and case aside. */
export function wordsMatch(typed: string, text: string): boolean {
  const plain = (one: string): string[] =>
    one
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter(Boolean)
  const words = plain(text)
  return plain(typed).every((one) => words.some((word) => word.startsWith(one)))
}
