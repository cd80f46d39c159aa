import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { Observation, Observations } from '../../../assessments/contract/assessment.ts'
import type { Answer, Answers, FormDefinition } from '../../../assessments/contract/form-definition.ts'
import { SectionQuestions } from '../../../assessments/web/SectionQuestions.tsx'
import type { CarriedFile } from '../../../offline/contract/queries.ts'
import { answerSection, type KnownSection, shownAnswers } from '../../../offline/contract/section-edit.ts'
import { keepSection, sectionKept } from '../../../offline/web/carrying.ts'
import { writeHere } from '../../../offline/web/outbox-here.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { VoletChip } from '../../../platform/web/display/Volet.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { formatHour } from '../../../platform/web/text/dates.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { BedsideGrid } from './BedsideGrid.tsx'
import { BeginAssessment, EndAssessment, placeOf } from './BeginAssessment.tsx'
import { formsHere } from './offline-words.ts'
import { useOffline } from './use-offline.ts'

interface Writing {
  readonly id: string
  readonly form: FormDefinition
  readonly sections: readonly string[]
  readonly former: CarriedFile['assessments'][number]['detail']['formerAnswers']
  readonly words: string
  /** The server has it: a grid begun here may stand within it. */
  readonly there: boolean
  /** What is known of its grids. */
  readonly grids: CarriedFile['assessments'][number]['detail']['grids']
}

/** The evaluations being written, those of the tour and those begun here, section by section: each answer is kept here as it is given. */
export function BedsideAssessments({ file }: { readonly file: CarriedFile }): ReactNode {
  const { carrying } = useOffline()
  const forms = formsHere(carrying)
  const taken = file.assessments.map(
    ({ detail, form }): Writing => ({
      id: detail.assessment.id,
      form,
      sections: detail.sections.map(({ section }) => section),
      former: detail.formerAnswers,
      there: true,
      grids: detail.grids,
      words: `Commencée par ${detail.assessment.author.name}. Ce qu’un collègue change pendant ce temps vous sera montré avant d’être remplacé.`,
    }),
  )
  const begun = (carrying?.begun ?? []).flatMap(({ id, personId, day }): Writing[] => {
    const form = forms.find((one) => one.id === id)?.form
    if (form === undefined || personId !== file.personId) return []
    const words = `Commencée ici le ${formatDay(day)}. Si un collègue a commencé la même ce jour-là, vous choisirez${'\u00a0'}: les réunir ou garder les deux.`
    return [{ id, form, sections: form.sections.map(({ code }) => code), former: null, words, there: false, grids: [] }]
  })
  return (
    <>
      {[...begun, ...taken].map((one) => (
        <BedsideAssessment key={one.id} file={file} one={one} />
      ))}
      <BeginAssessment file={file} />
    </>
  )
}

function BedsideAssessment({ file, one }: { readonly file: CarriedFile; readonly one: Writing }): ReactNode {
  const { form } = one
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const ended = useOffline().waiting.find(({ envelope }) => envelope.action === 'assessments.assessment.finish' && envelope.about === one.id)
  const edit = useEdit(file, one, setSavedAt)
  return (
    <div id={placeOf(one.id)} tabIndex={-1}>
      <Card title={form.shortTitle} badge={savedAt === null ? undefined : <span className="small mut">gardé à {formatHour(savedAt)}</span>}>
        <p className="small mut">{one.words}</p>
        {(ended === undefined ? form.sections : [])
          .filter(({ code }) => edit.known[code] !== undefined)
          .map((section) => (
            <details key={section.code} className="tour__section" open={form.sections.length === 1}>
              <summary>
                <span>{section.title}</span> <VoletChip volet={section.volet} />
              </summary>
              <div className="answering">
                <SectionQuestions
                  form={form}
                  section={section}
                  sections={edit}
                  former={one.former}
                  missing={[]}
                  errors={{}}
                  grid={(code, label) => <BedsideGrid file={file} within={one} code={code} label={label} />}
                />
              </div>
            </details>
          ))}
        <EndAssessment file={file} id={one.id} form={form} answers={edit.answers} ended={ended} keep={edit.keep} />
      </Card>
    </div>
  )
}

