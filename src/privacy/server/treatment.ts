import { headline } from '../../persons/contract/headline.ts'
import { nameKeys } from '../../persons/contract/names.ts'
import { loadPerson, personNames } from '../../persons/server/api.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import type { PersonTable } from '../../platform/server/person-data.ts'
import { membersOfService } from '../../territory/server/api.ts'
import '../contract/errors.ts'
import {
  archiveReaders,
  decideRule,
  endArchiveReader,
  executions,
  findArchived,
  holdForProcedure,
  liftHold,
  nameArchiveReader,
  readArchive,
  retentionRules,
} from '../contract/treatment.ts'
import { readHeld } from './held.ts'
import { writeHeldDocument } from './held-document.ts'
import { fileDay } from './read-requests.ts'
import { ownService } from './requests.ts'
import { selectRules } from './retention.sql.ts'
import {
  asSystemInside,
  auditMonths,
  countArchived,
  endArchiveReaderRow,
  findHold,
  insertArchiveReader,
  insertHold,
  insertRule,
  isArchivedFor,
  isArchiveReader,
  liftHoldRow,
  selectArchivedByName,
  selectArchiveReaders,
  selectExecutions,
  voletsLeftTo,
} from './treatment.sql.ts'

const mostReaders = 5

export const readRetentionRules = implement(retentionRules, {
  load: noTarget,
  run: async ({ tx }) => ({ rules: [...(await selectRules(tx))], auditMonths: await auditMonths(tx) }),
})

export const decideRuleImplementation = implement(decideRule, {
  load: noTarget,
  run: async ({ tx, actor, now, note }, input) => {
    const version = await insertRule(tx, { ...input, base: input.baseVersion, at: now, by: actor.userId, byName: actor.displayName })
    if (version === null) throw conflict('rule_changed_meanwhile')
    note({ dataClass: input.dataClass, version })
    return { version }
  },
})

export const readExecutions = implement(executions, {
  load: noTarget,
  run: async ({ tx }, { cursor }) => {
    const found = await selectExecutions(tx, cursor, 101)
    const rows = found.slice(0, 100)
    return { rows: rows.map(({ key: _key, ...row }) => row), next: found.length > 100 ? (rows[rows.length - 1]?.key ?? null) : null }
  },
})

export const holdImplementation = implement(holdForProcedure, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { id, reason }, { personId }) => {
    await insertHold(context.tx, {
      id,
      personId,
      reason,
      at: context.now,
      by: context.actor.userId,
      byName: context.actor.displayName,
      holderOrg: ownService(context),
    })
    return { id }
  },
})

export const liftHoldImplementation = implement(liftHold, {
  load: async (context, { holdId }) => {
    const hold = await findHold(context.tx, holdId)
    if (hold === undefined) throw notFound('hold')
    return loadPerson(context, hold.personId)
  },
  run: async ({ tx, now, actor }, { holdId, reason }) => {
    const hold = await findHold(tx, holdId)
    if (hold === undefined) throw notFound('hold')
    if (hold.liftedAt !== null) throw conflict('hold_already_lifted')
    await liftHoldRow(tx, holdId, { at: now, byName: actor.displayName, reason })
    return { id: holdId }
  },
})

export const readArchiveReaders = implement(archiveReaders, {
  load: noTarget,
  run: async (context) => {
    const { tx } = context
    const members = await membersOfService(tx, ownService(context), ['referent', 'doctor', 'team_lead'])
    return {
      rows: [...(await selectArchiveReaders(tx))],
      members: members.map((member) => ({ userId: member.userId, name: member.name })),
      archived: await asSystemInside(tx, 'a number of archived files for the direction', () => countArchived(tx, ownService(context))),
    }
  },
})

export const nameArchiveReaderImplementation = implement(nameArchiveReader, {
  load: noTarget,
  run: async (context, { id, userId, reason }) => {
    const { tx, actor, now } = context
    if ((await selectArchiveReaders(tx)).length >= mostReaders) throw invalid('too_many_archive_readers')
    const members = await membersOfService(tx, ownService(context), ['referent', 'doctor', 'team_lead'])
    if (!members.some((member) => member.userId === userId)) throw notFound('member')
    if (!(await insertArchiveReader(tx, { id, serviceId: ownService(context), userId, reason, at: now, by: actor.userId, byName: actor.displayName })))
      throw conflict('archive_reader_known')
    return { id }
  },
})

export const endArchiveReaderImplementation = implement(endArchiveReader, {
  load: noTarget,
  run: async ({ tx, now }, { readerId }) => {
    if (!(await endArchiveReaderRow(tx, readerId, now))) throw notFound('reader')
    return { id: readerId }
  },
})

export const findArchivedImplementation = implement(findArchived, {
  load: async ({ tx }) => ({ reader: await isArchiveReader(tx) }),
  run: async (context, { name, birthDay }) => {
    const { tx } = context
    const words = nameKeys(name.split(/\s+/))
      .searchKey.split(' ')
      .filter((word) => /^[A-Z0-9]+$/.test(word))
    if (words.length === 0) return { rows: [] }
    return asSystemInside(tx, 'a named reader looks an archived person up', async () => {
      const found = await selectArchivedByName(tx, words, birthDay, ownService(context))
      const names = await personNames(
        tx,
        found.map((row) => row.personId),
      )
      return {
        rows: found.flatMap((row) => {
          const person = names.get(row.personId)
          return person === undefined ? [] : [{ person, archivedOn: row.archivedOn, lastSignOn: row.lastSignOn }]
        }),
      }
    })
  },
})

export const readArchiveImplementation = (tables: readonly PersonTable[]): Implementation =>
  implement(readArchive, {
    load: async ({ tx }) => ({ reader: await isArchiveReader(tx) }),
    run: async (context, { personId, reason }) => {
      const { tx, actor, now, timeZone } = context
      return asSystemInside(tx, 'a named reader opens an archived file, with her reason', async () => {
        const person = (await personNames(tx, [personId])).get(personId)
        if (person === undefined || !(await isArchivedFor(tx, personId, ownService(context)))) throw notFound('archive')
        // Doors that look at the actor's own sight give nothing here: who may see an archived file is its list of readers.
        const held = await readHeld(
          tx,
          tables.filter((one) => one.from === undefined),
          personId,
          { privateNotes: true, timeZone, reader: { service: ownService(context), volets: await voletsLeftTo(tx, personId, actor) } },
        )
        const bytes = await writeHeldDocument({
          person: headline(person),
          birthDay: person.birthDay,
          service: actor.serviceName,
          madeBy: actor.displayName,
          at: now,
          timeZone,
          held,
          withPrivate: true,
          sights: [],
          readers: [],
        })
        context.note({ reason, bytes: bytes.length })
        return { fileName: `Dossier archivé, ${fileDay(dayOf(now, timeZone))}.pdf`, contentType: 'application/pdf' as const, base64: bytes.toString('base64') }
      })
    },
  })
