import { createHash } from 'node:crypto'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { addSender, decideKeeping, endSender, hospitalSenders, setCertificates, setNotificationKey, vouchForSender } from '../contract/senders.ts'
import {
  closeSender,
  facilityTaken,
  insertKeeping,
  insertSender,
  keepingNow,
  listSenders,
  writeFingerprints,
  writeKeyPrint,
  writeVouched,
} from './sender.sql.ts'

/** What is kept of a key, given in hexadecimal. */
export const printOf = (key: string): Buffer => createHash('sha256').update(Buffer.from(key, 'hex')).digest()

/** Where the FHIR server of an establishment sends its notifications. */
export const notificationPath = (senderId: string): string => `/api/hospital/${senderId}/notifications`

export const senderHandlers: readonly Implementation[] = [
  implement(hospitalSenders, {
    load: noTarget,
    run: async ({ tx }) => {
      const { version: _version, ...keeping } = await keepingNow(tx)
      return { rows: (await listSenders(tx)).map((row) => ({ ...row, path: notificationPath(row.id) })), keeping }
    },
  }),
  implement(addSender, {
    load: noTarget,
    run: async ({ tx, now }, sender) => {
      if (await facilityTaken(tx, sender.facility)) throw conflict('hospitalEvents.facility_taken')
      await insertSender(tx, sender, now)
      return { id: sender.id }
    },
  }),
  implement(setCertificates, {
    load: noTarget,
    run: async ({ tx }, { id, fingerprints }) => {
      if (!(await writeFingerprints(tx, id, fingerprints))) throw notFound('sender')
      return { id }
    },
  }),
  implement(vouchForSender, {
    load: noTarget,
    run: async (context, input) => {
      if (!(await writeVouched(context.tx, input, context.actor.displayName, context.now))) throw notFound('sender')
      context.note({ vouched: input.vouched, because: input.because })
      return { id: input.id }
    },
  }),
  implement(endSender, {
    load: noTarget,
    run: async ({ tx, now }, { id }) => {
      if (!(await closeSender(tx, id, now))) throw notFound('sender')
      return { id }
    },
  }),
  implement(setNotificationKey, {
    load: noTarget,
    run: async ({ tx, now }, { id, key }) => {
      if (!(await writeKeyPrint(tx, id, printOf(key), now))) throw notFound('sender')
      return { id }
    },
  }),
  implement(decideKeeping, {
    load: noTarget,
    run: async ({ tx, now, actor }, rule) => {
      const version = (await keepingNow(tx)).version + 1
      if (!(await insertKeeping(tx, version, rule, actor.displayName, now))) throw conflict('stale_version')
      return { version }
    },
  }),
]
