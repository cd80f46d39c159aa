import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { Keys } from '../../../platform/web/display/Keys.tsx'
import { useDeclaredShortcuts, useSingleKeys } from '../../../platform/web/shell/keys.ts'

const everywhere: readonly { readonly keys: readonly string[]; readonly title: string }[] = [
  { keys: ['Ctrl+Enter'], title: 'Envoyer le formulaire où l’on est' },
  { keys: ['Escape'], title: 'Fermer ce qui est ouvert : la saisie est gardée' },
  { keys: ['ArrowDown', 'ArrowUp', 'Enter'], title: 'Parcourir une liste, prendre une ligne' },
]

/** The keys of the page that is open, then those that always work. */
export function ShortcutsHelp(props: { readonly onClose: () => void }): ReactNode {
  const shortcuts = useDeclaredShortcuts()
  const singleKeys = useSingleKeys()
  const shown = [...new Map(shortcuts.filter((one) => singleKeys || one.keys.includes('+')).map((one) => [one.keys, one])).values()].filter(
    ({ keys }) => !everywhere.some((one) => one.keys[0] === keys),
  )
  return (
    <Modal opened onClose={props.onClose} title="Raccourcis de cette page">
      <ul className="lines">
        {shown.map((one) => (
          <li key={one.keys} className="row sp">
            <span>{one.title}</span>
            <Keys k={one.keys} />
          </li>
        ))}
      </ul>
      <h3 style={{ margin: '16px 0 4px' }}>Partout</h3>
      <ul className="lines">
        {everywhere.map((one) => (
          <li key={one.title} className="row sp">
            <span>{one.title}</span>
            <span className="row nw" style={{ gap: 4 }}>
              {one.keys.map((k) => (
                <Keys key={k} k={k} />
              ))}
            </span>
          </li>
        ))}
      </ul>
      <p className="small mut" style={{ marginTop: 12 }}>
        {singleKeys
          ? 'Les raccourcis d’une seule touche se coupent dans le menu à votre nom.'
          : 'Les raccourcis d’une seule touche sont coupés\u00a0: menu à votre nom pour les remettre.'}
      </p>
    </Modal>
  )
}
