import { z } from 'zod'
import { defineAction, signedIn } from '../../platform/contract/action.ts'

/** Ends the session of a lost device, which destroys its copies at its next contact; what was written there is left sealed first. */
export const wipeDevice = defineAction({
  name: 'offline.device.wipe',
  title: 'Effacer un appareil',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string() }),
  access: signedIn('own devices: row-level security keeps them hers'),
  audit: { none: 'own devices, no accompanied person' },
})
