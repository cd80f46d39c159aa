import './plan.css'
import { IconPlus, IconPrinter } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { HiddenNotice, Notice } from '../../platform/web/display/Notice.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { ScrollRegion } from '../../platform/web/layout/ScrollRegion.tsx'
import { plural, typo } from '../../platform/web/text/typography.ts'
import { givesAgreement } from '../contract/access.ts'
import { discardDraft, restoreLine, resumePlan, revisePlan } from '../contract/actions.ts'
import { comparePlans, statementOf } from '../contract/compare.ts'
import { GiveAgreement } from './GiveAgreement.tsx'
import { HandOverModal } from './HandOverModal.tsx'
import { type Editing, LineModal } from './LineModal.tsx'
import { PlanFoot } from './PlanFoot.tsx'
import { PlanTable } from './PlanTable.tsx'
import { ProposeModal, ValidateModal } from './ProposeModal.tsx'
import { StatementModal } from './StatementModal.tsx'
import { AnswerLine, JudgeMenu, StatusMenu } from './StatusMenu.tsx'
import { ThesaurusPicker } from './ThesaurusPicker.tsx'
import { usePlan } from './use-plan.ts'
import { VersionsLine } from './VersionsLine.tsx'

type Window = 'thesaurus' | 'propose' | 'validate' | 'print' | 'agree' | 'wishes' | 'alert_plan' | null

/** The plan on one screen: versions, table, and below it when it is revised, what was set aside and who agrees. */
export function PlanBoard(): ReactNode {
  const plan = usePlan()
  const actor = useActor()
  const { data, target, editable, sex } = plan
  const [editing, setEditing] = useState<Editing | null>(null)
  const [open, setOpen] = useState<Window>(null)
  const comparison = useMemo(() => (data.shows === 'living' && data.state !== 'validated' ? comparePlans(data.validated, data.content) : null), [data])
  const revise = useAction(revisePlan, target)
  const resume = useAction(resumePlan, target)
  const wishes = statementOf(data.content, 'wishes')
  const mine = givesAgreement(actor, target).allowed && !plan.writes.allowed
  const closed = data.closedVolets

  return (
    <div className="planpage" style={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 }}>
      <div className="bar planbar">
        <VersionsLine comparison={comparison} />
        <span className="end row wrap no-print">
          {data.state !== 'validated' && data.validatedNumber !== null && data.shows === 'living' ? (
            <Link className="small" to="." search={{ comparer: String(data.validatedNumber) } as never}>
              Comparer à la v&nbsp;{data.validatedNumber}
            </Link>
          ) : null}
          {plan.writes.allowed ? (
            <Button small icon={IconPrinter} onClick={() => setOpen('print')}>
              Imprimer
            </Button>
          ) : null}
          {editable ? (
            <>
              <Button small icon={IconPlus} onClick={() => setOpen('thesaurus')}>
                Problème
              </Button>
              <Button small main onClick={() => setOpen('propose')}>
                Proposer à la validation
              </Button>
            </>
          ) : null}
          {plan.writes.allowed && data.state === 'proposed' ? (
            <>
              <Button small blocked={resume.pending} onClick={() => void resume.run({ id: data.id })}>
                Reprendre la rédaction
              </Button>
              <span className="act">
                <Button small main blocked={!plan.validates.allowed} describedBy="why-validate" onClick={() => setOpen('validate')}>
                  Valider la version {data.draftNumber}
                </Button>
                {plan.validates.allowed ? null : (
                  <span id="why-validate" className="act__why">
                    {plan.validates.reason}
                  </span>
                )}
              </span>
            </>
          ) : null}
          {plan.writes.allowed && data.state === 'validated' ? (
            <Button small main={data.criterionReachedAt !== null} blocked={revise.pending} onClick={() => void revise.run({ id: data.id })}>
              Commencer la version {data.nextNumber}
            </Button>
          ) : null}
          {mine && data.state !== 'draft' ? (
            <Button small main={data.state === 'proposed'} onClick={() => setOpen('agree')}>
              Donner mon accord
            </Button>
          ) : null}
        </span>
      </div>
      {wishes || editable ? (
        <div className="wishes">
          <b className="semi nw">Ce qui compte {sex === 'M' ? 'pour lui' : sex === 'F' ? 'pour elle' : 'pour la personne'}</b>
          {wishes ? (
            <p className="grow">
              {wishes.words}{' '}
              {wishes.saidOn ? (
                <span className="dim nw" style={{ fontStyle: 'normal' }}>
                  dit le {formatDay(wishes.saidOn)}
                </span>
              ) : null}
            </p>
          ) : (
            <span className="grow dim">à recueillir, dans ses mots</span>
          )}
          {editable ? (
            <button type="button" className="linklike no-print" onClick={() => setOpen('wishes')}>
              {wishes ? 'Modifier' : 'Écrire'}
              <span className="vh"> ce qui compte</span>
            </button>
          ) : null}
        </div>
      ) : null}
      {data.state === 'closed' ? (
        <div style={{ padding: '8px 16px' }}>
          <Notice>Ce PPCS est clos{data.closedOn ? ` depuis le ${formatDay(data.closedOn)}` : ''}, avec l’accompagnement.</Notice>
        </div>
      ) : null}
      {data.shows === 'validated' ? (
        <div style={{ padding: '8px 16px' }}>
          <Notice tone="info">
            Vous lisez la version {data.validatedNumber}, validée le {formatDay(data.validatedOn ?? '')}, avec l’avancée d’aujourd’hui. La version suivante est
            en rédaction au DAC.
          </Notice>
        </div>
      ) : null}
      <ScrollRegion className="plan" label={`PPCS, version ${data.draftNumber ?? data.validatedNumber}`} region>
        <PlanTable
          caption={`Plan personnalisé de coordination en santé, version ${data.draftNumber ?? data.validatedNumber}`}
          content={data.content}
          comparison={comparison}
          sex={sex}
          edit={
            editable
              ? {
                  problem: (problem) => setEditing({ kind: 'problem', problem }),
                  objective: (objective, problem) => setEditing({ kind: 'objective', objective, problem }),
                  action: (action, objective) => setEditing({ kind: 'action', action, objective }),
                  addObjective: (problem) => setEditing({ kind: 'addObjective', problem }),
                  addAction: (objective) => setEditing({ kind: 'addAction', objective }),
                }
              : undefined
          }
          status={(action, pill) => (plan.follows(action) ? <StatusMenu action={action} pill={pill} /> : pill)}
          answer={(action) =>
            !plan.writes.allowed && data.state !== 'draft' && action.answer === null && plan.follows(action) ? <AnswerLine action={action} /> : null
          }
          objectiveStatus={(objective, pill) => (plan.writes.allowed && data.state !== 'closed' ? <JudgeMenu objective={objective} pill={pill} /> : pill)}
        />
        {data.content.problems.length === 0 ? (
          <p className="mut" style={{ padding: 16 }}>
            {editable ? 'Rien n’est encore écrit : commencez par un problème du thésaurus, ou par le vôtre.' : 'Rien qui vous soit ouvert dans ce plan.'}
          </p>
        ) : null}
        {closed.length > 0 ? (
          <div style={{ padding: '10px 16px' }}>
            <HiddenNotice
              reason={`Le volet ${closed.map((volet) => voletWord(volet).toLowerCase()).join(' et le volet ')} de ce plan ne vous est pas ouvert pour cette personne.`}
            />
          </div>
        ) : null}
        {data.removed.length > 0 && editable ? <Removed /> : null}
        {editable ? <Discard changes={comparison?.count ?? 0} /> : null}
      </ScrollRegion>
      <PlanFoot onAlertPlan={() => setOpen('alert_plan')} />
      {editing ? <LineModal editing={editing} onClose={() => setEditing(null)} /> : null}
      {open === 'thesaurus' ? <ThesaurusPicker onClose={() => setOpen(null)} /> : null}
      {open === 'propose' ? <ProposeModal onClose={() => setOpen(null)} onWrite={setOpen} /> : null}
      {open === 'validate' ? <ValidateModal onClose={() => setOpen(null)} /> : null}
      {open === 'print' ? <HandOverModal onClose={() => setOpen(null)} /> : null}
      {open === 'agree' ? <GiveAgreement onClose={() => setOpen(null)} /> : null}
      {open === 'wishes' || open === 'alert_plan' ? <StatementModal kind={open} onClose={() => setOpen(null)} /> : null}
    </div>
  )
}

