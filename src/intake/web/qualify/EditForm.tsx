import { type ReactNode, useState } from 'react'
import { Button } from '../../../platform/web/display/Button.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { communeLabel } from '../../../territory/contract/commune.ts'
import { editRequest } from '../../contract/actions.ts'
import type { RequestDetail } from '../../contract/request-line.ts'
import type { SollicitationId } from '../../contract/sollicitation.ts'
import { channels, delays, motives, personInformed, requesterKinds } from '../../contract/value-sets.ts'
import { CommuneField } from '../desk/CommuneField.tsx'
import { ExtraQuestions } from '../desk/ExtraQuestions.tsx'
import { MotiveTokens } from '../desk/MotiveTokens.tsx'
import { phoneWords } from '../words.ts'
import { targetOf } from './target.ts'

const labels = {
  text: 'Ce qui est demandé',
  callerName: 'Qui appelle',
  callerQuality: 'Qualité',
  callerPhone: 'Téléphone',
  requesterKind: 'Compté comme',
  requesterName: 'Qui demande',
  referredByName: 'Orientée par',
  urgency: 'À traiter sous',
  communeCode: 'Commune',
  personName: 'Nom',
  personBirthDate: 'Date de naissance',
  personInformed: 'Informée',
  personInformedBy: 'Informée par',
  channel: 'Reçue par',
  motives: 'Motifs',
  extra: 'Questions',
}

/** Corrects what was noted. Two colleagues who correct it together see both versions, field by field. */
export function EditForm({ detail, onDone }: { readonly detail: RequestDetail; readonly onDone: () => void }): ReactNode {
  const { request } = detail
  const kinds = useValueList(requesterKinds.code, requesterKinds.values)
  const channelList = useValueList(channels.code, channels.values)
  const delayList = useValueList(delays.code, delays.values)
  const informed = useValueList(personInformed.code, personInformed.values)
  const motiveList = useValueList(motives.code, motives.values)
  const [commune, setCommune] = useState(request.communeName ?? '')
  const form = useActionForm(editRequest, {
    target: targetOf(detail),
    draftKey: `intake.edit:${request.id}`,
    initialValues: () => ({
      id: request.id as SollicitationId,
      baseVersion: request.version,
      changes: {
        text: request.text ?? '',
        motives: [...request.motives],
        callerName: request.callerName,
        callerQuality: request.callerQuality,
        callerPhone: phoneWords(request.callerPhone),
        requesterKind: request.requesterKind,
        requesterName: request.requesterName,
        referredByName: request.referredByName,
        channel: request.channel,
        urgency: request.urgency,
        communeCode: request.communeCode,
        personInformed: request.personInformed,
        personInformedBy: request.personInformedBy,
        extra: { ...request.extra },
        ...(request.person ? {} : { personName: request.personName, personBirthDate: request.personBirthDate }),
      },
    }),
    toInput: (values) => ({ ...values, changes: onlyChanged(values.changes, detail) }),
    labels,
    words: (field, value) => {
      const list = { requesterKind: kinds, channel: channelList, urgency: delayList, personInformed: informed, motives: motiveList }[field]
      if (list) return Array.isArray(value) ? value.map((one) => list.label(String(one))) : list.label(String(value))
      return field === 'communeCode' && value === request.communeCode ? request.communeName : value
    },
    done: 'Demande corrigée.',
    onDone,
  })
  const { changes } = form.values
  const setChange = (some: Partial<typeof changes>): void => form.setAll({ changes: { ...changes, ...some } })
  const groups = kinds.values.filter(({ parent }) => !parent)
  return (
    <Form form={form}>
      <AreaField
        {...form.field('changes.text')}
        label="Ce qui est demandé"
        rows={4}
        below={<MotiveTokens text={changes.text ?? ''} chosen={changes.motives ?? []} onChange={(chosen) => setChange({ motives: [...chosen] })} />}
      />
      <TextField {...form.field('changes.callerName')} label="Qui appelle" span={5} />
      <TextField {...form.field('changes.callerQuality')} label="Qualité" span={3} />
      <PhoneField {...form.field('changes.callerPhone')} label="À rappeler au" span={4} />
      <TextField {...form.field('changes.requesterName')} label="Qui demande" span={6} />
      <SelectField
        {...form.field('changes.requesterKind')}
        label="Compté comme"
        span={6}
        options={groups.flatMap((group) =>
          kinds.values.filter(({ parent }) => parent === group.code).map(({ code, label }) => ({ value: code, label, group: group.label })),
        )}
      />
      <ExtraQuestions kind={changes.requesterKind ?? ''} answers={changes.extra ?? {}} onChange={(extra) => setChange({ extra: { ...extra } })} />
      <TextField {...form.field('changes.referredByName')} label="Orientée par" span={6} optional />
      <SelectField
        {...form.field('changes.channel')}
        label="Reçue par"
        span={6}
        options={channelList.values.map(({ code, label }) => ({ value: code, label }))}
      />
      {request.person || request.concerns !== 'person' ? null : (
        <>
          <TextField {...form.field('changes.personName')} label="Pour qui" span={7} />
          <DayField {...form.field('changes.personBirthDate')} label="Date de naissance" span={5} optional />
        </>
      )}
      <CommuneField
        span={5}
        value={commune}
        onType={(text) => {
          setCommune(text)
          if (text === '') setChange({ communeCode: null })
        }}
        onPick={(hit) => {
          setCommune(communeLabel(hit))
          setChange({ communeCode: hit.code })
        }}
      />
      <SegmentedChoice
        {...form.field('changes.urgency')}
        label="À traiter sous"
        span={7}
        options={delayList.values.map(({ code, label }) => ({ value: code, label: code === 'no_deadline' ? 'Sans délai' : label }))}
      />
      <SelectField
        {...form.field('changes.personInformed')}
        label="La personne est informée"
        span={5}
        options={informed.values.map(({ code, label }) => ({ value: code, label }))}
      />
      <TextField {...form.field('changes.personInformedBy')} label="Par qui" span={7} optional />
      <FormFoot form={form} submit="Enregistrer" secondary={<Button onClick={onDone}>Annuler</Button>} />
    </Form>
  )
}

/** Only what differs from what was read: the others' changes to other fields stay. */
function onlyChanged(changes: Readonly<Record<string, unknown>>, { request }: RequestDetail): Record<string, unknown> {
  const before: Readonly<Record<string, unknown>> = { ...request, callerPhone: phoneWords(request.callerPhone) }
  const plain = (value: unknown): string => JSON.stringify(value === '' ? null : (value ?? null))
  return Object.fromEntries(Object.entries(changes).filter(([field, value]) => plain(value) !== plain(before[field])))
}
