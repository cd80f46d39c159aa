import { invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { recordConcertation } from '../contract/actions.ts'
import { recordTimelineItem } from './api.ts'
import { insertConcertation, selectFamilyDoctor } from './family-doctor.sql.ts'
import { ofThePerson } from './person-at-hand.ts'

/**
 * The concertation with the médecin traitant (R23): reached, opinion, or no answer; it never blocks. Her words belong to the health volet; while
 * the DAC only qualifies a request, which opens the administrative volet alone, they stay private to it.
 */
export const recordConcertationHandler = implement(recordConcertation, {
  load: ofThePerson,
  run: async (context, input, person) => {
    await assertValue(context.tx, 'persons.gp_concertation', input.outcome)
    const doctor = await selectFamilyDoctor(context.tx, input.personId)
    if (doctor === undefined || doctor.state === 'none' || doctor.state === 'unknown') throw invalid('no_family_doctor')
    const kept = person.volets.includes('health')
      ? ({ volet: 'health', protection: 'shared' } as const)
      : ({ volet: 'administrative', protection: 'org_private' } as const)
    await insertConcertation(context.tx, {
      id: input.id,
      personId: input.personId,
      doctorId: doctor.id,
      outcome: input.outcome,
      opinion: input.opinion,
      phone: input.phone,
      ...kept,
      holderOrg: String(context.actor.serviceId),
      at: context.now,
      by: context.actor.userId,
      byName: context.actor.displayName,
    })
    const label = (await valueSetLabels(context.tx, 'persons.gp_concertation')).get(input.outcome) ?? ''
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'family_doctor',
      title: `Concertation avec ${doctor.name ?? 'le médecin traitant'}`,
      summary: input.opinion === null ? label : `${label}. ${input.opinion}`,
      source: 'persons',
      sourceId: input.id,
      ...kept,
    })
    context.emit({
      type: 'persons.familyDoctor.changed',
      personId: input.personId,
      volet: 'administrative',
      payload: { personId: input.personId, concertation: input.outcome },
    })
    return { id: input.id }
  },
})
