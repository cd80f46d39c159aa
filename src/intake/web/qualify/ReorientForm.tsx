import { type ReactNode, useState } from 'react'
import { hitSentence } from '../../../directory/contract/hit.ts'
import { addDays } from '../../../platform/contract/dates.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { recordReorientation, relaySocialQuestion } from '../../contract/actions.ts'
import type { RequestDetail } from '../../contract/request-line.ts'
import type { ReorientationId } from '../../contract/sollicitation.ts'
import { exclusivelySocialOutcomes, reorientationTargets } from '../../contract/value-sets.ts'
import { DirectoryField } from '../desk/DirectoryField.tsx'
import { targetOf } from './target.ts'

/** News are asked for two weeks later, unless said otherwise. */
const usualWait = 14

interface Values {
  readonly id: ReorientationId
  readonly target: string
  readonly partnerName: string
  readonly partnerPhone: string
  readonly partyId: string | null
  readonly note: string
  readonly followUpOn: string
  readonly outcome: string
}

const initial = (social: boolean): Values => ({
  id: newId<ReorientationId>(),
  target: social ? 'social_service' : '',
  partnerName: '',
  partnerPhone: '',
  partyId: null,
  note: '',
  followUpOn: addDays(today(), usualWait),
  outcome: 'relayed',
})

/** To whom, by name; and when to ask for news. With `social`, the DAC passes the question on and the request is closed. */
export function ReorientForm(props: { readonly detail: RequestDetail; readonly social: boolean; readonly onDone: () => void }): ReactNode {
  return props.social ? <SocialForm {...props} /> : <PlainForm {...props} />
}

function PlainForm({ detail, onDone }: { readonly detail: RequestDetail; readonly onDone: () => void }): ReactNode {
  const target = targetOf(detail)
  const form = useActionForm<typeof recordReorientation, Values>(recordReorientation, {
    target,
    draftKey: `intake.reorient:${target.id}`,
    initialValues: () => initial(false),
    toInput: ({ outcome: _social, ...values }) => ({ ...values, sollicitationId: target.id, partyId: values.partyId as never }),
    done: 'Réorientation notée : elle se suit dans « Réorientations à suivre ».',
    onDone,
  })
  return (
    <Form form={form}>
      <PartnerFields form={form as never} near={detail.request.communeCode} />
      <FormFoot form={form} submit="Réorienter" secondary={<Button onClick={onDone}>Annuler</Button>} />
    </Form>
  )
}

function SocialForm({ detail, onDone }: { readonly detail: RequestDetail; readonly onDone: () => void }): ReactNode {
  const target = targetOf(detail)
  const outcomes = useValueList(exclusivelySocialOutcomes.code, exclusivelySocialOutcomes.values)
  const form = useActionForm<typeof relaySocialQuestion, Values>(relaySocialQuestion, {
    target,
    draftKey: `intake.social:${target.id}`,
    initialValues: () => initial(true),
    toInput: (values) => ({ ...values, sollicitationId: target.id, partyId: values.partyId as never }),
    done: 'Relais passé, demande close. La suite donnée reste à suivre.',
    onDone,
  })
  return (
    <Form form={form}>
      <div className="f" style={{ '--span': 12 } as React.CSSProperties}>
        <Notice>Le DAC ne poursuit pas son intervention : le relais est nommé, la demande est close, la suite se vérifie.</Notice>
      </div>
      <SelectField {...form.field('outcome')} label="Relais" span={12} options={outcomes.values.map(({ code, label }) => ({ value: code, label }))} />
      <PartnerFields form={form as never} near={detail.request.communeCode} />
      <FormFoot form={form} submit="Passer le relais et clore" secondary={<Button onClick={onDone}>Annuler</Button>} />
    </Form>
  )
}

type AnyForm = ReturnType<typeof useActionForm<typeof recordReorientation, Values>>

function PartnerFields({ form, near }: { readonly form: AnyForm; readonly near: string | null }): ReactNode {
  const targets = useValueList(reorientationTargets.code, reorientationTargets.values)
  const [name, setName] = useState(form.values.partnerName)
  const shown = form.values.partnerName === '' ? name : form.values.partnerName
  return (
    <>
      <SelectField {...form.field('target')} label="Vers" span={6} options={targets.values.map(({ code, label }) => ({ value: code, label }))} />
      <DirectoryField
        label="Partenaire"
        span={6}
        value={shown}
        near={near}
        error={form.errors['partnerName']}
        onType={(text) => {
          setName(text)
          form.setAll({ partnerName: text, partyId: null })
        }}
        onPick={(hit) => form.setAll({ partnerName: hitSentence(hit), partyId: hit.partyId, partnerPhone: hit.phone ?? '' })}
      />
      <PhoneField {...form.field('partnerPhone')} label="Téléphone" span={6} optional />
      <DayField {...form.field('followUpOn')} label="Demander des nouvelles le" span={6} pivotYear={new Date().getFullYear() + 1} />
      <AreaField {...form.field('note')} label="Ce qui lui est transmis" optional rows={2} />
    </>
  )
}
