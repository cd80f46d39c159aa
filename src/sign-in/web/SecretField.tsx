import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../platform/web/display/Button.tsx'
import { FieldFrame, type FieldLook, type FieldProps } from '../../platform/web/form/FieldFrame.tsx'

/** A password or a code, as password managers and telephones know them. What is typed can be looked at: long phrases are typed better so. */
export function SecretField(props: FieldProps<string> & FieldLook & { readonly kind: 'password' | 'new-password' | 'one-time-code' | 'username' }): ReactNode {
  const hidden = props.kind === 'password' || props.kind === 'new-password'
  const [shown, setShown] = useState(false)
  return (
    <FieldFrame span={12} {...props}>
      {(control) => (
        <span className={props.error ? 'in in--err' : 'in'}>
          <input
            {...control}
            className="bare grow"
            type={hidden && !shown ? 'password' : props.kind === 'username' ? 'email' : 'text'}
            inputMode={props.kind === 'one-time-code' ? 'numeric' : undefined}
            autoComplete={props.kind === 'password' ? 'current-password' : props.kind}
            spellCheck={false}
            autoCapitalize="off"
            value={props.value}
            onChange={(event) => props.onChange(event.currentTarget.value)}
          />
          {hidden ? (
            <Button
              small
              quiet
              iconOnly
              icon={shown ? IconEyeOff : IconEye}
              label={shown ? 'Cacher ce que je tape' : 'Montrer ce que je tape'}
              pressed={shown}
              onClick={() => setShown(!shown)}
            />
          ) : null}
        </span>
      )}
    </FieldFrame>
  )
}
