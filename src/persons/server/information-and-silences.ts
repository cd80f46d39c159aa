import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { endSilence, giveInformation, recordSilence } from '../contract/actions.ts'
import type { Silence } from '../contract/person.ts'
import { silenceTitle } from '../contract/silences.ts'
import { applyOpposition, recordTimelineItem } from './api.ts'
import { ofThePerson, today } from './person-at-hand.ts'
import { endSilenceRow, insertInformation, insertSilence, lockSilence, samePartyAs } from './sharing.sql.ts'

const notYet = 'Ce jour n’est pas encore venu. Votre saisie est gardée.'

/** The document explaining the action of the DAC, handed over (R21), by whoever was best placed to (R19). */
export const giveInformationHandler = implement(giveInformation, {
  load: ofThePerson,
  run: async (context, input) => {
    if (input.givenOn > today(context)) throw invalid('input_invalid', { count: 1 }, { fields: { givenOn: notYet } })
    await assertValue(context.tx, 'persons.right_exercised_by', input.givenTo)
    await assertValue(context.tx, 'persons.information_mode', input.mode)
    if (input.documentVersion !== null) await assertValue(context.tx, 'persons.information_document', input.documentVersion)
    await insertInformation(context.tx, {
      ...input,
      by: input.givenByName === null ? context.actor.userId : null,
      byName: input.givenByName ?? context.actor.displayName,
      holderOrg: String(context.actor.serviceId),
      at: context.now,
    })
    const document =
      input.documentVersion === null ? null : ((await valueSetLabels(context.tx, 'persons.information_document')).get(input.documentVersion) ?? null)
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'information',
      title: 'Personne informée',
      summary: document,
      source: 'persons',
      sourceId: input.id,
      volet: 'administrative',
    })
    context.emit({ type: 'persons.sharing.changed', personId: input.personId, volet: 'administrative', payload: { personId: input.personId } })
    return { id: input.id }
  },
})

/** The mark of danger is for the DAC alone, in the Fil as everywhere. */
const readersOf = (kind: Silence['kind']): 'shared' | 'org_private' => (kind === 'at_risk' ? 'org_private' : 'shared')

/** A refusal closes the file at once to whoever it names: she could not finish writing it. */
async function isOneself({ tx, actor }: Context, partyId: string): Promise<boolean> {
  const named = await samePartyAs(tx, [partyId])
  return actor.parties.some((party) => party !== (actor.serviceId as string | null) && named.includes(party))
}

export const recordSilenceHandler = implement(recordSilence, {
  load: ofThePerson,
  run: async (context, input) => {
    if (input.since > today(context)) throw invalid('input_invalid', { count: 1 }, { fields: { since: notYet } })
    if (input.relation !== null) await assertValue(context.tx, 'persons.relation', input.relation)
    if (input.kind === 'no_sharing' && input.partyId !== null && (await isOneself(context, input.partyId))) throw invalid('refusal_of_oneself')
    await insertSilence(context.tx, { ...input, holderOrg: String(context.actor.serviceId), by: context.actor.userId })
    const suspended = input.kind === 'no_sharing' ? await applyOpposition(context, input.personId, 'refusal', input.partyId) : 0
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'information',
      title: silenceTitle(input),
      summary: input.reason,
      source: 'persons',
      sourceId: input.id,
      volet: 'administrative',
      protection: readersOf(input.kind),
    })
    context.emit({ type: 'persons.silence.changed', personId: input.personId, volet: 'administrative', payload: { personId: input.personId, id: input.id } })
    return { id: input.id, version: 1, suspended }
  },
})

export const endSilenceHandler = implement(endSilence, {
  load: ofThePerson,
  run: async (context, input, person) => {
    const row = await lockSilence(context.tx, input.personId, input.id)
    if (row === undefined) throw notFound('non_disclosure')
    if (row.ended) throw conflict('silence_already_ended')
    const record = {
      id: input.id,
      version: row.version,
      personId: input.personId,
      volet: 'administrative' as const,
      holderOrg: person.holderOrg,
      protection: 'shared',
      fields: { ended: false },
    }
    const { version } = await mergeEdit(context, record, 'non_disclosure', row.version, { ended: true })
    await endSilenceRow(context.tx, input.id, context.now, version)
    const back = row.kind === 'no_sharing' ? await applyOpposition(context, input.personId, 'refusal_lifted', row.partyId) : 0
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'information',
      title: `${silenceTitle(row as Pick<Silence, 'kind' | 'towards'>)} : levé`,
      summary: input.reason,
      source: 'persons',
      sourceId: input.id,
      volet: 'administrative',
      protection: readersOf(row.kind),
    })
    context.emit({ type: 'persons.silence.changed', personId: input.personId, volet: 'administrative', payload: { personId: input.personId, id: input.id } })
    return { id: input.id, version, suspended: -back }
  },
})
