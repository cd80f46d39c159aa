import { type ReactNode, useState } from 'react'
import { TokenChoice } from '../../../platform/web/display/StatusPill.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { noFollowUpCode, reorientationCode } from '../../contract/sollicitation.ts'
import { answers, noFollowUpReasons } from '../../contract/value-sets.ts'

/** Those that one gives on the telephone; the others are one step further. */
const usual = ['B1', 'B2', 'B3']

/** The answers given: the first is the principal one. A text alone is information given, and shows as such. */
export function AnswerTokens(props: {
  readonly text: string
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  readonly reason: string
  readonly onReason: (reason: string) => void
}): ReactNode {
  const { chosen, onChange } = props
  const list = useValueList(answers.code, answers.values)
  const reasons = useValueList(noFollowUpReasons.code, noFollowUpReasons.values)
  const [more, setMore] = useState(false)
  const implied = chosen.length === 0 && props.text.trim() !== ''
  const counted = implied ? ['B1'] : chosen
  const offered = [...counted, ...list.values.map(({ code }) => code).filter((code) => !counted.includes(code) && (more || usual.includes(code)))]
  const toggle = (code: string, on: boolean): void => onChange(on ? [...counted, code] : counted.filter((one) => one !== code))
  return (
    <>
      {offered.map((code, index) => (
        <span key={code} className="row" style={{ gap: 6 }}>
          <TokenChoice on={counted.includes(code)} onChange={(on) => toggle(code, on)}>
            {list.label(code)}
          </TokenChoice>
          {index === 0 && counted.length > 0 ? <span className="small dim">réponse principale</span> : null}
        </span>
      ))}
      {more ? null : (
        <button type="button" className="linklike tok__link" onClick={() => setMore(true)}>
          Autre réponse
        </button>
      )}
      {counted.includes(noFollowUpCode) ? (
        <select className="tok" aria-label="Pourquoi sans suite" value={props.reason} onChange={(event) => props.onReason(event.currentTarget.value)}>
          <option value="">Pourquoi sans suite</option>
          {reasons.values.map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </select>
      ) : null}
      {counted.includes(reorientationCode) ? <span className="small mut">Le partenaire se nomme sur la fiche, ensuite.</span> : null}
    </>
  )
}
