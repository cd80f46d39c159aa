import { useRef, useState } from 'react'
import { type Candidate, personCandidates } from '../../../persons/contract/queries.ts'
import { ApiError } from '../../../platform/web/api/api-error.ts'
import { callQuery } from '../../../platform/web/api/client.ts'
import { type UseAction, useAction } from '../../../platform/web/api/use-action.ts'
import { toast } from '../../../platform/web/display/toast.tsx'
import { type ActionForm, useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { type Combo, useCombo } from '../../../platform/web/form/use-combo.ts'
import { formatCivilName, formatPersonName } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { communeLabel } from '../../../territory/contract/commune.ts'
import { communes } from '../../../territory/contract/queries.ts'
import { receiveRequest } from '../../contract/actions.ts'
import { recordContact } from '../../contract/contacts.ts'
import { type CaptureValues, emptyCapture, fieldOfFault, toContactInput, toReceiveInput } from './capture-values.ts'

export interface Capture {
  readonly form: ActionForm<typeof receiveRequest, CaptureValues>
  readonly values: CaptureValues
  readonly contact: UseAction<typeof recordContact>
  readonly persons: Combo<Candidate>
  /** Look-alikes of what is typed, with what was understood of it. */
  readonly understood: readonly string[]
  readonly startedAt: number | null
  readonly pending: boolean
  readonly error: string | null
  /** Changes what is typed; the first letter starts the timer. */
  readonly change: (some: Partial<CaptureValues>) => void
  readonly answerAndClose: () => void
  readonly toQualify: () => void
  readonly startAgain: () => void
}

/** The state of the sheet: what is typed, kept as a draft; who is recognised; the two ways to send. */
export function useCapture(focusFirst: () => void): Capture {
  const close = useRef(false)
  const [startedAt, setStartedAt] = useState<number | null>(null)
  const [understood, setUnderstood] = useState<readonly string[]>([])
  const startAgain = (): void => {
    form.reset()
    setStartedAt(null)
    setUnderstood([])
    persons.close()
    focusFirst()
  }
  const form = useActionForm<typeof receiveRequest, CaptureValues>(receiveRequest, {
    draftKey: 'intake.capture',
    initialValues: emptyCapture,
    toInput: (values) => toReceiveInput(values, close.current),
    fieldOf: fieldOfFault,
    done: ({ number, closed }) => (closed ? `Demande n° ${number} répondue et close.` : `Demande n° ${number} enregistrée.`),
    onDone: startAgain,
  })
  const contact = useAction(recordContact, undefined as never, {
    onDone: (_output, input) => {
      toast({ text: input.firstKey === 'message' ? 'Message transmis.' : input.firstKey === 'mistake' ? 'Appel noté comme erreur.' : 'Échange noté.' })
      startAgain()
    },
  })
  const change = (some: Partial<CaptureValues>): void => {
    if (startedAt === null) setStartedAt(Date.now())
    form.setAll(some)
  }
  const persons = useCombo<Candidate>({
    minLength: 3,
    keyOf: (hit) => hit.person.personId,
    search: async (text, signal) => {
      const { rows, understood: read } = await callQuery(personCandidates, { text }, signal)
      setUnderstood(read)
      return rows.slice(0, 4)
    },
    onPick: ({ person }) => {
      const asked = `${formatCivilName(person)} est-${person.sex === 'F' ? 'elle informée' : 'il informé'}`
      change({ person: formatPersonName(person), personId: person.personId, personAsked: asked, noOne: '' })
      if (form.values.communeCode === null && person.commune) void proposeCommune(person.commune)
    },
  })
  /** Her commune, when its name says only one. */
  const proposeCommune = async (name: string): Promise<void> => {
    const { rows } = await callQuery(communes, { text: name, limit: 2 })
    const [only, other] = rows
    if (only !== undefined && other === undefined) form.setAll({ commune: communeLabel(only), communeCode: only.code })
  }

  const send = (closing: boolean): void => {
    if (form.pending || contact.pending) return
    if (form.values.firstKey === 'new_request') {
      close.current = closing
      void form.submit()
    } else void contact.run(toContactInput(form.values))
  }
  return {
    form,
    values: form.values,
    contact,
    persons,
    understood: form.values.personId ? [] : understood,
    startedAt,
    pending: form.pending || contact.pending,
    error: form.values.firstKey === 'new_request' ? (form.reason ?? form.error ?? faultWords(form.errors)) : (contact.reason ?? contactError(contact.error)),
    change,
    answerAndClose: () => send(true),
    toQualify: () => send(false),
    startAgain,
  }
}

function faultWords(errors: Readonly<Record<string, string>>): string | null {
  const count = Object.keys(errors).length
  return count === 0 ? null : `${plural(count, 'réponse')} à corriger. Rien n’est perdu.`
}

function contactError(error: ApiError | null): string | null {
  if (error === null) return null
  return Object.values(error.fields)[0] ?? error.detail
}
