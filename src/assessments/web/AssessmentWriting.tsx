import './questions.css'
import { IconArrowLeft, IconCircle, IconCircleCheckFilled, IconCloudCheck, IconCloudOff, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useMemo, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { VoletChip } from '../../platform/web/display/Volet.tsx'
import { ConflictModal } from '../../platform/web/form/ConflictModal.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { Bar, Columns, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { ScrollRegion } from '../../platform/web/layout/ScrollRegion.tsx'
import { useKey } from '../../platform/web/shell/keys.ts'
import { formatHour } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { discardAssessment, finishAssessment, startAssessment } from '../contract/actions.ts'
import { missingItems } from '../contract/answers.ts'
import type { AssessmentId, AssessmentTarget } from '../contract/assessment.ts'
import { type FormDefinition, itemsOf } from '../contract/form-definition.ts'
import type { assessmentDetail } from '../contract/queries.ts'
import { score } from '../contract/scoring.ts'
import { AboutForm } from './AboutForm.tsx'
import { GridPlace } from './GridPlace.tsx'
import { ScoreBox } from './ScoreBox.tsx'
import { SectionQuestions } from './SectionQuestions.tsx'
import { type SaveWords, useSections } from './use-sections.ts'

interface WritingProps {
  readonly detail: OutputOf<typeof assessmentDetail>
  readonly form: FormDefinition
  readonly target: AssessmentTarget
  readonly onOpen: (id: AssessmentId | null) => void
}

/** Answering: sections at the left when there are many, questions, and at the right the score as it comes. Everything is kept as one types. */
export function AssessmentWriting({ detail, form, target, onOpen }: WritingProps): ReactNode {
  const { assessment, person, age } = detail
  const sections = useSections(assessment.id, detail.sections)
  const many = form.sections.length > 3
  const [current, setCurrent] = useState(
    () => form.sections.find((section) => !detail.sections.find((one) => one.section === section.code)?.complete)?.code ?? form.sections[0]?.code ?? '',
  )
  const [ending, setEnding] = useState(false)
  const [why, setWhy] = useState('')
  const finish = useAction(finishAssessment, target, { onDone: () => toast({ text: `${form.shortTitle} : évaluation terminée.` }) })
  const discard = useAction(discardAssessment, target, { onDone: () => onOpen(null) })
  const start = useAction(startAssessment, person)
  const live = useMemo(() => score(form, sections.answers, { age }), [form, sections.answers, age])
  const missing = missingItems(form, sections.answers)
  const labels = useMemo(
    () =>
      Object.fromEntries(
        itemsOf(form).flatMap((item) => [
          [item.code, item.label],
          [`note.${item.code}`, `Remarque : ${item.label}`],
        ]),
      ),
    [form],
  )
  const shown = many ? form.sections.filter((section) => section.code === current) : form.sections
  const done = form.sections.filter((section) => isDone(form, section.code, sections.answers, missing)).length

  const end = async (): Promise<void> => {
    if (!(await sections.flush())) return
    if (missing.length > 0 && why.trim() === '') {
      setEnding(true)
      return
    }
    await finish.run({ id: assessment.id, incompleteReason: missing.length > 0 ? why : null })
  }
  useKey('Ctrl+Enter', () => void end(), 'Terminer l’évaluation')

  const openGrid = async (code: string): Promise<void> => {
    await sections.flush()
    const id = newId<AssessmentId>()
    if (await start.run({ id, personId: person.personId, form: code, partOf: assessment.id })) onOpen(id)
  }
  const place = form.sections.findIndex((section) => section.code === current)

  return (
    <Columns kind={many ? 'file' : 'two'} drawerLabel="Score et repères">
      {many ? (
        <SideColumn side="left" label="Rubriques" flush>
          <p className="small mut" style={{ padding: '12px 12px 8px' }}>
            {plural(done, 'rubrique')} sur {form.sections.length}
          </p>
          <ol className="sections">
            {form.sections.map((section) => {
              const complete = isDone(form, section.code, sections.answers, missing)
              return (
                <li key={section.code}>
                  <button type="button" aria-current={section.code === current ? 'step' : undefined} onClick={() => setCurrent(section.code)}>
                    <span className={complete ? 'done' : 'todo'}>
                      <Ic of={complete ? IconCircleCheckFilled : IconCircle} size="s" />
                      <span className="vh">{complete ? 'remplie' : 'à remplir'}</span>
                    </span>
                    <span>{section.title}</span>
                  </button>
                </li>
              )
            })}
          </ol>
        </SideColumn>
      ) : null}
      <div className="center">
        <Bar
          end={
            <>
              <SavedWords saving={sections.saving} onRetry={() => void sections.flush()} />
              <Button
                small
                quiet
                icon={IconTrash}
                blocked={discard.pending}
                onClick={() =>
                  void confirm({
                    title: 'Abandonner ce brouillon',
                    text: 'Il quitte la liste. Ce qui a été répondu reste dans l’historique du dossier.',
                    action: 'Abandonner',
                    danger: true,
                  }).then((yes) => (yes ? discard.run({ id: assessment.id }) : null))
                }
              >
                Abandonner
              </Button>
            </>
          }
        >
          <Button small quiet icon={IconArrowLeft} onClick={() => void sections.flush().then(() => onOpen(null))}>
            Évaluations
          </Button>
          <h2>{form.kind === 'grid' ? form.shortTitle : form.title}</h2>
        </Bar>
        <ScrollRegion className="body" label={form.title}>
          <div className="answering stack stack--4">
            {assessment.correctionReason ? <Notice tone="info">Correction&nbsp;: {assessment.correctionReason}</Notice> : null}
            {shown.map((section) => (
              <section key={section.code} aria-label={section.title}>
                {form.sections.length > 1 ? (
                  <div className="sec">
                    <h2>{section.title}</h2>
                    <span className="sec__end">
                      <VoletChip volet={section.volet} />
                    </span>
                  </div>
                ) : null}
                {section.hint ? <p className="small mut">{section.hint}</p> : null}
                <SectionQuestions
                  form={form}
                  section={section}
                  sections={sections}
                  former={detail.formerAnswers}
                  missing={ending ? missing : []}
                  errors={sections.saving.error?.fields ?? {}}
                  grid={(code, label) => (
                    <GridPlace
                      code={code}
                      label={label}
                      known={detail.grids.find((one) => one.formCode === code) ?? null}
                      pending={start.pending}
                      onFill={() => void openGrid(code)}
                      onOpen={(id) => void sections.flush().then(() => onOpen(id))}
                    />
                  )}
                />
              </section>
            ))}
            {many ? (
              <div className="row">
                <Button small blocked={place <= 0} onClick={() => setCurrent(form.sections[place - 1]?.code ?? current)}>
                  Rubrique précédente
                </Button>
                <Button small blocked={place >= form.sections.length - 1} onClick={() => setCurrent(form.sections[place + 1]?.code ?? current)}>
                  Rubrique suivante
                </Button>
              </div>
            ) : null}
          </div>
        </ScrollRegion>
        <div className="foot wrap">
          {ending && missing.length > 0 ? (
            <div className="form grow" style={{ alignItems: 'end' }}>
              <TextField
                label={`${plural(missing.length, 'réponse')} ${missing.length > 1 ? 'manquent' : 'manque'} : pourquoi`}
                span={12}
                value={why}
                onChange={setWhy}
                autoFocus
                maxLength={300}
                help={
                  missing
                    .map((code) => labels[code])
                    .slice(0, 4)
                    .join(', ') + (missing.length > 4 ? '…' : '')
                }
              />
            </div>
          ) : (
            <span className="small mut">
              {missing.length > 0 ? `encore ${plural(missing.length, 'réponse')} attendue${missing.length > 1 ? 's' : ''}` : 'tout est répondu'}
            </span>
          )}
          {finish.error ? (
            <span className="small t-alert" role="alert">
              {finish.error.detail}
            </span>
          ) : null}
          <span className="end">
            <Button main keys="Ctrl+Enter" blocked={finish.pending} onClick={() => void end()}>
              {ending && missing.length > 0 ? 'Terminer sans ces réponses' : 'Terminer'}
            </Button>
          </span>
        </div>
      </div>
      <SideColumn side="right" label="Score et repères">
        {form.scoring.method === 'none' ? null : (
          <section>
            <div className="sec">
              <h2>Score indicatif</h2>
            </div>
            <ScoreBox form={form} score={live} former={assessment.former} missing={missing.length} />
          </section>
        )}
        <AboutForm form={form} detail={detail} target={target} writing />
      </SideColumn>
      {sections.conflict ? (
        <ConflictModal
          conflict={{
            fields: sections.conflict.fields.map((field) => ({
              ...field,
              base: readable(form, field.field, field.base),
              theirs: readable(form, field.field, field.theirs),
              mine: readable(form, field.field, field.mine),
            })),
            labels,
            keep: (sides) =>
              sections.settle(
                Object.fromEntries((sections.conflict?.fields ?? []).map((one) => [one.field, sides[one.field] === 'theirs' ? one.theirs : one.mine])),
              ),
            close: sections.leaveConflict,
          }}
        />
      ) : null}
    </Columns>
  )
}

function isDone(form: FormDefinition, section: string, answers: Readonly<Record<string, unknown>>, missing: readonly string[]): boolean {
  const codes = form.sections.find((one) => one.code === section)?.items.map((item) => item.code) ?? []
  return codes.some((code) => answers[code] !== undefined && answers[code] !== null) && !codes.some((code) => missing.includes(code))
}

/** Codes become words before they are shown. */
function readable(form: FormDefinition, field: string, value: unknown): unknown {
  const item = itemsOf(form).find((one) => one.code === field)
  if (item?.type === 'choice') return item.options.find((one) => one.code === value)?.label ?? value
  if (item?.type === 'multiple' && Array.isArray(value)) return value.map((code) => item.options.find((one) => one.code === code)?.label ?? '…')
  return value
}

/** « Enregistré à 9 h 42 »: words, never a spinner. */
function SavedWords(props: { readonly saving: SaveWords; readonly onRetry: () => void }): ReactNode {
  const { state, at, error } = props.saving
  return (
    <span className="small mut row" role="status" style={{ gap: 5 }}>
      {state === 'failed' ? (
        <>
          <Ic of={IconCloudOff} size="s" />
          <span className="t-alert">{error?.detail ?? 'Pas encore enregistré.'}</span>
          <button type="button" className="linklike" onClick={props.onRetry}>
            Réessayer
          </button>
        </>
      ) : state === 'waiting' || state === 'saving' ? (
        'Enregistrement…'
      ) : at ? (
        <>
          <Ic of={IconCloudCheck} size="s" />
          Enregistré à {formatHour(at)}
        </>
      ) : null}
    </span>
  )
}
