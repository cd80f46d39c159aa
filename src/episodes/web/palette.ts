import { IconUsers, IconUsersGroup } from '@tabler/icons-react'
import { accompanies, holds } from '../../platform/contract/actor.ts'
import type { PaletteSource } from '../../platform/web/palette/registry.ts'

/** What this capability adds to Ctrl K. */
export const palette: readonly PaletteSource[] = [
  {
    kind: 'action',
    key: 'my-caseload',
    title: 'Mes situations',
    words: 'file active caseload personnes suivies veille',
    icon: IconUsersGroup,
    visible: accompanies,
    target: { to: '/mes-situations' },
  },
  {
    kind: 'action',
    key: 'team',
    title: 'Équipe',
    words: 'charge référents répartition absence confier',
    icon: IconUsers,
    visible: (actor) => actor.serviceKind === 'dac' && holds(actor, 'team_lead', 'director'),
    target: { to: '/equipe' },
  },
]
