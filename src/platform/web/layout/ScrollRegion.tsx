import type { ReactNode } from 'react'

/** An area that scrolls by itself. It takes the focus, so that the keyboard can scroll it (axe: scrollable-region-focusable); `region` makes it a landmark. */
export function ScrollRegion(props: {
  readonly label: string
  readonly className: string
  readonly region?: boolean | undefined
  readonly children: ReactNode
}): ReactNode {
  const { label, className, region, children } = props
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a label.
    <div className={className} role={region ? 'region' : 'group'} aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
