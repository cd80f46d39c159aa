import { personNames, sharingState } from '../../persons/server/api.ts'
import { addDays } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { composesTheCircle } from '../contract/access.ts'
import type { Member } from '../contract/member.ts'
import { circle, followedPatients } from '../contract/queries.ts'
import { dacRoles } from '../contract/roles.ts'
import { ofThePerson, today } from './composition.ts'
import { countFollowed, selectFollowed } from './followed.sql.ts'
import { type MemberRow, selectMembers, selectServicesInCharge } from './member.sql.ts'

const rank: Readonly<Record<Member['kind'], number>> = { relative: 0, professional: 1, structure: 1, contact: 2 }

/** A member with what the person wishes today. */
function asToday(row: MemberRow, wishes: { readonly opposed: boolean; readonly refused: readonly (string | null)[] }): Member {
  const held = row.roles.filter((role) => role.endsOn === null)
  const current = held.length > 0
  const suspended = row.access !== null && (wishes.opposed || wishes.refused.includes(row.partyId))
  const asStaff = held.some(({ role }) => dacRoles.includes(role)) && row.kind === 'professional' && row.hasAccount
  return { ...row, current, suspended, sees: current && ((row.access !== null && !suspended) || asStaff) }
}

export const circleHandler = implement(circle, {
  load: ofThePerson,
  run: async (context, { personId }, target) => {
    const sharing = await sharingState(context.tx, personId)
    const wishes = { opposed: sharing.opposed, refused: sharing.silences.filter((one) => one.kind === 'no_sharing').map((one) => one.partyId) }
    const members = (await selectMembers(context.tx, personId)).map((row) => asToday(row, wishes))
    members.sort((a, b) => Number(b.current) - Number(a.current) || rank[a.kind] - rank[b.kind])
    const person = (await personNames(context.tx, [personId])).get(personId)
    if (person === undefined) throw notFound('person')
    const day = today(context)
    const weekday = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7
    return {
      person,
      members,
      services: [...(await selectServicesInCharge(context.tx, personId))],
      silences: sharing.silences,
      sharing: sharing.opposed ? ('opposed' as const) : sharing.uncollected ? ('uncollected' as const) : ('open' as const),
      monday: addDays(day, -weekday),
      today: day,
      canCompose: composesTheCircle(context.actor, target, { personId }).allowed,
    }
  },
})

export const followedPatientsHandler = implement(followedPatients, {
  load: noTarget,
  run: async ({ tx }, { cursor, limit }) => {
    const found = await selectFollowed(tx, limit, cursor)
    const rows = found.slice(0, limit)
    const last = rows[rows.length - 1]
    return {
      rows: rows.map(({ position: _position, ...row }) => row),
      next: found.length > limit && last !== undefined ? last.position : null,
      total: await countFollowed(tx),
    }
  },
})
