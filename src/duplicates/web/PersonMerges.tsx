import { IconArrowsSplit } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { undoMerge } from '../contract/actions.ts'
import type { Merge } from '../contract/pair.ts'
import { mergesOfPerson } from '../contract/queries.ts'
import { PointAtDuplicate } from './PointAtDuplicate.tsx'

/** What was merged into this file, and the way back; or to point at another file of hers. Nothing for those who do not keep the file. */
export function PersonMerges({ personId }: { readonly personId: PersonId }): ReactNode {
  const merges = useJalonQuery(mergesOfPerson, { personId })
  const rows = merges.data?.rows ?? []
  if (merges.data === undefined) return null
  return (
    <Section title="Dossiers réunis" end={<PointAtDuplicate personId={personId} />}>
      {rows.length === 0 ? <p className="small mut">Aucun autre dossier n’a été réuni à celui-ci.</p> : null}
      <ul className="lines">
        {rows.map((merge) => (
          <li key={merge.id}>
            <MergeLine merge={merge} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function MergeLine({ merge }: { readonly merge: Merge }): ReactNode {
  const [undoing, setUndoing] = useState(false)
  const [reason, setReason] = useState('')
  const undo = useAction(
    undoMerge,
    { id: merge.id, pairId: '' as never, keptId: merge.keptId, absorbedId: merge.absorbedId, state: merge.state, proposedBy: '' as never },
    { invalidates: ['persons', 'liaison', 'episodes'], onDone: () => setUndoing(false) },
  )
  return (
    <>
      <p>
        <b>{formatPersonName(merge.absorbed)}</b>
        {merge.absorbed.birthDay ? `, ${formatDay(merge.absorbed.birthDay)}` : ''}
      </p>
      <p className="small mut">
        Réuni le {formatInstant(merge.decidedAt)}, proposé par {merge.proposedByName}, validé par {merge.decidedByName}.
        {merge.undoneAt ? ` Défait le ${formatInstant(merge.undoneAt)} par ${merge.undoneByName}\u00a0: ${merge.undoReason}` : ''}
      </p>
      {merge.state === 'done' && !undoing ? (
        <Button small quiet icon={IconArrowsSplit} onClick={() => setUndoing(true)}>
          Défaire la fusion
        </Button>
      ) : null}
      {undoing ? (
        <div className="stack">
          <TextField value={reason} onChange={setReason} label="Pourquoi défaire" maxLength={300} autoFocus />
          <span className="row">
            <ActionButton small alert icon={IconArrowsSplit} action={undo} input={() => ({ id: merge.id, reason })}>
              Défaire
            </ActionButton>
            <Button small quiet onClick={() => setUndoing(false)}>
              Annuler
            </Button>
          </span>
        </div>
      ) : null}
    </>
  )
}
