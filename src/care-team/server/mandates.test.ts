import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { editProtection, recordProtection } from '../../persons/contract/actions.ts'
import { personHeader } from '../../persons/contract/queries.ts'
import { filOf } from '../../persons/testing/person-world.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { asJob } from '../../platform/server/as-job.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { addMember } from '../contract/actions.ts'
import type { MemberId } from '../contract/member.ts'
import { circle } from '../contract/queries.ts'
import { aCircleWorld, type CircleWorld } from '../testing/circle-world.ts'
import { endOverMandates, mandatesFollowMeasures } from './mandates.ts'

const { db } = await testDatabase()
let world: CircleWorld
beforeAll(async () => {
  world = await aCircleWorld(db)
})

/** M. Belkacem, curator of a person followed by the DAC since the beginning of the year, with his measure until a day. */
async function underCuratorship(endsOn: string | null, more: object = {}): Promise<{ personId: PersonId; measure: string }> {
  const personId = await world.informedPerson()
  const measure = newId()
  await world.as(world.julie, recordProtection, {
    id: measure,
    personId,
    measure: 'simple_curatorship',
    representativeName: 'M. Karim Belkacem, UDAF des Vosges',
    startsOn: '2026-01-05',
    endsOn,
    ...more,
  } as never)
  await world.as(world.julie, addMember, {
    id: newId<MemberId>(),
    personId,
    kind: 'professional',
    partyId: world.socialWorker.professionalId,
    name: 'Karim Belkacem',
    roles: ['legal_representative_professional'],
    startsOn: '2026-01-06',
    access: { basis: 'care_team', ground: 'recognised_by_person', informedOn: '2026-01-06' },
  } as never)
  return { personId, measure }
}
const sees = (personId: PersonId): Promise<boolean> =>
  world.as(world.socialWorker, personHeader, { personId }).then(
    () => true,
    () => false,
  )
const night = (day: string): Promise<number> =>
  asJob(db, 'a night in a test', { now: new Date(`${day}T00:04:00+02:00`), timeZone: 'Europe/Paris' }, (context) => endOverMandates(context, null))
const measureChanged = (personId: PersonId): Promise<void> =>
  asSystem(db, 'a measure changes in a test', async (tx) => {
    await sql`select set_config('jalon.time_zone', 'Europe/Paris', true)`.execute(tx)
    await mandatesFollowMeasures.react(tx, {
      seq: 1,
      type: 'persons.protection.changed',
      personId,
      volet: 'administrative',
      audience: [],
      payload: { personId },
      actorId: null,
      at: '2026-10-15T07:42:00.000Z',
    })
  })

describe('the mandate of a professional representative', () => {
  it('closes the file the night after its last day, and not before; the circle keeps the period, the Fil says why', async () => {
    const { personId } = await underCuratorship('2026-10-12')
    await night('2026-10-12')
    expect(await sees(personId)).toBe(true)
    await night('2026-10-13')
    expect(await sees(personId)).toBe(false)
    const { members } = await world.as(world.julie, circle, { personId })
    expect(members.flatMap(({ roles }) => roles.map(({ role, startsOn, endsOn }) => [role, startsOn, endsOn]))).toEqual([
      ['legal_representative_professional', '2026-01-06', '2026-10-12'],
    ])
    expect(await filOf(db, personId)).toContain(french('Mandat terminé : Karim Belkacem ne voit plus le dossier'))
  })

  it('closes it at once when its end is written afterwards', async () => {
    const { personId, measure } = await underCuratorship(null)
    await measureChanged(personId)
    expect(await sees(personId)).toBe(true)
    await world.as(world.julie, editProtection, { id: measure, personId, baseVersion: 1, changes: { endsOn: '2026-10-10' } } as never)
    await measureChanged(personId)
    expect(await sees(personId)).toBe(false)
  })

  it('goes on when the judge renews it, by a longer measure or by another that names her', async () => {
    const { personId } = await underCuratorship('2026-10-12')
    await world.as(world.julie, recordProtection, {
      id: newId(),
      personId,
      measure: 'guardianship',
      representativeName: 'Karim Belkacem',
      startsOn: '2026-10-13',
    } as never)
    await night('2026-10-14')
    expect(await sees(personId)).toBe(true)
  })

  it('passes to another: the former one sees the file no more, whatever measure goes on', async () => {
    const { personId } = await underCuratorship('2026-10-12')
    await world.as(world.julie, recordProtection, {
      id: newId(),
      personId,
      measure: 'guardianship',
      representativeName: 'Mme Hélène Aubertin',
      startsOn: '2026-10-13',
    } as never)
    await night('2026-10-14')
    expect(await sees(personId)).toBe(false)
  })

  it('passes to another association, were it of the same département and of the same trade', async () => {
    const { personId } = await underCuratorship('2026-10-12')
    await world.as(world.julie, recordProtection, {
      id: newId(),
      personId,
      measure: 'guardianship',
      representativeName: 'ATV, Association tutélaire des Vosges, service de protection des majeurs',
      startsOn: '2026-10-13',
    } as never)
    await night('2026-10-14')
    expect(await sees(personId)).toBe(false)
  })

  it('is not ended by a measure of somebody else, nor by one that was over before she came', async () => {
    const of = await underCuratorship('2026-10-12', { representativeName: 'Mme Hélène Aubertin' })
    const earlier = await underCuratorship('2026-01-05')
    await night('2026-10-14')
    expect([await sees(of.personId), await sees(earlier.personId)]).toEqual([true, true])
  })
})
