import './safeguarding.css'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { personHeader, personIdentity } from '../../persons/contract/queries.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { ChoiceCards } from '../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { type ActionForm, useActionForm } from '../../platform/web/form/use-action-form.ts'
import { CenterColumn, Columns, Section, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { openReport } from '../contract/actions.ts'
import type { Endangered, ReportId } from '../contract/report.ts'
import { KindChoice } from './KindChoice.tsx'
import { ReadersOnly } from './ReportsPage.tsx'
import { nameOf, traitsOf } from './report-words.tsx'
import { WhoItIs } from './WhoItIs.tsx'

/** A new report: whose file first, then the facts, the danger, who is told. Sending comes after, once it is written. */
export function NewReportPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ personne: 'id' })
  const personId = (filters.personne ?? null) as PersonId | null
  return (
    <Page title="Nouveau signalement" hiddenHeading={personId === null} where={<Link to="/signalements">‹ Signalements</Link>} note={<ReadersOnly />}>
      {personId === null ? <WhoItIs onPick={(id) => setFilter('personne', id)} /> : <NewReport key={personId} personId={personId} />}
    </Page>
  )
}

interface FactValues {
  readonly observedBy: string
  readonly observedOn: string
  readonly words: string
}
interface NoticeValues {
  readonly whom: string
  readonly told: 'yes' | 'no' | ''
  readonly on: string
  readonly by: string
  readonly words: string
}
interface Values {
  readonly id: ReportId
  readonly endangered: Endangered | ''
  readonly endangeredName: string
  readonly whereabouts: string
  readonly facts: readonly FactValues[]
  readonly kinds: readonly string[]
  readonly dangerLevel: string
  readonly danger: string
  readonly concerned: readonly { readonly role: string; readonly name: string; readonly words: string }[]
  readonly notices: readonly NoticeValues[]
}
type ReportForm = ActionForm<typeof openReport, Values>

const noFact = (): FactValues => ({ observedBy: '', observedOn: '', words: '' })

function NewReport({ personId }: { readonly personId: PersonId }): ReactNode {
  const header = useJalonQuery(personHeader, { personId })
  const identity = useJalonQuery(personIdentity, { personId })
  return (
    <QueryState query={header}>
      {(data) => (identity.isPending ? null : <Sheet personId={personId} header={data} whereabouts={addressOf(identity.data)} />)}
    </QueryState>
  )
}

/** « 3 rue des Tilleuls, Rupt-sur-Moselle » */
function addressOf(identity: { readonly address: string | null; readonly commune: string | null } | undefined): string {
  return [identity?.address, identity?.commune].filter(Boolean).join(', ')
}

function Sheet(props: { readonly personId: PersonId; readonly header: HeaderData; readonly whereabouts: string }): ReactNode {
  const { personId, header } = props
  const navigate = useNavigate()
  const form = useActionForm<typeof openReport, Values>(openReport, {
    target: { personId } as PersonTarget,
    draftKey: `safeguarding.open:${personId}`,
    initialValues: () => ({
      id: newId(),
      endangered: '',
      endangeredName: '',
      whereabouts: props.whereabouts,
      facts: [noFact()],
      kinds: [],
      dangerLevel: '',
      danger: '',
      concerned: [],
      notices: (['person', 'hierarchy'] as const).map((whom) => ({ whom, told: '', on: '', by: '', words: '' })),
    }),
    toInput: (values) => ({
      ...values,
      personId,
      endangered: values.endangered as Endangered,
      endangeredName: values.endangered === 'person' ? null : values.endangeredName,
      facts: [...values.facts],
      kinds: [...values.kinds],
      concerned: [...values.concerned],
      notices: values.notices.map((one) => ({
        ...one,
        told: one.told === '' ? (undefined as never) : one.told === 'yes',
        on: one.told === 'yes' ? one.on : null,
        words: one.words,
      })),
    }),
    done: 'Signalement ouvert. Vous et votre direction le lisez ; nommez d’autres lecteurs s’il le faut.',
    onDone: ({ id }) => void navigate({ to: '/signalements/$reportId', params: { reportId: id } as never }),
  })
  return (
    <Columns kind="two" drawerLabel="À savoir">
      <CenterColumn label="Nouveau signalement" foot={<FormFoot form={form} formId="report" submit="Ouvrir le signalement" />}>
        <div>
          <h1>Nouveau signalement</h1>
          <p className="mut">
            {nameOf(header)} · {traitsOf(header)}
          </p>
        </div>
        <Form form={form} id="report">
          <Who form={form} />
          <Facts form={form} />
          <Danger form={form} />
          <Concerned form={form} />
          <Told form={form} />
        </Form>
      </CenterColumn>
      <SideColumn side="right" label="À savoir">
        <WhatToKnow endangered={form.values.endangered} level={form.values.dangerLevel} />
      </SideColumn>
    </Columns>
  )
}

