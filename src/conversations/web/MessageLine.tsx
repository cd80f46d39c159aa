import { Menu } from '@mantine/core'
import { IconArrowBackUp, IconCalendarPlus, IconChecklist, IconCopy, IconDots, IconNote } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { Avatar } from '../../platform/web/display/Hit.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { AttachmentList } from '../../platform/web/files/Attachments.tsx'
import { saveAttachment } from '../../platform/web/files/read-file.ts'
import { file, type Message, type Participant } from '../contract/queries.ts'
import type { FileId, OutcomeKind } from '../contract/thread.ts'
import { bodyParts } from './body-parts.ts'
import { hourOf } from './words.ts'

const becameWords: Readonly<Record<OutcomeKind, string>> = { note: 'une note', task: 'une tâche', appointment: 'un rendez-vous' }
const becamePlace: Readonly<Record<OutcomeKind, string>> = {
  note: '/personnes/$personId/fil',
  task: '/personnes/$personId',
  appointment: '/personnes/$personId/agenda',
}

export interface MessageGestures {
  readonly onReply: (message: Message) => void
  readonly onTurnInto: (message: Message, kind: OutcomeKind) => void
  /** What a message may become here: nothing outside any file. */
  readonly kinds: readonly OutcomeKind[]
}

/** One message; `first` of a run by the same author carries her name. */
export function MessageLine(props: {
  readonly message: Message
  readonly mine: boolean
  readonly first: boolean
  readonly participants: readonly Participant[]
  readonly me: string
  readonly personId: PersonId | null
  readonly gestures: MessageGestures | null
}): ReactNode {
  const { message, mine } = props
  const named = message.mentions.includes(props.me as never)
  return (
    <article
      className={`msg${mine ? ' msg--mine' : ''}${props.first ? ' msg--first' : ''}${named ? ' msg--named' : ''}`}
      id={`message-${message.number}`}
      tabIndex={-1}
    >
      {mine || !props.first ? null : <Avatar name={message.authorName} small />}
      <div className="msg__body">
        {props.first ? (
          <p className="msg__head">
            <span className={mine ? 'vh' : 'semi'}>{mine ? 'Vous' : message.authorName}</span>
            {mine || message.authorProfession === null ? null : <span className="small dim"> {message.authorProfession}</span>}
          </p>
        ) : (
          <span className="vh">{mine ? 'Vous' : message.authorName} :</span>
        )}
        {message.replyTo ? <Quoted reply={message.replyTo} /> : null}
        {message.body === '' ? null : (
          <p className="msg__text">
            {bodyParts(
              message.body,
              props.participants.filter((one) => message.mentions.includes(one.userId)).map(({ name }) => name),
            ).map((part, place) =>
              part.mention ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text that never changes.
                <span key={place} className="msg__at">
                  {part.text}
                </span>
              ) : (
                part.text
              ),
            )}
          </p>
        )}
        <AttachmentList attachments={message.files} onOpen={(one) => void openFile(one.id as FileId)} />
        {message.outcomes.map((outcome) => (
          <p key={outcome.targetId} className="small mut msg__became">
            Devenu{' '}
            {props.personId === null ? (
              becameWords[outcome.kind]
            ) : (
              <Link to={becamePlace[outcome.kind] as never} params={{ personId: props.personId } as never}>
                {becameWords[outcome.kind]}
              </Link>
            )}
            , par {outcome.madeByName}
          </p>
        ))}
      </div>
      <span className="msg__side">
        <time className="small dim nw" dateTime={message.sentAt}>
          {hourOf(message)}
        </time>
        {props.gestures ? <Gestures message={message} {...props.gestures} /> : null}
      </span>
    </article>
  )
}

function Quoted({ reply }: { readonly reply: NonNullable<Message['replyTo']> }): ReactNode {
  if (reply.excerpt === null) return <p className="msg__quote small mut">En réponse à un message d’avant votre arrivée</p>
  return (
    <p className="msg__quote small">
      <span className="semi">{reply.authorName}</span> <span className="mut">{reply.excerpt === '' ? 'fichier joint' : reply.excerpt}</span>
    </p>
  )
}

async function openFile(id: FileId): Promise<void> {
  try {
    saveAttachment(await callQuery(file, { id }))
  } catch (error) {
    toast({ text: errorDetail(error), tone: 'warning' })
  }
}

function Gestures({ message, onReply, onTurnInto, kinds }: MessageGestures & { readonly message: Message }): ReactNode {
  return (
    <Menu position="bottom-end" portalProps={{ target: '#contenu' }} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="msg__more" aria-label={`Que faire du message de ${hourOf(message)}`}>
          <Ic of={IconDots} size="s" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Ic of={IconArrowBackUp} size="s" />} onClick={() => onReply(message)}>
          Répondre
        </Menu.Item>
        {kinds.includes('note') ? (
          <Menu.Item leftSection={<Ic of={IconNote} size="s" />} onClick={() => onTurnInto(message, 'note')}>
            En faire une note
          </Menu.Item>
        ) : null}
        {kinds.includes('task') ? (
          <Menu.Item leftSection={<Ic of={IconChecklist} size="s" />} onClick={() => onTurnInto(message, 'task')}>
            En faire une tâche
          </Menu.Item>
        ) : null}
        {kinds.includes('appointment') ? (
          <Menu.Item leftSection={<Ic of={IconCalendarPlus} size="s" />} onClick={() => onTurnInto(message, 'appointment')}>
            En faire un rendez-vous
          </Menu.Item>
        ) : null}
        {message.body === '' ? null : (
          <Menu.Item leftSection={<Ic of={IconCopy} size="s" />} onClick={() => void navigator.clipboard.writeText(message.body)}>
            Copier le texte
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
