import '../../../platform/web/table/table.css'
import type { ReactNode } from 'react'
import type { Day } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { verdictOf } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { today } from '../../../platform/web/text/dates.ts'
import { loadBoard, pointsOf } from '../../contract/load-board.ts'
import { type LoadContent, loadContent, publishPractice } from '../../contract/practices.ts'
import { teamLoad } from '../../contract/queries.ts'
import type { WrittenPractice } from './written-practice.ts'

const fields: readonly { readonly name: keyof LoadContent; readonly label: string }[] = [
  { name: 'brief', label: 'Suivi ponctuel' },
  { name: 'sustained', label: 'Suivi soutenu' },
  { name: 'intensive', label: 'Suivi intensif' },
  { name: 'dormant', label: 'En veille' },
  { name: 'lateTask', label: 'Par tâche en retard' },
  { name: 'silence', label: 'Sans contact' },
  { name: 'silenceDays', label: 'Depuis, en jours' },
]
type Values = Readonly<Record<keyof LoadContent, string>> & { readonly ofRegion?: boolean }
const typedOf = (content: LoadContent): Values =>
  Object.fromEntries(fields.map(({ name }) => [name, String(content[name]).replace('.', ',')])) as unknown as Values
const contentOf = (values: Values): LoadContent =>
  Object.fromEntries(
    fields.map(({ name }) => [name, values[name].trim() === '' ? Number.NaN : Number(values[name].replace(',', '.'))]),
  ) as unknown as LoadContent

/** Points by level, by late task and by silence; the columns of the team with them, as they are typed. */
export function LoadForm({ practice, ofRegion }: { readonly practice: WrittenPractice<LoadContent>; readonly ofRegion: boolean }): ReactNode {
  const verdict = verdictOf(publishPractice, useActor(), undefined as never, { ofRegion })
  const mayWrite = verdict?.allowed ?? false
  const form = useActionForm<typeof publishPractice, Values>(publishPractice, {
    draftKey: mayWrite ? `episodes.practice:load:${practice.version}` : undefined,
    initialValues: () => ({ ofRegion, ...typedOf(practice.content) }),
    toInput: (values) => ({ ofRegion, baseVersion: practice.version, practice: { subject: 'load', content: contentOf(values) } }),
    fieldOf: (path) => path.replace(/^practice\.content\./, ''),
    done: 'Points publiés.',
  })
  return (
    <Form form={form} label="Points de charge">
      <fieldset className="plain form" style={{ gridColumn: '1 / -1' }} disabled={!mayWrite}>
        <legend className="vh">Points</legend>
        {fields.map(({ name, label }) => (
          <TextField key={name} {...form.field(name)} label={label} span={6} inputMode="decimal" />
        ))}
      </fieldset>
      {ofRegion ? <Sample values={form.values} /> : <Effect values={form.values} before={practice.content} />}
      {mayWrite ? (
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={form} submit={`Publier la version ${practice.version + 1}`} plain />
        </div>
      ) : null}
    </Form>
  )
}

const shown = (points: number): string => points.toLocaleString('fr-FR')

/** Each colleague before and after. */
function Effect({ values, before }: { readonly values: Values; readonly before: LoadContent }): ReactNode {
  const maySee = verdictOf(loadBoard, useActor(), undefined as never)?.allowed ?? false
  const board = useJalonQuery(loadBoard, {}, { enabled: maySee })
  const team = useJalonQuery(teamLoad, {}, { enabled: maySee })
  const after = loadContent.safeParse(contentOf(values))
  if (!maySee || board.data === undefined) return null
  const on = today() as Day
  const weigh = (userId: string, points: LoadContent): number =>
    board.data.files.filter((file) => file.referentId === userId).reduce((sum, file) => sum + pointsOf(file, points, on), 0)
  return (
    <table className="tbl tbl--twin" style={{ gridColumn: '1 / -1' }}>
      <caption className="vh">Effet sur l’équipe</caption>
      <thead>
        <tr>
          <th>Effet sur l’équipe</th>
          <th className="num">En service</th>
          <th className="num">Avec ces points</th>
        </tr>
      </thead>
      <tbody>
        {(team.data?.rows ?? []).map((one) => (
          <tr key={one.userId}>
            <td>{one.name}</td>
            <td className="num">{shown(weigh(one.userId, before))}</td>
            <td className="num">
              <b>{after.success ? shown(weigh(one.userId, after.data)) : '…'}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The region sees no file: three examples. */
function Sample({ values }: { readonly values: Values }): ReactNode {
  const points = loadContent.safeParse(contentOf(values))
  if (!points.success) return null
  const on = today() as Day
  const examples = [
    { label: 'Soutenu, vu aujourd’hui, rien en retard', file: { state: 'open', level: 'sustained' as const, lateTasks: 0, lastContactAt: on } },
    { label: 'Intensif, deux tâches en retard', file: { state: 'open', level: 'intensive' as const, lateTasks: 2, lastContactAt: on } },
    { label: 'Ponctuel, sans contact noté', file: { state: 'open', level: 'brief' as const, lateTasks: 0, lastContactAt: null } },
  ]
  return (
    <ul className="lines small" style={{ gridColumn: '1 / -1' }} aria-label="Exemples">
      {examples.map(({ label, file }) => (
        <li key={label} className="row sp">
          <span>{label}</span>
          <b>{shown(pointsOf(file, points.data, on))}</b>
        </li>
      ))}
    </ul>
  )
}
