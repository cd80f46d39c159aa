import type { ReactNode } from 'react'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { checkSubsidiarity } from '../../contract/actions.ts'
import type { RequestDetail } from '../../contract/request-line.ts'
import { subsidiarityChecks, subsidiarityFindings } from '../../contract/value-sets.ts'
import { isOver, targetOf } from './target.ts'

/** R9: the resources of the territory first. Each line is kept as soon as it is answered. */
export function Subsidiarity({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const checks = useValueList(subsidiarityChecks.code, subsidiarityChecks.values)
  const findings = useValueList(subsidiarityFindings.code, subsidiarityFindings.values)
  const check = useAction(checkSubsidiarity, targetOf(detail))
  const over = isOver(detail)
  if (over) return <Checked detail={detail} />
  const found = (code: string): RequestDetail['subsidiarity'][number] | undefined => detail.subsidiarity.find((one) => one.check === code)
  return (
    <Section title="Qui d’autre peut répondre ?" count={`${detail.subsidiarity.length} sur ${checks.values.length}`}>
      <ul className="checks">
        {checks.values.map(({ code, label, definition }) => {
          const now = found(code)
          return (
            <li key={code}>
              <span>
                {label}
                {now?.note ? <span className="small mut"> {now.note}</span> : definition ? <span className="small dim"> {definition}</span> : null}
              </span>
              <Segmented
                label={label}
                inline
                disabled={!check.allowed}
                value={now?.finding ?? null}
                options={findings.values.map((one) => ({ value: one.code, label: one.code === 'tried' ? 'Essayé' : one.label }))}
                onChange={(finding) => void check.run({ sollicitationId: targetOf(detail).id, findings: [{ check: code, finding, note: now?.note ?? null }] })}
              />
            </li>
          )
        })}
      </ul>
      {check.error ? (
        <p className="small t-alert" role="alert">
          {check.error.detail}
        </p>
      ) : null}
    </Section>
  )
}

/** Once the request is over: what was checked, as it was found. */
function Checked({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const checks = useValueList(subsidiarityChecks.code, subsidiarityChecks.values)
  const findings = useValueList(subsidiarityFindings.code, subsidiarityFindings.values)
  if (detail.subsidiarity.length === 0) return null
  return (
    <Section title="Qui d’autre pouvait répondre">
      <ul className="lines small">
        {detail.subsidiarity.map((one) => (
          <li key={one.check}>
            {checks.label(one.check)} : <b>{findings.label(one.finding).toLowerCase()}</b>
            {one.note ? <span className="mut">, {one.note}</span> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}
