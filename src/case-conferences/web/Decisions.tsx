import { IconCheck, IconPlus, IconSend, IconSignature, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { planOfPerson } from '../../care-plans/contract/queries.ts'
import { circle } from '../../care-team/contract/queries.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { VoletChip, voletWord } from '../../platform/web/display/Volet.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { useValueLabels, useValueList } from '../../platform/web/lists/value-lists.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { nbsp, plural } from '../../platform/web/text/typography.ts'
import {
  addCaseDecision,
  answerCaseDecision,
  decisionToPlan,
  decisionToTask,
  handDecisionTo,
  recordCaseAgreement,
  removeCaseDecision,
  sendMinutes,
  signMinutes,
} from '../contract/actions.ts'
import { agreementLabels, type CaseDecision } from '../contract/conference.ts'
import type { SheetProps } from './ConferencePage.tsx'

const whole = { gridColumn: '1 / -1' }

/** What is decided, by whom, until when, and whether she accepts. */
export function Decisions(props: SheetProps): ReactNode {
  const { sheet, mayLead } = props
  const [adding, setAdding] = useState(false)
  const open = sheet.conference.state === 'planned' || sheet.conference.state === 'held'
  return (
    <Section
      title="Décisions"
      count={sheet.decisions.length > 0 ? String(sheet.decisions.length) : undefined}
      end={
        mayLead && open ? (
          <button type="button" className="linklike row" style={{ gap: 4 }} onClick={() => setAdding(true)}>
            <IconPlus className="ic ic--s" stroke={1.75} />
            Décider
          </button>
        ) : undefined
      }
    >
      {sheet.decisions.length === 0 && !adding ? <p className="small mut">Chaque décision a quelqu’un qui l’accepte ; rien n’est imposé.</p> : null}
      <ul className="lines" aria-label="Décisions">
        {sheet.decisions.map((decision) => (
          <Decision key={decision.id} {...props} decision={decision} />
        ))}
      </ul>
      {adding ? <DecisionForm {...props} onDone={() => setAdding(false)} /> : null}
    </Section>
  )
}

function Decision(props: SheetProps & { readonly decision: CaseDecision }): ReactNode {
  const { decision, target, mayLead, sheet } = props
  const [part, setPart] = useState<'plan' | 'hand' | null>(null)
  const own = target === null ? null : { ...target, partyId: decision.actorPartyId }
  const answer = useAction(answerCaseDecision, own)
  const task = useAction(decisionToTask, own)
  const remove = useAction(removeCaseDecision, own)
  const used = decision.planActionId !== null || decision.taskId !== null
  const why = answer.error ?? task.error ?? remove.error
  const say = (said: 'accepted' | 'refused'): void =>
    void answer.run({ id: decision.id, baseVersion: decision.version, answer: said, mode: decision.mine ? 'online' : 'present', words: null })
  return (
    <li className="stack stack--2">
      <div className="row row--top" style={{ gap: 8 }}>
        <b className="grow">{decision.words}</b>
        <VoletChip volet={decision.volet} />
      </div>
      <div className="small mut">
        {[decision.actorName, decision.actorRole, decision.dueOn ? `pour le ${formatDay(decision.dueOn)}` : null].filter(Boolean).join(' · ')}
      </div>
      <div className="row wrap" style={{ gap: 6 }}>
        {decision.answer === null ? (
          <StatusPill tone="warning">Réponse attendue</StatusPill>
        ) : (
          <StatusPill tone={decision.answer === 'accepted' ? 'success' : 'neutral'} icon={decision.answer === 'accepted' ? IconCheck : IconX}>
            {decision.answer === 'accepted' ? 'Acceptée' : 'Refusée'}
          </StatusPill>
        )}
        {decision.planActionId ? (
          <Link to="/personnes/$personId/ppcs" params={{ personId: sheet.person.personId } as never}>
            Dans le PPCS
          </Link>
        ) : null}
        {decision.taskId ? <span className="small mut">Devenue une tâche</span> : null}
      </div>
      {decision.answerWords || decision.answerNotedByName ? (
        <div className="small">
          {decision.answerWords ? `«${nbsp}${decision.answerWords}${nbsp}» ` : ''}
          {decision.answerNotedByName ? <span className="mut">noté par {decision.answerNotedByName}</span> : null}
        </div>
      ) : null}
      {!used && (decision.mine || mayLead) ? (
        <div className="row wrap">
          {decision.answer === null ? (
            <>
              <Button small onClick={() => say('accepted')} label={`Accepte : ${decision.words}`}>
                {decision.mine ? 'J’accepte' : 'Accepte'}
              </Button>
              <Button small quiet onClick={() => say('refused')} label={`Refuse : ${decision.words}`}>
                {decision.mine ? 'Je refuse' : 'Refuse'}
              </Button>
            </>
          ) : null}
          {mayLead && decision.answer === 'accepted' ? (
            <>
              <Button
                small
                expanded={part === 'plan'}
                onClick={() => setPart(part === 'plan' ? null : 'plan')}
                label={`Reprendre dans le PPCS : ${decision.words}`}
              >
                Reprendre dans le PPCS
              </Button>
              <Button small quiet onClick={() => void task.run({ id: decision.id })} label={`En faire une tâche : ${decision.words}`}>
                En faire une tâche
              </Button>
            </>
          ) : null}
          {mayLead && decision.answer === 'refused' && sheet.conference.state !== 'signed' ? (
            <Button small expanded={part === 'hand'} onClick={() => setPart(part === 'hand' ? null : 'hand')}>
              Confier à quelqu’un d’autre
            </Button>
          ) : null}
          {mayLead && sheet.conference.state !== 'signed' ? (
            <Button small quiet onClick={() => void remove.run({ id: decision.id })} label={`Retirer : ${decision.words}`}>
              Retirer
            </Button>
          ) : null}
        </div>
      ) : null}
      {why ? (
        <p className="small t-alert" role="alert">
          {why.detail}
        </p>
      ) : null}
      {part === 'plan' ? <ToPlan {...props} onDone={() => setPart(null)} /> : null}
      {part === 'hand' ? <HandForm {...props} onDone={() => setPart(null)} /> : null}
    </li>
  )
}

/** Those around the table and in the circle, for the actor of a decision. */
function useActors({
  sheet,
}: SheetProps): readonly { readonly value: string; readonly label: string; readonly partyId: string | null; readonly role: string | null }[] {
  const around = useJalonQuery(circle, { personId: sheet.person.personId })
  const label = useValueLabels()
  const table = sheet.participants.map((one) => ({ value: one.partyId ?? one.id, label: one.name, partyId: one.partyId, role: one.role }))
  const others = (around.data?.members ?? [])
    .filter((member) => member.current && !table.some((one) => one.partyId === member.partyId || one.label === member.name))
    .map((member) => ({ value: member.id, label: member.name, partyId: member.partyId, role: label('care_team.role', member.roles[0]?.role ?? '') || null }))
  return [...table, ...others]
}

function DecisionForm(props: SheetProps & { readonly onDone: () => void }): ReactNode {
  const { sheet, target, onDone } = props
  const actors = useActors(props)
  const open: readonly Volet[] = (['social', 'health', 'administrative'] as const).filter((volet) => !sheet.closedVolets.includes(volet))
  const form = useActionForm(addCaseDecision, {
    target,
    draftKey: `caseConferences.decision:${sheet.conference.id}`,
    initialValues: () => ({ id: newId() as string, words: '', volet: (open[0] ?? 'administrative') as Volet, actor: '', actorName: '', dueOn: '' }),
    toInput: ({ actor, actorName, ...typed }) => {
      const one = actors.find(({ value }) => value === actor)
      return {
        ...typed,
        conferenceId: sheet.conference.id,
        actorPartyId: one?.partyId ?? null,
        actorName: one?.label ?? actorName,
        actorRole: one?.role ?? null,
      }
    },
    onDone,
  })
  return (
    <Form form={form}>
      <AreaField {...form.field('words')} label="Ce qui est décidé" rows={2} autoFocus />
      <SelectField {...form.field('actor')} label="Qui le fait" span={12} placeholder="Quelqu’un d’autre" options={actors} />
      {form.values.actor === '' ? <TextField {...form.field('actorName')} label="Son nom" span={12} /> : null}
      <DayField {...form.field('dueOn')} label="Pour le" optional span={12} />
      <SegmentedChoice {...form.field('volet')} label="Volet" span={12} options={open.map((value) => ({ value, label: voletWord(value) }))} />
      <div style={whole}>
        <FormFoot form={form} submit="Noter la décision" />
      </div>
    </Form>
  )
}

function HandForm(props: SheetProps & { readonly decision: CaseDecision; readonly onDone: () => void }): ReactNode {
  const { decision, target, onDone } = props
  const actors = useActors(props).filter((one) => one.partyId !== decision.actorPartyId || one.partyId === null)
  const form = useActionForm(handDecisionTo, {
    target,
    initialValues: { actor: '', actorName: '' },
    toInput: ({ actor, actorName }) => {
      const one = actors.find(({ value }) => value === actor)
      return {
        id: decision.id,
        baseVersion: decision.version,
        actorPartyId: one?.partyId ?? null,
        actorName: one?.label ?? actorName,
        actorRole: one?.role ?? null,
      }
    },
    onDone,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('actor')} label="Qui le fait" span={12} placeholder="Quelqu’un d’autre" options={actors} />
      {form.values.actor === '' ? <TextField {...form.field('actorName')} label="Son nom" span={12} /> : null}
      <div style={whole}>
        <FormFoot form={form} submit="Confier" />
      </div>
    </Form>
  )
}

/** Under which objective of the plan being written. */
function ToPlan(props: SheetProps & { readonly decision: CaseDecision; readonly onDone: () => void }): ReactNode {
  const { decision, sheet, target, onDone } = props
  const plan = useJalonQuery(planOfPerson, { personId: sheet.person.personId })
  const objectives = (plan.data?.plan?.content.problems ?? []).flatMap((problem) =>
    problem.objectives.map((objective) => ({ value: objective.id as string, label: `${problem.title} → ${objective.title}` })),
  )
  const form = useActionForm(decisionToPlan, {
    target,
    initialValues: () => ({ id: decision.id as string, actionId: newId() as string, objectiveId: '' }),
    invalidates: ['carePlans'],
    done: 'Reprise dans le PPCS, avec son acceptation.',
    onDone,
  })
  if (plan.data === undefined) return null
  if (plan.data.plan?.state !== 'draft')
    return (
      <p className="small mut">
        {plan.data.plan === null ? 'Aucun PPCS n’est en cours de rédaction. ' : 'Le PPCS n’est pas en cours de rédaction. '}
        <Link to="/personnes/$personId/ppcs" params={{ personId: sheet.person.personId } as never}>
          Ouvrir le PPCS
        </Link>
      </p>
    )
  return (
    <Form form={form}>
      <SelectField {...form.field('objectiveId')} label="Sous quel objectif" span={12} options={objectives} />
      <div style={whole}>
        <FormFoot form={form} submit="Reprendre" />
      </div>
    </Form>
  )
}

/** What the person thinks of it: asked before anything is signed, sent or taken up in her plan. */
export function AgreementSection({ sheet, target, mayLead }: SheetProps): ReactNode {
  const { conference } = sheet
  const [asking, setAsking] = useState(false)
  const modes = useValueList('case_conferences.answer_mode')
  const label = useValueLabels()
  const form = useActionForm(recordCaseAgreement, {
    target,
    initialValues: { agreement: 'agreed' as 'agreed' | 'refused' | 'represented', on: today(), mode: 'present', words: '' },
    toInput: (typed) => ({ ...typed, id: conference.id }),
    onDone: () => setAsking(false),
  })
  const open = conference.state === 'planned' || conference.state === 'held'
  return (
    <Section
      title="L’avis de la personne"
      end={
        mayLead && open ? (
          <button type="button" className="linklike" onClick={() => setAsking(!asking)} aria-expanded={asking}>
            {conference.agreement === 'not_asked' ? 'Noter' : 'Changer'}
          </button>
        ) : undefined
      }
    >
      <p className={conference.agreement === 'not_asked' ? 'mut' : undefined}>
        {agreementLabels[conference.agreement]}
        {conference.agreementOn ? `, le ${formatDay(conference.agreementOn)}` : ''}
        {conference.agreementMode ? ` (${label('case_conferences.answer_mode', conference.agreementMode).toLowerCase()})` : ''}
      </p>
      {conference.agreementWords ? (
        <p>
          «{nbsp}
          {conference.agreementWords}
          {nbsp}»
        </p>
      ) : null}
      {asking ? (
        <Form form={form}>
          <SegmentedChoice
            {...form.field('agreement')}
            label="Son avis"
            span={12}
            options={[
              { value: 'agreed', label: 'D’accord' },
              { value: 'refused', label: 'Refuse' },
              { value: 'represented', label: 'Représentant' },
            ]}
          />
          <DayField {...form.field('on')} label="Le" span={6} />
          <SelectField {...form.field('mode')} label="Comment" span={6} options={modes.options} />
          <AreaField {...form.field('words')} label="Ses mots" optional rows={2} />
          <div style={whole}>
            <FormFoot form={form} submit="Noter son avis" />
          </div>
        </Form>
      ) : null}
    </Section>
  )
}

/** Signed, the minutes never change; then they are sent, and to whom is kept. */
export function SignAndSend(props: SheetProps): ReactNode {
  const { sheet, target } = props
  const { conference } = sheet
  const [sending, setSending] = useState(false)
  const sign = useAction(signMinutes, target, { invalidates: ['liaison'] })
  return (
    <Section title="Compte rendu">
      {conference.state === 'signed' ? (
        <div className="stack stack--3">
          <p className="small mut">
            Signé par {conference.signedByName} le {formatDay((conference.signedAt ?? '').slice(0, 10))}.
          </p>
          <ul className="lines" aria-label="Envois">
            {sheet.sendings.map((one) => (
              <li key={one.id} className="small">
                {one.recipientName}{' '}
                <span className="mut">
                  {meansWords[one.means]}, le {formatDay(one.sentOn)} ({one.volets.map(voletWord).join(', ').toLowerCase()})
                </span>
              </li>
            ))}
          </ul>
          {sending ? (
            <SendForm {...props} onDone={() => setSending(false)} />
          ) : (
            <Button icon={IconSend} main={sheet.sendings.length === 0} onClick={() => setSending(true)}>
              Envoyer le compte rendu
            </Button>
          )}
        </div>
      ) : conference.state === 'planned' ? (
        <p className="small mut">Il se signe une fois les présents notés et l’avis de la personne recueilli.</p>
      ) : conference.state === 'cancelled' ? (
        <p className="small mut">
          Concertation annulée{'\u00a0'}: {conference.cancelledBecause}
        </p>
      ) : (
        <ActionButton
          action={sign}
          main
          icon={IconSignature}
          input={{ id: conference.id, baseVersion: conference.version }}
          ask={() =>
            confirm({
              title: 'Signer le compte rendu',
              text: 'Une fois signé, il ne change plus. Une décision peut encore recevoir sa réponse.',
              action: 'Signer',
            })
          }
        >
          Signer le compte rendu
        </ActionButton>
      )}
    </Section>
  )
}

const meansWords = { shared: 'partagé dans Jalon', printed: 'imprimé', handed: 'remis en main propre' } as const

function SendForm({ sheet, target, onDone }: SheetProps & { readonly onDone: () => void }): ReactNode {
  const actor = useActor()
  const people = sheet.participants.filter((one) => one.partyId !== actor.userId)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(people.filter((one) => one.partyId !== null).map((one) => one.id)))
  const form = useActionForm(sendMinutes, {
    target,
    initialValues: { health: false },
    toInput: ({ health }) => ({
      id: sheet.conference.id,
      recipients: people
        .filter((one) => chosen.has(one.id))
        .map((one) => ({
          partyId: one.partyId,
          name: one.name,
          means: one.partyId === null ? ('printed' as const) : ('shared' as const),
          volets: one.partyId === null && !health ? (['administrative', 'social'] as const).slice() : (['administrative', 'social', 'health'] as const).slice(),
        })),
    }),
    done: (output) => `Compte rendu envoyé à ${plural(output.sent, 'personne')}.`,
    onDone,
  })
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <Form form={form}>
      <fieldset className="plain guests" style={whole}>
        <legend>À qui</legend>
        {people.map((one) => (
          <label key={one.id} className="guest">
            <input type="checkbox" checked={chosen.has(one.id)} onChange={() => toggle(one.id)} />
            <span>
              {one.name} <span className="small mut">{one.partyId === null ? 'copie imprimée' : 'dans Jalon, selon les volets de son métier'}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <CheckField {...form.field('health')} label="Copies imprimées avec le volet santé" detail="Sinon, seulement ce qui est administratif et social." />
      {form.errors.recipients ? (
        <p className="small t-alert" role="alert" style={whole}>
          {form.errors.recipients}
        </p>
      ) : null}
      <div style={whole}>
        <FormFoot form={form} submit="Envoyer" />
      </div>
    </Form>
  )
}