type HeaderData = Parameters<typeof nameOf>[0] & Parameters<typeof traitsOf>[0]

function Who({ form }: { readonly form: ReportForm }): ReactNode {
  const other = form.values.endangered !== '' && form.values.endangered !== 'person'
  return (
    <>
      <h2 className="part">1. Qui est en danger</h2>
      <SegmentedChoice
        value={form.values.endangered || null}
        onChange={(endangered) => form.set('endangered', endangered)}
        error={form.errors['endangered']}
        label="Qui est en danger"
        bare
        span={12}
        options={[
          { value: 'person', label: 'La personne accompagnée' },
          { value: 'child', label: 'Un enfant près d’elle' },
          { value: 'other_adult', label: 'Un autre adulte' },
        ]}
      />
      {other ? <TextField {...form.field('endangeredName')} label="Nom, âge, lien" hint="« Léo, 6 ans, petit-fils »" span={6} /> : null}
      <TextField {...form.field('whereabouts')} label="Où se trouve la personne en danger" optional span={other ? 6 : 12} />
    </>
  )
}

function Facts({ form }: { readonly form: ReportForm }): ReactNode {
  const { facts } = form.values
  return (
    <>
      <h2 className="part">2. Les faits</h2>
      <p className="small mut" style={{ gridColumn: '1 / -1' }}>
        Ce qui a été vu ou entendu, mot pour mot, entre guillemets s’il s’agit de paroles. Sans avis, sans conclusion.
      </p>
      {facts.map((_fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a form have no other name, and are only added or taken from the end.
        <div key={index} className="factform">
          <TextField {...form.field(`facts.${index}.observedBy`)} label="Observé ou rapporté par" hint="nom et fonction" span={8} />
          <DayField {...form.field(`facts.${index}.observedOn`)} label="Le" span={4} />
          <AreaField {...form.field(`facts.${index}.words`)} label="Ce qui a été vu, entendu, dit" rows={4} />
        </div>
      ))}
      <div className="row" style={{ gridColumn: '1 / -1' }}>
        <Button small icon={IconPlus} onClick={() => form.setAll({ facts: [...facts, noFact()] })}>
          Un autre fait
        </Button>
        {facts.length > 1 ? (
          <Button small quiet icon={IconTrash} onClick={() => form.setAll({ facts: facts.slice(0, -1) })}>
            Retirer le dernier
          </Button>
        ) : null}
      </div>
    </>
  )
}

function Danger({ form }: { readonly form: ReportForm }): ReactNode {
  const levels = useValueList('safeguarding.danger_level')
  return (
    <>
      <h2 className="part">3. Le danger supposé</h2>
      <ChoiceCards
        value={form.values.dangerLevel || null}
        onChange={(dangerLevel) => form.set('dangerLevel', dangerLevel)}
        error={form.errors['dangerLevel']}
        label="Niveau"
        options={levels.values.map((one) => ({ value: one.code, title: one.label, detail: one.definition ?? undefined }))}
      />
      <KindChoice value={form.values.kinds} onChange={(kinds) => form.setAll({ kinds })} error={form.errors['kinds']} />
      <AreaField {...form.field('danger')} label="Ce qui fait craindre pour elle" hint="vulnérabilité, répétition, emprise, ce qui protège" rows={3} />
    </>
  )
}

