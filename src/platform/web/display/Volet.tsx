import './volet.css'
import { IconFileText, IconHeartbeat, IconLock, IconUsers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Volet } from '../../contract/actor.ts'
import { Ic, type Icon } from './Ic.tsx'

/** The three volets of a person's data, and what the DAC keeps to itself. */
export type VoletKind = Volet | 'private'

const shown: Record<VoletKind, { readonly word: string; readonly icon: Icon }> = {
  health: { word: 'Santé', icon: IconHeartbeat },
  social: { word: 'Social', icon: IconUsers },
  administrative: { word: 'Administratif', icon: IconFileText },
  private: { word: 'Privé DAC', icon: IconLock },
}

/** « Santé », « Social », « Administratif » or « Privé DAC ». */
export function voletWord(volet: VoletKind): string {
  return shown[volet].word
}

/** Colour, shape and word together: round, hexagon, square, or inverted with a padlock. */
export function VoletChip(props: { readonly volet: VoletKind }): ReactNode {
  const { word, icon } = shown[props.volet]
  return (
    <span className={`volet volet--${props.volet}`}>
      <Ic of={icon} />
      {word}
    </span>
  )
}

/** The 28 px shape, where the chip stands beside; `named` has readers say the word when it does not. */
export function VoletShape(props: { readonly volet: VoletKind; readonly named?: boolean | undefined }): ReactNode {
  const { word, icon } = shown[props.volet]
  return (
    <span className={`shape shape--${props.volet}`}>
      <Ic of={icon} />
      {props.named ? <span className="vh">{word}</span> : null}
    </span>
  )
}

/** Anything that only the DAC reads. Never printed with a shared document. */
export function PriveBlock(props: { readonly children: ReactNode }): ReactNode {
  return (
    <div className="priveblock prive">
      <VoletShape volet="private" named />
      <div>{props.children}</div>
    </div>
  )
}
