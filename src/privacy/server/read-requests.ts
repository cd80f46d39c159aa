import { headline } from '../../persons/contract/headline.ts'
import { loadPerson, personNames } from '../../persons/server/api.ts'
import { addDays, dayOf, formatDay } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { type Implementation, implement } from '../../platform/server/implement.ts'
import type { PersonTable } from '../../platform/server/person-data.ts'
import { erasedClasses, keepReasons } from '../contract/erasure.ts'
import { erasureProof, fileLimitation, personRequests, requestLetter, requestRegister, serviceRequests } from '../contract/rights-queries.ts'
import { standsInTheWay } from './end-of-life.sql.ts'
import { countHeld, selectRecentItems } from './held.sql.ts'
import { writeErasureProof, writeRequestLetter } from './letters.ts'
import {
  type ErasureRow,
  findErasure,
  findRequest,
  selectAddenda,
  selectErasures,
  selectFrozen,
  selectLimitations,
  selectRegister,
  selectRequests,
  selectServiceCard,
  selectServiceRequests,
} from './request.sql.ts'
import { loadRequest } from './requests.ts'
import { asSystemInside, selectHolds } from './treatment.sql.ts'

const shownErasure = ({ counts, ...row }: ErasureRow) => ({
  id: row.id,
  requestId: row.requestId,
  plan: [...row.plan],
  state: row.state,
  proposedAt: row.proposedAt,
  proposedBy: row.proposedBy,
  proposedByName: row.proposedByName,
  confirmedAt: row.confirmedAt,
  confirmedByName: row.confirmedByName,
  doneAt: row.doneAt,
  cancelledBecause: row.cancelledBecause,
  rows: counts === null ? null : Object.values(counts).reduce((sum, one) => sum + one, 0),
})

export const readPersonRequests = (tables: readonly PersonTable[]): Implementation =>
  implement(personRequests, {
    load: (context, input) => loadPerson(context, input.personId),
    run: async ({ tx, now, timeZone }, _input, { personId }) => {
      const counted = await countHeld(tx, tables, personId)
      const { live, held } = await asSystemInside(tx, 'what stands in the way of an erasure, whoever holds it', () => standsInTheWay(tx, tables, [personId]))
      return {
        today: dayOf(now, timeZone),
        requests: [...(await selectRequests(tx, personId))],
        limitations: [...(await selectLimitations(tx, personId))],
        addenda: [...(await selectAddenda(tx, personId))],
        erasures: (await selectErasures(tx, personId)).map(shownErasure),
        holds: [...(await selectHolds(tx, personId))],
        held: erasedClasses.map((dataClass) => ({ dataClass, rows: counted.get(dataClass) ?? 0 })),
        inTheWay: live ? ('live' as const) : held ? ('held' as const) : null,
        keepReasons: [...keepReasons],
        items: [...(await selectRecentItems(tx, personId))],
      }
    },
  })

export const readLimitation = implement(fileLimitation, {
  load: (context, input) => loadPerson(context, input.personId),
  run: async ({ tx }, _input, { personId }) => {
    const [frozen] = await selectFrozen(tx, [personId])
    return { limitation: frozen === undefined ? null : { reason: frozen.reason, since: frozen.since } }
  },
})

export const readRequestLetter = implement(requestLetter, {
  load: (context, { requestId }) => loadRequest(context, requestId),
  run: async ({ tx, now, actor }, { requestId }, { personId }) => {
    const request = await findRequest(tx, requestId)
    const person = (await personNames(tx, [personId])).get(personId)
    if (request === undefined || person === undefined) throw notFound('letter')
    const bytes = await writeRequestLetter({
      request,
      person: headline(person),
      service: (await selectServiceCard(tx, request.holderOrg)) ?? { name: actor.serviceName, phone: null },
      signedBy: actor.displayName,
      at: now,
    })
    return { fileName: `Réponse à la demande ${request.number}.pdf`, contentType: 'application/pdf' as const, base64: bytes.toString('base64') }
  },
})

export const readErasureProof = implement(erasureProof, {
  load: async (context, { erasureId }) => {
    const erasure = await findErasure(context.tx, erasureId)
    if (erasure === undefined) throw notFound('erasure')
    return loadPerson(context, erasure.personId)
  },
  run: async ({ tx, now, actor, timeZone }, { erasureId }) => {
    const erasure = await findErasure(tx, erasureId)
    const request = erasure === undefined ? undefined : await findRequest(tx, erasure.requestId)
    if (erasure === undefined || request === undefined || erasure.doneAt === null) throw notFound('erasure')
    const bytes = await writeErasureProof({
      erasure,
      number: request.number,
      askedOn: request.receivedOn,
      timeZone,
      service: (await selectServiceCard(tx, erasure.holderOrg)) ?? { name: actor.serviceName, phone: null },
      signedBy: actor.displayName,
      at: now,
    })
    return { fileName: `Attestation d’effacement, demande ${request.number}.pdf`, contentType: 'application/pdf' as const, base64: bytes.toString('base64') }
  },
})

export const readServiceRequests = implement(serviceRequests, {
  load: async () => null,
  run: async ({ tx, actor, now, timeZone }) => {
    const today = dayOf(now, timeZone)
    const rows = actor.serviceId === null ? [] : await selectServiceRequests(tx, actor.serviceId, addDays(today, -365))
    const names = await personNames(
      tx,
      rows.map((row) => row.personId),
    )
    return {
      today,
      rows: rows.flatMap(({ personId, ...row }) => {
        const person = names.get(personId as PersonId)
        return person === undefined ? [] : [{ ...row, person }]
      }),
    }
  },
})

export const readRequestRegister = implement(requestRegister, {
  load: async () => null,
  run: async ({ tx, now, timeZone }) => {
    const today = dayOf(now, timeZone)
    const rows = await selectRegister(tx, addDays(today, -1095))
    return { rows: rows.map((row) => ({ ...row, late: (row.answeredOn ?? today) > row.dueOn })) }
  },
})

/** « 15/10/2026 », for file names. */
export const fileDay = (day: string): string => formatDay(day).replaceAll('/', '-')
