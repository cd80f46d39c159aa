import { IconPhone } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import { dayOf, formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { displayZone } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { callOutcomeLabels, type ProviderCall, providerCalls } from '../../contract/provider-search.ts'
import { ProviderCallForm } from './ProviderCallForm.tsx'

export interface FailedSearch {
  readonly need: string
  readonly lastCallId: string
  readonly words: string
}

/** « Recherche d’intervenant »: what is looked for, who was called, and what follows when nobody can. */
export function ProviderSearch(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  /** What a lost search proposes: to note a rupture of the path. */
  readonly whenFailed?: ((search: FailedSearch) => ReactNode) | undefined
}): ReactNode {
  const query = useJalonQuery(providerCalls, { personId: props.personId })
  const label = useValueLabels()
  const [shown, setShown] = useState<string | null>(null)
  const [calling, setCalling] = useState<string | true | null>(null)
  const searches = query.data?.searches ?? []
  return (
    <section aria-label="Recherche d’intervenant" className="stack stack--2">
      <div className="row sp wrap">
        <h2>Recherche d’intervenant</h2>
        <span className="row wrap">
          <Link to="/personnes/$personId/alentours" params={{ personId: props.personId } as never} className="btn btn--s btn--quiet">
            Chercher autour de la personne
          </Link>
          <Button small icon={IconPhone} onClick={() => setCalling(true)}>
            Noter un appel
          </Button>
        </span>
      </div>
      {searches.length === 0 ? <p className="small mut">Aucun appel noté. Ce que chacun répond sert à toute l’équipe pendant 30 jours.</p> : null}
      <ul className="lines">
        {searches.map((search) => {
          const last = search.calls[0] as ProviderCall
          const cannot = search.calls.filter(({ outcome }) => outcome === 'full' || outcome === 'refused').length
          return (
            <li key={search.need} className="stack stack--2">
              <div className="row sp wrap">
                <button
                  type="button"
                  className="linklike"
                  aria-expanded={shown === search.need}
                  onClick={() => setShown(shown === search.need ? null : search.need)}
                >
                  <b>{label('care_team.role', search.need)}</b>
                </button>
                <span className="row" style={{ gap: 8 }}>
                  <span className="small mut">
                    {plural(search.calls.length, 'appel')}
                    {cannot > 0 ? `, dont ${cannot} sans place` : ''}
                  </span>
                  {search.found ? (
                    <StatusPill tone="success">Trouvé</StatusPill>
                  ) : search.failed ? (
                    <StatusPill tone="alert">Personne ne peut</StatusPill>
                  ) : (
                    <StatusPill tone="warning">En cours</StatusPill>
                  )}
                </span>
              </div>
              {shown === search.need ? (
                <ul className="plain">
                  {search.calls.map((call) => (
                    <li key={call.id} className="small">
                      <b>{call.name}</b>
                      {'\u00a0'}: {callOutcomeLabels[call.outcome].toLowerCase()}
                      {call.callBackOn ? ` le ${formatDay(call.callBackOn).slice(0, 5)}` : ''}
                      <span className="mut">
                        , appelé le {formatDay(dayOf(call.calledAt, displayZone())).slice(0, 5)} par {call.calledByName}
                      </span>
                      {call.words ? <div>{call.words}</div> : null}
                    </li>
                  ))}
                  <li className="row wrap" style={{ gap: 14 }}>
                    <button type="button" className="linklike small" onClick={() => setCalling(search.need)}>
                      Noter un autre appel
                    </button>
                    <Link
                      to="/personnes/$personId/alentours"
                      params={{ personId: props.personId } as never}
                      search={{ besoin: search.need } as never}
                      className="small"
                    >
                      Continuer la recherche dans l’annuaire
                    </Link>
                  </li>
                </ul>
              ) : null}
              {search.failed && props.whenFailed ? (
                <Notice tone="alert">
                  <b>{plural(cannot, 'intervenant appelé', 'intervenants appelés')}, aucun ne peut.</b>{' '}
                  {props.whenFailed({
                    need: search.need,
                    lastCallId: last.id,
                    words: `${label('care_team.role', search.need)} : ${cannot} appels sans place.`,
                  })}
                </Notice>
              ) : null}
            </li>
          )
        })}
      </ul>
      {calling === null ? null : (
        <ProviderCallForm personId={props.personId} target={props.target} need={calling === true ? undefined : calling} onClose={() => setCalling(null)} />
      )}
    </section>
  )
}
