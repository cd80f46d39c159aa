import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertValue } from '../../territory/server/api.ts'
import { stopWithholdingVolet, withholdVolet } from '../contract/access-actions.ts'
import { withheldTitle } from '../contract/withholding.ts'
import { applyOpposition, recordTimelineItem } from './api.ts'
import { ofThePerson, today } from './person-at-hand.ts'
import { endWithheld, insertWithheld, isDac, lockWithheld, nameOfParty } from './withheld.sql.ts'

/** The wish and its effect are one transaction: at their next request those concerned see less. */
export const withholdVoletHandler = implement(withholdVolet, {
  load: ofThePerson,
  run: async (context, input) => {
    const { tx, actor } = context
    if (input.since > today(context))
      throw invalid('input_invalid', { count: 1 }, { fields: { since: 'Ce jour n’est pas encore venu. Votre saisie est gardée.' } })
    await assertValue(tx, 'persons.information_mode', input.mode)
    await assertValue(tx, 'persons.right_exercised_by', input.givenBy)
    const partyName = input.partyId === null ? null : await nameOfParty(tx, input.personId, input.partyId)
    if (input.partyId !== null && partyName === null) throw invalid('withholding_party_unknown')
    const category = input.from === 'party' ? null : input.from
    // The DAC accompanies, and closes, by the social volet: whoever does not want that opposes being accompanied (n° 1).
    if (input.volet === 'social' && (category === 'coordination' || (input.partyId !== null && (await isDac(tx, input.partyId)))))
      throw invalid('withholding_keeps_the_dac')
    const recorded = await insertWithheld(tx, {
      ...input,
      category,
      partyName,
      holderOrg: String(actor.serviceId),
      at: context.now,
      by: actor.userId,
      byName: actor.displayName,
    })
    if (!recorded) throw conflict('already_withheld')
    const narrowed = await applyOpposition(context, input.personId, 'withheld', input.partyId)
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'information',
      title: withheldTitle(input.volet, category, partyName),
      source: 'persons',
      sourceId: input.id,
      volet: 'administrative',
      protection: 'org_private',
    })
    context.note({ volet: input.volet, from: input.from, narrowed })
    return { id: input.id, version: 1, narrowed }
  },
})

export const stopWithholdingVoletHandler = implement(stopWithholdingVolet, {
  load: ofThePerson,
  run: async (context, input, person) => {
    const row = await lockWithheld(context.tx, input.personId, input.id)
    if (row === undefined) throw notFound('withheld_volet')
    if (row.ended) throw conflict('withholding_ended')
    const record = {
      id: input.id,
      version: row.version,
      personId: input.personId,
      volet: 'administrative' as const,
      holderOrg: person.holderOrg,
      protection: 'shared',
      fields: { ended: false },
    }
    const { version } = await mergeEdit(context, record, 'withheld_volet', row.version, { ended: true })
    await endWithheld(context.tx, input.id, context.now, context.actor.userId, input.reason, version)
    const widened = await applyOpposition(context, input.personId, 'entrusted', row.partyId)
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'information',
      title: `${withheldTitle(row.volet, row.category, row.partyName)} : rouvert`,
      summary: input.reason,
      source: 'persons',
      sourceId: input.id,
      volet: 'administrative',
      protection: 'org_private',
    })
    context.note({ volet: row.volet, widened })
    return { id: input.id, version, widened }
  },
})
