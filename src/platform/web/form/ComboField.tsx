import './form.css'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Hit } from '../display/Hit.tsx'
import { Keys } from '../display/Keys.tsx'
import { FieldFrame, type FieldLook } from './FieldFrame.tsx'
import type { Combo } from './use-combo.ts'

export interface ComboFieldProps<H> extends FieldLook {
  readonly combo: Combo<H>
  /** What the field shows: the name of what was picked, or what is being typed. The page holds it. */
  readonly value: string
  readonly onChange: (text: string) => void
  readonly error?: string | undefined
  readonly inside?: ReactNode
  readonly placeholder?: string | undefined
  /** How a hit reads in the list below the field. Without it, hits are drawn elsewhere by HitList. */
  readonly option?: ((hit: H) => ReactNode) | undefined
  /** Last line of the list below: « Créer une fiche ». */
  readonly otherwise?: ReactNode
}

/** A text with suggestions: ↓ ↑ move, ↵ takes, Échap closes. What is typed stays if nothing is taken. */
export function ComboField<H>(props: ComboFieldProps<H>): ReactNode {
  const { combo } = props
  const [focused, setFocused] = useState(false)
  const below = props.option !== undefined
  const input = useRef<HTMLInputElement>(null)
  const typed = useRef<string | null>(null)
  // A name that was picked, or that a draft brings back, is replaced by typing: nobody means to add letters to it.
  useEffect(() => {
    if (props.value !== typed.current && input.current === document.activeElement) input.current?.select()
  }, [props.value])
  const shown = combo.open && (focused || !below)
  return (
    <FieldFrame {...props}>
      {(control) => (
        <div className="combo">
          <span className={props.error ? 'in in--err' : 'in'} aria-disabled={props.disabled || undefined}>
            <input
              {...control}
              className="bare"
              role="combobox"
              aria-expanded={shown && combo.hits.length > 0}
              aria-controls={combo.listId}
              aria-autocomplete="list"
              aria-activedescendant={shown && combo.hits.length > 0 ? combo.optionId(combo.active) : undefined}
              value={props.value}
              placeholder={props.placeholder}
              disabled={props.disabled}
              autoComplete="off"
              // biome-ignore lint/a11y/noAutofocus: as for TextField.
              autoFocus={props.autoFocus}
              data-autofocus={props.autoFocus || undefined}
              ref={input}
              onFocus={(event) => {
                setFocused(true)
                event.currentTarget.select()
              }}
              onBlur={() => setFocused(false)}
              onKeyDown={combo.onKeyDown}
              onChange={(event) => {
                typed.current = event.currentTarget.value
                props.onChange(event.currentTarget.value)
                combo.type(event.currentTarget.value)
              }}
            />
            {props.inside}
          </span>
          {props.option && shown ? (
            // biome-ignore lint/a11y/noStaticElementInteractions: a click in the list must not take the focus from the field.
            <div className="combo__drop" onMouseDown={(event) => event.preventDefault()}>
              <div role="listbox" id={combo.listId} aria-label={props.label}>
                {combo.hits.map((hit, index) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard acts from the field.
                  // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field.
                  <div
                    key={combo.keyOf(hit)}
                    id={combo.optionId(index)}
                    className="combo__option"
                    role="option"
                    aria-selected={index === combo.active}
                    onMouseMove={() => combo.point(index)}
                    onClick={() => combo.pick(hit)}
                  >
                    {props.option?.(hit)}
                  </div>
                ))}
              </div>
              {combo.hits.length === 0 ? (
                <p className="small mut" style={{ padding: '4px 10px' }}>
                  {combo.failed ? 'La recherche ne répond pas. Votre saisie est gardée.' : `Rien ne répond à «\u00a0${combo.answered}\u00a0».`}
                </p>
              ) : null}
              {props.otherwise ? <div style={{ padding: '4px 6px 2px' }}>{props.otherwise}</div> : null}
            </div>
          ) : null}
          <span className="vh" role="status">
            {shown ? `${combo.hits.length} proposition${combo.hits.length >= 2 ? 's' : ''}` : ''}
          </span>
        </div>
      )}
    </FieldFrame>
  )
}

/** The hits in the right column: the best one has the accent border and ↵, the others are dashed. */
export function HitList<H>(props: {
  readonly combo: Combo<H>
  readonly label: string
  readonly render: (hit: H, key: ReactNode) => ReactNode
  /** A hit that is only a possibility (partial traits); the best one never is. */
  readonly dashed?: ((hit: H) => boolean) | undefined
}): ReactNode {
  const { combo } = props
  return (
    <div className="hits" role="listbox" id={combo.listId} aria-label={props.label}>
      {combo.open
        ? combo.hits.map((hit, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard acts from the field.
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field.
            <div
              key={combo.keyOf(hit)}
              role="option"
              id={combo.optionId(index)}
              aria-selected={index === combo.active}
              onClick={() => combo.pick(hit)}
              onMouseDown={(event) => event.preventDefault()}
            >
              <Hit best={index === combo.active} dashed={index !== combo.active && (props.dashed?.(hit) ?? true)}>
                {props.render(
                  hit,
                  index === combo.active ? (
                    <Keys k="Enter" />
                  ) : (
                    <span className="row" style={{ gap: 3 }}>
                      {index > combo.active ? <Keys k="ArrowDown" /> : <Keys k="ArrowUp" />}
                      <Keys k="Enter" />
                    </span>
                  ),
                )}
              </Hit>
            </div>
          ))
        : null}
    </div>
  )
}
