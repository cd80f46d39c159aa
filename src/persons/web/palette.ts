import { IconKey, IconMailForward, IconShieldCheck, IconShieldLock, IconStethoscopeOff, IconUser, IconUserSearch } from '@tabler/icons-react'
import { holds, isDacStaff } from '../../platform/contract/actor.ts'
import { ageOn, formatDay } from '../../platform/contract/dates.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import type { PaletteSource } from '../../platform/web/palette/registry.ts'
import { today } from '../../platform/web/text/dates.ts'
import { formatBirthName, formatPersonName } from '../../platform/web/text/names.ts'
import { marksStructures, opensExceptionally } from '../contract/access.ts'
import { searchPersons } from '../contract/queries.ts'

/** What this capability adds to Ctrl K. */
export const palette: readonly PaletteSource[] = [
  {
    kind: 'search',
    key: 'persons',
    title: 'Personnes',
    visible: (actor) => isDacStaff(actor) || holds(actor, 'outside_professional', 'expert_team'),
    search: async (text, signal) => {
      const { rows } = await callQuery(searchPersons, { text, limit: 6 }, signal)
      return rows.map((person) => ({
        key: person.personId,
        title: [formatPersonName(person), formatBirthName(person)].filter(Boolean).join(', '),
        detail: [
          person.birthDay ? `${formatDay(person.birthDay)}, ${ageOn(person.birthDay, person.deathDay ?? today())} ans` : 'date de naissance inconnue',
          person.commune,
          person.deathDay ? `décès le ${formatDay(person.deathDay)}` : null,
        ]
          .filter(Boolean)
          .join(' · '),
        icon: IconUser,
        target: { to: '/personnes/$personId', params: { personId: person.personId } },
      }))
    },
  },
  {
    kind: 'action',
    key: 'find-person',
    title: 'Chercher une personne',
    words: 'dossier identité doublon créer',
    icon: IconUserSearch,
    visible: isDacStaff,
    target: { to: '/personnes' },
  },
  {
    kind: 'action',
    key: 'identity-work',
    title: 'Identités à vérifier',
    words: 'ins insi qualification pièce doute identitovigilance matricule',
    icon: IconShieldCheck,
    visible: isDacStaff,
    target: { to: '/identites' },
  },
  {
    kind: 'action',
    key: 'notices-to-hand',
    title: 'Avis à remettre',
    words: 'lettre personne accès exceptionnel prévenir information droits mon espace santé',
    icon: IconMailForward,
    visible: isDacStaff,
    target: { to: '/avis-a-remettre' },
  },
  {
    kind: 'action',
    key: 'vanished-doctors',
    title: 'Médecins traitants disparus',
    words: 'medecin traitant retraite depart radie rpps remplacant cpts sans medecin',
    icon: IconStethoscopeOff,
    visible: isDacStaff,
    target: { to: '/medecins-disparus' },
  },
  {
    kind: 'action',
    key: 'exceptional-access',
    title: 'Accès exceptionnel',
    words: 'bris de glace urgence dossier fermé',
    icon: IconKey,
    visible: (actor) => opensExceptionally(actor, null, null).allowed,
    target: { to: '/acces-exceptionnel' },
  },
  {
    kind: 'action',
    key: 'sensitive-structures',
    title: 'Structures sensibles',
    words: 'hébergement victimes nom caché danger',
    icon: IconShieldLock,
    visible: (actor) => marksStructures(actor, null, null).allowed,
    target: { to: '/equipe/structures-sensibles' },
  },
]
