import { IconPlus } from '@tabler/icons-react'
import { palette as carePlansPalette } from '../../care-plans/web/palette.ts'
import { palette as directoryPalette } from '../../directory/web/palette.ts'
import { palette as episodesPalette } from '../../episodes/web/palette.ts'
import { palette as hospitalEventsPalette } from '../../hospital-events/web/palette.ts'
import { palette as intakePalette } from '../../intake/web/palette.ts'
import { palette as personsPalette } from '../../persons/web/palette.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import type { PaletteAction, PaletteSearch, PaletteSource } from '../../platform/web/palette/registry.ts'
import { palette as privacyPalette } from '../../privacy/web/palette.ts'
import { palette as steeringPalette } from '../../steering/web/palette.ts'
import { palette as territoryPalette } from '../../territory/web/palette.ts'
import { helpPlace, mayAsk, places } from './navigation.ts'

const sources: readonly PaletteSource[] = [
  ...personsPalette,
  ...directoryPalette,
  ...intakePalette,
  ...episodesPalette,
  ...hospitalEventsPalette,
  ...carePlansPalette,
  ...steeringPalette,
  ...privacyPalette,
  ...territoryPalette,
]

const newRequest: PaletteAction = {
  kind: 'action',
  key: 'new-request',
  title: 'Nouvelle demande',
  words: 'appel téléphone sollicitation',
  icon: IconPlus,
  keys: 'n',
  visible: mayAsk,
  target: { to: '/demandes/nouvelle' },
}

/** What the palette offers to this user: her places, her gestures, and the searches that are open to her. */
export function paletteFor(actor: Actor): { readonly actions: readonly PaletteAction[]; readonly searches: readonly PaletteSearch[] } {
  const pages = [...places, helpPlace].map(
    (place): PaletteAction => ({ kind: 'action', key: place.to, title: place.title, icon: place.icon, visible: place.visible, target: { to: place.to } }),
  )
  const open = [newRequest, ...sources, ...pages].filter((source) => source.visible?.(actor) ?? true)
  return {
    actions: open.filter((source) => source.kind === 'action'),
    searches: open.filter((source) => source.kind === 'search'),
  }
}
