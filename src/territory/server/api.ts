import type { ActorFunction } from '../../platform/contract/actor.ts'
import { invalid } from '../../platform/contract/errors.ts'
import { holidayZones } from '../../platform/contract/holiday-zones.ts'
import type { ServiceId, UserId } from '../../platform/contract/ids.ts'
import { asSystem, type Database, type Tx } from '../../platform/server/db.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { ServiceCard } from '../contract/queries.ts'
import '../contract/errors.ts'
import { usualCalendar, type WorkingCalendar, weekOf } from '../contract/working-time.ts'
import { type Absence, endAbsence, findAbsence, insertAbsence, readAbsent, selectAway } from './absence.sql.ts'
import { holidayZone, openingOf, writeWeek } from './calendar.sql.ts'
import { type CategoryVoletDecision, insertDecision, selectDecisions, signedInOfCategory } from './category-volets.sql.ts'
import { type Commune, communeByCode, communesNear } from './communes.sql.ts'
import { businessDay, communeCodeOfService, membersOn, namesOfServices, namesOfUsers, type ServiceMember, servicesCovering } from './services.sql.ts'
import { insertOutsideProfessional, type OutsideProfessional, type SignInAccount, signInAccount } from './sign-in.sql.ts'
import { labelsOf, readValue } from './value-sets.sql.ts'

/** Whoever holds a national identifier, and where she works on a day ('YYYY-MM-DD'); null if Jalon does not know her. For logins only. */
export async function accountForLogin(db: Database, nationalId: string, today: string): Promise<SignInAccount | null> {
  return asSystem(db, 'login: who is she, where does she work', (tx) => signInAccount(tx, nationalId, today))
}

/**
 * Lets in, on the day of her first login, an outside professional vouched for by a national identity provider; or gives her the new place where
 * she practises. Runs in the caller's system transaction, with the caller's audit line.
 */
export async function registerOutsideProfessional(tx: Tx, who: OutsideProfessional, today: string): Promise<{ userId: UserId; membershipId: string }> {
  return insertOutsideProfessional(tx, who, today)
}

/**
 * The one DAC in charge of a commune on a day ('YYYY-MM-DD'), or null: no DAC covers it, or it is a city whose arrondissements have several
 * (ask for the arrondissement). Takes codes of communes, of arrondissements, and those of before a merger (R6).
 */
export async function serviceInCharge(tx: Tx, communeCode: string, day: string): Promise<(ServiceCard & { id: ServiceId }) | null> {
  const commune = await communeByCode(tx, communeCode)
  if (commune === null) return null
  const covering = await servicesCovering(tx, commune.code, day, 'dac')
  return covering.length === 1 ? (covering[0] as ServiceCard & { id: ServiceId }) : null
}

/** The CPTS of a commune on a day, by name; empty where no CPTS exists there (R24). They may overlap (R77). */
export async function cptsOf(tx: Tx, communeCode: string, day: string): Promise<readonly (ServiceCard & { id: ServiceId })[]> {
  const commune = await communeByCode(tx, communeCode)
  return commune === null ? [] : ((await servicesCovering(tx, commune.code, day, 'cpts')) as readonly (ServiceCard & { id: ServiceId })[])
}

/** A commune or an arrondissement by its INSEE code, also by the code it had before a merger; null when unknown. */
export async function communeOf(tx: Tx, communeCode: string): Promise<Commune | null> {
  return communeByCode(tx, communeCode)
}

/** The commune where a service is, or null: it has no address. */
export async function communeOfService(tx: Tx, serviceId: ServiceId): Promise<Commune | null> {
  const code = await communeCodeOfService(tx, serviceId)
  return code === null ? null : communeByCode(tx, code)
}

/** The communes whose middles stand within some kilometres of one of them, by code. */
export async function communesWithin(tx: Tx, place: Pick<Commune, 'latitude' | 'longitude'>, kilometres: number): Promise<readonly string[]> {
  return communesNear(tx, place, kilometres)
}

/** As `communeOf`; refuses an unknown code with `commune_unknown`. */
export async function assertCommune(tx: Tx, communeCode: string): Promise<Commune> {
  const commune = await communeByCode(tx, communeCode)
  if (commune === null) throw invalid('commune_unknown', { count: 1 })
  return commune
}

/**
 * Refuses (`value_unknown`) a code that its list does not offer today. `kept` is the code that the record already had: what was chosen before a
 * value was hidden or ended stays valid.
 */
export async function assertValue(tx: Tx, setCode: string, code: string, kept?: string | null): Promise<void> {
  if (kept === code) return
  const value = await readValue(tx, setCode, code)
  const today = await businessDay(tx)
  if (value === null || value.hidden || value.validFrom > today || (value.validTo !== null && value.validTo < today))
    throw invalid('value_unknown', { set: setCode })
}

/** French labels of a list by code, ended and hidden values included: for documents and exports. */
export async function valueSetLabels(tx: Tx, setCode: string): Promise<ReadonlyMap<string, string>> {
  return labelsOf(tx, setCode)
}

