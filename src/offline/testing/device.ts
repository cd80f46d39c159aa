import { randomBytes } from 'node:crypto'
import { assessmentDetail } from '../../assessments/contract/queries.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId } from '../../platform/contract/ids.ts'
import { problemOf } from '../../platform/server/problem.ts'
import { call } from '../../platform/testing/gate.ts'
import { type Begun, beginning, keptApart, pouredInto } from '../contract/begun.ts'
import type { Envelope } from '../contract/envelope.ts'
import { type Outbox, openOutbox, settledAnswers } from '../contract/outbox.ts'
import { type ReadKey, readKeyFrom } from '../contract/read-key.ts'
import { answerSection, type KnownSection, readAgain } from '../contract/section-edit.ts'
import { type Delivery, deliveryOf, isBehindStuck, type Words } from '../contract/waiting.ts'
import { type Delivering, deliverEnvelope, openEnvelope } from '../server/deliver-envelope.ts'
import { memoryStore } from './memory-store.ts'

/** What the air does to a request: nothing passes; it passes; one of its two ways is lost; the page dies while it waits. */
export type Air = 'cut' | 'clear' | 'request_lost' | 'answer_lost' | 'page_dies'

/** A tablet or a telephone in the hands of one user, in front of the real server. */
export interface Device {
  readonly actor: Actor
  air: Air
  readonly outbox: () => Outbox
  /** The values of evaluations that its user has had before her eyes, her own included. */
  readonly seen: Set<string>
  /** What it knows of sections, by evaluation and section. */
  readonly knows: (assessmentId: string, section: string) => boolean
  /** Its page is no longer the one where she writes. */
  readonly forgetSection: (assessmentId: string, section: string) => void
  /** Begins an evaluation here, with the form taken along. */
  readonly begin: (begun: Begun, sections: readonly string[]) => Promise<void>
  /** Reads the evaluation again; nothing when nobody answers. */
  readonly refresh: (assessmentId: string) => Promise<void>
  readonly answer: (assessmentId: string, section: string, field: string, value: string) => Promise<string>
  /** The session is over: what is read goes, what was written stays sealed. */
  readonly forget: () => Promise<void>
  readonly signIn: () => Promise<void>
  readonly hasKeys: () => boolean
  /** What the server gives again to the author of an envelope. */
  readonly wordsOf: (envelope: Envelope) => Words
}

/** Thrown where the page dies: whoever plays goes on with a new one on the same store. */
export class PageDied extends Error {}

export async function aDevice(delivering: Delivering, actor: Actor, { store = memoryStore() } = {}): Promise<Device> {
  const { gate, registry, keys } = delivering
  let read: ReadKey | null = null
  const deliver = async (envelope: Envelope): Promise<Delivery> => {
    const { air } = device
    if (air === 'cut' || air === 'request_lost') return { kind: 'later' }
    const delivery = await deliverEnvelope(delivering, { actor, authenticatedAt: gate.clock() }, envelope).then(
      (output): Delivery => ({ kind: 'done', output: output as Readonly<Record<string, unknown>> }),
      (error: unknown) => deliveryOf(problemOf(error, 'test')),
    )
    if (air === 'page_dies') throw new PageDied()
    return air === 'answer_lost' ? { kind: 'later' } : delivery
  }
  const known = new Map<string, KnownSection>()
  const nameOf = (assessmentId: string, section: string): string => `${assessmentId} ${section}`
  const outbox = (): Outbox => {
    const seal = keys.current(gate.clock())
    const held = read === null ? null : { seal, token: keys.token(actor.userId, seal.kid), read }
    return openOutbox({ userId: actor.userId, store, keys: held, deliver, now: gate.clock, newId })
  }
  const device: Device = {
    actor,
    air: 'clear',
    outbox,
    seen: new Set(),
    knows: (assessmentId, section) => known.has(nameOf(assessmentId, section)),
    forgetSection: (assessmentId, section) => void known.delete(nameOf(assessmentId, section)),
    begin: async (begun, sections) => {
      await outbox().write(beginning(begun, null))
      for (const section of sections) known.set(nameOf(begun.id, section), { version: 1, answers: {}, observations: {}, own: {} })
    },
    refresh: async (assessmentId) => {
      if (device.air !== 'clear') return
      const { sections }: OutputOf<typeof assessmentDetail> = await call(gate, registry, assessmentDetail, actor, { id: assessmentId as never })
      const waiting = (await outbox().all()).map(({ told }) => told)
      for (const { section, version, answers, observations } of sections) {
        known.set(nameOf(assessmentId, section), readAgain({ version, answers, observations }, assessmentId, section, waiting))
        for (const value of Object.values(answers)) device.seen.add(String(value))
      }
    },
    answer: async (assessmentId, section, field, value) => {
      const before = known.get(nameOf(assessmentId, section)) as KnownSection
      const { words, known: after } = answerSection(before, { assessmentId, section, answers: { [field]: value }, observations: {} }, null)
      const id = await outbox().write(words)
      known.set(nameOf(assessmentId, section), after)
      device.seen.add(value)
      return id
    },
    forget: async () => {
      read = null
      known.clear()
      await store.forgetWords(actor.userId)
    },
    signIn: async () => {
      read = await readKeyFrom(new Uint8Array(randomBytes(32)))
    },
    hasKeys: () => read !== null,
    wordsOf: (envelope) => ({ ...openEnvelope(delivering, { actor }, envelope), action: envelope.action as Words['action'], person: null }),
  }
  await device.signIn()
  return device
}

