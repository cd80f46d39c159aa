import './steering.css'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId, type ServiceId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { TableTwin } from '../../platform/web/chart/charts.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Bar, Card, CenterColumn, Columns, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { formatNumber } from '../../platform/web/text/numbers.ts'
import { removeFunding, removePost, saveFunding, savePost } from '../contract/actions.ts'
import { staffAndFunding } from '../contract/queries.ts'
import { employmentKinds, funders, jobKinds } from '../contract/value-sets.ts'

const labelIn = (set: { readonly values: readonly { readonly code: string; readonly label: string }[] }, code: string): string =>
  set.values.find((value) => value.code === code)?.label ?? 'Autre'
const optionsOf = (set: { readonly values: readonly { readonly code: string; readonly label: string }[] }): { value: string; label: string }[] =>
  set.values.map(({ code, label }) => ({ value: code, label }))
/** « 0,8 » or « 0.8 » as a number; NaN when it is not one, which the schema then refuses with its message. */
const numberTyped = (text: string): number => Number(text.replace(/[\s\u202f\u00a0]/g, '').replace(',', '.') || Number.NaN)

interface Post {
  id: string
  job: string
  employment: string
  label: string | null
  quotity: number
  startsOn: string
  endsOn: string | null
  version: number
}
interface Funding {
  id: string
  year: number
  funder: string
  amount: number
  provisional: boolean
  note: string | null
  version: number
}

/** What the work cannot tell: staff (indicator 7) and funding (indicator 8). */
export function MeansPage(): ReactNode {
  const actor = useActor()
  const serviceId = actor.serviceId as ServiceId
  const means = useJalonQuery(staffAndFunding, { serviceId })
  const [editing, setEditing] = useState<{ kind: 'post'; line: Post | null } | { kind: 'funding'; line: Funding | null }>({ kind: 'post', line: null })
  const target = { serviceId }
  const dropPost = useAction(removePost, target, { invalidates: ['steering'] })
  const dropFunding = useAction(removeFunding, target, { invalidates: ['steering'] })
  const sure = (what: string): Promise<boolean> =>
    confirm({ title: `Retirer ${what}`, text: 'La ligne ne sera plus comptée. Elle reste dans l’historique.', action: 'Retirer', danger: true })
  return (
    <Page title="Effectif et financement" where={actor.serviceName}>
      <Bar title="Effectif et financement" />
      <Columns kind="circle">
        <SideColumn side="left" label="Saisie">
          <Segmented
            label="Ce que vous saisissez"
            value={editing.kind}
            onChange={(kind) => setEditing({ kind, line: null })}
            options={[
              { value: 'post', label: 'Un poste' },
              { value: 'funding', label: 'Un financement' },
            ]}
          />
          {editing.kind === 'post' ? (
            <PostForm key={editing.line?.id ?? 'new'} serviceId={serviceId} line={editing.line} onDone={() => setEditing({ kind: 'post', line: null })} />
          ) : null}
          {editing.kind === 'funding' ? (
            <FundingForm key={editing.line?.id ?? 'new'} serviceId={serviceId} line={editing.line} onDone={() => setEditing({ kind: 'funding', line: null })} />
          ) : null}
        </SideColumn>
        <CenterColumn label="Lignes saisies">
          <QueryState query={means}>
            {({ posts, funding }) => (
              <div className="stack stack--4">
                <Card
                  title="Postes"
                  count={`${formatNumber(
                    posts.filter((p) => p.endsOn === null || p.endsOn >= today()).reduce((sum, p) => sum + p.quotity, 0),
                    2,
                  )} ETP aujourd’hui`}
                  flush
                >
                  {posts.length === 0 ? (
                    <EmptyState icon={IconPlus} title="Aucun poste saisi">
                      Saisissez les postes à gauche : un poste, pas une personne.
                    </EmptyState>
                  ) : (
                    <TableTwin
                      caption="Postes du service"
                      columns={[{ head: 'Métier' }, { head: 'Statut' }, { head: 'Quotité', num: true }, { head: 'Du' }, { head: 'Au' }, { head: '' }]}
                      rows={posts.map((post) => [
                        post.label ? `${labelIn(jobKinds, post.job)}, ${post.label}` : labelIn(jobKinds, post.job),
                        labelIn(employmentKinds, post.employment),
                        formatNumber(post.quotity, 2),
                        formatDay(post.startsOn),
                        post.endsOn ? formatDay(post.endsOn) : '–',
                        <span key="act" className="row end">
                          <Button quiet small iconOnly icon={IconPencil} label="Modifier ce poste" onClick={() => setEditing({ kind: 'post', line: post })} />
                          <Button
                            quiet
                            small
                            iconOnly
                            icon={IconTrash}
                            label="Retirer ce poste"
                            onClick={async () => void ((await sure('ce poste')) && (await dropPost.run({ id: post.id as never, serviceId })))}
                          />
                        </span>,
                      ])}
                    />
                  )}
                </Card>
                <Card title="Financements" flush>
                  {funding.length === 0 ? (
                    <EmptyState icon={IconPlus} title="Aucun financement saisi">
                      Une ligne par année et par financeur.
                    </EmptyState>
                  ) : (
                    <TableTwin
                      caption="Financements du service"
                      columns={[{ head: 'Année' }, { head: 'Financeur' }, { head: 'Montant', num: true }, { head: 'État' }, { head: '' }]}
                      rows={funding.map((line) => [
                        line.year,
                        labelIn(funders, line.funder),
                        `${formatNumber(line.amount)} €`,
                        line.provisional ? 'Provisoire' : 'Arrêté',
                        <span key="act" className="row end">
                          <Button
                            quiet
                            small
                            iconOnly
                            icon={IconPencil}
                            label="Modifier ce financement"
                            onClick={() => setEditing({ kind: 'funding', line })}
                          />
                          <Button
                            quiet
                            small
                            iconOnly
                            icon={IconTrash}
                            label="Retirer ce financement"
                            onClick={async () => void ((await sure('ce financement')) && (await dropFunding.run({ id: line.id as never, serviceId })))}
                          />
                        </span>,
                      ])}
                    />
                  )}
                </Card>
              </div>
            )}
          </QueryState>
        </CenterColumn>
      </Columns>
    </Page>
  )
}

