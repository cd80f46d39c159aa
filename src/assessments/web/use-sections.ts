import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { ApiError, type FieldConflict, unexpectedError } from '../../platform/web/api/api-error.ts'
import { callAction } from '../../platform/web/api/client.ts'
import { network, sessionLost } from '../../platform/web/api/network.ts'
import { queryKeyOf } from '../../platform/web/api/use-query.ts'
import { type DraftKeeper, keepDraft } from '../../platform/web/drafts/draft-keeper.ts'
import { saveSection } from '../contract/actions.ts'
import type { AssessmentId, Observation, Observations, SectionAnswers } from '../contract/assessment.ts'
import type { Answer, Answers } from '../contract/form-definition.ts'
import { assessmentDetail } from '../contract/queries.ts'

type Detail = OutputOf<typeof assessmentDetail>

interface Typed {
  readonly answers: Record<string, Answer>
  readonly observations: Record<string, Observation | null>
}
const nothing: Typed = { answers: {}, observations: {} }

export interface SaveWords {
  readonly state: 'idle' | 'waiting' | 'saving' | 'saved' | 'failed'
  readonly at: string | null
  readonly error: ApiError | null
}

export interface SectionConflict {
  readonly section: string
  readonly fields: readonly FieldConflict[]
  readonly version: number
}

export interface Sections {
  /** What the server has, under what is typed and not yet saved. */
  readonly answers: Answers
  readonly observations: Observations
  readonly answer: (section: string, item: string, value: Answer) => void
  readonly observe: (section: string, item: string, observation: Observation | null) => void
  /** Sends what waits; resolves once everything typed is on the server, false when something is not. */
  readonly flush: () => Promise<boolean>
  readonly saving: SaveWords
  readonly conflict: SectionConflict | null
  readonly settle: (kept: Readonly<Record<string, unknown>>) => void
  readonly leaveConflict: () => void
}

const pause = 900
const notePrefix = 'note.'

/**
 * The answers of an assessment while they are typed: sent section by section a moment after the last key, kept in this browser until the server
 * has them, merged with what colleagues answer meanwhile.
 */
