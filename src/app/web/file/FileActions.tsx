import { IconNote, IconPhone } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import '../../../platform/web/display/Button.css'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'

/** What one does first from a file: call, write a note. */
export function FileActions(props: { readonly personId: PersonId; readonly phone: string | null }): ReactNode {
  const params = { personId: props.personId } as never
  return (
    <>
      {props.phone ? (
        <a className="btn btn--s" href={`tel:${props.phone}`}>
          <Ic of={IconPhone} size="s" />
          Appeler
        </a>
      ) : null}
      <ButtonLink small main icon={IconNote} to="/personnes/$personId/fil" params={params}>
        Écrire une note
      </ButtonLink>
    </>
  )
}
