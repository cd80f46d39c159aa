import type { ReactNode } from 'react'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { typo } from '../../../platform/web/text/typography.ts'
import { editMember } from '../../contract/actions.ts'
import type { MemberSheetProps } from './MemberDrawer.tsx'

const labels = {
  name: 'Nom',
  relation: 'Lien',
  place: 'Lieu',
  phone: 'Téléphone',
  otherPhone: 'Autre téléphone',
  email: 'Courriel',
  does: 'Que faire',
  hours: 'Horaires',
  callFor: 'L’appeler pour',
  callOrder: 'Ordre d’appel',
}

const orderWords = (order: string): string => (order === '1' ? 'En premier' : `En ${order}e`)

/** How to reach her, what she does, what to call her for. Two writers: both versions are shown. */
export function EditMemberForm(props: MemberSheetProps & { readonly onDone: () => void }): ReactNode {
  const { personId, member, target, onDone } = props
  const relations = useValueList('persons.relation')
  const form = useActionForm(editMember, {
    target,
    draftKey: `careTeam.edit:${member.id}`,
    initialValues: {
      baseVersion: member.version,
      name: member.name,
      relation: member.relation ?? '',
      place: member.place ?? '',
      phone: member.phone ?? '',
      otherPhone: member.otherPhone ?? '',
      email: member.email ?? '',
      does: member.does ?? '',
      hours: member.hours ?? '',
      callFor: member.callFor ?? '',
      callOrder: member.callOrder === null ? '' : String(member.callOrder),
    },
    toInput: ({ baseVersion, callOrder, ...changes }) => ({
      id: member.id,
      personId,
      baseVersion,
      changes: { ...changes, callOrder: callOrder === '' ? null : Number(callOrder) },
    }),
    fieldOf: (path) => path.replace(/^changes\./, ''),
    done: 'Fiche corrigée.',
    onDone,
    labels,
    words: (field, value) => (field === 'relation' ? relations.label(String(value)) : field === 'callOrder' ? orderWords(String(value)) : value),
  })
  return (
    <Form form={form}>
      <TextField {...form.field('name')} label={labels.name} span={member.kind === 'relative' ? 7 : 12} autoFocus />
      {member.kind === 'relative' ? <SelectField {...form.field('relation')} label={labels.relation} options={relations.options} span={5} /> : null}
      <PhoneField {...form.field('phone')} label={labels.phone} optional span={6} />
      <PhoneField {...form.field('otherPhone')} label={labels.otherPhone} optional span={6} />
      <TextField {...form.field('email')} label={labels.email} optional span={7} inputMode="email" />
      <TextField {...form.field('place')} label={labels.place} optional span={5} />
      <TextField {...form.field('does')} label={labels.does} optional placeholder="toilette, pilulier, courses…" span={7} />
      <TextField {...form.field('hours')} label={labels.hours} optional placeholder="joignable le matin" span={5} />
      <TextField
        {...form.field('callFor')}
        label={labels.callFor}
        optional
        placeholder="chute, plaie"
        span={7}
        help={typo('S’affiche dans « Si quelque chose ne va pas » et sur la feuille du frigo.')}
      />
      <SelectField
        {...form.field('callOrder')}
        label={labels.callOrder}
        optional
        placeholder="sans ordre"
        options={['1', '2', '3', '4', '5'].map((value) => ({ value, label: orderWords(value) }))}
        span={5}
      />
      <FormFoot
        form={form}
        submit="Enregistrer"
        secondary={
          <Button quiet onClick={onDone}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
