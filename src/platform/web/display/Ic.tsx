import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export type { Icon }

/** An icon as the design draws it: 18 px (s 15, l 22), stroke 1.75, silent for readers since a word is always beside it. */
export function Ic(props: { readonly of: Icon; readonly size?: 's' | 'm' | 'l' | undefined; readonly className?: string | undefined }): ReactNode {
  const Drawn = props.of
  const size = props.size === 's' ? ' ic--s' : props.size === 'l' ? ' ic--l' : ''
  return <Drawn className={`ic${size}${props.className ? ` ${props.className}` : ''}`} stroke={1.75} aria-hidden="true" />
}
