import { IconPhone, IconStethoscope, IconUsersPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { addMember } from '../../../care-team/contract/actions.ts'
import { recordProviderCall } from '../../../care-team/contract/provider-search.ts'
import { circle as circleQuery } from '../../../care-team/contract/queries.ts'
import { useCircleTarget } from '../../../care-team/web/circle-target.ts'
import { AddMember } from '../../../care-team/web/member/AddMember.tsx'
import { facetsFor } from '../../../care-team/web/member/role-proposals.ts'
import { ProviderAnswers } from '../../../care-team/web/search/ProviderAnswers.tsx'
import { ProviderCallForm } from '../../../care-team/web/search/ProviderCallForm.tsx'
import { ProviderNeed } from '../../../care-team/web/search/ProviderNeed.tsx'
import { ProviderWord } from '../../../care-team/web/search/ProviderWord.tsx'
import type { DirectoryHit } from '../../../directory/contract/hit.ts'
import { DirectoryBrowser } from '../../../directory/web/DirectoryPage.tsx'
import { recordFamilyDoctor } from '../../../persons/contract/actions.ts'
import { personHeader, personIdentity } from '../../../persons/contract/queries.ts'
import { newId, type PartyId, type PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction, verdictOf } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Waiting } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { NoteRupture } from '../file/CircleRoute.tsx'

/** Who is near the person: the directory around her commune, and « Ajouter au cercle » on each card. */
export function AroundPersonPage(): ReactNode {
  const personId = usePathId<PersonId>('personId')
  return <Around key={personId} personId={personId} />
}

function Around({ personId }: { readonly personId: PersonId }): ReactNode {
  const actor = useActor()
  const header = useJalonQuery(personHeader, { personId })
  const details = useJalonQuery(personIdentity, { personId })
  const circle = useJalonQuery(circleQuery, { personId })
  const target = useCircleTarget(personId)
  const [adding, setAdding] = useState<DirectoryHit | null>(null)
  const [called, setCalled] = useState<DirectoryHit | null>(null)
  // Whose médecin traitant is gone: the search was opened to find another.
  const { filters, setFilter } = useUrlFilters({ geste: 'code', besoin: 'code', metier: 'codes' })
  const record = useAction(recordFamilyDoctor, target, { onDone: () => toast({ text: 'Médecin traitant noté.' }) })
  if (details.data === undefined && details.error === null) return <Waiting label="Lecture de la commune de la personne" />
  const composes = verdictOf(addMember, actor, target)?.allowed ?? false
  const keeps = verdictOf(recordProviderCall, actor, target)?.allowed ?? false
  const name = header.data ? formatPersonName(header.data.person) : 'la personne'
  const gesture = (hit: DirectoryHit): ReactNode => {
    if (filters.geste === 'medecin' && hit.facet === 'gp')
      return (
        <span className="row wrap">
          {/* Whether she declared this doctor is asked of her, never supposed. */}
          {(['declared', 'de_facto'] as const).map((state) => (
            <ActionButton
              key={state}
              action={record}
              main={state === 'declared'}
              icon={IconStethoscope}
              input={() => ({
                id: newId(),
                personId,
                state,
                professionalId: hit.partyId as PartyId,
                name: hit.label,
                phone: hit.phone ?? '',
                commune: hit.city ?? '',
              })}
            >
              {state === 'declared' ? 'Médecin traitant déclaré' : 'Médecin traitant de fait'}
            </ActionButton>
          ))}
        </span>
      )
    const member = circle.data?.members.find((one) => one.current && one.partyId === hit.partyId)
    return (
      <div className="stack stack--2">
        <ProviderWord partyId={hit.partyId} />
        <span className="row wrap">
          {member ? (
            <StatusPill tone="success">Déjà dans le cercle</StatusPill>
          ) : composes && circle.data ? (
            <Button main icon={IconUsersPlus} onClick={() => setAdding(hit)}>
              Ajouter au cercle
            </Button>
          ) : null}
          {keeps ? (
            <Button icon={IconPhone} onClick={() => setCalled(hit)}>
              Noter l’appel
            </Button>
          ) : null}
        </span>
      </div>
    )
  }
  return (
    <>
      <DirectoryBrowser
        title="Autour de la personne"
        heading={`Autour de ${name}`}
        near={details.data?.communeCode ?? null}
        gesture={gesture}
        above={
          keeps && filters.geste !== 'medecin' ? (
            <ProviderNeed
              personId={personId}
              need={filters.besoin ?? ''}
              onNeed={(need) => {
                setFilter('besoin', need || null)
                setFilter('metier', need === '' ? null : facetsFor(need))
              }}
              whenFailed={(search) => <NoteRupture personId={personId} search={search} />}
            />
          ) : null
        }
        under={
          keeps && filters.besoin
            ? (hit) => <ProviderAnswers personId={personId} target={target} card={{ partyId: hit.partyId, label: hit.label }} need={filters.besoin as string} />
            : undefined
        }
        where={
          <Link to="/personnes/$personId/cercle" params={{ personId } as never}>
            ‹ Revenir au cercle
          </Link>
        }
      />
      {adding && circle.data ? <AddMember personId={personId} circle={circle.data} target={target} hit={adding} onClose={() => setAdding(null)} /> : null}
      {called ? (
        <ProviderCallForm
          personId={personId}
          target={target}
          card={{ partyId: called.partyId, label: called.label }}
          need={filters.besoin}
          onClose={() => setCalled(null)}
        />
      ) : null}
    </>
  )
}