/** Who works in a service today, one row per user; with `functions`, those who hold one of them. */
export async function membersOfService(tx: Tx, serviceId: ServiceId, functions: readonly ActorFunction[] = []): Promise<readonly ServiceMember[]> {
  return membersOn(tx, serviceId, await businessDay(tx), functions)
}

/** « Julie Marchal » by user id; unknown ids are left out. */
export async function userNames(tx: Tx, ids: readonly UserId[]): Promise<ReadonlyMap<UserId, string>> {
  return ids.length === 0 ? new Map() : namesOfUsers(tx, ids)
}

/** Names of services by id; unknown ids are left out. */
export async function serviceNames(tx: Tx, ids: readonly ServiceId[]): Promise<ReadonlyMap<ServiceId, string>> {
  return ids.length === 0 ? new Map() : namesOfServices(tx, ids)
}

/** Birthplaces by their code on a day, and their import. */
export { assertBirthPlace, birthPlaceOn, importCog } from './birth-places.ts'
/** The identifier that a national number always has: `partyIdOf('rpps', '10001234567')`, `partyIdOf('finess', '880780077')`. */
export { partyIdOf } from './party-id.ts'

/** Every decision about what a category of R.1110-2 CSP sees of each volet; the highest version of a pair is in force. */
export async function categoryVoletDecisions(tx: Tx): Promise<readonly CategoryVoletDecision[]> {
  return selectDecisions(tx)
}

/**
 * Decides what a category sees of a volet: in force at the next request of each of its professionals, who are told if they are signed in. Gives the new
 * version; null when somebody decided since `baseVersion`. Only for the regional administrator; the database refuses what the law does not open.
 */
export async function decideCategoryVolet(
  context: Context,
  decision: Pick<CategoryVoletDecision, 'category' | 'volet' | 'allowed' | 'legalReference' | 'reason'> & { readonly baseVersion: number },
): Promise<number | null> {
  const version = await insertDecision(context.tx, { ...decision, byName: context.actor.displayName })
  if (version !== null) {
    const audience = await signedInOfCategory(context.tx, decision.category)
    context.emit({ type: 'persons.categoryVolets.changed', audience, payload: { category: decision.category, volet: decision.volet } })
  }
  return version
}

/** When a service works, or the installation at large: the hours that it keeps, else Monday to Friday at the usual ones; on the clock of the zone, without its holidays. */
export async function workingCalendar(tx: Tx, timeZone: string, serviceId: ServiceId | null = null): Promise<WorkingCalendar> {
  const week = serviceId === null ? usualCalendar.week : weekOf(await openingOf(tx, serviceId))
  return { timeZone, holidays: await holidayZone(tx), week }
}

/** True while a user is away, in any of her services: whoever would route something to her turns to who stands in, or to the binôme. */
export async function isAbsent(tx: Tx, userId: UserId, at: Date): Promise<boolean> {
  return readAbsent(tx, userId, at)
}

/** Those among some users of the actor's service who are away at an instant; `substituteId` is who was named to stand in and is there, or null. */
export async function absentAmong(
  tx: Tx,
  userIds: readonly UserId[],
  at: Date,
): Promise<ReadonlyMap<UserId, { readonly until: string; readonly substituteId: UserId | null }>> {
  return userIds.length === 0 ? new Map() : new Map((await selectAway(tx, userIds, at)).map(({ userId, ...away }) => [userId, away]))
}

/** Keeps an absence of somebody of the actor's service; the caller has checked who may say so. */
export async function recordAbsence(context: Context, absence: Absence): Promise<void> {
  await insertAbsence(context.tx, absence, context.actor.userId, context.now)
  context.emit({
    type: 'territory.absence.recorded',
    audience: [absence.serviceId, absence.userId],
    payload: { absenceId: absence.id, userId: absence.userId },
  })
}

/** An absence of the actor's service that still stands, or undefined. */
export async function absenceById(tx: Tx, id: string): Promise<Absence | undefined> {
  return findAbsence(tx, id)
}

/** Takes back an absence: from now on she is there. */
export async function withdrawAbsence(context: Context, absence: Absence): Promise<void> {
  await endAbsence(context.tx, absence.id, context.actor.userId, context.now)
  context.emit({
    type: 'territory.absence.cancelled',
    audience: [absence.serviceId, absence.userId],
    payload: { absenceId: absence.id, userId: absence.userId },
  })
}

/** Writes the opening hours of a service; the caller has checked the right. They serve from the next computation on. */
export async function setServiceWeek(tx: Tx, serviceId: ServiceId, week: WorkingCalendar['week']): Promise<void> {
  await writeWeek(tx, serviceId, week)
}

/** The calendar of a service from what a statement read of it: its `opening`, and the setting of the holidays. */
export function calendarFrom({ opening, holidays }: { readonly opening: unknown; readonly holidays: unknown }, timeZone: string): WorkingCalendar {
  return { timeZone, holidays: holidayZones.find((zone) => zone === holidays) ?? 'france', week: weekOf(opening) }
}
