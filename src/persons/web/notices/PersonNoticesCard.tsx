import '../exceptional/exceptional.css'
import { Modal } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { keptByHerDac } from '../../contract/access.ts'
import { type NoticeWishId, type PersonNotices, recordNoticeWish } from '../../contract/notice-actions.ts'
import type { PersonTarget } from '../../contract/person.ts'
import { NoticeLine } from './NoticeLine.tsx'

/** « Avis à la personne »: what she was told of her own file, what is still to be handed to her, and how she wants to be told. */
export function PersonNoticesCard(props: { readonly personId: PersonId; readonly target: PersonTarget | null; readonly notices: PersonNotices }): ReactNode {
  const { personId, target, notices } = props
  const [asking, setAsking] = useState(false)
  const actor = useActor()
  const keeps = target !== null && keptByHerDac(actor, target, undefined).allowed
  return (
    <Card
      title="Avis à la personne"
      end={
        keeps && !notices.deceased ? (
          <Button small quiet icon={IconPencil} onClick={() => setAsking(true)}>
            Comment la prévenir
          </Button>
        ) : null
      }
      flush
    >
      <p className="in-card small mut">
        {notices.wish
          ? `${notices.wish.wish === 'by_hand' ? 'Elle veut être prévenue en main propre, rien dans Mon espace santé' : 'Elle veut être prévenue dans Mon espace santé'}, dit le ${formatDay(notices.wish.saidOn)}, noté par ${notices.wish.byName}.`
          : 'Elle est prévenue de chaque accès exceptionnel : dans Mon espace santé quand son identité est qualifiée, sinon par une lettre remise.'}
      </p>
      {notices.rows.length > 0 ? (
        <ul aria-label="Avis à la personne">
          {notices.rows.map((one) => (
            <NoticeLine
              key={one.id}
              personId={personId}
              notice={one}
              represented={notices.represented}
              representatives={notices.representatives}
              deceased={notices.deceased}
            />
          ))}
        </ul>
      ) : null}
      {asking ? <WishDialog personId={personId} target={target} onClose={() => setAsking(false)} /> : null}
    </Card>
  )
}

interface Values {
  readonly id: NoticeWishId
  readonly wish: 'health_space' | 'by_hand' | ''
  readonly saidOn: string
  readonly mode: string
  readonly givenBy: string
}

function WishDialog(props: { readonly personId: PersonId; readonly target: PersonTarget | null; readonly onClose: () => void }): ReactNode {
  const modes = useValueList('persons.information_mode')
  const givenBy = useValueList('persons.right_exercised_by')
  const form = useActionForm<typeof recordNoticeWish, Values>(recordNoticeWish, {
    target: props.target,
    initialValues: () => ({ id: newId(), wish: '', saidOn: today(), mode: '', givenBy: 'person' }),
    toInput: (values) => ({ ...values, personId: props.personId, wish: values.wish as 'by_hand' }),
    done: 'Son souhait est noté : il vaut dès le prochain avis.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title="Comment la prévenir" size="lg">
      <Form form={form}>
        <SegmentedChoice
          value={form.values.wish || null}
          onChange={(wish) => form.set('wish', wish)}
          error={form.errors['wish']}
          label="Elle veut être prévenue"
          span={12}
          options={[
            { value: 'health_space', label: 'Dans Mon espace santé' },
            { value: 'by_hand', label: 'En main propre' },
          ]}
        />
        <DayField {...form.field('saidOn')} label="Dit le" span={4} />
        <SelectField {...form.field('mode')} label="Comment" options={modes.options} span={4} />
        <SelectField {...form.field('givenBy')} label="Par qui" options={givenBy.options} span={4} />
        <FormFoot form={form} submit="Noter son souhait" />
      </Form>
    </Modal>
  )
}
