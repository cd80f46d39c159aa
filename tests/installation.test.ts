import { describe, expect, it } from 'vitest'
import { recordInstallation } from '../src/app/server/installation.sql.ts'
import { receiveRequest } from '../src/intake/contract/actions.ts'
import { requestQueue } from '../src/intake/contract/queries.ts'
import { aCall } from '../src/intake/testing/builders.ts'
import { aDeskWorld } from '../src/intake/testing/desk-world.ts'
import { calendarOf, requestDelay } from '../src/intake/web/words.ts'
import type { HolidayZone } from '../src/platform/contract/holiday-zones.ts'
import { newId } from '../src/platform/contract/ids.ts'
import { readSettings, SettingsError } from '../src/platform/server/settings.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'

const { db } = await testDatabase()
const { as, clock, nadia } = await aDeskWorld(db)

const psc = Object.fromEntries(
  ['PSC_ISSUER', 'PSC_AUTHORIZE_URL', 'PSC_TOKEN_URL', 'PSC_USERINFO_URL', 'PSC_JWKS_URL', 'PSC_LOGOUT_URL'].map((name) => [name, 'https://psc.exemple.fr/']),
)
const started = (PUBLIC_HOLIDAYS?: string) =>
  readSettings({
    ...psc,
    DATABASE_URL: 'postgres://app',
    DATABASE_OWNER_URL: 'postgres://owner',
    PUBLIC_URL: 'https://jalon.exemple.fr',
    PSC_CLIENT_ID: 'jalon',
    PSC_CLIENT_SECRET: 'secret',
    AUDIT_KEY_FILE: 'audit.pem',
    PUBLIC_HOLIDAYS,
  })

/** Received on Holy Thursday 2026, at 10 h, to be handled within a working day. */
async function dueAfterHolyThursday(zone?: string): Promise<{ dueAt: string | null; words: string | undefined }> {
  const settings = started(zone)
  await recordInstallation(db, settings)
  clock.set('2026-04-02T08:00:00Z')
  const { number } = await as(nadia, receiveRequest, aCall({ id: newId(), urgency: 'within_24h' }))
  const row = (await as(nadia, requestQueue, {})).rows.find((one) => one.number === number)
  if (row === undefined) throw new Error('not in the queue')
  const seenOnSaturday = requestDelay(row, calendarOf({ publicHolidays: settings.PUBLIC_HOLIDAYS }), new Date('2026-04-04T10:00:00Z'))
  return { dueAt: row.dueAt, words: seenOnSaturday?.words }
}

describe('the public holidays of the installation', () => {
  it('move the term of a request, and the screen counts as the server does: Good Friday is worked in Épinal, not in Colmar', async () => {
    expect(await dueAfterHolyThursday()).toEqual({ dueAt: '2026-04-03T08:00:00.000Z', words: 'en retard de 1\u00a0j' })
    expect(await dueAfterHolyThursday('alsace-moselle')).toEqual({ dueAt: '2026-04-07T08:00:00.000Z', words: 'reste 1\u00a0j' })
    expect(await dueAfterHolyThursday('alsace_moselle')).toMatchObject({ dueAt: '2026-04-07T08:00:00.000Z' })
  })

  it('follow the environment at the next start', async () => {
    await recordInstallation(db, started('alsace-moselle'))
    expect((await dueAfterHolyThursday('france')).dueAt).toBe('2026-04-03T08:00:00.000Z')
  })

  it('of a place that does not exist stop the start, with the list of those that do', () => {
    expect(() => started('bretagne')).toThrow(SettingsError)
    expect(() => started('bretagne')).toThrow('PUBLIC_HOLIDAYS vaut france, alsace-moselle, guadeloupe')
    const zones: HolidayZone[] = ['reunion', 'saint_martin']
    expect([started('Reunion').PUBLIC_HOLIDAYS, started('saint-martin').PUBLIC_HOLIDAYS]).toEqual(zones)
  })
})
