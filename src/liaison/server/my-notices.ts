import { conflict } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { addPushDevice, chooseNotices, endPushDevice } from '../contract/actions.ts'
import { myNotices } from '../contract/queries.ts'
import { endDevices, insertDevice, selectMyNotices, writeChoice } from './notice.sql.ts'

export const chooseNoticesImplementation = implement(chooseNotices, {
  load: noTarget,
  run: async ({ tx, actor, now }, { baseVersion, ...choice }) => {
    const version = await writeChoice(tx, actor.userId, baseVersion, choice, now)
    if (version === undefined) throw conflict('liaison.choice_changed')
    return { version }
  },
})

export const addPushDeviceImplementation = implement(addPushDevice, {
  load: noTarget,
  run: async ({ tx, actor, now }, device) => {
    if (!(await insertDevice(tx, { ...device, userId: actor.userId, at: now }))) throw conflict('liaison.browser_not_kept')
    return { id: device.id }
  },
})

export const endPushDeviceImplementation = implement(endPushDevice, {
  load: noTarget,
  run: async ({ tx, now }, { id }) => {
    await endDevices(tx, [id], now)
    return { id }
  },
})

/** Enough to recognise where it goes, too little to take it. */
const partly = (text: string | null, shown: number): string | null => (text === null ? null : `${text.slice(0, 1)}…${text.slice(-shown)}`)

export const myNoticesImplementation = implement(myNotices, {
  load: noTarget,
  run: async ({ tx, actor }) => {
    const { address, phone, ...mine } = await selectMyNotices(tx, actor.userId)
    const domain = address === null ? 0 : address.length - address.lastIndexOf('@')
    return { ...mine, emailTo: partly(address, domain + 1), smsTo: partly(phone, 2) }
  },
})
