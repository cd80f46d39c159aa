import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { useValueLabels, useValueList } from '../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { displayZone } from '../../platform/web/text/dates.ts'
import { instantAt } from '../../territory/contract/working-time.ts'
import { activitiesOfPerson, correctActivity, counterpartLabels, counterparts } from '../contract/activities.ts'

type Activity = OutputOf<typeof activitiesOfPerson>['rows'][number]

const amount = (minutes: number | null, kilometres: number | null): string =>
  [minutes === null ? null : `${minutes}\u00a0min`, kilometres === null ? null : `${kilometres.toLocaleString('fr-FR')}\u00a0km`].filter(Boolean).join(', ')

/** What the service did for her, each line corrected where it stands. */
export function Activities({ personId }: { readonly personId: PersonId }): ReactNode {
  const query = useJalonQuery(activitiesOfPerson, { personId })
  const label = useValueLabels()
  const [open, setOpen] = useState<string | null>(null)
  useEvents(['episodes.activity.*'], () => void query.refetch())
  const rows = query.data?.rows ?? []
  return (
    <Section title="Ce qui a été fait" count={rows.length > 0 ? String(rows.length) : undefined}>
      {query.data !== undefined && rows.length === 0 ? (
        <p className="small mut">Rien de noté encore : les appels et les visites se notent dans le fil.</p>
      ) : null}
      <ul className="lines">
        {rows.map((row) => (
          <li key={row.id}>
            <div className="row sp wrap">
              <span>
                <b>{label('episodes.activity_type', row.kind)}</b>{' '}
                <span className="mut">
                  {formatDay(dayOf(row.at, displayZone()))},{' '}
                  {[row.partner ?? counterpartLabels[row.withWhom].toLowerCase(), amount(row.minutes, row.kilometres), row.doneByName]
                    .filter(Boolean)
                    .join(' · ')}
                  {row.reached ? '' : ' · sans réponse'}
                </span>
                {row.correctedAt === null ? null : (
                  <span className="small mut" style={{ display: 'block' }}>
                    Corrigé le {formatDay(dayOf(row.correctedAt, displayZone()))} par {row.correctedByName}
                  </span>
                )}
              </span>
              <Button
                small
                quiet
                expanded={open === row.id}
                label={`Corriger : ${label('episodes.activity_type', row.kind)} du ${formatDay(dayOf(row.at, displayZone()))}`}
                onClick={() => setOpen(open === row.id ? null : row.id)}
              >
                Corriger
              </Button>
            </div>
            {open === row.id ? <Correction key={row.version} row={row} personId={personId} onDone={() => setOpen(null)} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

const number = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed.replace(',', '.')))

function Correction({ row, personId, onDone }: { readonly row: Activity; readonly personId: PersonId; readonly onDone: () => void }): ReactNode {
  const kinds = useValueList('episodes.activity_type')
  const zone = displayZone()
  const form = useActionForm(correctActivity, {
    target: { personId, holderOrg: row.holderOrg },
    record: row.id,
    initialValues: {
      baseVersion: row.version,
      kind: row.kind,
      day: dayOf(row.at, zone) as string,
      minutes: row.minutes === null ? '' : String(row.minutes),
      kilometres: row.kilometres === null ? '' : String(row.kilometres).replace('.', ','),
      withWhom: row.withWhom,
      missed: !row.reached,
      partner: row.partner ?? '',
    },
    toInput: ({ baseVersion, day, missed, minutes, kilometres, kind, withWhom, partner }) => ({
      id: row.id,
      baseVersion,
      changes: {
        kind,
        withWhom,
        partner,
        reached: !missed,
        minutes: number(minutes),
        kilometres: number(kilometres),
        // The hour stays: another day is what one gets wrong.
        ...(day === dayOf(row.at, zone) ? {} : { at: instantAt(day, minutesOfDay(row.at, zone), zone).toISOString() }),
      },
    }),
    fieldOf: (path) => path.replace(/^changes\./, '').replace(/^at$/, 'day'),
    labels: { kind: 'Quoi', minutes: 'Durée', kilometres: 'Kilomètres', withWhom: 'Avec', reached: 'Joint', partner: 'Nom', at: 'Le' },
    done: 'Corrigé. Les indicateurs suivent.',
    onDone,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('kind')} label="Quoi" span={6} options={kinds.options} />
      <DayField {...form.field('day')} label="Le" span={6} />
      <TextField {...form.field('minutes')} label="Durée, en minutes" optional inputMode="numeric" span={4} />
      <TextField {...form.field('kilometres')} label="Kilomètres" optional inputMode="decimal" span={4} />
      <TextField {...form.field('partner')} label="Nom" optional span={4} />
      <SegmentedChoice {...form.field('withWhom')} label="Avec" span={12} options={counterparts.map((value) => ({ value, label: counterpartLabels[value] }))} />
      <CheckField {...form.field('missed')} label="Sans réponse" span={12} />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Corriger" />
      </div>
    </Form>
  )
}

/** Minutes since midnight of an instant, where the installation is. */
function minutesOfDay(instant: string, timeZone: string): number {
  const [hour = '0', minute = '0'] = new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })
    .format(new Date(instant))
    .split(':')
  return Number(hour) * 60 + Number(minute)
}
