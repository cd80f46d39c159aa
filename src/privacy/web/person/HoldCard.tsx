import { Modal } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import type { PersonRequestsData } from '../../contract/rights-queries.ts'
import { holdForProcedure, liftHold } from '../../contract/treatment.ts'

type Asked = { readonly kind: 'hold' } | { readonly kind: 'lift'; readonly holdId: string } | null

/** Kept for a procedure: what holds the file back from every duration and every erasure, why, since when; and the two gestures. */
export function HoldCard(props: { readonly personId: PersonId; readonly target: PersonTarget | null; readonly holds: PersonRequestsData['holds'] }): ReactNode {
  const { personId, target, holds } = props
  const [asked, setAsked] = useState<Asked>(null)
  const close = (): void => setAsked(null)
  return (
    <Card
      title="Conservation pour une procédure"
      badge={
        holds.some((one) => one.liftedAt === null) ? (
          <StatusPill tone="info" icon={IconScale}>
            Conservé
          </StatusPill>
        ) : null
      }
      end={
        <Button small quiet icon={IconScale} onClick={() => setAsked({ kind: 'hold' })}>
          Conserver
        </Button>
      }
    >
      {holds.length === 0 ? (
        <p className="small mut">
          Aucune. Une plainte, un contentieux, une enquête : tant qu’une conservation dure, rien de ce dossier n’est détruit ni effacé.
        </p>
      ) : (
        <ul className="lines">
          {holds.map((one) => (
            <li key={one.id} className="row sp wrap small">
              <span>
                {one.reason}. Depuis le {formatDay(one.since)}, par {one.setByName}
                {one.liftedAt ? ` ; levée le ${formatDay(one.liftedAt)} par ${one.liftedByName ?? ''} : ${one.liftReason ?? ''}` : ''}.
              </span>
              {one.liftedAt === null ? (
                <Button small quiet onClick={() => setAsked({ kind: 'lift', holdId: one.id })}>
                  Lever
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {asked?.kind === 'hold' ? <HoldDialog personId={personId} target={target} onClose={close} /> : null}
      {asked?.kind === 'lift' ? <LiftDialog target={target} holdId={asked.holdId} onClose={close} /> : null}
    </Card>
  )
}

function HoldDialog(props: { readonly personId: PersonId; readonly target: PersonTarget | null; readonly onClose: () => void }): ReactNode {
  const form = useActionForm(holdForProcedure, {
    target: props.target,
    initialValues: () => ({ id: newId<never>() as string, personId: props.personId as string, reason: '' }),
    done: 'Dossier conservé pour la procédure.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title="Conserver pour une procédure" size="lg">
      <Form form={form}>
        <AreaField
          {...form.field('reason')}
          label="Quelle procédure"
          hint="plainte, contentieux, enquête : sa référence si elle est connue"
          rows={3}
          autoFocus
          span={12}
        />
        <p className="small mut" style={{ gridColumn: 'span 12' }}>
          Les durées de conservation et les demandes d’effacement attendent qu’elle soit levée (RGPD, art. 17.3.e). Seul le DAC la voit.
        </p>
        <FormFoot form={form} submit="Conserver" />
      </Form>
    </Modal>
  )
}

function LiftDialog(props: { readonly target: PersonTarget | null; readonly holdId: string; readonly onClose: () => void }): ReactNode {
  const form = useActionForm(liftHold, {
    target: props.target,
    initialValues: { holdId: props.holdId, reason: '' },
    done: 'Conservation levée.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title="Lever la conservation">
      <Form form={form}>
        <AreaField {...form.field('reason')} label="Pourquoi" hint="jugement rendu, plainte classée…" rows={3} autoFocus span={12} />
        <FormFoot form={form} submit="Lever la conservation" />
      </Form>
    </Modal>
  )
}
