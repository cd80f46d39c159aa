import type { ReactNode } from 'react'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { linkPerson } from '../../contract/actions.ts'
import type { RequestDetail } from '../../contract/request-line.ts'
import type { SollicitationId } from '../../contract/sollicitation.ts'
import { targetOf } from './target.ts'

/** A provisional identity from what was said: one name is enough, nothing is made up. */
export function NewPersonForm({ detail, onCancel }: { readonly detail: RequestDetail; readonly onCancel: () => void }): ReactNode {
  const { request } = detail
  const [first = '', ...others] = (request.personName ?? '').split(/\s+/).filter(Boolean)
  const form = useActionForm(linkPerson, {
    target: targetOf(detail),
    invalidates: ['persons'],
    initialValues: () => ({
      id: request.id as SollicitationId,
      person: {
        kind: 'new' as const,
        person: {
          personId: newId<PersonId>(),
          usedName: others.length > 0 ? others.join(' ') : first,
          birthName: '',
          givenName: others.length > 0 ? first : '',
          birthDate: (request.personBirthDate ?? '') as string,
          sex: '' as '' | 'F' | 'M',
        },
      },
    }),
    done: 'Identité provisoire créée.',
  })
  return (
    <Form form={form}>
      <TextField {...form.field('person.person.usedName')} label="Nom utilisé" span={12} />
      <TextField {...form.field('person.person.birthName')} label="Nom de naissance" span={12} optional />
      <TextField {...form.field('person.person.givenName')} label="Prénom" span={12} />
      <DayField {...form.field('person.person.birthDate')} label="Date de naissance" span={12} optional />
      <SegmentedChoice
        {...form.field('person.person.sex')}
        label="Sexe"
        span={12}
        options={[
          { value: 'F', label: 'Féminin' },
          { value: 'M', label: 'Masculin' },
        ]}
      />
      <FormFoot form={form} submit="Créer et relier" secondary={<Button onClick={onCancel}>Annuler</Button>} />
    </Form>
  )
}
