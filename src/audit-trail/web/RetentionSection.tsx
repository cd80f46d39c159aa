import { type ReactNode, useState } from 'react'
import { holds } from '../../platform/contract/actor.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { typo } from '../../platform/web/text/typography.ts'
import { decideRetention } from '../contract/actions.ts'
import { traceRetention } from '../contract/queries.ts'

const choices = [6, 12, 18, 24, 30, 36].map((months) => ({ value: String(months), label: `${months} mois` }))

/** How long lines are kept, since whose decision and why; the region decides. */
export function RetentionSection(): ReactNode {
  const region = holds(useActor(), 'regional_admin')
  const query = useJalonQuery(traceRetention, {})
  const [deciding, setDeciding] = useState(false)
  return (
    <Section
      title="Conservation"
      end={
        region && !deciding ? (
          <button type="button" className="linklike" onClick={() => setDeciding(true)}>
            Changer
          </button>
        ) : null
      }
    >
      <QueryState query={query}>
        {({ months, justification, decidedByName, decidedAt }) =>
          deciding ? (
            <Decision months={months} onDone={() => setDeciding(false)} />
          ) : (
            <>
              <p>
                <b>{months} mois</b>
              </p>
              <p className="small">{justification}</p>
              <p className="small mut">{typo(`${decidedByName}, ${formatInstant(decidedAt)}`)}</p>
            </>
          )
        }
      </QueryState>
    </Section>
  )
}

function Decision({ months, onDone }: { readonly months: number; readonly onDone: () => void }): ReactNode {
  const form = useActionForm(decideRetention, {
    target: null,
    draftKey: 'auditTrail.retention',
    initialValues: () => ({ id: newId(), months: String(months), justification: '' }),
    toInput: (values) => ({ ...values, id: values.id as never, months: Number(values.months) }),
    done: 'Durée enregistrée.',
    onDone,
  })
  return (
    <Form form={form} id="conservation">
      <SelectField {...form.field('months')} label="Durée" options={choices} />
      <AreaField
        {...form.field('justification')}
        label="Pourquoi cette durée"
        rows={4}
        span={12}
        hint="Six à douze mois d’ordinaire ; jusqu’à trois ans si un risque de détournement le justifie."
      />
      <FormFoot
        form={form}
        submit="Fixer la durée"
        secondary={
          <Button quiet onClick={onDone}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
