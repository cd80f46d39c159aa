import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ServiceKind } from '../../platform/contract/actor.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { ValueSetDefinition } from '../contract/value-sets.ts'

const settingKey = 'territory.valueSets'

/**
 * Brings the lists of this version into the database. What the region decided stays: values that it added, hid or mapped. A value that this
 * version no longer has is kept, ended, never deleted.
 */
export async function loadValueSets(tx: Tx, sets: readonly ValueSetDefinition[]): Promise<void> {
  const fingerprint = createHash('sha256').update(JSON.stringify(sets)).digest('hex')
  const loaded = await sql<{ same: boolean }>`select value ->> 'fingerprint' = ${fingerprint} as same from platform.setting where key = ${settingKey}`.execute(
    tx,
  )
  if (loaded.rows[0]?.same === true) return
  const heads = sets.map(({ code, title, version, origin }) => ({ code, title, version, origin }))
  await sql`insert into territory.value_set (code, title, version, origin)
    select code, title, version, origin from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as r(code text, title text, version text, origin text)
    on conflict (code) do update set title = excluded.title, version = excluded.version, origin = excluded.origin
    where (value_set.title, value_set.version, value_set.origin) is distinct from (excluded.title, excluded.version, excluded.origin)`.execute(tx)
  const values = sets.flatMap((set) =>
    set.values.map((value, position) => ({
      set: set.code,
      code: value.code,
      label: value.label,
      definition: value.definition ?? null,
      parent: value.parent ?? null,
      position,
      from: value.validFrom,
      to: value.validTo ?? null,
      origin: set.origin,
      mapping: value.nationalMapping,
      extra: value.keywords === undefined ? {} : { keywords: value.keywords },
    })),
  )
  const given = sql`jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(set text, code text, label text, definition text, parent text, position integer, "from" date, "to" date, origin text, mapping text, extra jsonb)`
  await sql`insert into territory.value (set_code, code, label, definition, parent, position, valid_from, valid_to, origin, national_mapping, extra)
    select set, code, label, definition, parent, position, "from", "to", origin, mapping, extra from ${given}
    on conflict (set_code, code) do update set label = excluded.label, definition = excluded.definition, parent = excluded.parent, position = excluded.position, valid_from = excluded.valid_from,
      valid_to = excluded.valid_to, extra = excluded.extra, national_mapping = coalesce(value.national_mapping, excluded.national_mapping)
    where value.origin = excluded.origin and (value.label, value.definition, value.parent, value.position, value.valid_from, value.valid_to, value.extra, coalesce(value.national_mapping, excluded.national_mapping))
      is distinct from (excluded.label, excluded.definition, excluded.parent, excluded.position, excluded.valid_from, excluded.valid_to, excluded.extra, value.national_mapping)`.execute(
    tx,
  )
  await sql`update territory.value v set valid_to = platform.today() - 1 from territory.value_set s
    where s.code = v.set_code and v.origin = s.origin and v.origin <> 'regional' and v.valid_to is null and v.valid_from < platform.today() and s.code = any(${sets.map((set) => set.code)}::text[])
      and not exists (select from ${given} where r.set = v.set_code and r.code = v.code)`.execute(tx)
  await sql`insert into platform.setting (key, value) values (${settingKey}, ${JSON.stringify({ fingerprint })}::jsonb)
    on conflict (key) do update set value = excluded.value, updated_at = now()`.execute(tx)
}

/** A service as a published directory tells it: what the directory does not give stays null. */
export interface PublishedService {
  readonly key: string
  readonly kind: ServiceKind
  readonly name: string
  readonly shortName: string | null
  readonly legalPerson: string | null
  readonly phone: string | null
  readonly address: string | null
  readonly postalCode: string | null
  readonly communeCode: string | null
  readonly departments: readonly string[]
}

/** Adds the services of a published directory that are not there yet; what was corrected since by hand is left alone. */
export async function loadPublishedServices(tx: Tx, source: string, services: readonly PublishedService[]): Promise<void> {
  const carriers = [...new Set(services.flatMap((service) => service.legalPerson ?? []))]
  await sql`insert into territory.legal_person (id, name, source) select territory.party_id(${source} || ':legal:' || name), name, ${source} from unnest(${carriers}::text[]) as given(name)
    on conflict (id) do nothing`.execute(tx)
  await sql`insert into territory.service (id, legal_person_id, kind, name, short_name, phone, address, postal_code, commune_code, announced_departments, source)
    select territory.party_id(${source} || ':' || key), territory.party_id(${source} || ':legal:' || "legalPerson"), kind, name, "shortName", phone, address, "postalCode", "communeCode",
      array(select jsonb_array_elements_text(departments)), ${source}
    from jsonb_to_recordset(${JSON.stringify(services)}::jsonb) as r(key text, kind text, name text, "shortName" text, "legalPerson" text, phone text, address text, "postalCode" text, "communeCode" text, departments jsonb)
    on conflict (id) do nothing`.execute(tx)
}