interface EntryProps<Line> {
  readonly serviceId: ServiceId
  readonly line: Line | null
  readonly onDone: () => void
}

function PostForm({ serviceId, line, onDone }: EntryProps<Post>): ReactNode {
  const form = useActionForm(savePost, {
    target: { serviceId },
    draftKey: `steering.post:${line?.id ?? 'new'}`,
    initialValues: {
      id: line?.id ?? newId<ServiceId>(),
      job: line?.job ?? '',
      employment: line?.employment ?? 'employed',
      label: line?.label ?? '',
      quotity: line ? formatNumber(line.quotity, 2) : '1',
      startsOn: line?.startsOn ?? '',
      endsOn: line?.endsOn ?? '',
    },
    toInput: (values) => ({
      ...values,
      id: values.id as never,
      serviceId,
      baseVersion: line?.version ?? 0,
      quotity: numberTyped(values.quotity),
      label: values.label || null,
      endsOn: values.endsOn || null,
    }),
    done: 'Poste enregistré.',
    invalidates: ['steering'],
    onDone,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('job')} label="Métier" options={optionsOf(jobKinds)} span={12} />
      <SelectField {...form.field('employment')} label="Statut" options={optionsOf(employmentKinds)} span={12} />
      <TextField {...form.field('quotity')} label="Quotité" help="1 pour un plein temps, 0,8 pour quatre jours." span={6} />
      <TextField {...form.field('label')} label="Repère" optional span={6} />
      <DayField {...form.field('startsOn')} label="Depuis le" span={6} />
      <DayField {...form.field('endsOn')} label="Jusqu’au" optional span={6} />
      <FormFoot form={form} submit={line ? 'Enregistrer' : 'Ajouter le poste'} />
    </Form>
  )
}

function FundingForm({ serviceId, line, onDone }: EntryProps<Funding>): ReactNode {
  const form = useActionForm(saveFunding, {
    target: { serviceId },
    draftKey: `steering.funding:${line?.id ?? 'new'}`,
    initialValues: {
      id: line?.id ?? newId<ServiceId>(),
      year: String(line?.year ?? today().slice(0, 4)),
      funder: line?.funder ?? '',
      amount: line ? String(line.amount) : '',
      state: line?.provisional === false ? 'final' : 'provisional',
      note: line?.note ?? '',
    },
    toInput: (values) => ({
      id: values.id as never,
      serviceId,
      baseVersion: line?.version ?? 0,
      year: numberTyped(values.year),
      funder: values.funder,
      amount: numberTyped(values.amount),
      provisional: values.state !== 'final',
      note: values.note || null,
    }),
    fieldOf: (path) => (path === 'provisional' ? 'state' : path),
    done: 'Financement enregistré.',
    invalidates: ['steering'],
    onDone,
  })
  return (
    <Form form={form}>
      <TextField {...form.field('year')} label="Année" span={5} />
      <SelectField {...form.field('funder')} label="Financeur" options={optionsOf(funders)} span={7} />
      <TextField {...form.field('amount')} label="Montant en euros" span={6} />
      <SelectField
        {...form.field('state')}
        label="État"
        options={[
          { value: 'provisional', label: 'Provisoire' },
          { value: 'final', label: 'Arrêté' },
        ]}
        span={6}
      />
      <TextField {...form.field('note')} label="Précision" optional span={12} />
      <FormFoot form={form} submit={line ? 'Enregistrer' : 'Ajouter le financement'} />
    </Form>
  )
}
