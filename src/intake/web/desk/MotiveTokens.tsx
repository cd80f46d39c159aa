import { type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { TokenChoice } from '../../../platform/web/display/StatusPill.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { proposeMotives } from '../../contract/motives.ts'
import { motives } from '../../contract/value-sets.ts'

/** The motives that the text suggests, dashed until someone takes them; any other from the list. */
export function MotiveTokens(props: {
  readonly text: string
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}): ReactNode {
  const { text, chosen, onChange } = props
  const list = useValueList(motives.code, motives.values)
  const [other, setOther] = useState(false)
  const read = useDeferredValue(text)
  const proposed = useMemo(() => proposeMotives(read, undefined, 3).map(({ code }) => code), [read])
  const shown = [...chosen, ...proposed.filter((code) => !chosen.includes(code))]
  return (
    <>
      {shown.map((code) => (
        <TokenChoice key={code} on={chosen.includes(code)} onChange={(on) => onChange(on ? [...chosen, code] : chosen.filter((one) => one !== code))}>
          {list.label(code)}
        </TokenChoice>
      ))}
      {other ? (
        <select
          className="tok tok--add"
          aria-label="Autre motif"
          value=""
          // biome-ignore lint/a11y/noAutofocus: it opens where the user has just pressed.
          autoFocus
          onChange={(event) => {
            if (event.currentTarget.value) onChange([...chosen, event.currentTarget.value])
            setOther(false)
          }}
          onBlur={() => setOther(false)}
        >
          <option value="">Choisir un motif</option>
          {list.values
            .filter(({ code }) => !shown.includes(code))
            .map(({ code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
        </select>
      ) : (
        <button type="button" className="linklike tok__link" onClick={() => setOther(true)}>
          {shown.length === 0 ? 'Choisir un motif' : 'Autre motif'}
        </button>
      )}
    </>
  )
}
