import './plan.css'
import { Modal } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import { addDays } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { CheckField, ChoiceCards } from '../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { valueSets } from '../../territory/contract/queries.ts'
import { addProblem } from '../contract/actions.ts'
import type { ObjectiveId, PlanActionId, ProblemId } from '../contract/plan.ts'
import { regionalThesaurus, searchThesaurus, type ThesaurusHit } from '../contract/thesaurus-search.ts'
import { voletChoices } from './LineModal.tsx'
import { usePlan } from './use-plan.ts'
import { useCircleNames } from './who-search.ts'

const kindWords = { problem: 'problème', objective: 'objectif', action: 'action' }

/** Two letters find a problem, an objective or an action of the thesaurus; everything picked can then be rewritten. */
export function ThesaurusPicker(props: { readonly onClose: () => void }): ReactNode {
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const [picked, setPicked] = useState<ThesaurusHit | 'free' | null>(null)
  const lists = useJalonQuery(valueSets, {}, { staleTime: Number.POSITIVE_INFINITY })
  const tree = useMemo(() => regionalThesaurus(lists.data?.sets.find((set) => set.code === 'care_plans.thesaurus')?.values), [lists.data])
  const hits = useMemo(() => searchThesaurus(tree, text), [tree, text])
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      if (hits.length > 0) setActive((active + step + hits.length) % hits.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      setPicked(hits[active] ?? 'free')
    }
  }
  return (
    <Modal opened onClose={props.onClose} title="Ajouter un problème" size="xl">
      {picked === null ? (
        <div className="stack stack--3">
          {/* biome-ignore lint/a11y/noStaticElementInteractions: ↓ ↑ ↵ drive the list from its field. */}
          <div className="form" onKeyDown={onKeyDown}>
            <TextField
              label="Chercher dans le thésaurus"
              bare
              span={12}
              value={text}
              autoFocus
              placeholder="chute, médicaments, aidant, loyer…"
              onChange={(words) => {
                setText(words)
                setActive(0)
              }}
            />
          </div>
          {text.trim() === '' ? (
            <div className="stack">
              {tree.map((domain) => (
                <div key={domain.code}>
                  <h3 className="small mut" style={{ marginBottom: 4 }}>
                    {domain.label}
                  </h3>
                  <div className="row wrap" style={{ gap: 6 }}>
                    {domain.problems.map((problem) => (
                      <button
                        key={problem.code}
                        type="button"
                        className="tok tok--add"
                        onClick={() => setPicked({ kind: 'problem', code: problem.code, label: problem.label, domain, problem, objective: null, action: null })}
                      >
                        {problem.label}
                      </button>
                    ))}
                  </div>
                </div>
              ))}
            </div>
          ) : (
            <div className="pick" role="listbox" aria-label="Thésaurus">
              {hits.map((hit, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard acts from the field.
                <div
                  key={hit.code}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === active}
                  onMouseMove={() => setActive(index)}
                  onClick={() => setPicked(hit)}
                >
                  <span className="row">
                    <b className="semi grow">{hit.label}</b>
                    <span className="small dim">{kindWords[hit.kind]}</span>
                    <VoletChip volet={hit.problem.volet} />
                  </span>
                  <span className="small mut">
                    {hit.kind === 'problem'
                      ? hit.domain.label
                      : `${hit.problem.label}${hit.kind === 'action' && hit.objective ? ` › ${hit.objective.label}` : ''}`}
                  </span>
                </div>
              ))}
              {hits.length === 0 ? <p className="mut">Le thésaurus n’a rien sous ces mots.</p> : null}
            </div>
          )}
          <div>
            <Button small onClick={() => setPicked('free')}>
              Écrire un problème qui n’y est pas
            </Button>
          </div>
        </div>
      ) : (
        <ProblemWriting hit={picked === 'free' ? null : picked} typed={text} onBack={() => setPicked(null)} onClose={props.onClose} />
      )}
    </Modal>
  )
}

interface ChosenAction {
  readonly id: PlanActionId
  readonly code: string
  title: string
  readonly actor: string
  readonly dueOn: string
  chosen: boolean
}
interface ChosenObjective {
  readonly id: ObjectiveId
  readonly code: string
  title: string
  chosen: boolean
  actions: ChosenAction[]
}

