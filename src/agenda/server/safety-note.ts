import { loadPerson } from '../../persons/server/api.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertValue } from '../../territory/server/api.ts'
import { writeSafetyNote } from '../contract/actions.ts'
import { safetyNoteQuery } from '../contract/queries.ts'
import { loadOccurrence } from './load.ts'
import {
  findSafetyNote,
  insertSafetyNote,
  lockSafetyNotes,
  type SafetyNoteFields,
  safetyNotesOfVisit,
  selectSafetyNotes,
  updateSafetyNote,
} from './visit.sql.ts'

const nothing: SafetyNoteFields = { doorCode: null, accessWords: null, animals: null, dangers: [], dangerWords: null, neverAlone: false, comesAlong: null }

export const writeSafetyNoteImplementation = implement(writeSafetyNote, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { id, personId, baseVersion, changes }) => {
    const { tx, actor, now } = context
    const holderOrg = actor.serviceId as ServiceId
    for (const one of changes.dangers ?? []) await assertValue(tx, 'agenda.visit_danger', one)
    await lockSafetyNotes(tx, personId)
    const found = await findSafetyNote(tx, personId, holderOrg, true)
    // The first note was written twice at once: the second one reads it before adding to it.
    if (found !== undefined && baseVersion === 0) throw conflict('agenda.note_exists')
    if (found === undefined && baseVersion > 0) throw invalid('agenda.note_exists')
    const { doorCode, accessWords, animals, dangers, dangerWords, neverAlone, comesAlong } = found ?? nothing
    const fields: SafetyNoteFields = { doorCode, accessWords, animals, dangers, dangerWords, neverAlone, comesAlong }
    const of = { id: found?.id ?? id, personId, holderOrg }
    const written = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    // Before its history, which the id of another note would mix with hers.
    if (found === undefined && !(await insertSafetyNote(tx, of, { ...fields, ...written }, actor.displayName, now))) throw conflict('agenda.note_exists')
    const record = { id: of.id, personId, holderOrg, volet: 'social' as const, protection: 'org_private', version: found?.version ?? 0, fields: { ...fields } }
    const merged = await mergeEdit(context, record, 'agenda.safety_note', baseVersion, changes)
    const version = Math.max(1, merged.version)
    if (found !== undefined) await updateSafetyNote(tx, { ...of, version }, { ...fields, ...merged.changes }, actor.displayName, now)
    context.emit({ type: 'agenda.safetyNote.written', volet: 'social', audience: [holderOrg], payload: { personId } })
    return { id: record.id, version }
  },
})

export const safetyNoteImplementation = implement(safetyNoteQuery, {
  load: async (context, { personId, occurrenceId }) => {
    const person = await loadPerson(context, personId)
    // The audit says whose note was read: a visit to somebody else is no visit of hers.
    if (occurrenceId !== null && (await loadOccurrence(context, occurrenceId)).personId !== person.personId) throw notFound('appointment')
    return { personId }
  },
  run: async ({ tx, actor }, { personId, occurrenceId }) => {
    const own = await selectSafetyNotes(tx, personId, actor.serviceId)
    return own.note !== null || own.setAside.length > 0 || occurrenceId === null ? own : safetyNotesOfVisit(tx, occurrenceId)
  },
})
