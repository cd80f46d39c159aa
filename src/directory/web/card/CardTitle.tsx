import { type ReactNode, useEffect, useRef } from 'react'

/** The name at the head of a card; `focused`: the card takes the place of what was just activated, and the focus goes on from its title. */
export function CardTitle(props: { readonly focused?: boolean | undefined; readonly children: ReactNode }): ReactNode {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (props.focused) title.current?.focus()
  }, [props.focused])
  return (
    <h2 ref={title} tabIndex={-1}>
      {props.children}
    </h2>
  )
}
