import { IconShieldLock } from '@tabler/icons-react'
import type { PaletteSource } from '../../platform/web/palette/registry.ts'
import { seesPlace, treatmentPlaces } from './treatment/places.ts'

/** The pages of « Données personnelles », by the words that one types. */
export const palette: readonly PaletteSource[] = treatmentPlaces.map((place) => ({
  kind: 'action',
  key: `privacy-${place.key}`,
  title: place.title,
  words: place.words,
  icon: IconShieldLock,
  visible: (actor) => seesPlace(actor, place),
  target: { to: place.to },
}))
