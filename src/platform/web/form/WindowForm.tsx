import { type ComponentProps, type ReactNode, useRef } from 'react'
import { useUnsaved } from './unsaved.ts'

/** A form of one window that `Form` does not fit: while `waits`, words stand in it that closing its window would throw away, and the window asks first. */
export function WindowForm({ waits, ...rest }: Omit<ComponentProps<'form'>, 'ref'> & { readonly waits: boolean }): ReactNode {
  const element = useRef<HTMLFormElement>(null)
  useUnsaved(element, waits)
  return <form ref={element} {...rest} />
}
