import { Drawer } from '@mantine/core'
import { IconFiles } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type DirectoryHit, hitDetail } from '../../directory/contract/hit.ts'
import { searchDirectory } from '../../directory/contract/queries.ts'
import { accompanies } from '../../platform/contract/actor.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { ComboField } from '../../platform/web/form/ComboField.tsx'
import { useCombo } from '../../platform/web/form/use-combo.ts'

const inDirectory = async (text: string, signal: AbortSignal): Promise<readonly DirectoryHit[]> =>
  (await callQuery(searchDirectory, { text, limit: 7 }, signal)).rows

/** From the files that one follows: whoever changes role or place, or leaves, is found once and changed in all of them. */
export function SomebodyChanges(): ReactNode {
  const actor = useActor()
  const [choosing, setChoosing] = useState(false)
  if (!accompanies(actor)) return null
  return (
    <>
      <Button small quiet icon={IconFiles} onClick={() => setChoosing(true)}>
        Un intervenant change…
      </Button>
      <Drawer opened={choosing} onClose={() => setChoosing(false)} position="right" size={480} title="Un intervenant change dans plusieurs dossiers">
        <Choice />
      </Drawer>
    </>
  )
}

function Choice(): ReactNode {
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const combo = useCombo<DirectoryHit>({
    search: inDirectory,
    keyOf: (hit) => hit.partyId,
    onPick: (hit) => void navigate({ to: '/cercles/fiches/$partyId', params: { partyId: hit.partyId } as never }),
  })
  return (
    <div className="stack stack--3">
      <p className="small">Il change de rôle ou de lieu, ou quelqu’un prend sa place : choisissez sa fiche, puis les dossiers où cela vaut.</p>
      <ComboField
        combo={combo}
        value={typed}
        onChange={setTyped}
        label="Qui change"
        span={12}
        autoFocus
        option={(hit) => (
          <>
            <b>{hit.label}</b> <span className="small mut">{hitDetail(hit)}</span>
          </>
        )}
      />
    </div>
  )
}
