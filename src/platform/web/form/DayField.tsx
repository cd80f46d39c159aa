import { type ReactNode, useState } from 'react'
import { formatDay, parseDay } from '../../contract/dates.ts'
import { Token } from '../display/StatusPill.tsx'
import type { FieldLook, FieldProps } from './FieldFrame.tsx'
import { TextField } from './TextField.tsx'

export interface DayFieldProps extends FieldLook, Omit<FieldProps<string>, 'value'> {
  /** 'YYYY-MM-DD', or what was typed while it is not understood: the schema then refuses it with the same words. */
  readonly value: string | null | undefined
  /** Beside what was understood: « 87 ans ». */
  readonly understood?: ((day: string) => string) | undefined
  /** Two-digit years end with this one: next year's for terms, this year's for births. */
  readonly pivotYear?: number | undefined
}

/** A day typed freely: 04111938, 4/11/38, 4 nov 1938. What was understood shows inside: « 04/11/1938 compris ». */
export function DayField({ value, understood, pivotYear, ...props }: DayFieldProps): ReactNode {
  const [typed, setTyped] = useState(() => (value ? (isDay(value) ? formatDay(value) : value) : ''))
  const [given, setGiven] = useState(value)
  const [left, setLeft] = useState(false)
  if (value !== given) {
    setGiven(value)
    setTyped(value ? (isDay(value) ? formatDay(value) : value) : '')
  }
  const parsed = typed.trim() === '' ? null : parseDay(typed, pivotYear)
  const day = parsed?.ok ? parsed.day : null
  const plain = day !== null && formatDay(day) === typed
  const own = left && parsed && !parsed.ok ? parsed.message : undefined
  return (
    <TextField
      {...props}
      error={own ?? props.error}
      value={typed}
      inputMode="text"
      placeholder="JJ/MM/AAAA"
      onChange={(text) => {
        const next = parseDay(text, pivotYear)
        const out = next.ok ? next.day : text
        setTyped(text)
        setLeft(false)
        setGiven(out)
        props.onChange(out)
      }}
      onBlur={() => {
        // A message that appeared at once would push the button away from under the finger that is pressing it.
        setTimeout(() => setLeft(true), 200)
        props.onBlur?.()
      }}
      inside={
        day && (!plain || understood) ? <Token>{[plain ? null : `${formatDay(day)} compris`, understood?.(day)].filter(Boolean).join(', ')}</Token> : null
      }
    />
  )
}

function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value)
}
