import { IconMail, IconPhone } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { newId } from '../../../platform/contract/ids.ts'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import { recordFeedback } from '../../contract/actions.ts'
import type { RequestDetail } from '../../contract/request-line.ts'
import { replyChannels } from '../../contract/value-sets.ts'
import { targetOf } from './target.ts'

type Addressee = 'requester' | 'referred_by'

const addresseeWords: Readonly<Record<Addressee, string>> = { requester: 'Au demandeur', referred_by: 'À qui l’a orientée' }

/** R13: the answer goes back to the requester, and to whoever sent the person. */
export function Feedbacks({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const { request, feedbacks } = detail
  const list = useValueList(replyChannels.code, replyChannels.values)
  const [telling, setTelling] = useState<Addressee | null>(null)
  const possible: readonly Addressee[] = request.referredByName ? ['requester', 'referred_by'] : ['requester']
  return (
    <Section title="Retour au demandeur">
      <ul className="lines">
        {feedbacks.map((feedback) => (
          <li key={feedback.id}>
            <b>{feedback.recipientName}</b>{' '}
            <span className="small dim">
              {list.label(feedback.channel).toLowerCase()}, {formatWhen(feedback.givenAt)}, {feedback.givenByName}
            </span>
            <p className="said">{feedback.text}</p>
          </li>
        ))}
        {possible.map((to) => (
          <li key={to} className="row wrap">
            <span className="grow">
              {addresseeWords[to]}{' '}
              <span className="mut">{to === 'requester' ? (request.requesterName ?? request.callerName ?? 'sans nom') : request.referredByName}</span>{' '}
              {request.toInform.includes(to) ? (
                <span className="small t-warning semi">attend la réponse</span>
              ) : (
                <span className="small dim">
                  {feedbacks.some(({ addressedTo }) => addressedTo === to) ? 'réponse rendue' : 'pas encore de réponse à rendre'}
                </span>
              )}
            </span>
            <Button small icon={IconPhone} onClick={() => setTelling(to)}>
              Réponse rendue
            </Button>
            <ButtonLink small icon={IconMail} to="/demandes/$requestId/reponse" params={{ requestId: request.id } as never} search={{ a: to } as never}>
              Courrier
            </ButtonLink>
          </li>
        ))}
      </ul>
      {telling ? <FeedbackForm key={telling} detail={detail} to={telling} onDone={() => setTelling(null)} /> : null}
    </Section>
  )
}

function FeedbackForm(props: { readonly detail: RequestDetail; readonly to: Addressee; readonly onDone: () => void }): ReactNode {
  const { detail, to, onDone } = props
  const { request } = detail
  const list = useValueList(replyChannels.code, replyChannels.values)
  const form = useActionForm(recordFeedback, {
    target: targetOf(detail),
    draftKey: `intake.feedback:${request.id}:${to}`,
    initialValues: () => ({
      id: newId() as string,
      sollicitationId: targetOf(detail).id,
      addressedTo: to,
      recipientName: (to === 'requester' ? (request.requesterName ?? request.callerName) : request.referredByName) ?? '',
      channel: 'phone',
      text: detail.answers
        .map(({ text }) => text)
        .filter(Boolean)
        .join('\n'),
    }),
    done: 'Réponse rendue.',
    onDone,
  })
  return (
    <Form form={form}>
      <TextField {...form.field('recipientName')} label="À" span={7} />
      <SelectField {...form.field('channel')} label="Par" span={5} options={list.values.map(({ code, label }) => ({ value: code, label }))} />
      <AreaField {...form.field('text')} label="Ce qui a été répondu" rows={3} />
      <FormFoot form={form} submit="Noter le retour" secondary={<Button onClick={onDone}>Annuler</Button>} />
    </Form>
  )
}
