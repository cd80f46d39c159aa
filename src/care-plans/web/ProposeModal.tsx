import './plan.css'
import { Modal } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { plural } from '../../platform/web/text/typography.ts'
import { proposePlan, validatePlan } from '../contract/actions.ts'
import { statementOf } from '../contract/compare.ts'
import type { PlanContent } from '../contract/plan.ts'
import { isOver } from '../contract/words.ts'
import { Agreements } from './Agreements.tsx'
import { usePlan } from './use-plan.ts'

interface Check {
  readonly ok: boolean
  readonly words: string
  /** False only warns. */
  readonly needed: boolean
}

const pursued = (content: PlanContent) =>
  content.problems.flatMap((problem) => problem.objectives.filter((one) => one.status !== 'not_pursued').flatMap((one) => one.actions))

/** Before it is proposed: what is there and what is missing, each in a line. */
export function ProposeModal(props: { readonly onClose: () => void; readonly onWrite: (what: 'wishes' | 'alert_plan') => void }): ReactNode {
  const { data, target } = usePlan()
  const propose = useAction(proposePlan, target, {
    onDone: () => toast({ text: `Version ${data.draftNumber} proposée. Les accords se recueillent maintenant.` }),
  })
  const actions = pursued(data.content)
  const nobody = actions.filter((action) => action.actor.kind !== 'person' && action.actor.name === null && !isOver(action.status))
  const checks: readonly Check[] = [
    {
      ok: actions.length > 0,
      needed: true,
      words:
        actions.length > 0
          ? `${plural(data.content.problems.length, 'problème')}, ${plural(actions.length, 'action')}`
          : 'Un problème, un objectif et une action au moins',
    },
    {
      ok: nobody.length === 0,
      needed: true,
      words: nobody.length === 0 ? 'Chaque action a quelqu’un pour la faire' : `Sans personne pour la faire : ${nobody.map((one) => one.title).join(', ')}`,
    },
    { ok: data.reviewOn !== null, needed: true, words: data.reviewOn ? `À réviser le ${formatDay(data.reviewOn)}` : 'La date de révision' },
    {
      ok: data.content.criteria.length > 0,
      needed: true,
      words:
        data.content.criteria.length > 0
          ? plural(data.content.criteria.length, 'critère de révision', 'critères de révision')
          : 'Un critère au moins qui ferait réviser avant cette date',
    },
    { ok: statementOf(data.content, 'wishes') !== undefined, needed: false, words: 'Ce qui compte pour la personne, dans ses mots' },
    { ok: statementOf(data.content, 'alert_plan') !== undefined, needed: false, words: 'Ce qu’il faut faire en cas de problème' },
  ]
  const ready = checks.every((check) => check.ok || !check.needed)
  return (
    <Modal opened onClose={props.onClose} title={`Proposer la version ${data.draftNumber} à la validation`} size="lg">
      <div className="stack stack--3">
        <Checks checks={checks} />
        <p className="small mut">
          Le cercle pourra la lire, chacun dans ses volets. Ses mots ne changent plus jusqu’à la validation, ou jusqu’à ce que la rédaction soit reprise.
        </p>
        {propose.error ? <Notice tone="alert">{propose.error.detail}</Notice> : null}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={props.onClose}>Continuer la rédaction</Button>
          <Button
            main
            blocked={!ready || propose.pending}
            onClick={() => void propose.run({ id: data.id, contentVersion: data.contentVersion }).then((done) => done && props.onClose())}
          >
            Proposer
          </Button>
        </div>
      </div>
    </Modal>
  )
}

/** The référent's last look: who agrees, what was refused. A partner's silence is shown and does not block. */
export function ValidateModal(props: { readonly onClose: () => void }): ReactNode {
  const { data, target, familyDoctor } = usePlan()
  const validate = useAction(validatePlan, target, { onDone: ({ number }) => toast({ text: `Version ${number} validée. Elle ne changera plus.` }) })
  const hers = data.agreements.filter(
    (one) => (one.party === 'person' || one.party === 'legal_representative') && one.state !== 'asked' && one.state !== 'no_answer',
  )
  const against = hers.some((one) => one.state === 'disagrees')
  const refusals = pursued(data.content).filter((action) => action.answer === 'refused' && !isOver(action.status))
  const gp = data.agreements.find((one) => one.party === 'gp')
  const hasGp = familyDoctor !== null && familyDoctor.state !== 'none' && familyDoctor.state !== 'unknown'
  const checks: readonly Check[] = [
    {
      ok: hers.length > 0 && !against,
      needed: true,
      words: against
        ? 'La personne n’est pas d’accord : reprenez la rédaction avec elle'
        : hers.length > 0
          ? 'L’accord de la personne, ou de son représentant, est noté'
          : 'L’accord de la personne, ou de son représentant, reste à noter',
    },
    {
      ok: refusals.length === 0,
      needed: true,
      words:
        refusals.length === 0
          ? 'Personne ne refuse l’action qui lui est confiée'
          : `Refusée par celui qui devait la faire : ${refusals.map((one) => one.title).join(', ')}`,
    },
    ...(hasGp
      ? [
          {
            ok: gp !== undefined && gp.state !== 'asked',
            needed: false,
            words:
              gp === undefined
                ? 'Le médecin traitant n’a pas été sollicité : cela ne bloque pas'
                : gp.state === 'asked' || gp.state === 'no_answer'
                  ? 'Médecin traitant sollicité, sans réponse : cela ne bloque pas'
                  : 'Le médecin traitant a répondu',
          },
        ]
      : []),
  ]
  const ready = checks.every((check) => check.ok || !check.needed)
  return (
    <Modal opened onClose={props.onClose} title={`Valider la version ${data.draftNumber}`} size="lg">
      <div className="stack stack--3">
        <Checks checks={checks} />
        <div className="planfoot" style={{ display: 'block', border: 0, padding: 0 }}>
          <Agreements />
        </div>
        <p className="small mut">Une version validée ne change plus. Elle sera à réviser le {data.reviewOn ? formatDay(data.reviewOn) : '…'}.</p>
        {validate.error ? <Notice tone="alert">{validate.error.detail}</Notice> : null}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={props.onClose}>Pas encore</Button>
          <Button
            main
            blocked={!ready || validate.pending}
            onClick={() => void validate.run({ id: data.id, contentVersion: data.contentVersion }).then((done) => done && props.onClose())}
          >
            Valider
          </Button>
        </div>
      </div>
    </Modal>
  )
}

function Checks(props: { readonly checks: readonly Check[] }): ReactNode {
  return (
    <ul className="checks">
      {props.checks.map((check) => (
        <li key={check.words}>
          <span className={check.ok ? 'ok' : 'no'}>
            <Ic of={check.ok ? IconCircleCheck : IconAlertTriangle} />
            <span className="vh">{check.ok ? 'fait' : check.needed ? 'à faire' : 'à noter'}</span>
          </span>
          <span>
            {check.words}
            {!check.ok && !check.needed ? <span className="dim small"> – facultatif</span> : null}
          </span>
        </li>
      ))}
    </ul>
  )
}
