import './plan.css'
import { Modal } from '@mantine/core'
import { IconFlag, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueLabels, useValueList } from '../../platform/web/lists/value-lists.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { flagsCriterion } from '../contract/access.ts'
import { addCriterion, flagCriterion, removeCriterion, setReview, unflagCriterion } from '../contract/actions.ts'
import { setAside, statementOf } from '../contract/compare.ts'
import type { CriterionId, PlanCriterion, PlanObjective } from '../contract/plan.ts'
import { revisionCriteria } from '../contract/value-sets.ts'
import { Agreements } from './Agreements.tsx'
import { JudgeModal } from './StatusMenu.tsx'
import { usePlan } from './use-plan.ts'

/** Below the table: when the plan is revised, what was set aside, what to do if something goes wrong, who agrees. */
export function PlanFoot(props: { readonly onAlertPlan: () => void }): ReactNode {
  const { data, editable, writes } = usePlan()
  const label = useValueLabels()
  const [open, setOpen] = useState<'review' | 'criterion' | null>(null)
  const [judged, setJudged] = useState<PlanObjective | null>(null)
  const aside = setAside(data.content)
  const alert = statementOf(data.content, 'alert_plan')
  const shownNumber = (data.shows === 'living' ? data.draftNumber : null) ?? data.validatedNumber
  return (
    <footer className="planfoot">
      <section>
        <h2>
          {data.reviewOn
            ? `À réviser le ${formatDay(data.reviewOn)}${data.content.criteria.length > 0 ? ', ou dès que\u00a0:' : ''}`
            : 'Date de révision à fixer'}{' '}
          {editable ? (
            <button type="button" className="linklike no-print" onClick={() => setOpen('review')}>
              {data.reviewOn ? 'Changer' : 'Fixer'}
            </button>
          ) : null}{' '}
          {editable ? (
            <button type="button" className="linklike no-print" onClick={() => setOpen('criterion')}>
              + Critère
            </button>
          ) : null}
        </h2>
        <ul>
          {data.content.criteria.map((criterion) => (
            <CriterionLine key={criterion.id} criterion={criterion} />
          ))}
        </ul>
      </section>
      <section>
        <h2>{aside.length > 1 ? 'Objectifs écartés' : 'Objectif écarté'}</h2>
        {aside.length === 0 ? <p className="mut">Aucun.</p> : null}
        <ul>
          {aside.map(({ objective }) => (
            <li key={objective.id} className="mut">
              {writes.allowed && data.state !== 'closed' ? (
                <button type="button" className="cellbtn" onClick={() => setJudged(objective)}>
                  {objective.title}
                </button>
              ) : (
                objective.title
              )}
              {'\u00a0'}: {objective.statusWords ?? label('care_plans.not_pursued_reason', objective.statusReason).toLocaleLowerCase('fr-FR')}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>
          En cas de problème{' '}
          {editable ? (
            <button type="button" className="linklike no-print" onClick={props.onAlertPlan}>
              {alert ? 'Modifier' : 'Écrire'}
              <span className="vh"> la conduite à tenir</span>
            </button>
          ) : null}
        </h2>
        <p className="mut alertplan">{alert?.words ?? 'Pas encore écrit.'}</p>
      </section>
      <section>
        <h2>Accords sur la version {shownNumber}</h2>
        <Agreements />
      </section>
      {open === 'review' ? <ReviewModal onClose={() => setOpen(null)} /> : null}
      {open === 'criterion' ? <CriterionModal onClose={() => setOpen(null)} /> : null}
      {judged ? <JudgeModal objective={judged} onClose={() => setJudged(null)} /> : null}
    </footer>
  )
}

/** A criterion: reached, it stands in red with its day; the circle may flag it. */
function CriterionLine({ criterion }: { readonly criterion: PlanCriterion }): ReactNode {
  const { data, target, editable, writes } = usePlan()
  const actor = useActor()
  const [flagging, setFlagging] = useState(false)
  const remove = useAction(removeCriterion, target)
  const unflag = useAction(unflagCriterion, target)
  const reached = criterion.reachedOn !== null
  const mayFlag = data.state !== 'closed' && !reached && data.validatedNumber !== null && flagsCriterion(actor, target).allowed
  return (
    <li>
      {reached ? (
        <span className="t-alert semi">
          <Ic of={IconFlag} size="s" /> {lowerFirst(criterion.words)} (atteint le {formatDay(criterion.reachedOn ?? '').slice(0, 5)})
          {criterion.reachedWords ? <span className="dim"> {criterion.reachedWords}</span> : null}
        </span>
      ) : (
        <span className="mut">{lowerFirst(criterion.words)}</span>
      )}
      <span className="no-print">
        {' '}
        {mayFlag ? (
          <button type="button" className="linklike" onClick={() => setFlagging(true)}>
            Signaler<span className="vh"> : {criterion.words}</span>
          </button>
        ) : null}{' '}
        {reached && writes.allowed && data.state !== 'closed' ? (
          <button type="button" className="linklike" onClick={() => void unflag.run({ id: criterion.id, baseVersion: criterion.version })}>
            Lever<span className="vh"> le signalement : {criterion.words}</span>
          </button>
        ) : null}{' '}
        {editable && !reached ? (
          <button
            type="button"
            className="linklike"
            aria-label={`Retirer le critère : ${criterion.words}`}
            onClick={() => void remove.run({ id: criterion.id, baseVersion: criterion.version })}
          >
            <Ic of={IconX} size="s" />
          </button>
        ) : null}
      </span>
      {flagging ? <FlagModal criterion={criterion} onClose={() => setFlagging(false)} /> : null}
    </li>
  )
}

function FlagModal(props: { readonly criterion: PlanCriterion; readonly onClose: () => void }): ReactNode {
  const { target } = usePlan()
  const form = useActionForm(flagCriterion, {
    target,
    initialValues: () => ({ id: props.criterion.id, on: today() as string, words: '' }),
    done: 'Signalé : le PPCS est à réviser.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title={`Signaler : ${lowerFirst(props.criterion.words)}`} size="md">
      <Form form={form}>
        <DayField {...form.field('on')} label="Le" span={5} />
        <TextField {...form.field('words')} label="En quelques mots" optional span={12} autoFocus />
        <FormFoot form={form} submit="Signaler" />
      </Form>
    </Modal>
  )
}

function ReviewModal(props: { readonly onClose: () => void }): ReactNode {
  const { data, target } = usePlan()
  const form = useActionForm(setReview, {
    target,
    record: data.id,
    initialValues: { id: data.id, baseVersion: data.version, reviewOn: data.reviewOn ?? '' },
    labels: { reviewOn: 'Date de révision' },
    resolve: (values, kept, version) => ({ ...values, ...kept, ...(version === null ? {} : { baseVersion: version }) }),
    onDone: props.onClose,
  })
  const inMonths = (months: number): void => {
    const at = new Date(`${today()}T00:00:00Z`)
    at.setUTCMonth(at.getUTCMonth() + months)
    form.set('reviewOn', at.toISOString().slice(0, 10))
  }
  return (
    <Modal opened onClose={props.onClose} title="Date de révision" size="md">
      <Form form={form}>
        <DayField {...form.field('reviewOn')} label="À réviser le" span={6} pivotYear={Number(today().slice(0, 4)) + 2} autoFocus />
        <div className="row wrap" style={{ gridColumn: '1 / -1' }}>
          {[1, 3, 6, 12].map((months) => (
            <Button key={months} small onClick={() => inMonths(months)}>
              dans {months === 12 ? 'un an' : `${months} mois`}
            </Button>
          ))}
        </div>
        <FormFoot form={form} submit="Enregistrer" />
      </Form>
    </Modal>
  )
}

function CriterionModal(props: { readonly onClose: () => void }): ReactNode {
  const { data, target } = usePlan()
  const { options, label } = useValueList('care_plans.revision_criterion', revisionCriteria.values)
  const form = useActionForm(addCriterion, {
    target,
    initialValues: () => ({ id: newId<CriterionId>(), planId: data.id, code: '', words: '', volet: 'social' as string }),
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title="À réviser dès que…" size="md">
      <Form form={form}>
        <SelectField
          {...form.field('code')}
          label="Événement"
          span={12}
          options={options}
          onChange={(code) => form.setAll({ ...form.values, code, words: code === 'other' ? '' : label(code) })}
          autoFocus
        />
        <TextField {...form.field('words')} label="Dans vos mots" span={12} />
        <SelectField
          {...form.field('volet')}
          label="Qui le lira"
          span={12}
          options={[
            { value: 'social', label: 'Tout le cercle' },
            { value: 'health', label: 'Les professionnels de santé' },
          ]}
          help="Un critère que l’aide à domicile doit pouvoir signaler reste ouvert à tout le cercle."
        />
        <FormFoot form={form} submit="Ajouter" />
      </Form>
    </Modal>
  )
}

/** « Une chute » goes on after a colon as « une chute »; a name keeps its capital. */
function lowerFirst(text: string): string {
  return /^(Une?|L[ea]s?|L’)(?=[\s’\p{L}])/u.test(text) ? text.charAt(0).toLocaleLowerCase('fr-FR') + text.slice(1) : text
}
