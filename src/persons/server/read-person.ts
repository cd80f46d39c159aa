import { isDacStaff } from '../../platform/contract/actor.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { cptsOf } from '../../territory/server/api.ts'
import {
  dueReferrals,
  type PersonRightsData,
  personAccessList,
  personFamilyDoctor,
  personHeader,
  personHistory,
  personIdentity,
  personRights,
  personTimeline,
} from '../contract/queries.ts'
import { sharingState } from './api.ts'
import { selectFamilyDoctorPage, selectOpenReferrals } from './family-doctor.sql.ts'
import { ofThePerson, today } from './person-at-hand.ts'
import { selectHeader, selectHistory, selectIdentity, selectReaders, selectSights } from './reading.sql.ts'
import { selectRightsHistory } from './sharing.sql.ts'
import { sharingFrom } from './sharing-state.ts'
import { selectTimeline } from './timeline.sql.ts'

export const personHeaderHandler = implement(personHeader, {
  load: ofThePerson,
  run: async ({ tx }, { personId }, target) => {
    const row = await selectHeader(tx, personId)
    const { bases, volets, inCharge, speaksFor } = target
    return { ...row, sharing: sharingFrom(row.sharing), bases: [...bases], volets: [...volets], inCharge, speaksFor }
  },
})

/** The matricule shows only where identities are kept: the staff of her DAC. */
export const personIdentityHandler = implement(personIdentity, {
  load: ofThePerson,
  run: async ({ tx, actor }, { personId }) => {
    const identity = await selectIdentity(tx, personId)
    return isDacStaff(actor) ? identity : { ...identity, matricule: null }
  },
})

export const personRightsHandler = implement(personRights, {
  load: ofThePerson,
  run: async (context, { personId }) => {
    const history = (await selectRightsHistory(context.tx, personId, today(context))) as unknown as Omit<PersonRightsData, 'sharing'>
    return { ...history, sharing: await sharingState(context.tx, personId) }
  },
})

export const personFamilyDoctorHandler = implement(personFamilyDoctor, {
  load: ofThePerson,
  run: async (context, { personId }, target) => ({
    ...(await selectFamilyDoctorPage(context.tx, personId)),
    cptsThere: target.communeCode === null ? null : (await cptsOf(context.tx, target.communeCode, today(context))).map(({ id, name }) => ({ id, name })),
  }),
})

const readersKept = 365 * 24 * 3600 * 1000

export const personAccessListHandler = implement(personAccessList, {
  load: ofThePerson,
  run: async ({ tx, now }, { personId }) => ({
    sights: await selectSights(tx, personId),
    readers: await selectReaders(tx, personId, new Date(now.getTime() - readersKept), 500),
  }),
})

const ownRecords = ['person', 'contact_point', 'protection_measure', 'family_doctor_referral', 'non_disclosure']

export const personHistoryHandler = implement(personHistory, {
  load: ofThePerson,
  run: async ({ tx }, { personId }) => {
    const rows = await selectHistory(tx, personId, ownRecords, 300)
    return {
      rows: rows.map((row) => ({
        ...row,
        changes: Object.entries(row.changes).map(([field, [from, to]]) => ({ field, from: from as never, to: to as never })),
      })),
    }
  },
})

export const personTimelineHandler = implement(personTimeline, {
  load: ofThePerson,
  run: async ({ tx }, { personId, kinds, volet, cursor, limit }) => {
    const lines = await selectTimeline(tx, personId, { kinds, volet: volet ?? null, after: positionOf(cursor), limit })
    const shown = lines.slice(0, limit)
    const last = shown[shown.length - 1]
    return { rows: shown, next: lines.length > limit && last !== undefined ? `${last.position}~${last.id}` : null }
  },
})

/** What `next` said; a cursor that we did not write starts from the top. */
function positionOf(cursor: string | null): readonly [string, string] | null {
  const read = /^(\d{4}-\d{2}-\d{2} [\d:.]+[+-]\d{2}(?::\d{2})?)~([0-9a-f-]{36})$/.exec(cursor ?? '')
  return read === null ? null : [String(read[1]), String(read[2])]
}

export const dueReferralsHandler = implement(dueReferrals, {
  load: noTarget,
  run: async (context, { dueOnly }) => ({
    rows: (await selectOpenReferrals(context.tx, String(context.actor.serviceId), today(context), dueOnly))
      .filter((row) => row.person !== null)
      .map((row) => ({ ...row })),
  }),
})
