import { IconArrowLeft, IconUsersPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { addMember } from '../../../care-team/contract/actions.ts'
import { circle as circleQuery } from '../../../care-team/contract/queries.ts'
import { useCircleTarget } from '../../../care-team/web/circle-target.ts'
import { AddMember } from '../../../care-team/web/member/AddMember.tsx'
import type { DirectoryHit } from '../../../directory/contract/hit.ts'
import { DirectoryBrowser } from '../../../directory/web/DirectoryPage.tsx'
import { personHeader, personIdentity } from '../../../persons/contract/queries.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { verdictOf } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Waiting } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'

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
  if (details.data === undefined && details.error === null) return <Waiting label="Lecture de la commune de la personne" />
  const composes = verdictOf(addMember, actor, target)?.allowed ?? false
  const name = header.data ? formatPersonName(header.data.person) : 'la personne'
  const gesture = (hit: DirectoryHit): ReactNode => {
    const member = circle.data?.members.find((one) => one.current && one.partyId === hit.partyId)
    if (member) return <StatusPill tone="success">Déjà dans le cercle</StatusPill>
    return composes && circle.data ? (
      <Button main icon={IconUsersPlus} onClick={() => setAdding(hit)}>
        Ajouter au cercle
      </Button>
    ) : null
  }
  return (
    <>
      <DirectoryBrowser
        title="Autour de la personne"
        heading={`Autour de ${name}`}
        near={details.data?.communeCode ?? null}
        gesture={gesture}
        back={
          <ButtonLink small icon={IconArrowLeft} to="/personnes/$personId/cercle" params={{ personId } as never}>
            Cercle
          </ButtonLink>
        }
      />
      {adding && circle.data ? <AddMember personId={personId} circle={circle.data} target={target} hit={adding} onClose={() => setAdding(null)} /> : null}
    </>
  )
}