/** She chooses, field by field, between what she wrote and what a colleague wrote; gives what was left to the colleague. */
export async function settleConflicts(device: Device, keepsMine: (field: string) => boolean): Promise<readonly string[]> {
  const left: string[] = []
  for (const { id, state, told, envelope } of await device.outbox().all()) {
    if (state !== 'conflict') continue
    if (told?.conflict === undefined) {
      await device.outbox().readAgain(id, device.wordsOf(envelope))
      continue
    }
    const mine = new Set(told.conflict.fields.map(({ field }) => field).filter(keepsMine))
    for (const { field, theirs, mine: own } of told.conflict.fields) {
      if (theirs !== null) device.seen.add(String(theirs))
      if (!mine.has(field)) left.push(String(own))
    }
    const words = settledAnswers(told, mine)
    if (words === null) await device.outbox().discard(id)
    else await device.outbox().replace(id, words)
  }
  return left
}

/** What became of an evaluation begun here and of an alert taken here, where somebody was faster. */
export interface Settled {
  readonly poured: readonly string[]
  readonly apart: readonly string[]
  /** Answers that both had given alike: said once, by the colleague. */
  readonly alike: readonly string[]
  readonly taken: readonly string[]
}

/**
 * She settles what was refused: the evaluation that a colleague began the same day takes her answers, or both are kept; the alert that somebody took is left to
 * her. `delivering` and the actor read the colleague's evaluation, as the screen does.
 */
export async function settleRefusals({ gate, registry }: Delivering, device: Device, pours: () => boolean): Promise<Settled> {
  const settled = { poured: [] as string[], apart: [] as string[], alike: [] as string[], taken: [] as string[] }
  const outbox = device.outbox()
  for (const one of await outbox.all()) {
    if (one.state !== 'refused') continue
    const told = one.told ?? device.wordsOf(one.envelope)
    if (one.refusal?.code === 'liaison.alert_taken') {
      settled.taken.push(String(told.input['id']))
      await outbox.discard(one.id)
    }
    if (one.refusal?.code !== 'assessments.begun_already') continue
    const mine = String(told.input['id'])
    if (!pours()) {
      await outbox.replace(one.id, keptApart(told))
      settled.apart.push(mine)
      continue
    }
    const detail = await call(gate, registry, assessmentDetail, device.actor, { id: one.refusal.other as never })
    for (const { answers } of detail.sections) for (const value of Object.values(answers)) device.seen.add(String(value))
    const all = await outbox.all()
    for (const behind of all.filter((waiting) => isBehindStuck(waiting, all) && waiting.envelope.about === mine)) {
      const words = behind.told ?? device.wordsOf(behind.envelope)
      const theirs = detail.sections.find(({ section }) => section === words.input['section'])
      if (theirs === undefined) continue
      const poured = pouredInto({ ...theirs, id: detail.assessment.id, savedBy: detail.assessment.author.name, savedAt: detail.assessment.performedOn }, words)
      const left = Object.values((poured?.input['answers'] ?? {}) as Record<string, string>)
      settled.alike.push(...Object.values((words.input['answers'] ?? {}) as Record<string, string>).filter((value) => !left.includes(value)))
      if (poured === null) await outbox.discard(behind.id)
      else await outbox.replace(behind.id, poured)
    }
    await outbox.discard(one.id)
    settled.poured.push(mine)
  }
  return settled
}
