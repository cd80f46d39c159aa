import { z } from 'zod'
import { defineAction, signedIn } from '../../platform/contract/action.ts'
import { seenVersion, writtenReason } from '../../platform/contract/fields.ts'
import { regionalAdminOnly } from '../../sign-in/contract/access.ts'
import { readingHours } from './terms.ts'

/** Ends the session of a lost device, which destroys its copies at its next contact; what was written there is left sealed first. */
export const wipeDevice = defineAction({
  name: 'offline.device.wipe',
  title: 'Effacer un appareil',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string() }),
  access: signedIn('own devices: row-level security keeps them hers'),
  audit: { none: 'own devices, no accompanied person' },
})

const hours = `De ${readingHours.least} à ${readingHours.most}\u00a0heures.`

/** For how long files taken along read without network, and whether a browser that was closed opens them again. Devices follow at their next contact. */
export const changeReading = defineAction({
  name: 'offline.reading.change',
  title: 'Changer le délai de lecture sans réseau',
  access: regionalAdminOnly,
  audit: { none: 'a setting of the region, no accompanied person' },
  reauthentication: 15,
  input: z.object({
    baseVersion: seenVersion(0),
    hours: z.coerce.number({ error: hours }).int({ error: hours }).min(readingHours.least, { error: hours }).max(readingHours.most, { error: hours }),
    reopening: z.boolean(),
    justification: writtenReason(),
  }),
  output: z.object({ version: z.number().int() }),
})
