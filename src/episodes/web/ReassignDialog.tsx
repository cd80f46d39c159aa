import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { UserId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import type { EpisodeId } from '../contract/episode.ts'
import { caseload, followers } from '../contract/queries.ts'
import { reassignCaseload } from '../contract/reassignment.ts'
import { levels } from '../contract/value-sets.ts'
import { MultiChoice } from './MultiChoice.tsx'

/** Gives all or part of a caseload to somebody else, with the reason, and with a handover if there is time for one. */
export function ReassignDialog(props: { readonly from: UserId | null; readonly onClose: () => void }): ReactNode {
  const reasons = useValueList('episodes.referent_change_reason')
  const colleagues = useJalonQuery(followers, {})
  const form = useActionForm(reassignCaseload, {
    target: { personIds: [] },
    initialValues: { fromUserId: (props.from ?? '') as string, toUserId: '', reason: '', handoverUntil: '', episodeIds: [] as string[] },
    done: (output) => `${plural(output.count, 'situation confiée', 'situations confiées')}.`,
    onDone: props.onClose,
  })
  const { fromUserId } = form.values
  const files = useJalonQuery(caseload, { userId: fromUserId as UserId }, { enabled: fromUserId !== '' })
  const mine = (files.data?.rows ?? []).filter((row) => row.role === 'referent')
  const options = (colleagues.data?.rows ?? []).map((one) => ({ value: one.userId as string, label: `${one.name}, ${plural(one.open, 'situation')}` }))
  return (
    <Modal opened onClose={props.onClose} title="Confier des situations" size="lg">
      <Form form={form}>
        <SelectField
          {...form.field('fromUserId')}
          label="De"
          span={6}
          options={options}
          onChange={(value) => form.setAll({ fromUserId: value, episodeIds: [] })}
        />
        <SelectField {...form.field('toUserId')} label="À" span={6} options={options.filter((one) => one.value !== fromUserId)} />
        <SelectField {...form.field('reason')} label="Pourquoi" span={8} options={reasons.options} />
        <DayField {...form.field('handoverUntil')} label="Passage de relais jusqu’au" optional span={4} />
        {mine.length === 0 ? null : (
          <MultiChoice
            label={
              form.values.episodeIds.length === 0
                ? `Toutes ses situations (${mine.length}), ou seulement`
                : `${plural(form.values.episodeIds.length, 'situation choisie', 'situations choisies')} sur ${mine.length}`
            }
            options={mine.map((row) => ({
              value: row.episodeId as string,
              label: `${formatPersonName(row.person)}, ${labelOf(levels, row.level).toLowerCase()}`,
            }))}
            value={form.values.episodeIds}
            onChange={(episodeIds) => form.set('episodeIds', episodeIds as (string & EpisodeId)[])}
          />
        )}
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={form} submit={form.values.episodeIds.length === 0 ? 'Tout confier' : 'Confier'} />
        </div>
      </Form>
    </Modal>
  )
}
