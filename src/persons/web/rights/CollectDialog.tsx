import { Modal } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { collectNonOppositions } from '../../contract/actions.ts'
import type { NonOppositionNumber, PersonTarget } from '../../contract/person.ts'
import { nonOppositionTexts } from '../../contract/rights.ts'
import type { CollectionAsked } from './NonOppositions.tsx'

type Answer = 'non_opposition' | 'opposition' | ''
interface Values {
  readonly id: string
  readonly answers: Readonly<Record<string, Answer>>
  readonly collectedOn: string
  readonly mode: string
  readonly givenBy: string
  readonly documentVersion: string
  readonly comment: string
}

/** The answers with their day, their way, who answered and what was handed over. Nothing is ticked in advance. */
export function CollectDialog(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly asked: CollectionAsked
  readonly currentDocument: string | null
  readonly onClose: () => void
}): ReactNode {
  const { personId, target, asked, currentDocument, onClose } = props
  const modes = useValueList('persons.information_mode')
  const givers = useValueList('persons.right_exercised_by')
  const documents = useValueList('persons.information_document')
  const form = useActionForm<typeof collectNonOppositions, Values>(collectNonOppositions, {
    target,
    initialValues: () => ({
      id: newId(),
      answers: Object.fromEntries(asked.numbers.map((number) => [String(number), asked.state ?? ''])),
      collectedOn: today(),
      mode: 'oral_present',
      givenBy: 'person',
      documentVersion: currentDocument ?? '',
      comment: '',
    }),
    toInput: ({ answers, ...values }) => ({
      ...values,
      personId,
      answers: Object.entries(answers).flatMap(([number, state]) => (state === '' ? [] : [{ number: Number(number) as NonOppositionNumber, state }])),
    }),
    done: ({ suspended }) => (suspended > 0 ? `Enregistré. ${suspended} accès du cercle ${suspended > 1 ? 'ont' : 'a'} changé à l’instant.` : 'Enregistré.'),
    onDone: onClose,
  })
  const closes = (['1', '2'] as const).some((number) => form.values.answers[number] === 'opposition')
  return (
    <Modal opened onClose={onClose} title="Ce que la personne a répondu" size="lg">
      <Form form={form}>
        {asked.numbers.map((number) => (
          <div key={number} style={{ gridColumn: 'span 12' }}>
            <SegmentedChoice
              value={form.values.answers[String(number)] || null}
              onChange={(answer) => form.set(`answers.${number}`, answer)}
              label={`${number}. ${nonOppositionTexts[number].title}`}
              help={nonOppositionTexts[number].question}
              error={form.errors.answers}
              options={[
                { value: 'non_opposition', label: 'Ne s’oppose pas' },
                { value: 'opposition', label: 'S’oppose' },
              ]}
            />
            <p className="small mut" style={{ marginTop: 4 }}>
              {nonOppositionTexts[number].effects[form.values.answers[String(number)] || 'not_collected']}
            </p>
          </div>
        ))}
        {closes ? (
          <div style={{ gridColumn: 'span 12' }}>
            <Notice tone="warning" icon={IconHandStop} live>
              En enregistrant, le cercle cesse de voir le dossier à son prochain clic.
            </Notice>
          </div>
        ) : null}
        <DayField {...form.field('collectedOn')} label="Recueillie le" span={4} />
        <SelectField {...form.field('mode')} label="Comment" options={modes.options} span={8} />
        <SelectField {...form.field('givenBy')} label="Qui répond" options={givers.options} span={6} />
        <SelectField {...form.field('documentVersion')} label="Document remis" optional options={documents.options} span={6} />
        <TextField {...form.field('comment')} label="Précision" optional span={12} />
        <FormFoot form={form} submit="Enregistrer" />
      </Form>
    </Modal>
  )
}
