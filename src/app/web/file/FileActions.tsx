import { IconNote, IconPhone } from '@tabler/icons-react'
import { useMatchRoute, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { askForNote } from '../../../liaison/web/note-asked.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import '../../../platform/web/display/Button.css'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { dial } from '../../../platform/web/text/dial.ts'

/** What one does first from a file: call, write a note. The note is written where one is, on Synthèse and Fil; from elsewhere, in the Fil. */
export function FileActions(props: { readonly personId: PersonId; readonly phone: string | null }): ReactNode {
  const params = { personId: props.personId } as never
  const navigate = useNavigate()
  const matches = useMatchRoute()
  const write = (): void => {
    const here = ['/personnes/$personId', '/personnes/$personId/fil', '/personnes/$personId/echanges'].some((to) => matches({ to, params } as never))
    askForNote(props.personId)
    if (!here) void navigate({ to: '/personnes/$personId/fil', params } as never)
  }
  return (
    <>
      <CallLink phone={props.phone} small />
      <Button small main icon={IconNote} onClick={write}>
        Écrire une note
      </Button>
    </>
  )
}

/** « Appeler », when there is a number to call. */
export function CallLink(props: { readonly phone: string | null; readonly small?: boolean | undefined }): ReactNode {
  if (props.phone === null) return null
  return (
    <a className={props.small ? 'btn btn--s' : 'btn'} href={dial(props.phone)}>
      <Ic of={IconPhone} size="s" />
      Appeler
    </a>
  )
}
