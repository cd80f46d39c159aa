import './JalonPole.css'
import type { CSSProperties, ReactNode } from 'react'
import type { Delay, DelayTone } from '../text/delays.ts'
import { capital } from '../text/typography.ts'

/** The jalon: 0 to 5 bands, fractions allowed. Upright in lists, `across` for terms and long work. Silent: words stand beside. */
export function JalonPole(props: { readonly bands: number; readonly tone?: DelayTone | undefined; readonly across?: boolean | undefined }): ReactNode {
  const tone = props.tone && props.tone !== 'calm' ? ` pole--${props.tone}` : ''
  return <span className={`pole${tone}${props.across ? ' pole--across' : ''}`} style={{ '--n': props.bands } as CSSProperties} aria-hidden="true" />
}

/** The words of a delay in its tone: « reste 2 h »; `begins` with a capital. */
export function DelayWords(props: { readonly delay: Delay; readonly begins?: boolean | undefined }): ReactNode {
  const tone = props.delay.tone === 'calm' ? '' : ` delay--${props.delay.tone}`
  return <span className={`delay${tone}`}>{props.begins ? capital(props.delay.words) : props.delay.words}</span>
}