/** What was begun by mistake is given up, after a question that says what goes and what stays. */
function Discard({ changes }: { readonly changes: number }): ReactNode {
  const { data, target } = usePlan()
  const discard = useAction(discardDraft, target, { onDone: ({ number }) => toast({ text: `Version ${number} abandonnée. Le Fil en garde la trace.` }) })
  const first = data.validatedNumber === null
  const ask = async (): Promise<void> => {
    const sure = await confirm({
      title: `Abandonner la version ${data.draftNumber} ?`,
      text: typo(
        first
          ? 'Aucune version n’est validée : cette personne n’aura plus de PPCS en cours. Ce qui a été écrit reste dans l’historique.'
          : `${changes === 0 ? 'Rien n’a été changé.' : `${plural(changes, 'changement')} ${changes === 1 ? 'sera défait' : 'seront défaits'}.`} La version ${data.validatedNumber} reste en vigueur, avec l’avancée d’aujourd’hui. Ce qui a été écrit reste dans l’historique.`,
      ),
      action: 'Abandonner cette version',
      danger: true,
    })
    if (sure) await discard.run({ id: data.id, contentVersion: data.contentVersion })
  }
  return (
    <p className="small no-print" style={{ padding: '10px 16px' }}>
      <button type="button" className="linklike" disabled={discard.pending} onClick={() => void ask()}>
        Abandonner la version {data.draftNumber}
      </button>
      {discard.error ? <span className="t-alert"> {discard.error.detail}</span> : null}
    </p>
  )
}

/** Lines taken out since the last version, to be put back if need be. */
function Removed(): ReactNode {
  const { data } = usePlan()
  return (
    <details style={{ padding: '10px 16px' }} className="small">
      <summary className="mut">{plural(data.removed.length, 'ligne retirée', 'lignes retirées')}</summary>
      <ul className="lines">
        {data.removed.map((line) => (
          <RemovedLine key={line.id} line={line} />
        ))}
      </ul>
    </details>
  )
}

function RemovedLine({ line }: { readonly line: ReturnType<typeof usePlan>['data']['removed'][number] }): ReactNode {
  const { target } = usePlan()
  const restore = useAction(restoreLine, target)
  return (
    <li className="row">
      <span className="grow is-gone">{line.title}</span>
      {restore.error ? <span className="t-alert">{restore.error.detail}</span> : null}
      <Button small quiet blocked={restore.pending} onClick={() => void restore.run({ kind: line.kind, id: line.id, baseVersion: line.version })}>
        Rétablir
      </Button>
    </li>
  )
}
