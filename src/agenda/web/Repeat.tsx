import type { ReactNode } from 'react'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import type { useActionForm } from '../../platform/web/form/use-action-form.ts'
import type { bookAppointment } from '../contract/actions.ts'
import { type WeekDay, weekDays } from '../contract/recurrence.ts'
import type { BookingValues } from './booking-values.ts'

const dayWords: Readonly<Record<WeekDay, string>> = { MO: 'lun.', TU: 'mar.', WE: 'mer.', TH: 'jeu.', FR: 'ven.', SA: 'sam.', SU: 'dim.' }

/** How often it comes back, and until when. */
export function Repeat({ form }: { readonly form: ReturnType<typeof useActionForm<typeof bookAppointment, BookingValues>> }): ReactNode {
  const { values } = form
  return (
    <>
      <SelectField
        {...form.field('repeat')}
        label="Répétition"
        span={4}
        options={[
          { value: 'no', label: 'Une fois' },
          { value: 'daily', label: 'Chaque jour' },
          { value: 'weekly', label: 'Chaque semaine' },
          { value: 'monthly', label: 'Chaque mois' },
        ]}
      />
      {values.repeat === 'no' ? (
        <span style={{ gridColumn: 'span 8' }} />
      ) : (
        <>
          <SelectField
            {...form.field('every')}
            label={values.repeat === 'weekly' ? 'Toutes les' : 'Tous les'}
            span={4}
            options={[1, 2, 3, 4, 6].map((one) => ({
              value: String(one),
              label: `${one === 1 ? '' : `${one} `}${{ daily: 'jours', weekly: 'semaines', monthly: 'mois' }[values.repeat as 'daily']}`,
            }))}
          />
          <DayField {...form.field('until')} label="Jusqu’au" span={4} />
        </>
      )}
      {values.repeat === 'weekly' ? (
        <fieldset className="agenda-days" style={{ gridColumn: '1 / -1' }}>
          <legend>Les jours</legend>
          {weekDays.map((one) => (
            <label key={one} className={values.weekDays.includes(one) ? 'on' : undefined}>
              <input
                type="checkbox"
                checked={values.weekDays.includes(one)}
                onChange={() =>
                  form.set('weekDays', values.weekDays.includes(one) ? values.weekDays.filter((other) => other !== one) : [...values.weekDays, one])
                }
              />
              {dayWords[one]}
            </label>
          ))}
        </fieldset>
      ) : null}
    </>
  )
}
