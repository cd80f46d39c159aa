import { loadPerson } from '../../persons/server/api.ts'
import { conflict, forbidden, invalid, notFound } from '../../platform/contract/errors.ts'
import { newId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { asSystem } from '../../platform/server/db.ts'
import { type Context, type Implementation, implement } from '../../platform/server/implement.ts'
import { addJob } from '../../platform/server/jobs.ts'
import type { DataClass, PersonTable } from '../../platform/server/person-data.ts'
import type { Job } from '../../platform/server/worker.ts'
import { cancelErasure, confirmErasure, proposeErasure } from '../contract/actions.ts'
import { completePlan } from '../contract/erasure.ts'
import type { ErasureId } from '../contract/requests.ts'
import {
  endRows,
  type Fate,
  holdPersons,
  identitiesOf,
  insertProof,
  narrowSightToAnswer,
  othersHold,
  standOutside,
  standsInTheWay,
  tablesChildrenFirst,
} from './end-of-life.sql.ts'
import { auditLineOfJob } from './job-audit.ts'
import { cancelErasureRow, confirmErasureRow, type ErasureRow, findErasure, finishErasureRow, insertErasure } from './request.sql.ts'
import { loadRequest, openRequest, ownService } from './requests.ts'
import { asSystemInside } from './treatment.sql.ts'

export const eraseTask = 'privacy:erase'

/** How long an erasure waits for what stands outside to be taken back, in milliseconds: three days. */
const longestWait = 3 * 86_400_000

async function loadErasure(context: Context, erasureId: ErasureId): ReturnType<typeof loadPerson> {
  const erasure = await findErasure(context.tx, erasureId)
  if (erasure === undefined) throw notFound('erasure')
  return loadPerson(context, erasure.personId)
}

async function waitingErasure(context: Context, erasureId: ErasureId): Promise<ErasureRow> {
  const erasure = await findErasure(context.tx, erasureId, { lock: true })
  if (erasure === undefined) throw notFound('erasure')
  if (erasure.state !== 'proposed') throw conflict('erasure_not_waiting')
  return erasure
}

/** What cannot be erased while something of hers goes on, or must be kept. */
async function refuseWhileNeeded(context: Context, tables: readonly PersonTable[], personId: string): Promise<void> {
  const { live, held } = await asSystemInside(context.tx, 'what stands in the way of an erasure, whoever holds it', () =>
    standsInTheWay(context.tx, tables, [personId]),
  )
  if (live) throw conflict('erasure_while_live')
  if (held) throw conflict('erasure_held')
}

export const proposeErasureImplementation = (tables: readonly PersonTable[]): Implementation =>
  implement(proposeErasure, {
    load: (context, { requestId }) => loadRequest(context, requestId),
    run: async (context, { id, requestId, plan }, { personId }) => {
      const request = await openRequest(context, requestId)
      if (request.kind !== 'erasure') throw invalid('erasure_not_asked')
      const complete = completePlan(plan)
      if (!complete.ok) throw invalid('erasure_plan_incomplete')
      await refuseWhileNeeded(context, tables, personId)
      const { actor, now, tx } = context
      const row = { id, personId, requestId, plan: complete.plan, at: now, by: actor.userId, byName: actor.displayName, holderOrg: ownService(context) }
      if (!(await insertErasure(tx, row))) throw conflict('erasure_already_proposed')
      context.emit({ type: 'privacy.request.changed', audience: [ownService(context)], payload: { personId } })
      context.note({ erased: complete.plan.filter((line) => line.decision === 'erase').map((line) => line.dataClass) })
      return { id }
    },
  })

export const confirmErasureImplementation = (tables: readonly PersonTable[]): Implementation =>
  implement(confirmErasure, {
    load: (context, { erasureId }) => loadErasure(context, erasureId),
    run: async (context, { erasureId }, { personId }) => {
      const erasure = await waitingErasure(context, erasureId)
      if (erasure.proposedBy === context.actor.userId) throw forbidden(french('Celui qui propose un effacement ne le confirme pas : demandez à un collègue.'))
      await refuseWhileNeeded(context, tables, personId)
      await confirmErasureRow(context.tx, erasureId, { at: context.now, by: context.actor.userId, byName: context.actor.displayName })
      await context.enqueue(eraseTask, { erasureId }, { jobKey: `erase-${erasureId}` })
      // What stands outside is taken back first, by whoever sent it. On the event itself, she would tell everyone who sees her of what she asked.
      context.emit({ type: 'privacy.erasure.confirmed', audience: [ownService(context)], payload: { erasureId, personId } })
      context.emit({ type: 'privacy.request.changed', audience: [ownService(context)], payload: { personId } })
      return { id: erasureId }
    },
  })

export const cancelErasureImplementation = implement(cancelErasure, {
  load: (context, { erasureId }) => loadErasure(context, erasureId),
  run: async (context, { erasureId, because }) => {
    await waitingErasure(context, erasureId)
    await cancelErasureRow(context.tx, erasureId, because)
    return { id: erasureId }
  },
})

/**
 * Executes a confirmed erasure: everything in one transaction with its proof, so that a process killed in the middle leaves either nothing done or
 * all of it, proved. Done once: a second run finds it done. What stands outside (Mon espace santé) is waited for: the rows say what to take back.
 */
export const eraseJob =
  (tables: readonly PersonTable[]): Job =>
  async (payload, { db, clock, log }) => {
    const now = clock()
    await asSystem(db, 'erase what the person asked to erase', async (tx) => {
      const erasure = await findErasure(tx, String(payload.erasureId) as ErasureId, { lock: true })
      if (erasure === undefined || erasure.state !== 'confirmed') return
      const ids = await identitiesOf(tx, erasure.personId)
      await holdPersons(tx, ids)
      const { live, held } = await standsInTheWay(tx, tables, ids)
      if (live || held) {
        await cancelErasureRow(tx, erasure.id, 'Un accompagnement, une demande ou une obligation de conserver est venu entre-temps.')
        return
      }
      if (await standOutside(tx, tables, ids)) {
        if (erasure.confirmedAt !== null && now.getTime() - Date.parse(erasure.confirmedAt) > longestWait)
          await cancelErasureRow(
            tx,
            erasure.id,
            french('Un rendez-vous inscrit dans Mon espace santé n’a pas pu en être retiré : relancez l’envoi, puis proposez de nouveau.'),
          )
        else await addJob(tx, eraseTask, { erasureId: erasure.id }, { at: new Date(now.getTime() + 60_000), jobKey: `erase-${erasure.id}` })
        return
      }
      // What another service wrote is not this one's to destroy.
      const erased = erasure.plan.filter((line) => line.decision === 'erase').map((line) => line.dataClass)
      if (await othersHold(tx, tables, ids, erased, erasure.holderOrg)) {
        await cancelErasureRow(tx, erasure.id, 'Un autre service garde des écrits sur cette personne : il doit être saisi à son tour.')
        return
      }
      // Requests are counted by the territory for years: what remains of them leads back to nobody.
      const fates = new Map<DataClass, Fate>(erased.map((dataClass) => [dataClass, dataClass === 'request' ? 'anonymise' : 'destroy']))
      const ordered = await tablesChildrenFirst(tx, tables)
      const counts = await endRows(tx, ordered, ids, fates, { keepsRow: true })
      await narrowSightToAnswer(tx, ids, erasure.holderOrg, now)
      await finishErasureRow(tx, erasure.id, now, counts)
      for (const dataClass of erased) {
        const own = Object.fromEntries(Object.entries(counts).filter(([table]) => tables.some((one) => one.table === table && one.dataClass === dataClass)))
        if (Object.keys(own).length > 0)
          await insertProof(tx, {
            id: newId(),
            runId: erasure.id,
            at: now,
            cause: 'erasure',
            dataClass,
            step: fates.get(dataClass) === 'anonymise' ? 'anonymised' : 'destroyed',
            ruleVersion: null,
            units: 1,
            counts: own,
          })
      }
      await auditLineOfJob(tx, 'privacy.erasure.execute', [erasure.personId], { erased, rows: Object.values(counts).reduce((sum, one) => sum + one, 0) })
      log.info({ erasureId: erasure.id }, 'erasure executed')
    })
  }
