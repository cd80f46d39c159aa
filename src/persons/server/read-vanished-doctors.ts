import { implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { vanishedDoctors } from '../contract/vanished-doctors.ts'
import { selectVanishedDoctors } from './vanished-doctors.sql.ts'

export const vanishedDoctorsHandler = implement(vanishedDoctors, {
  load: noTarget,
  run: async ({ tx, actor }, { state, doctorId, accompaniedOnly, limit, cursor }) => {
    const after = decodeCursor(cursor, 2)
    const found = await selectVanishedDoctors(tx, String(actor.serviceId), {
      state,
      doctorId,
      accompaniedOnly,
      limit,
      after: after === null ? null : [String(after[0]), String(after[1])],
    })
    const rows = found.rows.slice(0, limit)
    const last = rows.at(-1)
    return {
      rows: [...rows],
      next: found.rows.length > limit && last !== undefined ? encodeCursor([last.vanishedAt, last.person.personId]) : null,
      total: found.total,
      counts: [...found.counts],
      doctors: [...found.doctors],
    }
  },
})
