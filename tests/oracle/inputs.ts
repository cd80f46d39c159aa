import { z } from 'zod'
import type { AnyContract } from '../../src/platform/contract/action.ts'
import { newId } from '../../src/platform/contract/ids.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly default?: unknown
}

/** Which records a key names, or the `id` of a contract: most requests ask for what exists. */
const tableOf: Readonly<Record<string, string>> = {
  handoverId: 'care_plans.handover',
  memberId: 'care_team.member',
  noteId: 'liaison.note',
  itemId: 'persons.timeline_item',
  sollicitationId: 'intake.sollicitation',
  assessmentId: 'assessments.assessment',
  planId: 'care_plans.plan',
  taskId: 'episodes.task',
  'intake.request': 'intake.sollicitation',
  'intake.filedRequest': 'intake.sollicitation',
  'assessments.assessment': 'assessments.assessment',
  'liaison.note': 'liaison.note',
  'carePlans.version': 'care_plans.plan',
  'safeguarding.report': 'safeguarding.report',
  threadId: 'conversations.thread',
  messageId: 'conversations.message',
  'conversations.thread': 'conversations.thread',
  'conversations.file': 'conversations.file',
}

/** Inputs for every declared contract, made from its schema: ids of anybody's records, of nobody's, names of persons of other organisations. */
export interface InputMaker {
  make(contract: AnyContract, person: string | null): unknown
}

export function inputMaker(world: World, random: Random): InputMaker {
  const schemas = new Map<string, JsonSchema>()
  const idsOf = new Map<string, string[]>()
  for (const { table, id } of world.canaries.all) {
    const capability = String(table.split('.')[0])
    const ids = idsOf.get(capability)
    if (ids === undefined) idsOf.set(capability, [id])
    else ids.push(id)
  }
  const persons = world.persons.map(({ id }) => String(id))
  const others = [
    ...world.people.flatMap(({ reader }) => [reader.user, reader.service, ...(reader.card === null ? [] : [reader.card])]),
    ...world.persons.map(({ episode }) => episode),
  ]
  const rows = new Map<string, string[]>()
  for (const { person, table, id } of world.canaries.all) {
    for (const key of [`${person} ${table.split('.')[0]}`, `${person} ${table}`]) {
      const ids = rows.get(key)
      if (ids === undefined) rows.set(key, [id])
      else ids.push(id)
    }
  }
  for (const { id, episode } of world.persons) rows.set(`${id} episodes.episode`, [episode])
  const schemaOf = (contract: AnyContract): JsonSchema => {
    const key = `${contract.kind}:${contract.name}`
    const known = schemas.get(key) ?? (z.toJSONSchema(contract.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema)
    schemas.set(key, known)
    return known
  }
  const capabilities: Readonly<Record<string, string>> = { careTeam: 'care_team', carePlans: 'care_plans' }

  function id(key: string, capability: string, person: string | null, contract: string): string {
    const table = key === 'id' ? (contract.startsWith('episodes.') && !contract.includes('task') ? 'episodes.episode' : tableOf[contract]) : tableOf[key]
    const named = table === undefined ? undefined : rows.get(`${person} ${table}`)
    if (named !== undefined && random.chance(0.6)) return random.pick(named)
    if (key === 'personId' || (key === 'id' && capability === 'persons' && random.chance(0.3)))
      return random.chance(0.1) ? newId() : (person ?? random.pick(persons))
    if (random.chance(0.08)) return newId()
    const own = person === null ? undefined : rows.get(`${person} ${capability}`)
    if (own !== undefined && random.chance(0.7)) return random.pick(own)
    const related = idsOf.get(capability)
    return related !== undefined && random.chance(0.6) ? random.pick(related) : random.pick(others)
  }

  function text(key: string, schema: JsonSchema): string {
    const most = schema.maxLength ?? 60
    const day = `2026-${String(1 + random.integer(12)).padStart(2, '0')}-${String(1 + random.integer(28)).padStart(2, '0')}`
    if (schema.format === 'date' || /(On|Day|since|from|to|birthDate)$/.test(key)) return day
    if (schema.format === 'date-time' || /At$/.test(key)) return `${day}T08:00:00.000Z`
    if (schema.format === 'email') return 'nom@exemple.fr'
    if (/commune/i.test(key)) return random.pick(['88408', '54039'])
    if (/phone/i.test(key)) return '0353012011'
    const said = random.pick([random.pick(world.persons).name, random.pick(world.persons).name.slice(0, 5), 'MARTIN', 'note', 'health', 'B1', 'other'])
    return said.slice(0, most)
  }

  function value(schema: JsonSchema, key: string, capability: string, person: string | null, contract: string): unknown {
    const among = schema.anyOf ?? schema.oneOf
    if (schema.const !== undefined) return schema.const
    if (schema.enum !== undefined) return random.pick(schema.enum)
    if (among !== undefined) return value(random.pick(among), key, capability, person, contract)
    if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((one) => value(one, key, capability, person, contract)))
    const type = Array.isArray(schema.type) ? random.pick(schema.type as readonly string[]) : schema.type
    switch (type) {
      case 'string':
        return schema.format === 'uuid' || /Id$/.test(key) || key === 'id' ? id(key, capability, person, contract) : text(key, schema)
      case 'integer':
      case 'number':
        return key === 'limit' ? Math.min(schema.maximum ?? 50, 50) : Math.max(schema.minimum ?? 1, Math.min(schema.maximum ?? 3, 1 + random.integer(3)))
      case 'boolean':
        return random.chance(0.5)
      case 'array': {
        const most = Math.min(schema.maxItems ?? 2, 2)
        const length = Math.max(schema.minItems ?? 0, random.integer(most + 1))
        return Array.from({ length }, () => value(schema.items ?? {}, key.replace(/s$/, ''), capability, person, contract))
      }
      case 'object': {
        const given: Record<string, unknown> = {}
        for (const [name, one] of Object.entries(schema.properties ?? {})) {
          const needed = schema.required?.includes(name) ?? false
          if (needed || random.chance(name === 'cursor' ? 0.05 : 0.35)) given[name] = value(one, name, capability, person, contract)
        }
        return given
      }
      case 'null':
        return null
      default:
        return random.chance(0.5) ? null : text(key, schema)
    }
  }

  return {
    make: (contract, person) => {
      const prefix = String(contract.name.split('.')[0])
      return value(schemaOf(contract), '', capabilities[prefix] ?? prefix, person, contract.name)
    },
  }
}
