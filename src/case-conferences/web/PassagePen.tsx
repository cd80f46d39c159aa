import type { ReactNode } from 'react'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import type { Block } from '../contract/conference.ts'
import type { SheetProps } from './ConferencePage.tsx'
import { bothTexts } from './pen-text.ts'
import { usePen } from './use-pen.ts'

/** The pen: saved while one writes, kept by a sign now and then, given back at the end. What was typed is never thrown away. */
export function PassagePen({ block, target, onDone }: SheetProps & { readonly block: Block; readonly onDone: () => void }): ReactNode {
  const pen = usePen(block, target)
  const finish = async (): Promise<void> => {
    if (await pen.release()) onDone()
  }
  const { theirs } = pen
  return (
    <div className="stack stack--2">
      {theirs === null ? null : (
        <Notice tone="alert" live>
          <p>
            <b>{theirs.by ?? 'Un collègue'} a écrit ce passage pendant votre saisie.</b> Rien n’est perdu : voici son texte, le vôtre est dessous.
          </p>
          <p className="passage__body">{theirs.body === '' ? 'Passage vidé.' : theirs.body}</p>
          <div className="row wrap">
            <Button small main onClick={() => pen.settle(bothTexts(theirs.body, pen.body))}>
              Garder les deux
            </Button>
            <Button small onClick={() => pen.settle(pen.body)}>
              Garder le mien
            </Button>
            <Button small onClick={() => pen.settle(theirs.body)}>
              Reprendre le sien
            </Button>
          </div>
        </Notice>
      )}
      <label className="vh" htmlFor={`passage-${block.id}`}>
        {block.heading}
      </label>
      <textarea
        id={`passage-${block.id}`}
        className="in"
        rows={6}
        value={pen.body}
        // biome-ignore lint/a11y/noAutofocus: the gesture that opened the pen was « Écrire ».
        autoFocus
        onChange={(event) => pen.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) void finish()
        }}
      />
      {pen.error === null ? null : (
        <Notice tone="alert" live>
          {pen.error}
        </Notice>
      )}
      <div className="row sp">
        <span className="small mut" role="status">
          {pen.pending ? 'Enregistrement…' : pen.isSaved ? 'Enregistré' : pen.found ? 'Texte retrouvé, pas encore enregistré' : 'Pas encore enregistré'}
        </span>
        <Button small main blocked={theirs !== null} onClick={() => void finish()}>
          Rendre la plume
        </Button>
      </div>
    </div>
  )
}
