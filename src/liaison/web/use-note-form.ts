import { useState } from 'react'
import type { PersonTarget } from '../../persons/contract/person.ts'
import type { RawInputOf } from '../../platform/contract/action.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { type ActionForm, useActionForm } from '../../platform/web/form/use-action-form.ts'
import { writeNote } from '../contract/actions.ts'
import type { NoteFileId, NoteId } from '../contract/note.ts'
import { withoutEmptyHeadings } from '../contract/note-templates.ts'
import type { NoteType } from '../contract/value-sets.ts'
import { useNoteFrames } from './use-note-frames.ts'

export interface NoteValues {
  readonly id: NoteId
  readonly type: NoteType
  readonly body: string
  readonly volet: Volet
  readonly isPrivate: boolean
  readonly urgent: boolean
  /** A code of liaison.event; '' : the note tells of none. */
  readonly event: string
  /** To whom an opinion is asked; '' : to whoever reads. */
  readonly askedOf: string
}

const lastKey = 'jalon.note.last'

/** Type and volet that this user chose last, on this device: no word of any person. */
function lastChoice(open: readonly Volet[]): Pick<NoteValues, 'type' | 'volet'> {
  const fallback = { type: 'observation' as NoteType, volet: open.includes('health') ? ('health' as Volet) : (open[open.length - 1] ?? 'administrative') }
  try {
    const kept = JSON.parse(localStorage.getItem(lastKey) ?? '{}') as Partial<Pick<NoteValues, 'type' | 'volet'>>
    return { type: kept.type ?? fallback.type, volet: kept.volet !== undefined && open.includes(kept.volet) ? kept.volet : fallback.volet }
  } catch {
    return fallback
  }
}

export interface NoteFormOptions {
  readonly personId: PersonId
  readonly open: readonly Volet[]
  /** Begins without a draft: right after another note was sent. */
  readonly fresh?: boolean | undefined
  /** Files that go with it. */
  readonly files?: readonly NoteFileId[] | undefined
  readonly done: (values: NoteValues) => string
  readonly onDone: () => void
}

/** The form of a note, kept as one types. Mount it again for the next note. */
export function useNoteForm({ personId, open, fresh, files = [], done, onDone }: NoteFormOptions): ActionForm<typeof writeNote, NoteValues> {
  const [target] = useState(() => ({ volets: open }) as unknown as PersonTarget)
  const frames = useNoteFrames()
  const form: ActionForm<typeof writeNote, NoteValues> = useActionForm<typeof writeNote, NoteValues>(writeNote, {
    target,
    draftKey: `liaison.note:${personId}`,
    fresh: fresh ?? false,
    initialValues: () => ({ id: newId<NoteId>(), body: '', isPrivate: false, urgent: false, event: '', askedOf: '', ...lastChoice(open) }),
    toInput: (values) =>
      ({
        ...values,
        personId,
        title: null,
        at: null,
        files: [...files],
        body: withoutEmptyHeadings(values.body, frames),
        askedOf: values.type === 'opinion_request' && !values.isPrivate ? values.askedOf : '',
      }) as RawInputOf<typeof writeNote>,
    onDone: (_output, values) => {
      localStorage.setItem(lastKey, JSON.stringify({ type: values.type, volet: values.volet }))
      onDone()
    },
    done: () => done(form.values),
  })
  return form
}
