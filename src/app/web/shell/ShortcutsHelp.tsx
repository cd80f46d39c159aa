import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { Keys } from '../../../platform/web/display/Keys.tsx'
import { useDeclaredShortcuts, useSingleKeys } from '../../../platform/web/shell/keys.ts'

/** The keys that work on the page that is open. */
export function ShortcutsHelp(props: { readonly onClose: () => void }): ReactNode {
  const shortcuts = useDeclaredShortcuts()
  const singleKeys = useSingleKeys()
  const shown = [...new Map(shortcuts.filter((one) => singleKeys || one.keys.includes('+')).map((one) => [one.keys, one])).values()]
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
      <p className="small mut" style={{ marginTop: 12 }}>
        {singleKeys
          ? 'Les raccourcis d’une seule touche se coupent dans le menu à votre nom.'
          : 'Les raccourcis d’une seule touche sont coupés\u00a0: menu à votre nom pour les remettre.'}
      </p>
    </Modal>
  )
}
