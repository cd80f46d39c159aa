import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Context, type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { mergeEdit, type VersionedRecord } from '../../platform/server/versions.ts'
import { closeService, createLegalPerson, createService, createSite, editLegalPerson, editService, editSite } from '../contract/actions.ts'
import { assertCommune, assertValue } from './api.ts'
import {
  dependentsAfter,
  endService,
  insertLegalPerson,
  insertService,
  insertSite,
  type LegalPersonFields,
  lockLegalPerson,
  lockService,
  lockSite,
  type ServiceFields,
  type SiteFields,
  type Stored,
  sirenTaken,
  updateLegalPerson,
  updateService,
  updateSite,
} from './organisations.sql.ts'

/** A record that concerns no person, for its history. */
export function publicRecord(id: string, { version, fields }: Stored<object>): VersionedRecord {
  return { id, version, personId: null, volet: 'administrative', holderOrg: null, protection: 'shared', fields: { ...fields } }
}

const compact = (number: string | null): string | null => number?.replaceAll(' ', '').toUpperCase() ?? null

async function exists<Record>(found: Promise<Record | null>, what: string): Promise<Record> {
  const record = await found
  if (record === null) throw notFound(what)
  return record
}

async function checkLegalPerson({ tx }: Context, id: string, fields: LegalPersonFields, kept?: LegalPersonFields): Promise<LegalPersonFields> {
  if (fields.legalForm !== null) await assertValue(tx, 'territory.legal_kind', fields.legalForm, kept?.legalForm)
  const siren = compact(fields.siren)
  if (siren !== null && (await sirenTaken(tx, siren, id))) throw conflict('legal_person_taken')
  return { ...fields, siren, finessLegal: compact(fields.finessLegal) }
}

async function checkService({ tx }: Context, fields: ServiceFields, kept?: ServiceFields): Promise<ServiceFields> {
  if (fields.communeCode !== null) await assertCommune(tx, fields.communeCode)
  if (fields.cptsStatus !== null) await assertValue(tx, 'territory.cpts_status', fields.cptsStatus, kept?.cptsStatus)
  if (fields.legalPersonId !== null && fields.legalPersonId !== kept?.legalPersonId) await exists(lockLegalPerson(tx, fields.legalPersonId), 'legal person')
  return { ...fields, finess: compact(fields.finess) }
}

async function checkSite({ tx }: Context, fields: SiteFields, kept?: SiteFields): Promise<SiteFields> {
  await assertValue(tx, 'territory.site_kind', fields.kind, kept?.kind)
  if (fields.communeCode !== null) await assertCommune(tx, fields.communeCode)
  return fields
}

export const organisations: readonly Implementation[] = [
  implement(createLegalPerson, {
    load: noTarget,
    run: async (context, { id, ...fields }) => {
      await insertLegalPerson(context.tx, id, await checkLegalPerson(context, id, fields))
      return { id, version: 1 }
    },
  }),
  implement(editLegalPerson, {
    load: ({ tx }, { id }) => exists(lockLegalPerson(tx, id), 'legal person'),
    run: async (context, { id, baseVersion, changes }) => {
      const held = await exists(lockLegalPerson(context.tx, id), 'legal person')
      const checked = await checkLegalPerson(context, id, { ...held.fields, ...given(changes) }, held.fields)
      const merged = await mergeEdit(context, publicRecord(id, held), 'territory.legal_person', baseVersion, pick(checked, changes))
      if (merged.version !== held.version) await updateLegalPerson(context.tx, id, { ...held.fields, ...merged.changes } as LegalPersonFields, merged.version)
      return { id, version: merged.version }
    },
  }),
  implement(createService, {
    load: noTarget,
    run: async (context, { id, kind, startsOn, ...fields }) => {
      await insertService(context.tx, id, kind, await checkService(context, fields), startsOn)
      return { id, version: 1 }
    },
  }),
  implement(editService, {
    load: ({ tx }, { id }) => exists(lockService(tx, id), 'service'),
    run: async (context, { id, baseVersion, changes }) => {
      const held = await exists(lockService(context.tx, id), 'service')
      const checked = await checkService(context, { ...held.fields, ...given(changes) }, held.fields)
      const merged = await mergeEdit(context, publicRecord(id, held), 'territory.service', baseVersion, pick(checked, changes))
      if (merged.version !== held.version) await updateService(context.tx, id, { ...held.fields, ...merged.changes } as ServiceFields, merged.version)
      return { id, version: merged.version }
    },
  }),
  implement(closeService, {
    load: ({ tx }, { id }) => exists(lockService(tx, id), 'service'),
    run: async (context, { id, endsOn }) => {
      const held = await exists(lockService(context.tx, id), 'service')
      if (held.endsOn !== null && held.endsOn <= dayOf(context.now, context.timeZone)) throw conflict('service_ended')
      const { communes, members } = await dependentsAfter(context.tx, id, endsOn)
      if (communes > 0) throw invalid('service_has_perimeter', { communes })
      if (members > 0) throw invalid('service_has_members', { members })
      const record = publicRecord(id, { version: held.version, fields: { endsOn: held.endsOn } })
      const { version } = await mergeEdit(context, record, 'territory.service', held.version, { endsOn })
      await endService(context.tx, id, endsOn, version)
      return { id, version }
    },
  }),
  implement(createSite, {
    load: ({ tx }, { serviceId }) => exists(lockService(tx, serviceId), 'service'),
    run: async (context, { id, serviceId, ...fields }) => {
      await insertSite(context.tx, id, serviceId, await checkSite(context, { ...fields, endsOn: null }))
      return { id, version: 1 }
    },
  }),
  implement(editSite, {
    load: ({ tx }, { id }) => exists(lockSite(tx, id), 'site'),
    run: async (context, { id, baseVersion, changes }) => {
      const held = await exists(lockSite(context.tx, id), 'site')
      const checked = await checkSite(context, { ...held.fields, ...given(changes) }, held.fields)
      const merged = await mergeEdit(context, publicRecord(id, held), 'territory.site', baseVersion, pick(checked, changes))
      if (merged.version !== held.version) await updateSite(context.tx, id, { ...held.fields, ...merged.changes } as SiteFields, merged.version)
      return { id, version: merged.version }
    },
  }),
]

/** The changes without those left out. */
export function given<Changes extends object>(changes: Changes): { [Key in keyof Changes]-?: Exclude<Changes[Key], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as never
}

/** Of the checked fields, those that were asked to change. */
export function pick(checked: object, changes: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(checked).filter(([field]) => (changes as Record<string, unknown>)[field] !== undefined))
}
