import type { InputOf } from '../../platform/contract/action.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import { newId, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { searchKey } from '../../territory/contract/search-key.ts'
import { assertCommune } from '../../territory/server/api.ts'
import { type Concerned, receiveRequest } from '../contract/actions.ts'
import type { ConcernKind, SollicitationId } from '../contract/sollicitation.ts'
import { type Motive, motiveVolets } from '../contract/value-sets.ts'
import { insertFeedback } from './answer.sql.ts'
import { closing } from './close.ts'
import { assertCodes } from './coded.ts'
import { dueAtFor } from './due.ts'
import { giveAnswers } from './give-answers.ts'
import { createToldPerson, linkKnownPerson } from './link.ts'
import { passOn } from './pass-on.ts'
import { insertMotives, insertRequest, insertText, type RequestChange, updateRequest } from './request.sql.ts'
import { assertNotBlocked, holdRequest, recordStep } from './request-at-hand.ts'

type Input = InputOf<typeof receiveRequest>

/** Answers given in these ways reach the caller at once. */
const liveChannels = ['phone', 'reception', 'meeting']

/** The volet of each motive; a motive that a region added is kept as health until it says otherwise. */
export const motivesWithVolet = (motives: readonly string[]): { code: string; volet: string }[] =>
  [...new Set(motives)].map((code) => ({ code, volet: motiveVolets[code as Motive] ?? 'health' }))

/** R1: a question of a professional about no one in particular is support to professionals; the others are about persons. */
export const levelOf = (concerns: ConcernKind, requesterKind: string): 1 | 2 =>
  concerns === 'nobody' && requesterKind !== 'person' && requesterKind !== 'relative' ? 1 : 2

/** What a request keeps of the person before or without any identity. */
export function toldTraits(about: Concerned): { concerns: ConcernKind; personName: string | null; personBirthDate: string | null; personKey: string | null } {
  if (about.kind === 'unnamed' || about.kind === 'nobody') return { concerns: about.kind, personName: null, personBirthDate: null, personKey: null }
  const personName =
    about.kind === 'told'
      ? about.name
      : about.kind === 'known'
        ? about.toldAs
        : [about.person.usedName ?? about.person.birthName, about.person.givenName].filter(Boolean).join(' ')
  const personBirthDate = about.kind === 'told' ? about.birthDate : about.kind === 'new' ? about.person.birthDate : null
  return { concerns: 'person', personName: personName || null, personBirthDate, personKey: personName ? searchKey(personName) : null }
}

/** Refuses codes outside their lists, an unknown commune, and what R88 forbids to name. */
export async function assertCaptured(
  context: Context,
  input: Pick<Input, 'requesterKind' | 'urgency' | 'personInformed' | 'motives' | 'communeCode' | 'concerned' | 'extra'> & { readonly channel: string },
): Promise<void> {
  await assertCodes(context.tx, [
    ['intake.channel', input.channel],
    ['intake.requester_kind', input.requesterKind],
    ['intake.delay', input.urgency],
    ['intake.person_informed', input.personInformed],
    ...input.motives.map((motive) => ['intake.motive', motive] as const),
  ])
  if (input.communeCode !== null) await assertCommune(context.tx, input.communeCode)
  if (input.concerned.kind !== 'unnamed' && input.concerned.kind !== 'nobody') assertNotBlocked('name_person', input)
}

function receptionTime(context: Context, receivedAt: string | null): Date {
  if (receivedAt === null) return context.now
  const at = new Date(receivedAt)
  if (at > context.now) throw invalid('request_in_future')
  if (context.now.getTime() - at.getTime() > 366 * 86_400_000) throw invalid('request_too_old')
  return at
}

async function insert(context: Context, input: Input, personId: PersonId | null, receivedAt: Date): Promise<number> {
  const { tx, actor } = context
  const told = toldTraits(input.concerned)
  const number = await insertRequest(tx, {
    ...input,
    ...told,
    personId,
    receivedAt,
    recordedBy: actor.userId,
    requesterUserId: null,
    dueAt: await dueAtFor(context, input.urgency, receivedAt),
    cnoLevel: levelOf(told.concerns, input.requesterKind),
    holderOrg: actor.serviceId as ServiceId,
  })
  if (number === undefined) throw conflict('request_already_recorded')
  if (input.text !== null) await insertText(tx, input.id, input.text, false)
  await insertMotives(tx, input.id, motivesWithVolet(input.motives), false)
  return number
}

async function personOf(context: Context, input: Input, receivedAt: Date): Promise<PersonId | null> {
  const request = { id: input.id, receivedAt, communeCode: input.communeCode }
  if (input.concerned.kind === 'known') return linkKnownPerson(context, request, input.concerned.personId)
  if (input.concerned.kind === 'new') return createToldPerson(context, request, input.concerned.person)
  return null
}

/** What was answered while the caller was still there has been told to her: nothing more to send back. */
async function recordToldAtOnce(context: Context, id: SollicitationId, input: Input): Promise<RequestChange> {
  const words = input.answers
    .map(({ text }) => text)
    .filter((text) => text !== null)
    .join('\n\n')
  const callerAsked = input.requesterName !== null && (input.callerName === null || input.callerName === input.requesterName)
  if (!callerAsked || !liveChannels.includes(input.channel) || words === '') return {}
  await insertFeedback(context.tx, {
    id: newId(),
    sollicitationId: id,
    addressedTo: 'requester',
    recipientName: String(input.requesterName),
    channel: input.channel === 'phone' ? 'during_call' : 'in_person',
    text: words,
    givenAt: context.now,
    givenBy: context.actor.userId,
    givenByName: context.actor.displayName,
  })
  return { requester_waits: false }
}

export const receiveRequestHandler = implement(receiveRequest, {
  load: noTarget,
  run: async (context, input) => {
    const { tx, actor, now } = context
    await assertCaptured(context, input)
    if (input.text === null && input.motives.length === 0) throw invalid('no_text')
    const receivedAt = receptionTime(context, input.receivedAt)
    const personId = await personOf(context, input, receivedAt)
    const number = await insert(context, input, personId, receivedAt)
    const request = await holdRequest(context, input.id)
    let change: RequestChange = {}
    if (input.take || input.close) change = { ...change, assigned_to: actor.userId, assigned_at: now, status: 'in_progress' }
    if (input.answers.length > 0)
      change = { ...change, ...(await giveAnswers(context, request, input.answers, { lead: true })), ...(await recordToldAtOnce(context, input.id, input)) }
    if (input.close) change = { ...change, ...(await closing(context, request)) }
    const version = Object.keys(change).length > 0 ? await updateRequest(tx, input.id, change) : request.version
    await recordStep(context, 'intake.sollicitation.received', request)
    context.note({ channel: input.channel, concerned: input.concerned.kind, answers: input.answers.map(({ code }) => code), closed: input.close })
    if (input.transferTo !== null && !input.close) await passOn(context, request, input.transferTo, 'Commune d’un autre territoire')
    return { id: input.id, version, number, personId, closed: input.close }
  },
})