export function useSections(id: AssessmentId, sections: readonly SectionAnswers[]): Sections {
  const client = useQueryClient()
  const [typed, setTyped] = useState<Readonly<Record<string, Typed>>>({})
  const [saving, setSaving] = useState<SaveWords>({ state: 'idle', at: null, error: null })
  const [conflict, setConflict] = useState<SectionConflict | null>(null)
  const now = useRef({ typed, sections })
  now.current.sections = sections
  const keeper = useRef<DraftKeeper | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const turn = useRef<Promise<boolean>>(Promise.resolve(true))
  const bases = useRef<Record<string, number>>({})

  const change = useCallback((next: Readonly<Record<string, Typed>>) => {
    now.current.typed = next
    setTyped(next)
  }, [])

  const sendOne = useCallback(
    async (section: string): Promise<boolean> => {
      const sent = now.current.typed[section]
      const known = now.current.sections.find((one) => one.section === section)
      if (sent === undefined || known === undefined) return true
      const baseVersion = Math.max(bases.current[section] ?? 0, known.version)
      try {
        const { version, complete } = await callAction(saveSection, { id, section, baseVersion, answers: sent.answers, observations: sent.observations })
        bases.current[section] = version
        // The cache takes what was just accepted, so that nothing flickers before the next reading.
        client.setQueryData<Detail>(
          queryKeyOf(assessmentDetail, { id }),
          (old) => old && { ...old, sections: old.sections.map((one) => (one.section === section ? accepted(one, sent, version, complete) : one)) },
        )
        change(without(now.current.typed, section, sent))
        return true
      } catch (thrown) {
        const error = thrown instanceof ApiError ? thrown : unexpectedError()
        const fields = error.conflicts
        if (fields) setConflict({ section, fields, version: (error.details as { version?: number } | null)?.version ?? baseVersion })
        setSaving({ state: 'failed', at: null, error: fields ? null : error })
        return false
      }
    },
    [id, client, change],
  )

  const flush = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current)
    turn.current = turn.current.then(async () => {
      const waiting = Object.keys(now.current.typed)
      if (waiting.length === 0) return true
      setSaving((old) => ({ ...old, state: 'saving', error: null }))
      for (const section of waiting) if (!(await sendOne(section))) return false
      if (Object.keys(now.current.typed).length === 0) void keeper.current?.discard()
      setSaving({ state: 'saved', at: new Date().toISOString(), error: null })
      return true
    })
    return turn.current
  }, [sendOne])

  const type = useCallback(
    (section: string, add: Partial<Typed>) => {
      const old = now.current.typed[section] ?? nothing
      change({ ...now.current.typed, [section]: { answers: { ...old.answers, ...add.answers }, observations: { ...old.observations, ...add.observations } } })
      keeper.current?.keep(now.current.typed)
      setSaving((before) => ({ ...before, state: 'waiting' }))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), pause)
    },
    [change, flush],
  )

  useEffect(() => {
    const mine = keepDraft(`assessments.answers:${id}`, () => undefined)
    keeper.current = mine
    void mine.load().then((found) => {
      if (!found || Object.keys(now.current.typed).length > 0) return
      change(found.content as Readonly<Record<string, Typed>>)
      void flush()
    })
    const stopNetwork = network.subscribe(() => {
      if (network.get() === 'up') void flush()
    })
    // What the end of the session kept from leaving goes once she is back.
    const stopSession = sessionLost.subscribe(() => {
      if (!sessionLost.get()) void flush()
    })
    const onHide = (): void => {
      if (document.visibilityState === 'hidden') void flush()
    }
    document.addEventListener('visibilitychange', onHide)
    return () => {
      void flush().then(() => mine.close())
      keeper.current = null
      stopNetwork()
      stopSession()
      document.removeEventListener('visibilitychange', onHide)
    }
  }, [id, change, flush])

  const shown = useMemo(() => {
    const answers: Record<string, Answer> = {}
    const observations: Record<string, Observation | null> = {}
    for (const section of sections) {
      Object.assign(answers, section.answers, typed[section.section]?.answers)
      Object.assign(observations, section.observations, typed[section.section]?.observations)
    }
    return { answers, observations }
  }, [sections, typed])

  return {
    ...shown,
    answer: useCallback((section, item, value) => type(section, { answers: { [item]: value } }), [type]),
    observe: useCallback((section, item, observation) => type(section, { observations: { [item]: observation } }), [type]),
    flush,
    saving,
    conflict,
    settle: (kept) => {
      if (!conflict) return
      bases.current[conflict.section] = conflict.version
      const split = Object.entries(kept)
      type(conflict.section, {
        answers: Object.fromEntries(split.filter(([field]) => !field.startsWith(notePrefix))) as Record<string, Answer>,
        observations: Object.fromEntries(
          split.filter(([field]) => field.startsWith(notePrefix)).map(([field, value]) => [field.slice(notePrefix.length), value]),
        ) as Record<string, Observation | null>,
      })
      setConflict(null)
    },
    leaveConflict: () => setConflict(null),
  }
}

function accepted(section: SectionAnswers, sent: Typed, version: number, complete: boolean): SectionAnswers {
  return {
    ...section,
    answers: { ...section.answers, ...sent.answers },
    observations: { ...section.observations, ...sent.observations },
    version,
    complete,
    savedAt: new Date().toISOString(),
  }
}

/** What was typed since the sending stays. */
function without(all: Readonly<Record<string, Typed>>, section: string, sent: Typed): Readonly<Record<string, Typed>> {
  const left = all[section]
  if (left === undefined) return all
  const answers = Object.fromEntries(Object.entries(left.answers).filter(([item, value]) => sent.answers[item] !== value))
  const observations = Object.fromEntries(Object.entries(left.observations).filter(([item, value]) => sent.observations[item] !== value))
  const { [section]: _sent, ...others } = all
  return Object.keys(answers).length + Object.keys(observations).length === 0 ? others : { ...others, [section]: { answers, observations } }
}
