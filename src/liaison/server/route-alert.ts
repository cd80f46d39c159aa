import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { afterWorkingMinutes } from '../../territory/contract/working-time.ts'
import { membersOfService, workingCalendar } from '../../territory/server/api.ts'
import { presenceOf } from './presence.sql.ts'

export interface Followers {
  readonly holderOrg: ServiceId
  readonly referentId: UserId
  readonly binomeId: UserId | null
}

export interface Route {
  readonly addressees: readonly UserId[]
  /** Why it goes to them: the référent is there, or who stands in for her. */
  readonly because: 'referent' | 'binome' | 'substitute' | 'team'
}

/**
 * To whom an alert goes at an instant. Rank 0: the référent; away, whoever she named, else the binôme, else those who lead the team. Rank 1: the binôme
 * besides; where the binôme is away or told already, those who lead the team. Rank 2 and beyond: those who lead the team besides.
 */
export async function routeOf(tx: Tx, { holderOrg, referentId, binomeId }: Followers, at: Date, rank = 0): Promise<Route> {
  const { referentAway, substituteId, binomeAway } = await presenceOf(tx, { referentId, binomeId }, at)
  const leads = async (): Promise<readonly UserId[]> => (await membersOfService(tx, holderOrg, ['team_lead'])).map(({ userId }) => userId)
  const first: Route = !referentAway
    ? { addressees: [referentId], because: 'referent' }
    : substituteId !== null
      ? { addressees: [substituteId], because: 'substitute' }
      : !binomeAway
        ? { addressees: [binomeId as UserId], because: 'binome' }
        : { addressees: await leads(), because: 'team' }
  const binomeIsNew = !binomeAway && !first.addressees.includes(binomeId as UserId)
  const more = [...(rank >= 1 && binomeIsNew ? [binomeId as UserId] : []), ...(rank >= 2 || (rank >= 1 && !binomeIsNew) ? await leads() : [])]
  return { addressees: [...new Set([...first.addressees, ...more])], because: first.because }
}

/** When an alert that nobody took goes further: so many minutes of opening of the DAC later; null where its rule says that it stays. */
export async function climbsAt(tx: Tx, holderOrg: ServiceId, at: Date, timeZone: string, minutes: number | null): Promise<Date | null> {
  return minutes === null ? null : afterWorkingMinutes(at, minutes, await workingCalendar(tx, timeZone, holderOrg))
}
