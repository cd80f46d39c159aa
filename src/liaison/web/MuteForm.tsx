import type { ReactNode } from 'react'
import { addDays } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form } from '../../platform/web/form/Form.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { today } from '../../platform/web/text/dates.ts'
import { muteAlertRule } from '../contract/actions.ts'
import type { AlertMuteId } from '../contract/note.ts'
import type { AlertLine } from '../contract/queries.ts'

/** « Ne plus m’alerter de cela pour cette personne », until a day, with the reason. */
export function MuteForm(props: { readonly alert: AlertLine; readonly ruleTitle: string; readonly onDone: () => void }): ReactNode {
  const form = useActionForm(muteAlertRule, {
    target: props.alert,
    draftKey: `liaison.mute:${props.alert.id}`,
    initialValues: () => ({ id: newId<AlertMuteId>(), alertId: props.alert.id, until: addDays(today(), 30) as string, reason: '' }),
    done: 'Sourdine posée pour cette personne.',
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <p className="small mut" style={{ gridColumn: 'span 12' }}>
        La règle « {props.ruleTitle} » n’alertera plus pour cette personne. Une réponse rapide demandée alerte toujours.
      </p>
      <AreaField {...form.field('reason')} label="Pourquoi" rows={2} autoFocus />
      <DayField {...form.field('until')} label="Jusqu’au" span={4} />
      <div className="row" style={{ gridColumn: 'span 12' }}>
        <Button main small type="submit" keys="Ctrl+Enter" blocked={form.pending || !form.action.allowed}>
          Mettre en sourdine
        </Button>
        <Button small quiet onClick={props.onDone}>
          Annuler
        </Button>
        {(form.reason ?? form.error) ? (
          <span className="small t-alert" role="alert">
            {form.reason ?? form.error}
          </span>
        ) : null}
      </div>
    </Form>
  )
}
