import { Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { addTask } from '../../episodes/contract/tasks.ts'
import { writeNote } from '../../liaison/contract/actions.ts'
import type { NoteId } from '../../liaison/contract/note.ts'
import { type NoteType, noteTypes } from '../../liaison/contract/value-sets.ts'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { newId, type ServiceId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import type { OutcomeKind } from '../contract/thread.ts'
import { AsAppointment } from './AsAppointment.tsx'
import { firstLine, quoted, type TurnIntoProps, useLink } from './turn-into.ts'

const titles: Readonly<Record<OutcomeKind, string>> = {
  note: 'En faire une note',
  task: 'En faire une tâche',
  appointment: 'En faire un rendez-vous',
}

/** A message that becomes a note of the notebook, a task or an appointment: everything is written already, one gesture confirms. */
export function TurnInto(props: TurnIntoProps & { readonly kind: OutcomeKind }): ReactNode {
  return (
    <Modal opened onClose={props.onClose} title={titles[props.kind]} size="lg">
      {props.kind === 'note' ? <AsNote {...props} /> : props.kind === 'task' ? <AsTask {...props} /> : <AsAppointment {...props} />}
    </Modal>
  )
}

function AsNote(props: TurnIntoProps): ReactNode {
  const link = useLink(props)
  const [target] = useState(() => ({ volets: [props.volet] }) as unknown as PersonTarget)
  const form = useActionForm(writeNote, {
    target,
    initialValues: () => ({ id: newId<NoteId>(), type: 'observation' as string, title: '', body: quoted(props.message), volet: props.volet }),
    toInput: (typed) => ({ ...typed, type: typed.type as NoteType, personId: props.personId, volet: props.volet }),
    done: 'Note partagée dans le carnet.',
    onDone: ({ id }) => link('note', id),
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('type')} label="Sorte" span={5} options={noteTypes.values.map(({ code, label }) => ({ value: code, label }))} />
      <TextField {...form.field('title')} label="Titre" span={7} optional />
      <AreaField {...form.field('body')} label="Note" rows={6} autoFocus />
      <div style={{ gridColumn: '1 / -1' }}>
        <p className="small mut">Lue par tous ceux qui voient ce volet du dossier, pas seulement par les participants de la conversation.</p>
        <FormFoot form={form} submit="Partager la note" />
      </div>
    </Form>
  )
}

function AsTask(props: TurnIntoProps): ReactNode {
  const actor = useActor()
  const link = useLink(props)
  const form = useActionForm(addTask, {
    target: { personId: props.personId, holderOrg: actor.serviceId as ServiceId },
    initialValues: () => ({ id: newId() as string, title: firstLine(props.message.body), details: quoted(props.message), dueOn: '' }),
    toInput: (typed) => ({
      ...typed,
      kind: 'other',
      personId: props.personId,
      assigneeId: actor.userId,
      volet: props.volet,
      source: 'conversations.message',
      sourceId: props.message.id,
    }),
    done: 'Tâche ajoutée.',
    onDone: ({ id }) => link('task', id),
  })
  return (
    <Form form={form}>
      <TextField {...form.field('title')} label="À faire" span={8} autoFocus />
      <DayField {...form.field('dueOn')} label="Pour le" optional span={4} />
      <AreaField {...form.field('details')} label="Précisions" optional rows={4} />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Ajouter la tâche" />
      </div>
    </Form>
  )
}
