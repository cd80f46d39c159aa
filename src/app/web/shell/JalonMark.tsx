import type { ReactNode } from 'react'

/** The surveyor's pole. */
export function JalonMark(props: { readonly size?: number | undefined }): ReactNode {
  const height = props.size ?? 34
  return (
    <svg width={(height * 30) / 34} height={height} viewBox="0 0 30 34" role="img" aria-label="Jalon">
      <g transform="rotate(14 15 17)">
        <rect x="12" y="1" width="6" height="6.4" rx="1.6" fill="currentColor" />
        <rect x="12" y="8.6" width="6" height="6" fill="var(--petrol-4)" />
        <rect x="12" y="15.8" width="6" height="6" fill="currentColor" />
        <path d="M12 23h6v3l-3 7-3-7z" fill="var(--petrol-4)" />
      </g>
    </svg>
  )
}
