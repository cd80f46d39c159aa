import { useCallback } from 'react'
import { circle } from '../../care-team/contract/queries.ts'
import { searchDirectory } from '../../directory/contract/queries.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { wordsMatch } from '../../platform/web/palette/registry.ts'
import type { actionActorKinds } from '../contract/plan.ts'

export interface WhoHit {
  readonly key: string
  readonly kind: (typeof actionActorKinds)[number]
  readonly partyId: string | null
  readonly name: string
  readonly role: string | null
  /** Where she was found: « dans son cercle », « annuaire ». */
  readonly from: string
}

/** Those of the circle, by what they are there for: to propose a name where the thesaurus says « kinésithérapeute ». */
export interface CircleNames {
  readonly hits: readonly (WhoHit & { readonly roles: readonly string[] })[]
  readonly withRole: (role: string) => WhoHit | null
}

export function useCircleNames(personId: PersonId): CircleNames {
  const query = useJalonQuery(circle, { personId })
  const label = useValueLabels()
  const hits = (query.data?.members ?? [])
    .filter((member) => member.current)
    .map((member) => {
      const roles = member.roles.filter((one) => one.endsOn === null).map((one) => one.role)
      return {
        key: member.id,
        kind:
          member.kind === 'relative'
            ? ('relative' as const)
            : member.kind === 'structure'
              ? ('service' as const)
              : member.kind === 'professional'
                ? ('professional' as const)
                : ('free' as const),
        partyId: member.partyId,
        name: member.name,
        role: roles[0] ? lowerFirst(label('care_team.role', roles[0])) : null,
        from: 'dans son cercle',
        roles,
      }
    })
  return { hits, withRole: (role) => hits.find((hit) => hit.roles.includes(role)) ?? null }
}

/** Searches who could do an action: the person, her circle, then the directory. */
export function useWhoSearch(personId: PersonId, personName: string): (text: string, signal: AbortSignal) => Promise<readonly WhoHit[]> {
  const { hits } = useCircleNames(personId)
  return useCallback(
    async (text, signal) => {
      const herself: WhoHit = { key: 'person', kind: 'person', partyId: null, name: personName, role: null, from: 'la personne elle-même' }
      const near = [...hits, herself].filter((hit) => wordsMatch(text, `${hit.name} ${hit.role ?? ''}`))
      const found = await callQuery(searchDirectory, { text, limit: 8 }, signal).catch(() => null)
      const others = (found?.rows ?? [])
        .filter((row) => !near.some((hit) => hit.partyId === row.partyId))
        .map(
          (row): WhoHit => ({
            key: row.partyId,
            kind: row.kind === 'structure' ? 'service' : 'professional',
            partyId: row.partyId,
            name: row.label,
            role: row.detail ? lowerFirst(row.detail) : null,
            from: row.city ?? 'annuaire',
          }),
        )
      return [...near, ...others]
    },
    [hits, personName],
  )
}

function lowerFirst(text: string): string {
  return /^\p{Lu}{2}/u.test(text) ? text : text.charAt(0).toLocaleLowerCase('fr-FR') + text.slice(1)
}
