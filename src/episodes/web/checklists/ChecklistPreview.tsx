import type { ReactNode } from 'react'
import { addDays, formatDay } from '../../../platform/contract/dates.ts'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import type { WrittenMoment } from './ChecklistEditor.tsx'

/** As a référent will see it, were the sequence to begin today. */
export function ChecklistPreview({ moments }: { readonly moments: readonly WrittenMoment[] }): ReactNode {
  const ordered = [...moments].filter(({ lines }) => lines.some((line) => line.trim() !== '')).sort((a, b) => a.afterDays - b.afterDays)
  return (
    <Section title="Aperçu, si elle commence aujourd’hui">
      <ol className="lines" aria-label="Aperçu">
        {ordered.map((moment) => (
          <li key={moment.code}>
            <b>{moment.label || 'Sans titre'}</b> <span className="small mut">{formatDay(addDays(today(), moment.afterDays))}</span>
            <ul className="checklist__points">
              {moment.lines
                .filter((line) => line.trim() !== '')
                .map((line) => (
                  <li key={line} className="small">
                    ☐ {line}
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
    </Section>
  )
}
