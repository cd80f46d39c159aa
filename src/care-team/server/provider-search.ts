import { partyOf } from '../../directory/server/api.ts'
import { invalid } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import '../contract/errors.ts'
import { providerCalls, providerWords, recordProviderCall, searchesOf } from '../contract/provider-search.ts'
import { ofThePerson, today } from './composition.ts'
import { insertCall, selectCalls, selectWords } from './provider-search.sql.ts'

/** Who was called and what was answered; the colleagues of the service know it for 30 days, whomever they look for. */
export const recordProviderCallHandler = implement(recordProviderCall, {
  load: ofThePerson,
  run: async (context, input) => {
    const { tx, actor, now } = context
    await assertValue(tx, 'care_team.role', input.need)
    if (input.outcome === 'call_back' && (input.callBackOn === null || input.callBackOn < today(context))) throw invalid('careTeam.call_back_day')
    if (input.partyId !== null && (await partyOf(tx, input.partyId as never)) === null) throw invalid('careTeam.party_unknown')
    const callBackOn = input.outcome === 'call_back' ? input.callBackOn : null
    await insertCall(tx, { ...input, callBackOn, calledByName: actor.displayName, holderOrg: String(actor.serviceId), at: now, by: actor.userId })
    context.emit({
      type: 'careTeam.providerCall.recorded',
      volet: 'administrative',
      audience: [String(actor.serviceId)],
      payload: { personId: input.personId, callId: input.id, outcome: input.outcome },
    })
    const search = searchesOf(await selectCalls(tx, input.personId)).find(({ need }) => need === input.need)
    return { id: input.id, failed: search?.failed ?? false }
  },
})

export const providerCallsHandler = implement(providerCalls, {
  sharedPlans: true,
  load: ofThePerson,
  run: async ({ tx }, { personId }) => ({ searches: searchesOf(await selectCalls(tx, personId)) }),
})

export const providerWordsHandler = implement(providerWords, {
  sharedPlans: true,
  load: noTarget,
  run: async ({ tx, actor, now }) => ({ rows: await selectWords(tx, actor.serviceId as ServiceId, now) }),
})
