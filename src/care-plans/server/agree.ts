import { assertMayTell, assertPurposeAllowed, familyDoctorOf, recordTimelineItem, unnamedParties } from '../../persons/server/api.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { PartyId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { assertValue } from '../../territory/server/api.ts'
import { giveAgreement, handOverPlan, noteAgreement } from '../contract/agreements.ts'
import { recipientRules } from '../contract/recipients.ts'
import { agreementStates } from '../contract/value-sets.ts'
import { insertAgreement } from './agreement.sql.ts'
import { living, loadPlan, todayOf } from './load.ts'
import { insertHandover, type PlanRow } from './plan.sql.ts'

export const noteAgreementImplementation = implement(noteAgreement, {
  load: (context, { planId }) => loadPlan(context, planId),
  run: async (context, { id, planId, party, partyId, partyName, state, mode, on, words, wordsVolet }) => {
    const { tx, actor, now } = context
    const plan = await living(context, planId)
    await assertValue(tx, 'care_plans.agreement_party', party)
    await assertValue(tx, 'care_plans.agreement_state', state)
    if (mode !== null) await assertValue(tx, 'care_plans.agreement_mode', mode)
    const today = todayOf(context)
    if (on !== null && on > today) throw invalid('carePlans.day_in_the_future')
    await insertAgreement(tx, {
      id,
      planId,
      personId: plan.personId,
      number: numberOf(plan),
      party,
      partyId,
      partyName,
      state,
      mode,
      answeredOn: on ?? today,
      notedBy: actor.userId,
      notedByName: actor.displayName,
      recordedAt: now,
      holderOrg: plan.holderOrg,
      words,
      wordsVolet,
    })
    await tell(context, plan, id, { name: partyName, partyId }, state, partyId)
    return { id }
  },
})

export const giveAgreementImplementation = implement(giveAgreement, {
  load: (context, { planId }) => loadPlan(context, planId),
  run: async (context, { id, planId, state, words }) => {
    const { tx, actor, now } = context
    const plan = await living(context, planId)
    if (plan.state === 'draft') throw conflict('carePlans.not_proposed')
    const own = actor.professionalId ?? (actor.userId as unknown as PartyId)
    const doctor = await familyDoctorOf(tx, plan.personId)
    const party = doctor !== null && doctor.professionalId === own ? 'gp' : 'participant'
    await insertAgreement(tx, {
      id,
      planId,
      personId: plan.personId,
      number: numberOf(plan),
      party,
      partyId: own,
      partyName: actor.displayName,
      state,
      mode: 'online',
      answeredOn: todayOf(context),
      notedBy: actor.userId,
      notedByName: actor.displayName,
      recordedAt: now,
      holderOrg: plan.holderOrg,
      words,
      wordsVolet: actor.volets.includes('health') ? 'health' : 'social',
    })
    await tell(context, plan, id, { name: actor.displayName, partyId: own }, state)
    return { id }
  },
})

/** The number on which one agrees: the one being written or proposed, else the last validated. */
function numberOf(plan: PlanRow): number {
  return plan.draftNumber ?? plan.validatedNumber ?? 1
}

async function tell(
  context: Context,
  plan: PlanRow,
  id: string,
  { name, partyId }: { readonly name: string; readonly partyId: PartyId | null },
  state: string,
  asked: PartyId | null = null,
): Promise<void> {
  // Around somebody in danger, the circle does not read in the Fil that a structure that protects answered: the DAC keeps the line; what the structure
  // writes itself is in the plan alone, where the DAC reads it.
  const unnamed = partyId !== null && (await unnamedParties(context.tx, plan.personId, { toActor: false })).includes(partyId)
  if (!unnamed || context.actor.serviceId === plan.holderOrg)
    await recordTimelineItem(context, {
      personId: plan.personId,
      kind: 'care_plan',
      title: `PPCS, version ${numberOf(plan)}\u00a0: ${name}, ${labelOf(agreementStates, state).replace(/^./u, (first) => first.toLocaleLowerCase('fr-FR'))}`,
      source: 'care-plans',
      sourceId: id,
      volet: 'administrative',
      protection: unnamed ? 'org_private' : 'shared',
    })
  context.emit({
    type: 'carePlans.agreement.given',
    personId: plan.personId,
    volet: 'administrative',
    audience: asked === null ? [plan.referentId] : [plan.referentId, asked],
    payload: { planId: plan.id, state },
  })
}

export const handOverPlanImplementation = implement(handOverPlan, {
  load: (context, { planId }) => loadPlan(context, planId),
  run: async (context, { id, planId, number, recipientKind, recipientName, volets }) => {
    const { tx, actor, now } = context
    const plan = await living(context, planId)
    if (number !== null && (plan.validatedNumber === null || number > plan.validatedNumber)) throw invalid('carePlans.nothing_to_hand')
    if (volets.some((volet) => !recipientRules[recipientKind].allowed.includes(volet))) throw invalid('carePlans.volet_closed')
    // To herself or whoever represents her it is her own plan; to anyone else it is sharing, which she may oppose.
    if (recipientKind !== 'person' && recipientKind !== 'representative')
      await assertPurposeAllowed(tx, plan.personId, recipientKind === 'relative' || recipientKind === 'other' ? 'send_outside' : 'send_to_team')
    await assertMayTell(tx, plan.personId, { partyIds: [], name: recipientName })
    const own = [...new Set(volets)]
    await insertHandover(tx, {
      id,
      planId,
      personId: plan.personId,
      number,
      recipientKind,
      recipientName,
      volets: own,
      handedOn: todayOf(context),
      handedBy: actor.userId,
      handedByName: actor.displayName,
      recordedAt: now,
      holderOrg: plan.holderOrg,
    })
    await recordTimelineItem(context, {
      personId: plan.personId,
      kind: 'care_plan',
      title: `PPCS${number === null ? ' en projet' : `, version ${number},`} remis à ${recipientName}`,
      source: 'care-plans',
      sourceId: id,
      volet: 'administrative',
    })
    context.emit({ type: 'carePlans.copy.handedOver', personId: plan.personId, volet: 'administrative', payload: { planId, handoverId: id } })
    return { id }
  },
})
