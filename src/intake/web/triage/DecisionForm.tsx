import { IconGavel } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { followers } from '../../../episodes/contract/queries.ts'
import { dacReasons, type Level, levels, triageDecisions } from '../../../episodes/contract/value-sets.ts'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import { addDays } from '../../../platform/contract/dates.ts'
import { newId, type ServiceId, type UserId } from '../../../platform/contract/ids.ts'
import { useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { TokenChoice } from '../../../platform/web/display/StatusPill.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { type ActionForm, useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { services } from '../../../territory/contract/queries.ts'
import { workingDayAfter } from '../../../territory/contract/working-time.ts'
import { blockedBy } from '../../contract/extra-questions.ts'
import type { ReorientationId, RequestTarget } from '../../contract/sollicitation.ts'
import { decideTriage } from '../../contract/triage.ts'
import { noFollowUpReasons, reorientationTargets } from '../../contract/value-sets.ts'
import { calendarOf } from '../words.ts'
import type { TriageRow } from './TriagePage.tsx'

interface Values {
  readonly id: string
  readonly episodeId: string
  readonly reorientationId: string
  readonly decision: string
  readonly comment: string
  readonly participants: string
  readonly givenTo: string
  readonly level: string
  readonly referentId: string
  readonly binomeId: string
  readonly grounds: readonly string[]
  readonly stepTitle: string
  readonly stepOn: string
  readonly target: string
  readonly partnerName: string
  readonly followUpOn: string
  readonly noFollowUpReason: string
  readonly dacId: string
}

/** The first visit is due within ten working days, within three for what is urgent (domain 5A, step 7). */
const usualVisit = 10
const urgentVisit = 3

/** One decision, its own content, one gesture. */
export function DecisionForm({ row }: { readonly row: TriageRow }): ReactNode {
  const { actor, settings } = useSession()
  const decisions = useValueList(triageDecisions.code, triageDecisions.values)
  const target = {
    id: row.id,
    holderOrg: actor.serviceId,
    status: row.status,
    personId: row.person?.personId ?? null,
    requesterUserId: null,
    requesterPartyId: null,
    assignedTo: null,
  } as RequestTarget
  const visitOn = workingDayAfter(today(), row.urgency === 'within_24h' || row.urgency === 'within_72h' ? urgentVisit : usualVisit, calendarOf(settings))
  const form = useActionForm<typeof decideTriage, Values>(decideTriage, {
    target,
    draftKey: `intake.triage:${row.id}`,
    invalidates: ['episodes', 'persons'],
    initialValues: () => ({
      id: newId(),
      episodeId: newId(),
      reorientationId: newId(),
      decision: '',
      comment: '',
      participants: '',
      givenTo: '',
      level: '',
      referentId: '',
      binomeId: '',
      grounds: [],
      stepTitle: 'Première visite à domicile',
      stepOn: visitOn,
      target: '',
      partnerName: '',
      followUpOn: addDays(today(), 14),
      noFollowUpReason: '',
      dacId: '',
    }),
    toInput: (values) => inputOf(values, row),
    fieldOf: (path) => fields[path] ?? path,
    done: ({ episodeId }) => (episodeId ? 'Décision enregistrée, accompagnement ouvert.' : 'Décision enregistrée.'),
  })
  const { decision } = form.values
  const blocked = blockedBy('take_charge', row.requesterKind, row.extra)
  return (
    <Form form={form}>
      <SelectField
        {...form.field('decision')}
        label="La commission décide"
        span={12}
        options={decisions.values.map(({ code, label }) => ({ value: code, label }))}
      />
      {blocked && decision !== '' && decision !== 'ask_more' && decision !== 'no_follow_up' ? (
        <div className="f" style={{ '--span': 12 } as React.CSSProperties}>
          <Notice tone="warning">{blocked.reason}</Notice>
        </div>
      ) : null}
      {decision === 'accompany' ? <Accompany form={form} /> : null}
      {decision === 'evaluate_first' || decision === 'brief_support' ? <GivenTo form={form} /> : null}
      {decision === 'reorient' || decision === 'exclusively_social' ? <Reorient form={form} /> : null}
      {decision === 'other_dac' ? <OtherDac form={form} /> : null}
      {decision === 'no_follow_up' ? <NoFollowUp form={form} /> : null}
      <AreaField {...form.field('comment')} label={decision === 'ask_more' ? 'Ce qui manque' : 'Pourquoi, en quelques mots'} optional rows={2} />
      <TextField {...form.field('participants')} label="Présents" span={12} optional />
      <FormFoot form={form} submit="Enregistrer" icon={IconGavel} />
    </Form>
  )
}

type DecisionFormState = ActionForm<typeof decideTriage, Values>

function Accompany({ form }: { readonly form: DecisionFormState }): ReactNode {
  const levelList = useValueList(levels.code, levels.values)
  const reasons = useValueList(dacReasons.code, dacReasons.values)
  const team = useJalonQuery(followers, {})
  const options = (team.data?.rows ?? []).map(({ userId, name, open, intensive }) => ({
    value: userId,
    label: `${name}, ${open} en cours${intensive > 0 ? ` dont ${intensive} intensifs` : ''}`,
  }))
  const { grounds } = form.values
  return (
    <>
      <SegmentedChoice {...form.field('level')} label="Niveau" span={12} options={levelList.values.map(({ code, label }) => ({ value: code, label }))} />
      <SelectField {...form.field('referentId')} label="Référent" span={12} options={options} />
      <SelectField
        {...form.field('binomeId')}
        label="Binôme"
        span={12}
        optional
        placeholder="Aucun"
        options={options.filter(({ value }) => value !== form.values.referentId)}
      />
      <SelectField
        label="Pourquoi le DAC intervient"
        span={12}
        value=""
        error={form.errors['grounds']}
        placeholder={grounds.length === 0 ? 'À choisir, une raison au moins' : 'Ajouter une raison'}
        options={reasons.values.filter(({ code }) => !grounds.includes(code)).map(({ code, label }) => ({ value: code, label }))}
        onChange={(code) => (code ? form.set('grounds', [...grounds, code]) : undefined)}
      />
      {grounds.length > 0 ? (
        <div className="f row wrap" style={{ '--span': 12, gap: 6, display: 'flex' } as React.CSSProperties}>
          {grounds.map((code) => (
            <TokenChoice
              key={code}
              on
              onChange={() =>
                form.set(
                  'grounds',
                  grounds.filter((one) => one !== code),
                )
              }
            >
              <span className="tok__wrap">{reasons.label(code)}</span>
            </TokenChoice>
          ))}
        </div>
      ) : null}
      <TextField {...form.field('stepTitle')} label="Prochaine étape" span={12} />
      <DayField {...form.field('stepOn')} label="Avant le" span={12} pivotYear={new Date().getFullYear() + 1} />
    </>
  )
}

function GivenTo({ form }: { readonly form: DecisionFormState }): ReactNode {
  const team = useJalonQuery(followers, {})
  return (
    <SelectField
      {...form.field('givenTo')}
      label="Confiée à"
      span={12}
      placeholder="Personne encore"
      options={(team.data?.rows ?? []).map(({ userId, name }) => ({ value: userId, label: name }))}
    />
  )
}

function Reorient({ form }: { readonly form: DecisionFormState }): ReactNode {
  const targets = useValueList(reorientationTargets.code, reorientationTargets.values)
  return (
    <>
      <SelectField {...form.field('target')} label="Vers" span={12} options={targets.values.map(({ code, label }) => ({ value: code, label }))} />
      <TextField {...form.field('partnerName')} label="Partenaire" span={12} />
      <DayField {...form.field('followUpOn')} label="Demander des nouvelles le" span={12} pivotYear={new Date().getFullYear() + 1} />
    </>
  )
}

function OtherDac({ form }: { readonly form: DecisionFormState }): ReactNode {
  const { actor } = useSession()
  const { data } = useJalonQuery(services, { kinds: ['dac'] })
  return (
    <SelectField
      {...form.field('dacId')}
      label="DAC"
      span={12}
      options={(data?.rows ?? []).filter(({ id }) => id !== actor.serviceId).map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

function NoFollowUp({ form }: { readonly form: DecisionFormState }): ReactNode {
  const reasons = useValueList(noFollowUpReasons.code, noFollowUpReasons.values)
  return (
    <SelectField
      {...form.field('noFollowUpReason')}
      label="Pourquoi sans suite"
      span={12}
      options={reasons.values.map(({ code, label }) => ({ value: code, label }))}
    />
  )
}

/** Faults of the input under the fields that hold them. */
const fields: Readonly<Record<string, string>> = {
  'opening.level': 'level',
  'opening.referentId': 'referentId',
  'opening.binomeId': 'binomeId',
  'opening.grounds': 'grounds',
  'opening.nextStep.title': 'stepTitle',
  'opening.nextStep.dueOn': 'stepOn',
  'reorientation.target': 'target',
  'reorientation.partnerName': 'partnerName',
  'reorientation.followUpOn': 'followUpOn',
}

function inputOf(values: Values, row: TriageRow): RawInputOf<typeof decideTriage> {
  const reorients = values.decision === 'reorient' || values.decision === 'exclusively_social'
  return {
    id: values.id,
    sollicitationId: row.id as never,
    decision: values.decision,
    comment: values.comment,
    participants: values.participants,
    givenTo: values.givenTo as UserId,
    noFollowUpReason: values.decision === 'no_follow_up' ? values.noFollowUpReason : '',
    dacId: (values.decision === 'other_dac' ? values.dacId : '') as ServiceId,
    opening:
      values.decision === 'accompany'
        ? {
            episodeId: values.episodeId,
            level: values.level as Level,
            referentId: values.referentId as UserId,
            binomeId: values.binomeId as UserId,
            grounds: [...values.grounds],
            nextStep: values.stepTitle.trim() === '' ? null : { kind: 'plan_visit', title: values.stepTitle, dueOn: values.stepOn },
          }
        : null,
    reorientation: reorients
      ? { id: values.reorientationId as ReorientationId, target: values.target, partnerName: values.partnerName, followUpOn: values.followUpOn }
      : null,
  }
}
