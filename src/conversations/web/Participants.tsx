import { IconDoorExit, IconUserMinus, IconUserPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { Avatar } from '../../platform/web/display/Hit.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { addParticipants, leaveThread, removeParticipant } from '../contract/actions.ts'
import type { Participant, ThreadHead } from '../contract/queries.ts'
import { ChoosePeople, type Chosen } from './ChoosePeople.tsx'
import { threadTarget } from './thread-target.ts'

/** Who takes part, up to where each has read, and the way to change it; those who left stand last. */
export function Participants(props: { readonly head: ThreadHead; readonly onClose: () => void }): ReactNode {
  const { head } = props
  const { userId } = useActor()
  const target = threadTarget(head)
  const remove = useAction(removeParticipant, target)
  const leave = useAction(leaveThread, target)
  const add = useAction(addParticipants, target)
  const [adding, setAdding] = useState(false)
  const present = head.participants.filter(({ leftAt }) => leftAt === null)
  const gone = head.participants.filter((one) => one.leftAt !== null && !present.some((other) => other.userId === one.userId))
  return (
    <section className="talk__who" aria-label="Participants">
      <ul className="lines">
        {present.map((one) => (
          <li key={one.userId} className="talk__one">
            <Avatar name={one.name} small />
            <span className="grow cut">
              {one.name} {one.userId === userId ? <span className="dim">(vous)</span> : null} <span className="small dim">{one.profession}</span>
            </span>
            <span className="small mut nw">{seenWords(one, head)}</span>
            {one.userId !== userId && remove.allowed ? (
              <Button
                small
                quiet
                iconOnly
                icon={IconUserMinus}
                label={`Retirer ${one.name}`}
                onClick={() =>
                  void confirm({
                    title: `Retirer ${one.name} ?`,
                    text: 'Elle ou il garde ce qui a déjà été dit, et ne lira rien de la suite.',
                    action: 'Retirer',
                  }).then((yes) => (yes ? remove.run({ threadId: head.id, userId: one.userId }) : null))
                }
              />
            ) : null}
          </li>
        ))}
        {gone.map((one) => (
          <li key={`${one.userId}-${one.leftAt}`} className="talk__one dim">
            <span className="grow cut">{one.name}</span>
            <span className="small nw">
              {one.leftBecause === 'circle' ? 'a quitté le cercle' : one.leftBecause === 'removed' ? 'retiré' : 'parti'}{' '}
              {one.leftAt ? formatWhen(one.leftAt) : ''}
            </span>
          </li>
        ))}
      </ul>
      {adding ? <AddPeople head={head} add={add.run} pending={add.pending} onClose={() => setAdding(false)} /> : null}
      {(add.error ?? remove.error ?? leave.error) ? (
        <p className="small t-alert" role="alert">
          {(add.error ?? remove.error ?? leave.error)?.detail}
        </p>
      ) : null}
      {adding || head.mine === null ? null : (
        <div className="row wrap">
          {add.allowed ? (
            <Button small icon={IconUserPlus} onClick={() => setAdding(true)}>
              Ajouter
            </Button>
          ) : (
            <span className="small mut">{add.reason}</span>
          )}
          <span className="end">
            <Button
              small
              quiet
              icon={IconDoorExit}
              onClick={() =>
                void confirm({
                  title: 'Quitter cette conversation ?',
                  text: 'Vous gardez ce qui a été dit. Rien de la suite ne vous parviendra.',
                  action: 'Quitter',
                }).then((yes) => (yes ? leave.run({ threadId: head.id }) : null))
              }
            >
              Quitter
            </Button>
          </span>
        </div>
      )}
    </section>
  )
}

function seenWords(one: Participant, head: ThreadHead): string {
  if (head.lastNumber < one.fromNumber) return 'vient d’arriver'
  if (one.seenNumber >= head.lastNumber) return one.seenAt === null ? 'à jour' : `à jour, ${formatWhen(one.seenAt)}`
  const left = head.lastNumber - Math.max(one.seenNumber, one.fromNumber - 1)
  return `${left} ${left === 1 ? 'message' : 'messages'} à lire`
}

function AddPeople(props: {
  readonly head: ThreadHead
  readonly add: (input: { threadId: ThreadHead['id']; participants: ThreadHead['createdBy'][]; withPast: boolean }) => Promise<unknown>
  readonly pending: boolean
  readonly onClose: () => void
}): ReactNode {
  const { head } = props
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const [withPast, setWithPast] = useState(false)
  const present = head.participants.filter(({ leftAt }) => leftAt === null).map(({ userId }) => userId)
  return (
    <div className="stack stack--3">
      <ChoosePeople personId={head.personId} volet={head.volet} besides={present} chosen={chosen} onChange={setChosen} />
      <CheckField name="withPast" value={withPast} onChange={setWithPast} label="Leur montrer ce qui a déjà été dit" />
      <div className="row">
        <Button
          main
          small
          blocked={chosen.length === 0 || props.pending}
          onClick={() =>
            void props.add({ threadId: head.id, participants: chosen.map(({ userId }) => userId), withPast }).then((done) => {
              if (done !== null) props.onClose()
            })
          }
        >
          Ajouter à la conversation
        </Button>
        <Button small quiet onClick={props.onClose}>
          Annuler
        </Button>
      </div>
    </div>
  )
}
