import { IconCheck, IconCircleCheck, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { answerAction } from '../../../care-plans/contract/actions.ts'
import { giveAgreement } from '../../../care-plans/contract/agreements.ts'
import type { AgreementId, PlanTarget } from '../../../care-plans/contract/plan.ts'
import { askedOfMe } from '../../../care-plans/contract/queries.ts'
import { replyToNote } from '../../../liaison/contract/actions.ts'
import type { NoteId, NoteTarget } from '../../../liaison/contract/note.ts'
import { askedOpinions } from '../../../liaison/contract/queries.ts'
import type { PersonName } from '../../../persons/contract/person.ts'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId, type PersonId, type ServiceId, type UserId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'

type Asked = OutputOf<typeof askedOfMe>
type Opinion = OutputOf<typeof askedOpinions>['rows'][number]

/** « Ce qui m’est demandé »: opinions of the notebook, actions and agreements of care plans, each answered where it stands. */
export function AskedOfMe(): ReactNode {
  const plans = useJalonQuery(askedOfMe, {})
  const notes = useJalonQuery(askedOpinions, {})
  useEvents(['carePlans.*', 'liaison.*'])
  const opinions = notes.data?.rows ?? []
  const actions = (plans.data?.actions ?? []).filter(({ action }) => action.answer === null)
  const agreements = plans.data?.agreements ?? []
  const count = opinions.length + actions.length + agreements.length
  const error = plans.error ?? notes.error
  return (
    <Section title="Ce qui m’est demandé" count={count === 0 ? null : String(count)}>
      {plans.isPending || notes.isPending ? <Waiting label="Lecture des demandes" /> : null}
      {error ? <ErrorState error={error} onRetry={() => void (plans.error ? plans.refetch() : notes.refetch())} /> : null}
      {!error && !plans.isPending && !notes.isPending && count === 0 ? (
        <EmptyState icon={IconCircleCheck} title="Rien n’attend de vous">
          Une demande d’avis, une action d’un PPCS ou un accord à donner s’afficheront ici.
        </EmptyState>
      ) : null}
      <ul className="lines">
        {opinions.map((opinion) => (
          <OpinionAsked key={opinion.noteId} opinion={opinion} />
        ))}
        {agreements.map((asked) => (
          <AgreementAsked key={asked.agreementId} asked={asked} />
        ))}
        {actions.map((asked) => (
          <ActionAsked key={asked.action.id} asked={asked} />
        ))}
      </ul>
    </Section>
  )
}

const OfWhom = ({ person, to }: { readonly person: PersonName; readonly to: string }): ReactNode => (
  <Link to={`/personnes/$personId${to}`} params={{ personId: person.personId } as never}>
    {formatPersonName(person)}
  </Link>
)

function OpinionAsked({ opinion }: { readonly opinion: Opinion }): ReactNode {
  const { person } = opinion
  const [answering, setAnswering] = useState(false)
  return (
    <li className="asked">
      <p>
        <b>
          Avis demandé{'\u00a0'}: {opinion.title}
        </b>
      </p>
      <p className="small mut">
        <OfWhom person={person} to="/fil" /> · {opinion.authorName}, {formatWhen(opinion.at)}
      </p>
      {answering ? (
        <OpinionForm personId={person.personId} opinion={opinion} onClose={() => setAnswering(false)} />
      ) : (
        <span>
          <Button small onClick={() => setAnswering(true)}>
            Répondre
          </Button>
        </span>
      )}
    </li>
  )
}

function OpinionForm(props: { readonly personId: PersonId; readonly opinion: Opinion; readonly onClose: () => void }): ReactNode {
  const { personId, opinion, onClose } = props
  const target: NoteTarget = { id: opinion.noteId, personId, authorId: '' as UserId, volet: 'health', holderOrg: '' as ServiceId, isPrivate: false }
  const form = useActionForm(replyToNote, {
    target,
    draftKey: `liaison.reply:${opinion.noteId}`,
    initialValues: () => ({ id: newId<NoteId>() as string, noteId: opinion.noteId as string, body: '', files: [] as string[] }),
    done: 'Réponse envoyée au cercle.',
    onDone: onClose,
    invalidates: ['careTeam', 'persons'],
  })
  return (
    <Form form={form}>
      <AreaField {...form.field('body')} label="Votre réponse" rows={3} autoFocus />
      <FormFoot
        form={form}
        submit="Répondre"
        secondary={
          <Button small quiet onClick={onClose}>
            Plus tard
          </Button>
        }
      />
    </Form>
  )
}

/** What is known of the plan of a line: the reader is in the circle, since the line was given to her. The server judges again. */
function usePlanTarget(row: { readonly planId: PlanTarget['id']; readonly person: PersonName }): PlanTarget {
  const actor = useActor()
  const personId = row.person.personId
  const person = { personId, bases: ['care_team' as const], volets: actor.volets, inCharge: false }
  return { id: row.planId, personId, holderOrg: '' as ServiceId, state: 'proposed', referentId: '' as UserId, person }
}

function AgreementAsked({ asked }: { readonly asked: Asked['agreements'][number] }): ReactNode {
  const action = useAction(giveAgreement, usePlanTarget(asked), { onDone: () => toast({ text: 'Votre accord est enregistré.' }) })
  return (
    <li className="asked">
      <p>
        <b>Votre accord sur le PPCS, version {asked.number}</b>
      </p>
      <p className="small mut">
        <OfWhom person={asked.person} to="/ppcs" /> · demandé le {formatDay(asked.askedOn)}
      </p>
      <span className="row wrap">
        <ActionButton action={action} small icon={IconCheck} input={() => ({ id: newId<AgreementId>(), planId: asked.planId, state: 'agrees' as const })}>
          D’accord
        </ActionButton>
        <Link className="btn btn--s" to="/personnes/$personId/ppcs" params={{ personId: asked.person.personId } as never}>
          Lire, ou répondre autrement
        </Link>
      </span>
    </li>
  )
}

function ActionAsked({ asked }: { readonly asked: Asked['actions'][number] }): ReactNode {
  const { action: line } = asked
  const target = { ...usePlanTarget(asked), actorPartyId: line.actor.partyId }
  const action = useAction(answerAction, target, {
    onDone: (_output, input) => toast({ text: input.answer === 'accepted' ? 'Action acceptée.' : 'Refus transmis au référent.' }),
  })
  const answer = (given: 'accepted' | 'refused') => () => ({ id: line.id, baseVersion: line.version, answer: given, mode: 'online' })
  return (
    <li className="asked">
      <p>
        <b>{line.title}</b>
      </p>
      <p className="small">
        Pour{'\u00a0'}: {asked.objective}
      </p>
      <p className="small mut">
        <OfWhom person={asked.person} to="/ppcs" />
        {line.dueOn ? ` · pour le ${formatDay(line.dueOn)}` : line.dueWords ? ` · ${line.dueWords}` : ''}
      </p>
      <span className="row wrap">
        <ActionButton action={action} small icon={IconCheck} input={answer('accepted')}>
          Je m’en charge
        </ActionButton>
        <ActionButton action={action} small quiet icon={IconX} input={answer('refused')}>
          Je ne peux pas
        </ActionButton>
      </span>
    </li>
  )
}
