import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { useValueLabels, useValueList } from '../../platform/web/lists/value-lists.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { nbsp } from '../../platform/web/text/typography.ts'
import { recordCaseAgreement } from '../contract/actions.ts'
import { agreementLabels } from '../contract/conference.ts'
import type { SheetProps } from './ConferencePage.tsx'

const whole = { gridColumn: '1 / -1' }

/** What the person thinks of it: asked before anything is signed, sent or taken up in her plan. */
export function AgreementSection({ sheet, target, mayLead }: SheetProps): ReactNode {
  const { conference } = sheet
  const [asking, setAsking] = useState(false)
  const modes = useValueList('case_conferences.answer_mode')
  const label = useValueLabels()
  const form = useActionForm(recordCaseAgreement, {
    target,
    // Nothing is said in her place: her answer and how she gave it are chosen, never proposed.
    initialValues: { agreement: '' as '' | 'agreed' | 'refused' | 'represented', on: today(), mode: '', words: '' },
    toInput: (typed) => ({ ...typed, id: conference.id, agreement: typed.agreement as 'agreed' | 'refused' | 'represented' }),
    onDone: () => setAsking(false),
  })
  const open = conference.state === 'planned' || conference.state === 'held'
  return (
    <Section
      title="L’avis de la personne"
      end={
        mayLead && open ? (
          <button type="button" className="linklike" onClick={() => setAsking(!asking)} aria-expanded={asking}>
            {conference.agreement === 'not_asked' ? 'Noter' : 'Changer'}
          </button>
        ) : undefined
      }
    >
      <p className={conference.agreement === 'not_asked' ? 'mut' : undefined}>
        {agreementLabels[conference.agreement]}
        {conference.agreementOn ? `, le ${formatDay(conference.agreementOn)}` : ''}
        {conference.agreementMode ? ` (${label('case_conferences.answer_mode', conference.agreementMode).toLowerCase()})` : ''}
      </p>
      {conference.agreementWords ? (
        <p>
          «{nbsp}
          {conference.agreementWords}
          {nbsp}»
        </p>
      ) : null}
      {asking ? (
        <Form form={form}>
          <SegmentedChoice
            {...form.field('agreement')}
            label="Son avis"
            span={12}
            options={[
              { value: 'agreed', label: 'D’accord' },
              { value: 'refused', label: 'Refuse' },
              { value: 'represented', label: 'Représentant' },
            ]}
          />
          <DayField {...form.field('on')} label="Le" span={6} />
          <SelectField {...form.field('mode')} label="Comment" span={6} options={modes.options} />
          <AreaField {...form.field('words')} label="Ses mots" optional rows={2} />
          <div style={whole}>
            <FormFoot form={form} submit="Noter son avis" />
          </div>
        </Form>
      ) : null}
    </Section>
  )
}
