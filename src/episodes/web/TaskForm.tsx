import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { newId, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { colleagues } from '../../territory/contract/queries.ts'
import type { TaskId } from '../contract/episode.ts'
import { addTask } from '../contract/tasks.ts'

/** A task, for me unless another is chosen, with or without a person. */
export function TaskForm(props: { readonly personId?: PersonId | undefined; readonly onClose: () => void }): ReactNode {
  const actor = useActor()
  const kinds = useValueList('episodes.task_kind')
  const team = useJalonQuery(colleagues, {})
  const form = useActionForm(addTask, {
    target: { personId: props.personId ?? null, holderOrg: actor.serviceId as ServiceId },
    draftKey: `episodes.task:${props.personId ?? 'me'}`,
    initialValues: () => ({
      id: newId<TaskId>() as string,
      kind: 'other',
      title: '',
      details: '',
      assigneeId: actor.userId as string,
      dueOn: '',
      dueTime: '',
      outsideName: '',
      outsideRole: '',
    }),
    toInput: ({ outsideName, outsideRole, ...typed }) => ({
      ...typed,
      outside: outsideName.trim() === '' ? null : { name: outsideName, role: outsideRole },
      dueTime: hourOf(typed.dueTime),
      personId: props.personId ?? null,
    }),
    fieldOf: (path) => (path === 'outside.name' ? 'outsideName' : path === 'outside.role' ? 'outsideRole' : path),
    done: 'Tâche ajoutée.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title="Nouvelle tâche" size="lg">
      <Form form={form}>
        <TextField {...form.field('title')} label="À faire" span={12} autoFocus />
        <DayField {...form.field('dueOn')} label="Pour le" optional span={5} />
        <TextField {...form.field('dueTime')} label="À" optional span={3} placeholder="10 h 30" />
        <SelectField {...form.field('kind')} label="Nature" span={4} options={kinds.options} />
        <SelectField
          {...form.field('assigneeId')}
          label="Pour"
          span={12}
          placeholder="Qui la prendra dans l’équipe"
          options={(team.data?.rows ?? []).map((one) => ({ value: one.userId, label: one.userId === actor.userId ? `${one.name} (moi)` : one.name }))}
        />
        <TextField
          {...form.field('outsideName')}
          label="Demandée par courrier à"
          optional
          span={7}
          placeholder="Bailleur, notaire, service d’une autre région…"
          help="Quelqu’un qui n’a pas de compte : vous suivez la tâche, Jalon prépare le courrier et sa relance."
        />
        <TextField {...form.field('outsideRole')} label="À quel titre" optional span={5} />
        <AreaField {...form.field('details')} label="Précisions" optional rows={2} />
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={form} submit="Ajouter" />
        </div>
      </Form>
    </Modal>
  )
}

/** « 10 h 30 », « 10h30 », « 10:30 », « 10 h » as 10:30; anything else is left for the schema to refuse. */
function hourOf(typed: string): string {
  const found = /^\s*(\d{1,2})\s*[h:]\s*(\d{2})?\s*$/i.exec(typed.replace(/[\u00a0\u202f]/g, ' '))
  return found === null ? typed.trim() : `${String(found[1]).padStart(2, '0')}:${found[2] ?? '00'}`
}
