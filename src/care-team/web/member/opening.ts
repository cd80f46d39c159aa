import type { Silence } from '../../../persons/contract/person.ts'
import { silenceTitle } from '../../../persons/contract/silences.ts'
import type { Volet } from '../../../platform/contract/actor.ts'
import { french } from '../../../platform/contract/typography.ts'
import type { MemberKind } from '../../contract/member.ts'
import type { CircleData } from '../../contract/queries.ts'
import { basisIsLawful, roleFacts, type SingleRole } from '../../contract/roles.ts'

/** Why the file cannot be opened to her at all, in the words of the screen; null when it may be. */
export function whyClosed(
  one: { readonly kind: MemberKind; readonly partyId: string | null },
  sharing: CircleData['sharing'],
  silence: Silence | undefined,
): string | null {
  if (one.kind !== 'professional' || one.partyId === null)
    return french(
      'Le dossier s’ouvre à un professionnel nommé, choisi dans l’annuaire. Une structure, un proche ou un contact figure au cercle et ne voit rien.',
    )
  if (sharing === 'opposed') return french('La personne s’oppose au partage : le dossier ne peut être ouvert à personne.')
  if (sharing === 'uncollected') return french('Les non-oppositions 1 et 2 ne sont pas recueillies : le dossier ne peut être ouvert à personne avant.')
  if (silence?.kind === 'tell_nothing') return french(`${silenceTitle(silence)} : le dossier ne peut pas lui être ouvert.`)
  if (silence?.kind === 'no_sharing') return french(`${silenceTitle(silence)} : levez d’abord cette consigne avec la personne.`)
  return null
}

/** What the équipe de soins or a consent would open, from the widest of the roles, as the server computes it. */
export function openedVolets(roles: readonly string[]): readonly Volet[] {
  const widest = roles.map((role) => roleFacts[role as SingleRole]?.volets ?? []).sort((a, b) => b.length - a.length)[0] ?? []
  return widest.length > 0 ? widest : ['administrative', 'social']
}

/** The équipe de soins is open to the trades that R. 1110-2 names. */
export function mayJoinTeam(roles: readonly string[]): boolean {
  return roles.some((role) => basisIsLawful('care_team', roleFacts[role as SingleRole]?.sharingCategory ?? 'none'))
}

export function sharingCategoryOf(roles: readonly string[]): string {
  const named = roles.map((role) => roleFacts[role as SingleRole]).filter((facts) => facts !== undefined)
  return named.sort((a, b) => b.volets.length - a.volets.length)[0]?.sharingCategory ?? 'none'
}
