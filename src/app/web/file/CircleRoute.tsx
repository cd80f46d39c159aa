import { type ReactNode, useState } from 'react'
import { HospitalWeek } from '../../../agenda/web/HospitalWeek.tsx'
import { CircleTab } from '../../../care-team/web/CircleTab.tsx'
import { useCircleTarget } from '../../../care-team/web/circle-target.ts'
import type { FailedSearch } from '../../../care-team/web/search/ProviderSearch.tsx'
import { noteRupture } from '../../../episodes/contract/ruptures.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'

/** The circle, where a search for a provider that failed proposes to note a rupture of the path, and where a week in hospital is said. */
export function CircleRoute({ personId }: { readonly personId: PersonId }): ReactNode {
  return (
    <CircleTab
      personId={personId}
      whenSearchFails={(search) => <NoteRupture personId={personId} search={search} />}
      thisWeek={<HospitalWeek personId={personId} />}
    />
  )
}

/** What a lost search proposes, in the circle as around the person. */
export function NoteRupture({ personId, search }: { readonly personId: PersonId; readonly search: FailedSearch }): ReactNode {
  const target = useCircleTarget(personId)
  const [noted, setNoted] = useState(false)
  const action = useAction(noteRupture, target, { invalidates: ['liaison'], onDone: () => setNoted(true) })
  if (noted) return <span role="status">Rupture notée, sans la personne pour l’observatoire.</span>
  return (
    <ActionButton
      action={action}
      small
      input={{ personId, type: 'saturated', words: search.words, volet: 'social', source: 'care_team.provider_search', sourceId: search.lastCallId }}
    >
      Noter une rupture
    </ActionButton>
  )
}