function Concerned({ form }: { readonly form: ReportForm }): ReactNode {
  const roles = useValueList('safeguarding.concerned_role')
  const { concerned } = form.values
  return (
    <>
      <h2 className="part">
        4. Qui d’autre est concerné <span className="opt">facultatif</span>
      </h2>
      {concerned.map((_one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as for the facts.
        <div key={index} className="factform">
          <TextField {...form.field(`concerned.${index}.name`)} label="Nom, lien" span={5} />
          <SelectField {...form.field(`concerned.${index}.role`)} label="Place dans les faits" options={roles.options} span={3} />
          <TextField {...form.field(`concerned.${index}.words`)} label="Précision" optional span={4} />
        </div>
      ))}
      <div className="row" style={{ gridColumn: '1 / -1' }}>
        <Button small icon={IconPlus} onClick={() => form.setAll({ concerned: [...concerned, { role: '', name: '', words: '' }] })}>
          Une personne
        </Button>
        {concerned.length > 0 ? (
          <Button small quiet icon={IconTrash} onClick={() => form.setAll({ concerned: concerned.slice(0, -1) })}>
            Retirer la dernière
          </Button>
        ) : null}
      </div>
    </>
  )
}

function Told({ form }: { readonly form: ReportForm }): ReactNode {
  const told = useValueList('safeguarding.told')
  const { notices } = form.values
  const others = told.options.filter((one) => !notices.some(({ whom }) => whom === one.value))
  return (
    <>
      <h2 className="part">5. Qui est prévenu</h2>
      {notices.map((notice, index) => (
        <div key={notice.whom} className="factform">
          <SegmentedChoice
            value={notice.told || null}
            onChange={(value) => form.set(`notices.${index}.told` as never, value as never)}
            error={form.errors[`notices.${index}.told`]}
            label={told.label(notice.whom)}
            span={4}
            options={[
              { value: 'yes', label: 'Prévenue' },
              { value: 'no', label: 'Non prévenue' },
            ]}
          />
          {notice.told === 'yes' ? (
            <>
              <DayField {...form.field(`notices.${index}.on`)} label="Le" span={3} />
              <TextField {...form.field(`notices.${index}.by`)} label="Par" optional span={5} />
            </>
          ) : notice.told === 'no' ? (
            <TextField {...form.field(`notices.${index}.words`)} label="N’a pas été prévenue parce que" span={8} />
          ) : null}
        </div>
      ))}
      {others.length > 0 ? (
        <div className="row wrap small" style={{ gridColumn: '1 / -1', gap: 6 }}>
          <span className="mut">Ajouter :</span>
          {others.map((one) => (
            <button
              key={one.value}
              type="button"
              className="tok tok--add"
              onClick={() => form.setAll({ notices: [...notices, { whom: one.value, told: '', on: '', by: '', words: '' }] })}
            >
              {one.label}
            </button>
          ))}
        </div>
      ) : null}
    </>
  )
}

/** Beside the form: who will read, what the law says, whom to seize. */
function WhatToKnow(props: { readonly endangered: Endangered | ''; readonly level: string }): ReactNode {
  const authorities = useValueList('safeguarding.authority')
  const forWhom = props.endangered === 'child' ? ['crip', 'prosecutor', 'child_line'] : ['adult_unit', 'prosecutor', 'adult_line', 'ars']
  const proposed = authorities.values.filter((one) => forWhom.includes(one.code)).sort((a, b) => forWhom.indexOf(a.code) - forWhom.indexOf(b.code))
  return (
    <>
      {props.level === 'immediate' ? (
        <Notice tone="alert" live>
          <b>Danger immédiat : appelez d’abord.</b> 17 police ou gendarmerie, 15 SAMU, 114 par SMS. Le procureur de permanence se joint par le 17.
        </Notice>
      ) : null}
      <Section title="Qui le lira">
        <p className="small">
          Vous et la direction de votre service. Personne d’autre tant que vous ne l’avez pas nommé : ni vos collègues, ni le cercle, ni l’administration
          régionale. Rien n’en paraît dans le Fil, les compteurs, la recherche ou les exports.
        </p>
      </Section>
      <Section title="Le secret">
        <p className="small">
          Il ne s’oppose pas au signalement de privations ou de sévices infligés à un mineur ou à une personne qui ne peut se protéger ; qui signale de bonne
          foi ne peut être inquiété. <span className="mut">Code pénal, art. 226-14 ; CASF, art. L. 119-1.</span>
        </p>
      </Section>
      <Section title="Qui saisir ensuite">
        <ul className="lines">
          {proposed.map((one) => (
            <li key={one.code}>
              <b>{one.label}</b>
              {one.definition ? <p className="small mut">{one.definition}</p> : null}
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
