import { IconEyeOff, IconHandStop } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { voletWord } from '../../../platform/web/display/Volet.tsx'
import type { Member } from '../../contract/member.ts'

/** In a line: what she sees of the file today, or why she sees nothing. */
export function SeesWhat(props: { readonly member: Member; readonly opposed: boolean }): ReactNode {
  const { member, opposed } = props
  if (member.suspended)
    return (
      <p className="small">
        <Ic of={IconHandStop} size="s" /> {opposed ? 'Dossier fermé par l’opposition de la personne' : 'Dossier fermé à la demande de la personne'}
      </p>
    )
  if (!member.sees)
    return (
      <p className="small mut">
        <Ic of={IconEyeOff} size="s" /> Aucun accès au dossier
      </p>
    )
  return (
    <p className="small">
      Voit{'\u00a0'}:{' '}
      {member.access === null ? 'tout le dossier, par le DAC' : member.access.volets.map((one) => voletWord(one).toLocaleLowerCase('fr-FR')).join(', ')}
    </p>
  )
}
