import { Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Member } from '../../care-team/contract/member.ts'
import { circle } from '../../care-team/contract/queries.ts'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { silenceTowards } from '../../persons/contract/silences.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueLabels, useValueList } from '../../platform/web/lists/value-lists.tsx'
import { planConference } from '../contract/actions.ts'
import { instantOf } from './instant.ts'

const volets: readonly Volet[] = ['social', 'health', 'administrative']

/** The roles that she holds today. */
const rolesHeld = (member: Member): readonly string[] => member.roles.filter(({ endsOn }) => endsOn === null).map(({ role }) => role)

/** When, where, whom, and the first question: the others come on the sheet. */
export function PlanConference(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly videoRoom: string
  readonly onClose: () => void
}): ReactNode {
  const { personId, target } = props
  const kinds = useValueList('case_conferences.kind')
  const label = useValueLabels()
  const around = useJalonQuery(circle, { personId })
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map())
  const members = (around.data?.members ?? []).filter((member) => member.current && !member.isMe)
  const form = useActionForm(planConference, {
    target,
    draftKey: `caseConferences.plan:${personId}`,
    initialValues: () => ({
      id: newId() as string,
      kind: 'concertation',
      on: '',
      at: '14 h 30',
      minutes: '45',
      place: '',
      videoUrl: props.videoRoom === '' ? '' : props.videoRoom.replace('{salle}', newId().slice(-12)),
      question: '',
      volet: 'social' as Volet,
    }),
    toInput: ({ on, at, minutes, question, volet, ...typed }) => ({
      ...typed,
      personId,
      startsAt: instantOf(on, at),
      minutes: Number(minutes),
      participants: members
        .filter((member) => chosen.has(member.id))
        .map((member) => ({
          id: chosen.get(member.id) ?? newId(),
          partyId: member.kind === 'professional' ? member.partyId : null,
          name: member.name,
          role: label('care_team.role', rolesHeld(member)[0] ?? '') || null,
        })),
      questions: question.trim() === '' ? [] : [{ id: newId(), words: question, volet }],
    }),
    fieldOf: (path) => (path === 'startsAt' ? 'on' : path.startsWith('questions') ? 'question' : path),
    invalidates: ['liaison'],
    done: 'Concertation prévue. Les invités qui ont un compte la trouvent chez eux.',
    onDone: props.onClose,
  })
  const toggle = (id: string): void => {
    const next = new Map(chosen)
    if (!next.delete(id)) next.set(id, newId())
    setChosen(next)
  }
  return (
    <Modal opened onClose={props.onClose} title="Organiser une concertation" size="xl">
      <Form form={form}>
        <SelectField {...form.field('kind')} label="Réunion" span={4} options={kinds.options} />
        <DayField {...form.field('on')} label="Le" span={3} autoFocus />
        <TextField {...form.field('at')} label="À" span={2} />
        <TextField {...form.field('minutes')} label="Durée, en minutes" span={3} inputMode="numeric" />
        <TextField {...form.field('place')} label="Lieu" optional span={5} />
        <TextField {...form.field('videoUrl')} label="Lien de la visio" optional span={7} placeholder="https://" />
        <AreaField {...form.field('question')} label="Question posée à la concertation" rows={2} />
        <SegmentedChoice
          {...form.field('volet')}
          label="Volet de la question"
          span={12}
          options={volets.map((value) => ({ value, label: voletWord(value) }))}
        />
        <fieldset className="plain guests">
          <legend>Qui inviter</legend>
          {members.length === 0 ? <p className="small mut">Le cercle est encore vide.</p> : null}
          {members.map((member) => {
            const silence = around.data
              ? silenceTowards(around.data.silences, { partyIds: member.partyId === null ? [] : [member.partyId], name: member.name })
              : null
            const silent = silence?.kind === 'tell_nothing'
            return (
              <label key={member.id} className="guest">
                <input type="checkbox" checked={chosen.has(member.id)} disabled={silent} onChange={() => toggle(member.id)} />
                <span>
                  {member.name}{' '}
                  <span className="small mut">
                    {rolesHeld(member)
                      .map((role) => label('care_team.role', role))
                      .join(', ')}
                  </span>
                  {silent ? <span className="small t-alert"> ne rien lui dire</span> : null}
                </span>
              </label>
            )
          })}
        </fieldset>
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={form} submit="Prévoir la concertation" />
        </div>
      </Form>
    </Modal>
  )
}
