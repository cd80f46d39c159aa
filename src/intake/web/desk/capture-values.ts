import { nameWords } from '../../../persons/contract/names.ts'
import { parsePersonQuery } from '../../../persons/contract/query.ts'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import { newId } from '../../../platform/contract/ids.ts'
import type { receiveRequest } from '../../contract/actions.ts'
import { guessRequesterKind, parseCaller } from '../../contract/caller.ts'
import type { recordContact } from '../../contract/contacts.ts'
import { proposeMotives } from '../../contract/motives.ts'
import type { SollicitationId } from '../../contract/sollicitation.ts'

export type FirstKey = 'new_request' | 'follow_up' | 'message' | 'mistake'

/** What is typed at the desk, as it is typed; the actions' inputs are made of it. */
export interface CaptureValues {
  readonly id: string
  readonly firstKey: FirstKey
  readonly channel: string
  /** As a field of local date and time gives it; '' for now. */
  readonly receivedAt: string
  readonly caller: string
  readonly callerPartyId: string | null
  readonly callerPhone: string
  readonly asker: 'caller' | 'other'
  readonly requester: string
  readonly requesterPartyId: string | null
  /** Chosen, or brought by a card of the directory; '' leaves it to what was typed. */
  readonly requesterKind: string
  readonly referredBy: string
  readonly referredByPartyId: string | null
  readonly person: string
  readonly personId: string | null
  /** « M. Thiriet est-il informé », once she is recognised. */
  readonly personAsked: string
  readonly noOne: '' | 'unnamed' | 'nobody'
  readonly commune: string
  readonly communeCode: string | null
  readonly text: string
  readonly motives: readonly string[]
  readonly urgency: string
  readonly personInformed: string
  readonly answer: string
  /** The first is the principal one. */
  readonly answers: readonly string[]
  readonly noFollowUpReason: string
  readonly extra: Readonly<Record<string, string>>
  readonly transferTo: string | null
  readonly colleagueId: string
}

/** An empty sheet, with an id of its own: what is sent twice is kept once. */
export function emptyCapture(): CaptureValues {
  return {
    id: newId(),
    firstKey: 'new_request',
    channel: 'phone',
    receivedAt: '',
    caller: '',
    callerPartyId: null,
    callerPhone: '',
    asker: 'caller',
    requester: '',
    requesterPartyId: null,
    requesterKind: '',
    referredBy: '',
    referredByPartyId: null,
    person: '',
    personId: null,
    personAsked: '',
    noOne: '',
    commune: '',
    communeCode: null,
    text: '',
    motives: [],
    urgency: 'within_72h',
    personInformed: '',
    answer: '',
    answers: [],
    noFollowUpReason: '',
    extra: {},
    transferTo: null,
    colleagueId: '',
  }
}

/** The kind of requester that counts (indicator 2): chosen, else read from what was typed of whoever asks; '' while nothing tells it. */
export function requesterKindOf(values: Pick<CaptureValues, 'requesterKind' | 'asker' | 'caller' | 'requester'>): string {
  return values.requesterKind || guessRequesterKind(values.asker === 'caller' ? values.caller : values.requester) || ''
}

/** « thiriet gerard 04111938 » read as a name and a birth day. */
export function toldPerson(typed: string): { readonly name: string; readonly birthDate: string | null } {
  const query = parsePersonQuery(typed)
  const name = typed
    .split(/\s+/)
    .filter((word) => nameWords(word).some((key) => query.words.includes(key)))
    .join(' ')
  return { name, birthDate: query.birthDate }
}

/** Whom the request is about when no name was typed: nobody for a question, somebody not named for what happens to a person. Chosen motives tell it, else the words. */
export function noOneByDefault(motives: readonly string[], text: string): 'unnamed' | 'nobody' {
  const told = motives.length > 0 ? motives : proposeMotives(text).map(({ code }) => code)
  return told.some((motive) => !['advice', 'coordination', 'other'].includes(motive)) ? 'unnamed' : 'nobody'
}

/** The answers that count: those ticked; a text alone is information given. */
export function answersOf(values: Pick<CaptureValues, 'answer' | 'answers'>): readonly string[] {
  return values.answers.length === 0 && values.answer.trim() !== '' ? ['B1'] : values.answers
}

export function toReceiveInput(values: CaptureValues, close: boolean): RawInputOf<typeof receiveRequest> {
  const caller = parseCaller(values.caller)
  const told = toldPerson(values.person)
  const asksHerself = values.asker === 'caller'
  const [first, ...others] = answersOf(values)
  const reason = values.noFollowUpReason || null
  return {
    id: values.id as SollicitationId,
    channel: values.channel,
    receivedAt: values.receivedAt === '' ? null : new Date(values.receivedAt).toISOString(),
    callerName: caller.name,
    callerQuality: caller.quality,
    callerPhone: values.callerPhone,
    requesterKind: requesterKindOf(values),
    requesterName: asksHerself ? caller.name : values.requester,
    requesterPhone: asksHerself ? values.callerPhone : null,
    requesterPartyId: (asksHerself ? values.callerPartyId : values.requesterPartyId) as never,
    referredByName: values.referredBy,
    referredByPartyId: values.referredByPartyId as never,
    concerned: values.personId
      ? { kind: 'known', personId: values.personId as never, toldAs: told.name || values.person }
      : told.name
        ? { kind: 'told', name: told.name, birthDate: told.birthDate }
        : { kind: values.noOne || noOneByDefault(values.motives, values.text) },
    communeCode: values.communeCode,
    text: values.text,
    motives: [...values.motives],
    urgency: values.urgency,
    personInformed: values.personInformed,
    extra: { ...values.extra },
    answers:
      first === undefined
        ? []
        : [{ code: first, text: values.answer, noFollowUpReason: reason }, ...others.map((code) => ({ code, noFollowUpReason: reason }))],
    close,
    transferTo: close ? null : (values.transferTo as never),
  }
}

export function toContactInput(values: CaptureValues): RawInputOf<typeof recordContact> {
  const caller = parseCaller(values.caller)
  return {
    id: values.id as never,
    firstKey: values.firstKey as 'follow_up' | 'message' | 'mistake',
    channel: values.channel,
    callerName: caller.name,
    callerQuality: caller.quality,
    callerPhone: values.callerPhone,
    partyId: values.callerPartyId as never,
    personId: values.personId as never,
    forUserId: (values.firstKey === 'message' ? values.colleagueId : '') as never,
    text: values.text,
  }
}

/** Where a fault of the input shows on the sheet. */
export function fieldOfFault(path: string): string {
  const named: Readonly<Record<string, string>> = {
    callerName: 'caller',
    callerQuality: 'caller',
    requesterName: 'requester',
    referredByName: 'referredBy',
    'concerned.name': 'person',
    'concerned.birthDate': 'person',
    'concerned.toldAs': 'person',
    'answers.0.text': 'answer',
    communeCode: 'commune',
    forUserId: 'colleagueId',
  }
  return named[path] ?? path
}
