import type { ServiceKind } from '../../../platform/contract/actor.ts'
import { dayOf } from '../../../platform/contract/dates.ts'
import type { PartyId, UserId } from '../../../platform/contract/ids.ts'
import { writeAudit } from '../../../platform/server/audit.ts'
import { asSystem, type Tx } from '../../../platform/server/db.ts'
import type { Gate } from '../../../platform/server/execute.ts'
import { anonymous } from '../../../platform/server/http.ts'
import { accountForLogin, registerOutsideProfessional } from '../../../territory/server/api.ts'
import type { Place } from '../places.ts'
import { professionalCategoryOf, tradeLabel } from '../profession.ts'
import type { PscIdentity, PscSituation } from '../userinfo.ts'

export type DirectoryCard = (tx: Tx, nationalId: string) => Promise<PartyId | null>

/**
 * Admits somebody to a place: finds her membership, or makes her account and practice at a first login. The audit line is written in the same
 * transaction: without it nobody comes in.
 */
export async function admit(
  gate: Gate,
  {
    identity,
    place,
    card,
    requestId,
  }: { readonly identity: PscIdentity; readonly place: Place; readonly card: DirectoryCard | undefined; readonly requestId: string },
): Promise<{ userId: string; membershipId: string }> {
  const today = dayOf(gate.clock(), gate.timeZone)
  const account = await accountForLogin(gate.db, identity.nationalId, today)
  const admitted = await asSystem(gate.db, 'login', async (tx) => {
    const made = place.membership === null
    const found =
      place.membership !== null && account !== null
        ? { userId: account.userId, membershipId: place.membership.id }
        : await registerOutsideProfessional(
            tx,
            { ...newcomer(identity, place.situation), professionalId: (await card?.(tx, identity.nationalId)) ?? null },
            today,
          )
    await writeLogin(tx, {
      name: 'session.open',
      outcome: 'done',
      userId: found.userId,
      details: { ...situationCodes(place.situation), registered: made },
      requestId,
    })
    return found
  })
  gate.committed()
  return admitted
}

/** One line of audit about a login: who when she is known, the situation d’exercice, and why not. */
export interface LoginLine {
  readonly name: 'session.open' | 'session.close' | 'session.confirm'
  readonly outcome: 'done' | 'refused' | 'failed'
  readonly code?: string
  readonly userId: string | null
  readonly details: Readonly<Record<string, unknown>>
  readonly requestId: string
  /** Network address of the workstation. */
  readonly address?: string
}

/** Writes it in a transaction of its own. */
export async function auditLogin(gate: Gate, line: LoginLine): Promise<void> {
  await asSystem(gate.db, 'audit a login', (tx) => writeLogin(tx, line))
  gate.committed()
}

async function writeLogin(tx: Tx, { userId, ...line }: LoginLine): Promise<void> {
  await writeAudit(tx, { ...line, kind: 'login', actor: userId === null ? anonymous : { ...anonymous, kind: 'user', userId: userId as UserId }, persons: [] })
}

function situationCodes({ professionCode, roleCode, sectorCode, mode, structure }: PscSituation): Readonly<Record<string, unknown>> {
  return { professionCode, roleCode, sectorCode, mode, structure: structure.technicalId ?? structure.finess ?? structure.siret }
}

function newcomer(identity: PscIdentity, situation: PscSituation): Omit<Parameters<typeof registerOutsideProfessional>[1], 'professionalId'> {
  const { structure } = situation
  return {
    nationalId: identity.nationalId,
    familyName: identity.familyName,
    givenName: givenNameOf(identity.givenName),
    professionLabel: tradeLabel(situation),
    category: professionalCategoryOf(situation).category,
    place: {
      kind: kindOfSector(situation),
      name: structure.name === '' ? `${tradeLabel(situation)} sans structure` : structure.name,
      finess: structure.finess,
      communeCode: structure.communeCode,
      key: structure.technicalId ?? structure.finess ?? structure.siret ?? `locum ${identity.nationalId}`,
    },
  }
}

/** Pro Santé Connect writes given names in capitals: JEAN-MARIE becomes Jean-Marie. */
function givenNameOf(name: string): string {
  return name === name.toUpperCase() ? name.toLowerCase().replace(/(^|[\s'’-])\p{L}/gu, (start) => start.toUpperCase()) : name
}

/** The kind of a place that nobody described to Jalon, from the sector of activity (TRE_R02). */
function kindOfSector({ sectorCode }: PscSituation): ServiceKind {
  switch (sectorCode) {
    case 'SA01':
    case 'SA02':
    case 'SA03':
    case 'SA04':
      return 'hospital'
    case 'SA05':
      return 'cds'
    case 'SA16':
    case 'SA21':
    case 'SA41':
      return 'esms'
    case 'SA17':
      return 'ehpad'
    case 'SA18':
      return 'sad'
    case 'SA52':
      return 'msp'
    case 'SA07':
    case 'SA08':
    case 'SA09':
    case 'SA33':
    case null:
      return 'practice'
    default:
      return 'other'
  }
}
