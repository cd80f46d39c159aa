import { IconBuildingHospital } from '@tabler/icons-react'
import { accompanies } from '../../platform/contract/actor.ts'
import type { PaletteSource } from '../../platform/web/palette/registry.ts'

/** What this capability adds to Ctrl K. */
export const palette: readonly PaletteSource[] = [
  {
    kind: 'action',
    key: 'hospital-events',
    title: 'Événements hospitaliers à rapprocher',
    words: 'hopital hospitalisation entree sortie urgences rapprochement adt',
    icon: IconBuildingHospital,
    visible: accompanies,
    target: { to: '/evenements-hospitaliers' },
  },
]