/** What was found, in words that can be changed, with the objectives and actions to take along. */
function ProblemWriting(props: {
  readonly hit: ThesaurusHit | null
  readonly typed: string
  readonly onBack: () => void
  readonly onClose: () => void
}): ReactNode {
  const { hit } = props
  const { data, target } = usePlan()
  const label = useValueLabels()
  const circle = useCircleNames(data.personId)
  const form = useActionForm(addProblem, {
    target,
    initialValues: () => ({
      id: newId<ProblemId>(),
      planId: data.id,
      code: hit?.problem.code ?? '',
      title: hit?.problem.label ?? props.typed,
      details: '',
      volet: (hit?.problem.volet ?? 'social') as Volet,
      objectives: (hit?.problem.objectives ?? []).map(
        (objective): ChosenObjective => ({
          id: newId<ObjectiveId>(),
          code: objective.code,
          title: objective.label,
          chosen: hit?.objective ? hit.objective.code === objective.code : hit?.problem.objectives[0]?.code === objective.code,
          actions: objective.actions.map((action) => ({
            id: newId<PlanActionId>(),
            code: action.code,
            title: action.label,
            actor: action.actor,
            dueOn: addDays(today(), action.days),
            chosen: hit?.action?.code === action.code,
          })),
        }),
      ),
    }),
    toInput: ({ objectives, ...problem }) => ({
      ...problem,
      objectives: objectives
        .filter((one) => one.chosen || one.actions.some((action) => action.chosen))
        .map(({ id, code, title, actions }) => ({
          id,
          code,
          title,
          actions: actions
            .filter((action) => action.chosen)
            .map((action) => {
              const who = circle.withRole(action.actor)
              const own = action.actor === 'person'
              return {
                id: action.id,
                code: action.code,
                title: action.title,
                dueOn: action.dueOn,
                dueKind: 'before' as const,
                ...(who
                  ? { actorKind: who.kind, actorPartyId: who.partyId, actorName: who.name, actorRole: who.role }
                  : own
                    ? { actorKind: 'person' as const }
                    : { actorKind: 'free' as const, actorRole: roleWords(action.actor) }),
              }
            }),
        })),
    }),
    fieldOf: (path) => path.replace(/^objectives.*/, 'title'),
    onDone: props.onClose,
  })
  const roleWords = (role: string): string => label('care_team.role', role).toLocaleLowerCase('fr-FR')
  const whoWords = (role: string): string => (role === 'person' ? 'la personne' : (circle.withRole(role)?.name ?? `${roleWords(role)}, à nommer`))
  return (
    <Form form={form}>
      <div style={{ gridColumn: '1 / -1' }}>
        <Button small quiet icon={IconArrowLeft} onClick={props.onBack}>
          Thésaurus
        </Button>
      </div>
      <TextField {...form.field('title')} label="Problème" span={6} autoFocus />
      <AreaField {...form.field('details')} label="Précisions, dans cette situation" optional rows={1} span={6} />
      <ChoiceCards {...form.field('volet')} label="Volet" options={voletChoices} />
      {form.values.objectives.map((objective, index) => (
        <div key={objective.id} className="pickobj form" style={{ gridColumn: '1 / -1' }}>
          <CheckField {...form.field(`objectives.${index}.chosen`)} label={<b className="semi">{objective.title}</b>} detail="objectif" />
          {objective.chosen || objective.actions.some((action) => action.chosen) ? (
            <>
              <TextField {...form.field(`objectives.${index}.title`)} label="Objectif, tel qu’il est décidé" span={12} />
              {objective.actions.map((action, place) => (
                <CheckField
                  key={action.id}
                  {...form.field(`objectives.${index}.actions.${place}.chosen`)}
                  span={6}
                  label={action.title}
                  detail={whoWords(action.actor)}
                />
              ))}
            </>
          ) : null}
        </div>
      ))}
      <FormFoot form={form} submit="Ajouter au PPCS" />
    </Form>
  )
}
