import { Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Volet, volets } from '../../platform/contract/actor.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { handOverPlan, type RecipientKind, recipientKinds } from '../contract/agreements.ts'
import type { HandoverId } from '../contract/plan.ts'
import { recipientRules } from '../contract/recipients.ts'
import { usePlan } from './use-plan.ts'

/** To whom, which version, which volets: the copy is made for its recipient, and the handing over is kept. */
export function HandOverModal(props: { readonly onClose: () => void }): ReactNode {
  const { data, target, personName, familyDoctor } = usePlan()
  const navigate = useNavigate()
  const form = useActionForm(handOverPlan, {
    target,
    initialValues: () => ({
      id: newId<HandoverId>(),
      planId: data.id,
      number: (data.validatedNumber === null ? '' : String(data.validatedNumber)) as string,
      recipientKind: 'person' as RecipientKind,
      recipientName: personName,
      health: true,
      social: true,
      administrative: true,
    }),
    toInput: ({ number, health, social, administrative, ...rest }) => ({
      ...rest,
      number: number === '' ? null : Number(number),
      volets: volets.filter((volet) => ({ health, social, administrative })[volet]),
    }),
    fieldOf: (path) => (path.startsWith('volets') ? 'administrative' : path),
    onDone: ({ id }) => {
      props.onClose()
      void navigate({ to: '.', search: { copie: id } as never })
    },
  })
  const rule = recipientRules[form.values.recipientKind]
  const choose = (kind: string): void => {
    const next = recipientRules[kind as RecipientKind]
    form.setAll({
      ...form.values,
      recipientKind: kind as RecipientKind,
      recipientName: kind === 'person' ? personName : kind === 'gp' ? (familyDoctor?.name ?? '') : '',
      health: next.proposed.includes('health'),
      social: next.proposed.includes('social'),
      administrative: next.proposed.includes('administrative'),
    })
  }
  return (
    <Modal opened onClose={props.onClose} title="Imprimer ou remettre une copie" size="lg">
      <Form form={form}>
        <SelectField
          {...form.field('recipientKind')}
          label="Pour"
          span={5}
          options={recipientKinds.map((value) => ({ value, label: recipientRules[value].label }))}
          onChange={choose}
        />
        <TextField {...form.field('recipientName')} label="Remis à" span={7} />
        <SelectField
          {...form.field('number')}
          label="Version"
          span={12}
          placeholder={`${data.draftNumber ? `version ${data.draftNumber}, ` : ''}projet non validé`}
          options={[...data.versions]
            .reverse()
            .map((one) => ({ value: String(one.number), label: `version ${one.number}, validée le ${formatDay(one.validatedOn)}` }))}
        />
        <fieldset className="f" style={{ gridColumn: '1 / -1' }}>
          <legend className="lab">Volets de la copie</legend>
          {(['health', 'social', 'administrative'] as const).map((volet: Volet) => {
            const allowed = rule.allowed.includes(volet)
            return (
              <CheckField
                key={volet}
                {...form.field(volet)}
                disabled={!allowed}
                label={<VoletChip volet={volet} />}
                detail={allowed ? undefined : 'ce destinataire ne reçoit pas ce volet'}
              />
            )
          })}
        </fieldset>
        {data.handovers.length > 0 ? (
          <details className="small" style={{ gridColumn: '1 / -1' }}>
            <summary className="mut">Copies déjà remises</summary>
            <ul className="lines">
              {data.handovers.map((one) => (
                <li key={one.id}>
                  <button type="button" className="linklike" onClick={() => void navigate({ to: '.', search: { copie: one.id } as never }).then(props.onClose)}>
                    {formatDay(one.handedOn)}, {one.recipientName}
                  </button>{' '}
                  <span className="dim">
                    {one.number === null ? 'projet' : `version ${one.number}`}, par {one.handedByName}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        ) : null}
        <FormFoot form={form} submit="Préparer la copie" />
      </Form>
    </Modal>
  )
}
