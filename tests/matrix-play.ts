import { sql } from 'kysely'
import { agendaMatrix } from '../src/agenda/testing/matrix.ts'
import { registry } from '../src/app/server/registry.ts'
import { assessmentsMatrix } from '../src/assessments/testing/matrix.ts'
import { auditTrailMatrix } from '../src/audit-trail/testing/matrix.ts'
import { carePlansMatrix } from '../src/care-plans/testing/matrix.ts'
import { careTeamMatrix } from '../src/care-team/testing/matrix.ts'
import { caseConferencesMatrix } from '../src/case-conferences/testing/matrix.ts'
import { conversationsMatrix } from '../src/conversations/testing/matrix.ts'
import { cptsMatrix } from '../src/cpts/testing/matrix.ts'
import { directoryMatrix } from '../src/directory/testing/matrix.ts'
import { duplicatesMatrix } from '../src/duplicates/testing/matrix.ts'
import { episodesMatrix } from '../src/episodes/testing/matrix.ts'
import { hospitalEventsMatrix } from '../src/hospital-events/testing/matrix.ts'
import { intakeMatrix } from '../src/intake/testing/matrix.ts'
import { liaisonMatrix } from '../src/liaison/testing/matrix.ts'
import { offlineMatrix } from '../src/offline/testing/matrix.ts'
import { personsMatrix } from '../src/persons/testing/matrix.ts'
import type { Actor } from '../src/platform/contract/actor.ts'
import { DomainError } from '../src/platform/contract/errors.ts'
import { newId } from '../src/platform/contract/ids.ts'
import type { Database, Tx } from '../src/platform/server/db.ts'
import { setActor } from '../src/platform/server/db.ts'
import type { Gate } from '../src/platform/server/execute.ts'
import { runInside } from '../src/platform/server/execute.ts'
import type { Expected, MatrixRow, MatrixWorld } from '../src/platform/testing/matrix-model.ts'
import { rolledBack } from '../src/platform/testing/test-database.ts'
import { privacyMatrix } from '../src/privacy/testing/matrix.ts'
import { safeguardingMatrix } from '../src/safeguarding/testing/matrix.ts'
import { signInMatrix } from '../src/sign-in/testing/matrix.ts'
import { steeringMatrix } from '../src/steering/testing/matrix.ts'
import { telephonyMatrix } from '../src/telephony/testing/matrix.ts'
import { territoryMatrix } from '../src/territory/testing/matrix.ts'

/** Every row of every capability. */
export const matrixRows: readonly MatrixRow[] = [
  ...territoryMatrix,
  ...signInMatrix,
  ...directoryMatrix,
  ...telephonyMatrix,
  ...hospitalEventsMatrix,
  ...personsMatrix,
  ...careTeamMatrix,
  ...episodesMatrix,
  ...agendaMatrix,
  ...intakeMatrix,
  ...assessmentsMatrix,
  ...carePlansMatrix,
  ...caseConferencesMatrix,
  ...liaisonMatrix,
  ...conversationsMatrix,
  ...offlineMatrix,
  ...safeguardingMatrix,
  ...duplicatesMatrix,
  ...cptsMatrix,
  ...steeringMatrix,
  ...auditTrailMatrix,
  ...privacyMatrix,
]

/** 'action:persons.person.edit': how the registry names it. */
export const keyOf = ({ contract }: MatrixRow): string => `${contract.kind}:${contract.name}`

export interface Board {
  readonly db: Database
  readonly gate: Gate
  readonly world: MatrixWorld
}

/**
 * Plays one cell for real, then takes everything back: what the gate answers to this actor. `before` arranges more, as the system, after the row did.
 */
export async function playCell({ db, gate, world }: Board, row: MatrixRow, actor: Actor, before?: (tx: Tx) => Promise<unknown>): Promise<Expected | string> {
  const implementation = registry.get(keyOf(row))
  if (implementation === undefined) return 'not implemented'
  return rolledBack(db, async (tx) => {
    await sql`set local role jalon_system`.execute(tx)
    const arranged = (await row.arrange?.(world, tx)) ?? {}
    await before?.(tx)
    await sql`set local role none`.execute(tx)
    await setActor(tx, { actor, clock: gate.clock(), timeZone: gate.timeZone })
    const parsed = row.contract.input.safeParse(row.input(world, arranged, actor))
    if (!parsed.success)
      return `input refused: ${JSON.stringify(parsed.error.issues.map((issue: { path: unknown[]; message: string }) => [issue.path.join('.'), issue.message]))}`
    try {
      await runInside(
        tx,
        gate,
        implementation,
        { actor, input: parsed.data, idempotencyKey: row.contract.kind === 'action' ? newId() : undefined, authenticatedAt: gate.clock() },
        parsed.data,
        gate.clock(),
      )
      return 'ok'
    } catch (error) {
      if (error instanceof DomainError && (error.kind === 'forbidden' || error.kind === 'not_found')) return error.kind
      return error instanceof Error ? `${error.message} ${(error as { detail?: string }).detail ?? ''}` : 'unknown error'
    }
  })
}
