import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { today } from '../../platform/web/text/dates.ts'
import { cancelStay, editStay, noteExit, recordStay, type StayId, type StayKind, type StayLine, stayKindLabels, stayKinds } from '../contract/stay.ts'
import { EstablishmentField } from './EstablishmentField.tsx'
import { stayTargetOf } from './stay-words.ts'
import { usePersonTarget } from './use-person-target.ts'

interface StayValues {
  readonly id: string
  readonly kind: StayKind
  readonly establishmentId: string
  readonly establishmentName: string
  readonly startsOn: string
  readonly expectedOn: string
  readonly reason: string
}

/** A stay that is planned, or that somebody told by telephone. */
export function StayForm({ personId, on, onClose }: { readonly personId: PersonId; readonly on: string; readonly onClose: () => void }): ReactNode {
  const person = usePersonTarget(personId)
  const form = useActionForm<typeof recordStay, StayValues>(recordStay, {
    target: person,
    draftKey: `agenda.stay:${personId}`,
    initialValues: () => ({ id: newId<StayId>(), kind: 'inpatient', establishmentId: '', establishmentName: '', startsOn: on, expectedOn: '', reason: '' }),
    toInput: (values) => ({ ...values, id: values.id as StayId, personId, establishmentId: values.establishmentId as PartyId | '' }),
    done: 'Hospitalisation notée.',
    onDone: onClose,
  })
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title="Noter une hospitalisation" className="circle-drawer">
      <Form form={form}>
        <SegmentedChoice {...form.field('kind')} label="Quoi" span={12} options={stayKinds.map((kind) => ({ value: kind, label: stayKindLabels[kind] }))} />
        <EstablishmentField autoFocus value={form.values.establishmentName} error={form.errors['establishmentName']} onChange={form.setAll} />
        <DayField {...form.field('startsOn')} label="Entrée le" span={6} />
        <DayField {...form.field('expectedOn')} label="Sortie prévue le" hint="si elle est connue" span={6} />
        <AreaField {...form.field('reason')} label="Motif" rows={2} optional />
        <p className="small mut" style={{ gridColumn: '1 / -1', margin: 0 }}>
          Dans le volet santé. Si l’établissement annonce ensuite ce séjour, les deux ne font qu’un.
        </p>
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={form} submit="Noter l’hospitalisation" />
        </div>
      </Form>
    </Drawer>
  )
}

const labels = { establishmentName: 'Établissement', startsOn: 'Entrée le', expectedOn: 'Sortie prévue le', endedOn: 'Sortie le', reason: 'Motif' }

/** What the team wrote of a stay, corrected; or the day on which she went out. */
export function StayEdit({ stay, onDone }: { readonly stay: StayLine; readonly onDone: () => void }): ReactNode {
  const form = useActionForm(editStay, {
    target: stayTargetOf(stay),
    record: stay.id,
    initialValues: {
      id: stay.id as string,
      baseVersion: stay.version,
      changes: {
        establishmentId: stay.establishmentId ?? '',
        establishmentName: stay.establishmentName,
        startsOn: stay.startsOn,
        expectedOn: stay.expectedOn ?? '',
        endedOn: stay.endedOn ?? '',
        reason: stay.reason ?? '',
      },
    },
    labels,
    done: 'Hospitalisation modifiée.',
    onDone,
  })
  const { changes } = form.values
  return (
    <Form form={form}>
      <EstablishmentField
        value={changes.establishmentName}
        error={form.errors['changes.establishmentName']}
        onChange={(next) => form.set('changes', { ...changes, ...next })}
      />
      <DayField {...form.field('changes.startsOn')} label="Entrée le" span={4} />
      <DayField {...form.field('changes.expectedOn')} label="Sortie prévue le" span={4} optional />
      <DayField {...form.field('changes.endedOn')} label="Sortie le" span={4} optional autoFocus />
      <AreaField {...form.field('changes.reason')} label="Motif" rows={2} optional />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Enregistrer" secondary={<Button onClick={onDone}>Revenir</Button>} />
      </div>
    </Form>
  )
}

/** She is out, and the establishment did not say so. */
export function StayExit({ stay, onDone }: { readonly stay: StayLine; readonly onDone: () => void }): ReactNode {
  const form = useActionForm<typeof noteExit, { leftOn: string }>(noteExit, {
    target: stayTargetOf(stay),
    initialValues: { leftOn: today() },
    toInput: (values) => ({ id: stay.id, baseVersion: stay.version, ...values }),
    done: 'Sortie notée.',
    onDone,
  })
  return (
    <Form form={form}>
      <DayField {...form.field('leftOn')} label="Sortie le" span={6} autoFocus />
      <p className="small mut" style={{ gridColumn: '1 / -1', margin: 0 }}>
        Notée par l’équipe. Si l’établissement annonce ensuite autre chose, c’est lui qui fait foi.
      </p>
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Noter la sortie" secondary={<Button onClick={onDone}>Revenir</Button>} />
      </div>
    </Form>
  )
}

export function StayCancel(props: { readonly stay: StayLine; readonly onDone: () => void; readonly onBack: () => void }): ReactNode {
  const form = useActionForm<typeof cancelStay, { reason: string }>(cancelStay, {
    target: stayTargetOf(props.stay),
    initialValues: { reason: '' },
    toInput: (values) => ({ id: props.stay.id, ...values }),
    done: 'Hospitalisation annulée.',
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <TextField {...form.field('reason')} label="Pourquoi" span={12} optional autoFocus placeholder="Reportée par le service" />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Annuler l’hospitalisation" secondary={<Button onClick={props.onBack}>Garder</Button>} />
      </div>
    </Form>
  )
}
