import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import { expectAll, type MatrixRow } from '../../platform/testing/matrix-model.ts'
import { changeReading, wipeDevice } from '../contract/actions.ts'
import { leftBehind, myDevices, reading, tour } from '../contract/queries.ts'

export const offlineMatrix: readonly MatrixRow[] = [
  { contract: tour, input: () => ({}), expected: expectAll('ok') },
  { contract: myDevices, input: () => ({}), expected: expectAll('ok') },
  { contract: reading, input: () => ({}), expected: expectAll('forbidden', { regionalAdmin: 'ok' }) },
  {
    contract: changeReading,
    input: () => ({ baseVersion: 1, hours: 8, reopening: true, justification: 'Huit heures couvrent une journée de visites à domicile.' }),
    expected: expectAll('forbidden', { regionalAdmin: 'ok' }),
  },
  { contract: leftBehind, input: () => ({}), expected: expectAll('forbidden', { director: 'ok', regionalAdmin: 'ok' }) },
  {
    contract: wipeDevice,
    arrange: async (world, tx) => {
      const id = newId<never>() as string
      await sql`insert into offline.device (id, user_id, secret_hash, session_handle, carried_at, read_until)
        values (${id}, ${world.referentId}, '\\x00', ${newId()}, ${world.clock}, ${new Date(world.clock.getTime() + 3_600_000)})`.execute(tx)
      return { id }
    },
    input: (_world, { id }) => ({ id }),
    expected: expectAll('not_found', { referent: 'ok' }),
  },
]
