import '../circle.css'
import type { ReactNode } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { providerCalls } from '../../contract/provider-search.ts'
import { useRoleOptions } from '../member/use-role-options.ts'
import type { FailedSearch } from './ProviderSearch.tsx'

/** Above the results: what is looked for. Once it is said, each result takes the provider's answer; a search that is lost proposes a rupture. */
export function ProviderNeed(props: {
  readonly personId: PersonId
  readonly need: string
  readonly onNeed: (need: string) => void
  readonly whenFailed: (search: FailedSearch) => ReactNode
}): ReactNode {
  const { need } = props
  const roles = useRoleOptions('directory', [])
  const label = useValueLabels()
  const query = useJalonQuery(providerCalls, { personId: props.personId })
  useEvents(['careTeam.providerCall.*'])
  const search = query.data?.searches.find((one) => one.need === need)
  const cannot = search?.calls.filter(({ outcome }) => outcome === 'full' || outcome === 'refused').length ?? 0
  const last = search?.calls[0]
  return (
    <div className="need">
      <SelectField label="Je cherche un intervenant" value={need} onChange={props.onNeed} options={roles} span={12} placeholder="Pour quel besoin ?" />
      {search === undefined ? null : (
        <p className="small mut" role="status">
          {plural(search.calls.length, 'appel')}
          {cannot > 0 ? `, dont ${cannot} sans place` : ''}
          {search.found ? ' : quelqu’un peut.' : '.'}
        </p>
      )}
      {search?.failed && last ? (
        <Notice tone="alert">
          <b>{plural(cannot, 'intervenant appelé', 'intervenants appelés')}, aucun ne peut.</b>{' '}
          {props.whenFailed({ need, lastCallId: last.id, words: `${label('care_team.role', need)} : ${cannot} appels sans place.` })}
        </Notice>
      ) : null}
    </div>
  )
}
