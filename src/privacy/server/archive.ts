import { personNames, recordTimelineItem } from '../../persons/server/api.ts'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { type ArchivedTarget, archivedHolds, bringBack, liftArchivedHold } from '../contract/archive.ts'
import '../contract/errors.ts'
import type { LegalHoldId } from '../contract/treatment.ts'
import { findArchivedHold, insertReturnedSight, selectArchivedHolds } from './archive.sql.ts'
import { holdPersons, identitiesOf, insertProof } from './end-of-life.sql.ts'
import { ownService } from './requests.ts'
import { restoreFiles, rulesInForce } from './retention.sql.ts'
import { asSystemInside, isArchivedFor, isArchiveReader, liftHoldRow } from './treatment.sql.ts'

/** Absent, live and somebody else's answer alike, once one reads the archive; whoever does not is told so first. */
async function archivedTarget(context: Context, find: () => Promise<PersonId | undefined>): Promise<ArchivedTarget> {
  const reader = await isArchiveReader(context.tx)
  const personId = reader ? await asSystemInside(context.tx, 'whose archived file this is', find) : undefined
  if (reader && personId === undefined) throw notFound('archive')
  return { reader, personId: personId ?? ('' as PersonId) }
}

export const readArchivedHolds = implement(archivedHolds, {
  load: async ({ tx }) => ({ reader: await isArchiveReader(tx) }),
  run: async (context) =>
    asSystemInside(context.tx, 'archived files kept for a procedure, for their named readers', async () => {
      const holds = await selectArchivedHolds(context.tx, ownService(context))
      const names = await personNames(
        context.tx,
        holds.map((hold) => hold.personId),
      )
      return {
        rows: holds.flatMap(({ personId, liftedAt: _lifted, ...hold }) => {
          const person = names.get(personId)
          return person === undefined ? [] : [{ ...hold, person }]
        }),
      }
    }),
})

const holdAtHand = (context: Context, holdId: LegalHoldId) => findArchivedHold(context.tx, holdId, ownService(context))

export const liftArchivedHoldImplementation = implement(liftArchivedHold, {
  load: (context, { holdId }) => archivedTarget(context, async () => (await holdAtHand(context, holdId))?.personId),
  run: async (context, { holdId, reason }) =>
    asSystemInside(context.tx, 'a named reader lifts the hold of an archived file', async () => {
      if ((await holdAtHand(context, holdId))?.liftedAt !== null) throw conflict('hold_already_lifted')
      await liftHoldRow(context.tx, holdId, { at: context.now, byName: context.actor.displayName, reason })
      return { id: holdId }
    }),
})

export const bringBackImplementation = implement(bringBack, {
  load: (context, { personId }) =>
    archivedTarget(context, async () => ((await isArchivedFor(context.tx, personId, ownService(context))) ? personId : undefined)),
  run: async (context, { id, personId, reason }) => {
    const { tx, now, actor } = context
    await asSystemInside(tx, 'a file comes back from the archive with its person', async () => {
      const ids = await identitiesOf(tx, personId)
      await holdPersons(tx, ids)
      const rules = await rulesInForce(tx)
      if ((await restoreFiles(tx, ids)) === 0) throw notFound('archive')
      await insertReturnedSight(tx, { id: newId(), personId, service: ownService(context), sourceId: id, at: now, by: actor.userId })
      await insertProof(tx, {
        id: newId(),
        runId: id,
        at: now,
        cause: 'retention',
        dataClass: 'accompaniment',
        step: 'restored',
        ruleVersion: rules.accompaniment.version,
        units: 1,
        counts: { 'privacy.archived_file': 1 },
      })
    })
    // A sign of life: the durations count again from today.
    await recordTimelineItem(context, {
      personId,
      kind: 'information',
      title: 'Dossier ramené de l’archive',
      summary: reason,
      source: 'privacy',
      sourceId: id,
      volet: 'administrative',
      protection: 'org_private',
    })
    context.emit({ type: 'persons.person.joined', personId, volet: 'administrative', payload: { personId, serviceId: actor.serviceId } })
    return { id }
  },
})
