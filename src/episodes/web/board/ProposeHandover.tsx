import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { newId, type UserId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { type BoardFile, type HandoverProposalId, proposeHandover, withdrawHandover } from '../../contract/load-board.ts'
import type { teamLoad } from '../../contract/queries.ts'

/** To whom, why, with how long a hand-over. What waits already may be withdrawn. */
export function ProposeHandover(props: {
  readonly file: BoardFile
  readonly to: UserId | null
  readonly team: readonly OutputOf<typeof teamLoad>['rows'][number][]
  readonly onClose: () => void
}): ReactNode {
  const { file, team, onClose } = props
  const actor = useActor()
  const reasons = useValueList('episodes.referent_change_reason')
  const target = { personId: file.person.personId, holderOrg: actor.serviceId as never, referentId: file.referentId }
  const form = useActionForm(proposeHandover, {
    target,
    initialValues: () => ({
      id: newId<HandoverProposalId>() as string,
      episodeId: file.episodeId as string,
      toUserId: (props.to ?? '') as string,
      reason: 'load',
      words: '',
      handoverUntil: '',
    }),
    done: 'Proposition envoyée : la situation ne change de mains que si elle est acceptée.',
    onDone: onClose,
  })
  const withdraw = useAction(
    withdrawHandover,
    { ...target, toUserId: file.proposal?.toUserId ?? file.referentId, proposedBy: actor.userId },
    { onDone: onClose },
  )
  return (
    <Modal opened onClose={onClose} title={`Proposer : ${formatPersonName(file.person)}`} size="lg">
      {file.proposal ? (
        <Notice tone="info">
          <b>Déjà proposée à {file.proposal.toName}</b>, par {file.proposal.proposedByName}. Une autre proposition la remplace.{' '}
          <ActionButton action={withdraw} small quiet input={{ id: file.proposal.id }}>
            Retirer la proposition
          </ActionButton>
        </Notice>
      ) : null}
      <Form form={form}>
        <SelectField
          {...form.field('toUserId')}
          label="À qui"
          span={6}
          options={team
            .filter(({ userId }) => userId !== file.referentId)
            .map((one) => ({ value: one.userId as string, label: `${one.name}, ${plural(one.open, 'situation')}, ${one.intensive} en intensif` }))}
        />
        <SelectField {...form.field('reason')} label="Pourquoi" span={6} options={reasons.options} />
        <AreaField {...form.field('words')} label="Ce qu’il faut savoir" optional rows={3} />
        <DayField {...form.field('handoverUntil')} label="Passage de relais jusqu’au" optional span={6} />
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={form} submit="Proposer" />
        </div>
      </Form>
    </Modal>
  )
}
