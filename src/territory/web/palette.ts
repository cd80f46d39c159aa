import { IconBuildingCommunity, IconDatabaseImport, IconList, IconMap2, IconUserPlus } from '@tabler/icons-react'
import { type Actor, holds } from '../../platform/contract/actor.ts'
import type { PaletteSource } from '../../platform/web/palette/registry.ts'

const admin = (actor: Actor): boolean => holds(actor, 'regional_admin')

/** What this capability adds to Ctrl K. */
export const palette: readonly PaletteSource[] = [
  {
    kind: 'action',
    key: 'admin-service',
    title: 'Ajouter un service',
    words: 'organisme DAC CPTS CLIC association',
    icon: IconBuildingCommunity,
    visible: admin,
    target: { to: '/administration', search: { ajout: '1' } },
  },
  {
    kind: 'action',
    key: 'admin-user',
    title: 'Ouvrir un compte',
    words: 'utilisateur accès droits habilitation',
    icon: IconUserPlus,
    visible: admin,
    target: { to: '/administration/utilisateurs', search: { ajout: '1' } },
  },
  {
    kind: 'action',
    key: 'admin-perimeter',
    title: 'Périmètres et communes sans DAC',
    words: 'territoire couverture commune',
    icon: IconMap2,
    visible: admin,
    target: { to: '/administration/perimetres' },
  },
  {
    kind: 'action',
    key: 'admin-import',
    title: 'Importer le RPPS ou FINESS',
    words: 'répertoire national fichier annuaire',
    icon: IconDatabaseImport,
    visible: admin,
    target: { to: '/administration/imports' },
  },
  {
    kind: 'action',
    key: 'admin-values',
    title: 'Listes de valeurs',
    words: 'référentiel nomenclature motifs',
    icon: IconList,
    visible: admin,
    target: { to: '/administration/listes' },
  },
]