interface Edit {
  readonly known: Readonly<Record<string, KnownSection>>
  readonly answers: Answers
  readonly observations: Observations
  readonly answer: (section: string, item: string, value: Answer) => void
  readonly observe: (section: string, item: string, observation: Observation | null) => void
  /** What is being typed becomes a gesture now. */
  readonly keep: () => Promise<unknown>
}

/** A pause in typing after which what was answered becomes a gesture. */
const pause = 500

interface Typed {
  readonly answers: Record<string, Answer>
  readonly observations: Record<string, Observation | null>
}

function useEdit(file: CarriedFile, { id, sections }: Writing, onSaved: (at: string) => void): Edit {
  const names = sections.join(' ')
  const [known, setKnown] = useState<Readonly<Record<string, KnownSection>>>({})
  const [typed, setTyped] = useState<Readonly<Record<string, Typed>>>({})
  const latest = useRef({ known, typed })
  latest.current = { known, typed }
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const turn = useRef<Promise<unknown>>(Promise.resolve())

  useEffect(() => {
    let gone = false
    void Promise.all(names.split(' ').map(async (section) => [section, await sectionKept(id, section)] as const)).then((found) => {
      if (!gone) setKnown(Object.fromEntries(found.filter((one): one is [string, KnownSection] => one[1] !== null)))
    })
    return () => {
      gone = true
    }
  }, [id, names])

  const keep = useMemo(() => {
    const keepAll = async (): Promise<void> => {
      const all = latest.current.typed
      if (Object.keys(all).length === 0) return
      latest.current = { ...latest.current, typed: {} }
      for (const [section, one] of Object.entries(all)) {
        const before = latest.current.known[section]
        if (before === undefined) continue
        const person = { personId: file.personId as string, name: formatCivilName(file.header.person) }
        const { words, known: after } = answerSection(before, { assessmentId: id, section, ...one }, person)
        await writeHere(words)
        await keepSection(id, section, after)
        latest.current = { ...latest.current, known: { ...latest.current.known, [section]: after } }
      }
      setKnown(latest.current.known)
      setTyped((now) => Object.fromEntries(Object.entries(now).filter(([section, one]) => one !== all[section])))
      onSaved(new Date().toISOString())
    }
    return (): Promise<unknown> => {
      clearTimeout(timer.current)
      turn.current = turn.current.then(keepAll)
      return turn.current
    }
  }, [file, id, onSaved])

  useEffect(() => {
    const onHide = (): void => void keep()
    document.addEventListener('visibilitychange', onHide)
    return () => {
      document.removeEventListener('visibilitychange', onHide)
      void keep()
    }
  }, [keep])

  const type = (section: string, add: Partial<Typed>): void => {
    setTyped((before) => {
      const old = before[section] ?? { answers: {}, observations: {} }
      const next = { ...before, [section]: { answers: { ...old.answers, ...add.answers }, observations: { ...old.observations, ...add.observations } } }
      latest.current = { ...latest.current, typed: { ...latest.current.typed, [section]: next[section] as Typed } }
      return next
    })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void keep(), pause)
  }

  const answers: Record<string, Answer> = {}
  const observations: Record<string, Observation | null> = {}
  for (const [section, one] of Object.entries(known)) {
    const shown = shownAnswers(one)
    Object.assign(answers, shown.answers, typed[section]?.answers)
    Object.assign(observations, shown.observations, typed[section]?.observations)
  }
  return {
    known,
    answers,
    observations,
    answer: (section, item, value) => type(section, { answers: { [item]: value } }),
    observe: (section, item, observation) => type(section, { observations: { [item]: observation } }),
    keep,
  }
}
