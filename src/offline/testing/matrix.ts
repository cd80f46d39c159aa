import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import { expectAll, type MatrixRow } from '../../platform/testing/matrix-model.ts'
import { wipeDevice } from '../contract/actions.ts'
import { myDevices, tour } from '../contract/queries.ts'

export const offlineMatrix: readonly MatrixRow[] = [
  { contract: tour, input: () => ({}), expected: expectAll('ok') },
  { contract: myDevices, input: () => ({}), expected: expectAll('ok') },
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
