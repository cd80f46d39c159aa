import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { changeSetting, settingAsKept, settingValue } from '../../platform/server/region-settings.sql.ts'
import '../../sign-in/contract/errors.ts'
import { deviceOf } from '../../sign-in/contract/session.ts'
import { changeReading, wipeDevice } from '../contract/actions.ts'
import '../contract/errors.ts'
import { depositEndsOn } from '../contract/deposit-term.ts'
import { leftBehind, myDevices, reading } from '../contract/queries.ts'
import { askWipe, countDeposits, depositMonths, endSessionOfDevice, type ReadingTerms, selectLeftBehind, selectMyDevices } from './offline.sql.ts'
import { tourImplementation } from './read-tour.ts'

const readingKey = 'offline.reading'
const readingWords = ({ hours, reopening }: ReadingTerms): string =>
  `${hours}\u00a0h, ${reopening ? 'réouverture avec le code de tournée' : 'sans réouverture'}`

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
    implement(reading, {
      load: noTarget,
      run: async ({ tx }) => {
        const { value, version, history } = await settingAsKept<ReadingTerms>(tx, readingKey, readingWords)
        const limits = await settingValue<{ readonly absoluteMinutes?: number }>(tx, 'session.limits')
        return { ...value, version, history, sessionMinutes: limits?.absoluteMinutes ?? 600 }
      },
    }),
    implement(changeReading, {
      load: noTarget,
      run: async ({ tx, note }, { baseVersion, hours, reopening, justification }) => {
        const version = await changeSetting(tx, readingKey, { hours, reopening }, justification, baseVersion)
        if (version === null) throw conflict('setting_changed')
        note({ setting: readingKey, hours, reopening })
        return { version }
      },
    }),
    implement(leftBehind, {
      load: noTarget,
      run: async ({ tx, now, timeZone }) => {
        const months = await depositMonths(tx)
        const today = dayOf(now, timeZone)
        const on = (at: string): string => dayOf(new Date(at), timeZone)
        return {
          rows: (await selectLeftBehind(tx)).map(({ announcedAt, ...row }) => ({
            ...row,
            endsOn: months === null ? null : depositEndsOn(on(row.since), announcedAt === null ? null : on(announcedAt), today, months),
          })),
        }
      },
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
