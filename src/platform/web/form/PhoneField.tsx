import type { ReactNode } from 'react'
import { formatPhone, plainPhone, spacePhone } from '../text/phones.ts'
import type { FieldLook, FieldProps } from './FieldFrame.tsx'
import { TextField } from './TextField.tsx'

export interface PhoneFieldProps extends FieldLook, Omit<FieldProps<string>, 'value'> {
  /** Digits; they show spaced. */
  readonly value: string | null | undefined
  readonly inside?: ReactNode
}

/** A telephone: the spaces put themselves, +33 becomes 0. The value is the digits. */
export function PhoneField({ value, onChange, ...props }: PhoneFieldProps): ReactNode {
  const shown = value ? spacePhone(formatPhone(value).replaceAll('\u00a0', ' ')) : ''
  return (
    <TextField
      {...props}
      value={shown}
      inputMode="tel"
      onChange={(typed) => onChange(/^[+\d\s.\-()\u00a0]*$/.test(typed) ? (typed.startsWith('+') && typed.length < 12 ? typed : plainPhone(typed)) : typed)}
    />
  )
}
