import { invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import { recordDeathAction, withdrawDeath } from '../contract/actions.ts'
import { recordDeath, recordTimelineItem } from './api.ts'
import { ofThePerson, personAtHand, writePerson } from './person-at-hand.ts'

export const recordDeathHandler = implement(recordDeathAction, {
  load: ofThePerson,
  run: async (context, input) => {
    if (input.source !== null) await assertValue(context.tx, 'persons.death_source', input.source)
    return { id: input.personId, version: await recordDeath(context, input.personId, { on: input.on, source: input.source }) }
  },
})

/** A death noted on the wrong file: everything that stopped may start again, by hand. */
export const withdrawDeathHandler = implement(withdrawDeath, {
  load: ofThePerson,
  run: async (context, input) => {
    const row = await personAtHand(context, input.personId)
    if (row.fields.deceasedOn === null) throw invalid('death_not_recorded')
    const after = await writePerson(context, row, { deceasedOn: null, deathSource: null, deathRecordedAt: null, deathRecordedBy: null })
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'death',
      title: 'Décès annulé : enregistré par erreur',
      summary: input.reason,
      source: 'persons',
      sourceId: input.personId,
      volet: 'administrative',
    })
    context.emit({ type: 'persons.person.deathWithdrawn', personId: input.personId, volet: 'administrative', payload: { personId: input.personId } })
    return { id: input.personId, version: after.version }
  },
})
