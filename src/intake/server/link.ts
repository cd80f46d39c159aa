import type { z } from 'zod'
import { createPerson, grantSight, joinPerson, personNames, recordTimelineItem } from '../../persons/server/api.ts'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { DomainError, invalid } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { toldPerson } from '../contract/actions.ts'

interface Linked {
  readonly id: string
  readonly receivedAt: Date | string
  readonly communeCode: string | null
}

/** French, as « Qui peut voir, et pourquoi » shows it. */
export function reasonOf({ receivedAt }: Pick<Linked, 'receivedAt'>, { timeZone }: Pick<Context, 'timeZone'>): string {
  return `Demande du ${formatDay(dayOf(receivedAt, timeZone))}`
}

/**
 * Ties a request to a person of Jalon. A person whom the DAC sees keeps what it sees, and the request adds its own right; one known elsewhere is
 * joined: administrative volet only, written in her Fil. Refuses an unknown one.
 */
export async function linkKnownPerson(context: Context, request: Linked, personId: PersonId): Promise<PersonId> {
  if ((await personNames(context.tx, [personId])).has(personId)) {
    await grantSight(context, {
      personId,
      partyId: String(context.actor.serviceId),
      basis: 'request',
      reason: reasonOf(request, context),
      sourceId: request.id,
    })
    await tellReceived(context, request, personId)
    return personId
  }
  try {
    await joinPerson(context, personId, { sourceId: request.id, reason: reasonOf(request, context) })
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'not_found') throw invalid('person_not_found')
    throw error
  }
  return personId
}

/** Creates the provisional identity of whoever was told of; the request is what lets the DAC see her. */
export async function createToldPerson(context: Context, request: Linked, told: z.output<typeof toldPerson>): Promise<PersonId> {
  if (told.birthName === null && told.usedName === null) throw invalid('person_name_missing')
  const personId = await createPerson(
    context,
    {
      personId: told.personId,
      birthName: told.birthName,
      usedName: told.usedName,
      firstNames: told.givenName === null ? [] : told.givenName.split(/\s+/),
      birthDay: told.birthDate,
      sex: told.sex,
      communeCode: request.communeCode,
    },
    { basis: 'request', reason: reasonOf(request, context), sourceId: request.id },
  )
  await tellReceived(context, request, personId)
  return personId
}

/** The request enters the Fil of the person, for the DAC alone. */
async function tellReceived(context: Context, request: Linked, personId: PersonId): Promise<void> {
  await recordTimelineItem(context, {
    personId,
    kind: 'request',
    title: 'Demande reçue',
    source: 'intake',
    sourceId: request.id,
    volet: 'administrative',
    protection: 'org_private',
  })
}
