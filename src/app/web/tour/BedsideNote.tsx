import { IconCamera, IconClock, IconX } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { CarriedFile } from '../../../offline/contract/queries.ts'
import type { Words } from '../../../offline/contract/waiting.ts'
import { carrying } from '../../../offline/web/carrying.ts'
import { changeHere, keepTypedHere, waitingHere, writeHere } from '../../../offline/web/outbox-here.ts'
import type { Volet } from '../../../platform/contract/actor.ts'
import { acceptedFiles, attachmentLimits } from '../../../platform/contract/attachment.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { voletWord } from '../../../platform/web/display/Volet.tsx'
import { type FileToSend, readFileToSend } from '../../../platform/web/files/read-file.ts'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { formatHour } from '../../../platform/web/text/dates.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { formatSize } from '../../../platform/web/text/numbers.ts'
import { useOffline } from './use-offline.ts'

type Room = Volet | 'private'

/** A note with its photographs, kept here at once and sent when one can; what waits shows below as it was typed. */
export function BedsideNote({ file }: { readonly file: CarriedFile }): ReactNode {
  const actor = useActor()
  const { waiting } = useOffline()
  const picker = useRef<HTMLInputElement>(null)
  const open = file.header.volets
  const [body, setBody] = useState('')
  const [room, setRoom] = useState<Room>(open.includes('health') ? 'health' : (open.at(-1) ?? 'administrative'))
  const [files, setFiles] = useState<readonly (FileToSend & { readonly id: string })[]>([])
  const [error, setError] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  /** The kept note that is being changed, as long as it has not left. */
  const [changing, setChanging] = useState<{ readonly id: string; readonly words: Words } | null>(null)
  const { personId } = file
  const person = { personId: personId as string, name: formatCivilName(file.header.person) }
  const typed = useRef<{ gesture: string | null; timer?: ReturnType<typeof setTimeout> }>({ gesture: null })
  const draftKey = `liaison.note:${personId}`
  useEffect(() => {
    // What was typed here and not kept as a note yet: it lies sealed among what waits.
    const draft = waitingHere.get().find(({ told }) => told?.action === 'draft.save' && told.input['key'] === draftKey)
    if (draft === undefined) return
    typed.current.gesture = draft.id
    const kept = (draft.told?.input['content'] as { readonly values?: { readonly body?: string } } | undefined)?.values?.body
    if (kept !== undefined) setBody((before) => (before === '' ? kept : before))
  }, [draftKey])
  const type = (text: string): void => {
    setBody(text)
    clearTimeout(typed.current.timer)
    const keepIt = async (): Promise<void> => {
      const values = {
        id: newId(),
        type: 'observation',
        body: text,
        volet: room === 'private' ? 'social' : room,
        isPrivate: room === 'private',
        urgent: false,
        event: '',
        askedOf: '',
      }
      const content = { savedAt: new Date().toISOString(), values }
      typed.current.gesture = await keepTypedHere(
        typed.current.gesture,
        text.trim() === '' ? null : { action: 'draft.save', input: { key: draftKey, content }, person },
      )
    }
    typed.current.timer = setTimeout(() => void keepIt(), text === '' ? 0 : 500)
  }
  const mine = waiting.filter(({ told }) => told?.action === 'liaison.note.write' && told.input['personId'] === personId)

  const add = async (chosen: readonly File[]): Promise<void> => {
    setError(null)
    for (const one of chosen.slice(0, attachmentLimits.each - files.length)) {
      try {
        const read = await readFileToSend(one)
        setFiles((before) => [...before, { ...read, id: newId() }])
      } catch (thrown) {
        setError(thrown instanceof Error ? thrown.message : 'Ce fichier ne se lit pas.')
      }
    }
  }
  const keep = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (body.trim() === '') return
    setPending(true)
    setError(null)
    const where = { volet: room === 'private' ? (open.at(-1) ?? 'social') : room, isPrivate: room === 'private' }
    const at = new Date(Date.now() + (carrying.get()?.ahead ?? 0)).toISOString()
    try {
      if (changing !== null) {
        let changed = false
        const words = { ...changing.words, input: { ...changing.words.input, body } }
        await changeHere(actor.userId, async (outbox) => {
          changed = await outbox.rewrite(changing.id, words)
        })
        // It has left meanwhile: a note that was sent is never changed, its author adds to it.
        if (!changed) await writeHere({ action: 'liaison.note.amend', input: { id: newId(), noteId: changing.words.input['id'], body }, person })
        setChanging(null)
        type('')
        return
      }
      for (const { id, name, content } of files) await writeHere({ action: 'liaison.file.add', input: { id, personId, ...where, name, content }, person })
      const input = { id: newId(), personId, type: 'observation', body, ...where, files: files.map(({ id }) => id), at }
      await writeHere({ action: 'liaison.note.write', input, person } satisfies Words)
      type('')
      setFiles([])
    } catch {
      setError('Cet appareil n’a pas pu garder votre note\u00a0: copiez-la avant de quitter cette page.')
    } finally {
      setPending(false)
    }
  }
  const rooms = [
    ...open.map((volet): { value: Room; label: string } => ({ value: volet, label: voletWord(volet) })),
    ...(actor.serviceKind === 'dac' ? [{ value: 'private' as const, label: 'Privé DAC' }] : []),
  ]
  return (
    <Card title="Écrire">
      <form className="form" onSubmit={(event) => void keep(event)}>
        <AreaField label="Note de visite" span={12} rows={4} value={body} onChange={type} />
        <SegmentedChoice label="Volet" span={12} value={room} options={rooms} onChange={(next) => setRoom(next as Room)} />
        {files.length === 0 ? null : (
          <ul className="files" aria-label="Photos à joindre">
            {files.map((one) => (
              <li key={one.id} className="filechip">
                <Ic of={IconCamera} size="s" />
                <span className="cut">{one.name}</span>
                <span className="small dim nw">{formatSize(one.byteLength)}</span>
                <button
                  type="button"
                  className="filechip__x"
                  aria-label={`Retirer ${one.name}`}
                  onClick={() => setFiles(files.filter(({ id }) => id !== one.id))}
                >
                  <Ic of={IconX} size="s" />
                </button>
              </li>
            ))}
          </ul>
        )}
        {error === null ? null : (
          <div className="f">
            <Notice tone="alert" live>
              {error}
            </Notice>
          </div>
        )}
        <div className="f row wrap">
          <Button main type="submit" disabled={pending || body.trim() === ''}>
            {changing === null ? 'Garder la note' : 'Garder le changement'}
          </Button>
          <Button icon={IconCamera} onClick={() => picker.current?.click()} disabled={files.length >= attachmentLimits.each}>
            Photo
          </Button>
          <input
            ref={picker}
            className="vh"
            type="file"
            multiple
            tabIndex={-1}
            aria-hidden="true"
            accept={acceptedFiles}
            onChange={(event) => {
              void add([...(event.currentTarget.files ?? [])])
              event.currentTarget.value = ''
            }}
          />
        </div>
      </form>
      {mine.length === 0 ? null : (
        <ul className="lines" aria-label="Notes qui attendent">
          {mine.map((one) => (
            <li key={one.id}>
              <p className="tour__words">{String(one.told?.input['body'])}</p>
              <div className="row sp small mut">
                <span>
                  <Ic of={IconClock} size="s" /> Gardée à {formatHour(one.writtenAt)}, {one.attempted ? 'en cours d’envoi' : 'à envoyer'}
                </span>
                {one.attempted ? null : (
                  <Button
                    quiet
                    small
                    onClick={() => {
                      setChanging({ id: one.id, words: one.told as Words })
                      setBody(String(one.told?.input['body']))
                    }}
                  >
                    Reprendre
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
