import { IconArrowBigRightLines, IconClockExclamation, IconMailForward } from '@tabler/icons-react'
import type { PaletteSource } from '../../platform/web/palette/registry.ts'
import { handlesRequests } from './words.ts'

/** What this capability adds to Ctrl K. */
export const palette: readonly PaletteSource[] = [
  {
    kind: 'action',
    key: 'intake.late',
    title: 'Demandes en retard',
    words: 'file délai dépassé sollicitations',
    icon: IconClockExclamation,
    visible: handlesRequests,
    target: { to: '/demandes', search: { file: 'late' } },
  },
  {
    kind: 'action',
    key: 'intake.toInform',
    title: 'Retours à faire aux demandeurs',
    words: 'réponse adresseur courrier',
    icon: IconMailForward,
    visible: handlesRequests,
    target: { to: '/demandes', search: { file: 'to_inform' } },
  },
  {
    kind: 'action',
    key: 'intake.reorientations',
    title: 'Réorientations à suivre',
    words: 'relance partenaire issue pertinence',
    icon: IconArrowBigRightLines,
    visible: handlesRequests,
    target: { to: '/demandes/reorientations' },
  },
]
