import './liaison.css'
import type { ReactNode } from 'react'
import { templateBody } from '../contract/note-templates.ts'
import { noteEvents } from '../contract/value-sets.ts'
import { type Reader, readersOf } from './reader-words.ts'
import type { NoteValues } from './use-note-form.ts'
import { useNoteFrames } from './use-note-frames.ts'

/** What a note tells besides its text: what happened, and of whom an opinion is asked. Two lists that stay out of the way of whoever only types. */
export function WhatItTells(props: {
  readonly values: NoteValues
  readonly set: (field: 'event' | 'askedOf' | 'body' | 'type', value: string) => void
  readonly readers: readonly Reader[]
}): ReactNode {
  const { values } = props
  const asked = readersOf(props.readers, values.volet)
  const templates = useNoteFrames()
  return (
    <>
      {values.body.trim() === '' && templates.length > 0 ? (
        <select
          className="in in--tells"
          aria-label="Partir d’un modèle"
          value=""
          onChange={(event) => {
            const chosen = templates.find(({ id }) => id === event.currentTarget.value)
            if (chosen === undefined) return
            props.set('type', chosen.type)
            props.set('body', templateBody(chosen))
          }}
        >
          <option value="">Partir d’un modèle</option>
          {templates.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      ) : null}
      <select className="in in--tells" aria-label="Ce qui s’est passé" value={values.event} onChange={(event) => props.set('event', event.currentTarget.value)}>
        <option value="">Aucun événement à signaler</option>
        {noteEvents.values.map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
      {values.type === 'opinion_request' && !values.isPrivate && asked.length > 0 ? (
        <select
          className="in in--tells"
          aria-label="À qui demander l’avis"
          value={values.askedOf}
          onChange={(event) => props.set('askedOf', event.currentTarget.value)}
        >
          <option value="">Avis de qui le lira</option>
          {asked.map(({ userId, name }) => (
            <option key={userId} value={userId}>
              Avis de {name}
            </option>
          ))}
        </select>
      ) : null}
    </>
  )
}
