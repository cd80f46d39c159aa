import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Card } from '../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { formatHour, formatWhen } from '../../platform/web/text/dates.ts'
import { formatNumber } from '../../platform/web/text/numbers.ts'
import { reviewOpeningAlert } from '../contract/actions.ts'
import { openingAlerts } from '../contract/queries.ts'

/** Accounts that opened an unusual number of files, until somebody has looked into it. Nothing where there is none. */
export function OpeningAlerts(): ReactNode {
  const alerts = useJalonQuery(openingAlerts, { open: true })
  useEvents(['signIn.*'])
  const [examined, setExamined] = useState<string | null>(null)
  const rows = alerts.data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <Card title="Ouvertures en masse de dossiers" flush badge={<StatusPill tone="alert">{String(rows.length)}</StatusPill>}>
      <ul className="lines" style={{ padding: '0 16px' }}>
        {rows.map((row) => (
          <li key={row.id} style={{ padding: '10px 0' }}>
            <div className="row sp wrap">
              <div>
                <Ic of={IconAlertTriangle} size="s" /> <b>{row.name}</b>
                {row.serviceName ? `, ${row.serviceName}` : ''}&nbsp;: {formatNumber(row.files)} dossiers en {row.minutes}&nbsp;min
                <div className="small mut">
                  {formatWhen(row.raisedAt)}
                  {row.closedUntil ? `, ouverture de dossiers suspendue jusqu’à ${formatHour(row.closedUntil)}` : ''}. La liste des dossiers est dans le journal
                  des accès.
                </div>
              </div>
              {examined === row.id ? null : (
                <Button small onClick={() => setExamined(row.id)}>
                  J’ai examiné
                </Button>
              )}
            </div>
            {examined === row.id ? <Review id={row.id} closed={row.closedUntil !== null} onDone={() => setExamined(null)} /> : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Review(props: { readonly id: string; readonly closed: boolean; readonly onDone: () => void }): ReactNode {
  const form = useActionForm(reviewOpeningAlert, {
    draftKey: `signIn.alert:${props.id}`,
    initialValues: () => ({ id: props.id, comment: '', reopen: true }),
    done: 'Alerte examinée.',
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <AreaField {...form.field('comment')} label="Ce que vous avez constaté" rows={2} autoFocus />
      {props.closed ? <CheckField {...form.field('reopen')} label="Rouvrir les dossiers à ce compte" /> : null}
      <FormFoot form={form} submit="Enregistrer" />
    </Form>
  )
}
