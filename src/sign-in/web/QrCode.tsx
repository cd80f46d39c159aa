import type { ReactNode } from 'react'
import { encode } from 'uqr'

/** A QR code drawn here, from nothing that leaves the page. Dark on white in both schemes: telephones read it so. */
export function QrCode(props: { readonly text: string; readonly label: string; readonly size?: number }): ReactNode {
  const { data, size } = encode(props.text, { ecc: 'M', border: 2 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      className="qr"
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${size} ${size}`}
      width={props.size ?? 184}
      height={props.size ?? 184}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
