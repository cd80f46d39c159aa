import { IconArrowsExchange } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction, verdictOf } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import { answerHandover, handoversForMe } from '../../contract/load-board.ts'
import { levels } from '../../contract/value-sets.ts'

type Proposed = OutputOf<typeof handoversForMe>['rows'][number]

/** What colleagues propose me to follow, answered here; nothing where there is none. */
export function HandoversForMe(): ReactNode {
  const mayBeAsked = verdictOf(handoversForMe, useActor(), undefined as never)?.allowed ?? false
  const query = useJalonQuery(handoversForMe, {}, { enabled: mayBeAsked })
  useEvents(['episodes.handover.*'], () => void query.refetch())
  const rows = query.data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <div className="stack stack--2" style={{ padding: 'var(--s-3) var(--s-4) 0' }}>
      {rows.map((row) => (
        <Proposal key={row.id} row={row} />
      ))}
    </div>
  )
}

function Proposal({ row }: { readonly row: Proposed }): ReactNode {
  const label = useValueLabels()
  const [declining, setDeclining] = useState(false)
  const target = { personId: row.person.personId, holderOrg: row.holderOrg, referentId: row.fromUserId, toUserId: row.toUserId, proposedBy: row.fromUserId }
  const accept = useAction(answerHandover, target, { onDone: () => toast({ text: `${formatPersonName(row.person)} : vous êtes référent.` }) })
  const form = useActionForm(answerHandover, {
    target,
    initialValues: { words: '' },
    toInput: ({ words }) => ({ id: row.id, accept: false, words }),
    done: 'Proposition déclinée.',
  })
  return (
    <Notice tone="info" icon={IconArrowsExchange}>
      <div className="stack stack--2">
        <span>
          <b>{row.proposedByName} vous propose de suivre </b>
          <Link to="/personnes/$personId" params={{ personId: row.person.personId } as never}>
            {formatPersonName(row.person)}
          </Link>
          , {labelOf(levels, row.level).toLowerCase()}, à la suite de {row.fromName}.{' '}
          <span className="mut">{label('episodes.referent_change_reason', row.reason)}.</span>
          {row.handoverUntil ? ` Passage de relais jusqu’au ${formatDay(row.handoverUntil)}.` : ''}
        </span>
        {row.words ? <span>{row.words}</span> : null}
        {declining ? (
          <Form form={form}>
            <TextField {...form.field('words')} label="Pourquoi" optional span={12} autoFocus />
            <div style={{ gridColumn: '1 / -1' }}>
              <FormFoot form={form} submit="Décliner" />
            </div>
          </Form>
        ) : (
          <span className="row wrap">
            <ActionButton action={accept} small main input={{ id: row.id, accept: true }}>
              Accepter
            </ActionButton>
            <Button small quiet onClick={() => setDeclining(true)}>
              Décliner…
            </Button>
          </span>
        )}
      </div>
    </Notice>
  )
}
