import { IconAddressBook, IconBuildingHospital, IconLifebuoy, IconNotes, IconStethoscope } from '@tabler/icons-react'
import { holds } from '../../platform/contract/actor.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import type { PaletteSource } from '../../platform/web/palette/registry.ts'
import { formatPhone } from '../../platform/web/text/phones.ts'
import { hitDetail } from '../contract/hit.ts'
import { searchDirectory } from '../contract/queries.ts'

const icons = { professional: IconStethoscope, structure: IconBuildingHospital, local: IconNotes, service: IconLifebuoy } as const

/** What this capability adds to Ctrl K. */
export const palette: readonly PaletteSource[] = [
  {
    kind: 'search',
    key: 'directory',
    title: 'Professionnels et structures',
    visible: (actor) => !holds(actor, 'person', 'governance_member'),
    search: async (text, signal) => {
      const { rows } = await callQuery(searchDirectory, { text, limit: 6 }, signal)
      return rows.map((hit) => ({
        key: hit.partyId,
        title: hit.label,
        detail: [hitDetail(hit), hit.phone ? formatPhone(hit.phone) : null].filter(Boolean).join(' · '),
        icon: icons[hit.kind],
        target: { to: '/annuaire', search: { fiche: hit.partyId } },
      }))
    },
  },
  {
    kind: 'action',
    key: 'new-local-card',
    title: 'Ajouter une fiche locale',
    words: 'annuaire contact service social bailleur aide domicile créer',
    icon: IconAddressBook,
    visible: (actor) => !holds(actor, 'person', 'governance_member'),
    target: { to: '/annuaire', search: { ajout: '1' } },
  },
]
