import { notFound } from '../../platform/contract/errors.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { deviceOf } from '../../sign-in/contract/session.ts'
import { wipeDevice } from '../contract/actions.ts'
import '../contract/errors.ts'
import { myDevices } from '../contract/queries.ts'
import { askWipe, countDeposits, endSessionOfDevice, selectMyDevices } from './offline.sql.ts'
import { tourImplementation } from './read-tour.ts'

/** Takes the registry of everything, whose queries a tour asks one by one. */
export function offlineHandlers(registry: () => ReadonlyMap<string, Implementation>): readonly Implementation[] {
  return [
    tourImplementation(registry),
    implement(myDevices, {
      load: noTarget,
      run: async ({ tx, now }) => ({
        rows: (await selectMyDevices(tx, now)).map(({ userAgent, ...row }) => ({ ...row, device: deviceOf(userAgent) })),
        deposits: await countDeposits(tx),
      }),
    }),
    implement(wipeDevice, {
      load: noTarget,
      run: async ({ tx, now, note }, { id }) => {
        const handle = await askWipe(tx, id, now)
        if (handle === undefined) throw notFound('device')
        await endSessionOfDevice(tx, handle)
        note({ device: id })
        return { id }
      },
    }),
  ]
}
