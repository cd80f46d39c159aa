import { Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { type Volet, volets } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { openProfessionalThread, openThread } from '../contract/actions.ts'
import { reachable } from '../contract/queries.ts'
import type { Reach, ThreadId } from '../contract/thread.ts'
import { ChoosePeople, type Chosen } from './ChoosePeople.tsx'
import { enumerate } from './words.ts'

/** A new conversation: in a file, or between professionals. */
export function NewThread(props: { readonly personId: PersonId | null; readonly onClose: () => void; readonly onOpened: (id: ThreadId) => void }): ReactNode {
  const { personId } = props
  return (
    <Modal opened onClose={props.onClose} title={personId === null ? 'Écrire à des professionnels' : 'Nouvelle conversation'} size="lg">
      {personId === null ? <Professional {...props} /> : <InFile {...props} personId={personId} />}
    </Modal>
  )
}

interface Opening {
  readonly onOpened: (id: ThreadId) => void
}

function InFile(props: Opening & { readonly personId: PersonId }): ReactNode {
  const query = useJalonQuery(reachable, { personId: props.personId })
  if (query.error && query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Waiting />
  return <InFileForm {...props} around={query.data.rows} openVolets={query.data.openVolets} />
}

function InFileForm(
  props: Opening & {
    readonly personId: PersonId
    readonly around: readonly { readonly name: string; readonly follows: boolean; readonly volets: readonly Volet[] }[]
    readonly openVolets: readonly Volet[]
  },
): ReactNode {
  const [target] = useState(() => ({ volets: props.openVolets }) as unknown as PersonTarget)
  const form = useActionForm(openThread, {
    target,
    initialValues: () => ({
      id: newId<ThreadId>(),
      subject: '',
      reach: 'chosen' as Reach,
      volet: (props.openVolets.includes('health') ? 'health' : (props.openVolets.at(-1) ?? 'administrative')) as Volet,
      participants: [] as readonly Chosen[],
    }),
    toInput: ({ participants, ...typed }) => ({ ...typed, personId: props.personId, participants: participants.map(({ userId }) => userId) }),
    onDone: ({ id }) => props.onOpened(id),
  })
  const { values } = form
  const circle = props.around.filter((one) => one.follows && one.volets.includes(values.volet)).map(({ name }) => name)
  return (
    <Form form={form}>
      <TextField {...form.field('subject')} label="Sujet" span={12} autoFocus placeholder="Sortie d’hôpital, renouvellement, plaie…" />
      <SegmentedChoice
        {...form.field('volet')}
        label="Volet"
        span={12}
        options={volets.filter((one) => props.openVolets.includes(one)).map((one) => ({ value: one, label: voletWord(one) }))}
      />
      <SegmentedChoice
        {...form.field('reach')}
        label="Avec"
        span={12}
        options={[
          { value: 'chosen', label: 'Une partie du cercle' },
          { value: 'circle', label: 'Tout le cercle' },
        ]}
      />
      <div style={{ gridColumn: '1 / -1' }} className="stack">
        {values.reach === 'circle' ? (
          <p className="small mut">
            {circle.length === 0
              ? 'Personne du cercle n’a de compte et ce volet.'
              : `${enumerate(circle)}. Qui entre dans le cercle entre dans la conversation, qui en sort la quitte.`}
          </p>
        ) : (
          <ChoosePeople
            personId={props.personId}
            volet={values.volet}
            besides={[]}
            chosen={values.participants}
            onChange={(chosen) => form.set('participants', chosen)}
          />
        )}
        <FormFoot form={form} submit="Ouvrir la conversation" />
      </div>
    </Form>
  )
}

function Professional(props: Opening): ReactNode {
  const form = useActionForm(openProfessionalThread, {
    initialValues: () => ({ id: newId<ThreadId>(), subject: '', participants: [] as readonly Chosen[] }),
    toInput: ({ participants, ...typed }) => ({ ...typed, participants: participants.map(({ userId }) => userId) }),
    onDone: ({ id }) => props.onOpened(id),
  })
  return (
    <Form form={form}>
      <div style={{ gridColumn: '1 / -1' }}>
        <ChoosePeople
          personId={null}
          volet="administrative"
          besides={[]}
          chosen={form.values.participants}
          onChange={(chosen) => form.set('participants', chosen)}
        />
        {form.errors['participants'] ? (
          <p className="small t-alert" role="alert">
            {form.errors['participants']}
          </p>
        ) : null}
      </div>
      <TextField {...form.field('subject')} label="Sujet" span={12} placeholder="Tour de garde, matériel, réunion…" />
      <div style={{ gridColumn: '1 / -1' }} className="stack">
        <p className="small mut">Hors dossier : ne nommez aucune personne accompagnée. Pour parler d’elle, ouvrez la conversation dans son dossier.</p>
        <FormFoot form={form} submit="Ouvrir la conversation" />
      </div>
    </Form>
  )
}
