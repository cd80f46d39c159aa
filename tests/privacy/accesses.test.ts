import { describe, expect, it } from 'vitest'
import { personHeader } from '../../src/persons/contract/queries.ts'
import { testDatabase } from '../../src/platform/testing/test-database.ts'
import { fileAccesses, fileAccessLines } from '../../src/privacy/contract/queries.ts'
import { aPrivacyWorld } from './privacy-world.ts'

const { db, owner } = await testDatabase()
const world = await aPrivacyWorld(db)
const { personId } = world

/** A reading as the gate writes it, by somebody on some day, sealed or not. */
const reading = (
  table: string,
): string => `insert into ${table} (${table === 'audit.entry' ? 'seq, sealed_at, hash, ' : ''}id, at, actor_id, actor_kind, actor_name, service_id, service_name, category, functions,
  name, kind, manner, outcome, person_ids, bases, volets, details)
  select ${table === 'audit.entry' ? `1000 + n, $2::timestamptz, '\\x00', ` : ''} gen_random_uuid(), $2::timestamptz - make_interval(mins => n), $3, 'user', $4, $5, $6, 'coordination', '{referent}', 'persons.header', 'query', 'screen', 'done', array[$1::uuid],
    '{dac_in_charge}', '{administrative}', '{}' from generate_series(1, $7) n`

describe('the list of accesses to a file', () => {
  it('says who, in which service, when, why and what, from the audit itself', async () => {
    await world.as(world.julie, personHeader, { personId })
    await world.as(world.doctor, personHeader, { personId })
    await world.as(world.doctor, personHeader, { personId })
    const list = await world.as(world.julie, fileAccesses, { personId, since: '2026-01-01' })
    const doctor = list.readers.find((one) => one.name === 'Anne-Laure Fritsch')
    expect(doctor).toMatchObject({ service: 'Cabinet du Dr Fritsch', times: 2 })
    expect(doctor?.days[0]).toMatchObject({ times: 2, what: ['En-tête du dossier'], why: 'Équipe de soins', refused: 0 })
    expect(list.readers.find((one) => one.name === 'Julie Marchal')).toMatchObject({ profession: 'Référente de parcours', service: 'DAC Hautes-Vallées' })
    expect(list.times).toBe(list.readers.reduce((sum, one) => sum + one.times, 0))
  })

  it('equals the audit, line by line', async () => {
    const list = await world.as(world.julie, fileAccesses, { personId, since: '2026-01-01' })
    const { rows } = await owner.query(
      `select count(*)::int as n from audit.inbox where $1 = any (person_ids) and outcome in ('done', 'replayed', 'refused')`,
      [personId],
    )
    // The reading of the list itself is one more line, written after it was read.
    expect(list.times).toBe(rows[0].n - 1)
  })

  it('tells a refusal as a refusal', async () => {
    await expect(world.as(world.nadia, fileAccesses, { personId, since: '2026-01-01' })).rejects.toMatchObject({ kind: 'forbidden' })
    const list = await world.as(world.julie, fileAccesses, { personId, since: '2026-01-01' })
    expect(list.readers.find((one) => one.name === 'Nadia Ferry')?.days[0]).toMatchObject({ refused: 1, why: 'Accès refusé' })
  })

  it('does not tell that a restricted report exists', async () => {
    await owner.query(
      `insert into audit.inbox (id, actor_id, actor_kind, actor_name, service_id, name, kind, outcome, person_ids, bases) values (gen_random_uuid(), $2, 'user', 'Claire Didier', $3, 'safeguarding.report', 'query', 'done', array[$1::uuid], '{dac_in_charge}')`,
      [personId, world.lead.userId, world.dac.id],
    )
    const list = await world.as(world.julie, fileAccesses, { personId, since: '2026-01-01' })
    expect(list.readers.some((one) => one.name === 'Claire Didier')).toBe(false)
  })

  it('gives the detail of one reader on one day', async () => {
    const list = await world.as(world.julie, fileAccesses, { personId, since: '2026-01-01' })
    const day = list.readers.find((one) => one.name === 'Anne-Laure Fritsch')?.days[0]?.day ?? ''
    const detail = await world.as(world.julie, fileAccessLines, { personId, userId: world.doctor.userId, day })
    expect(detail.rows).toHaveLength(2)
    expect(detail.rows[0]).toMatchObject({ what: 'En-tête du dossier', why: 'Équipe de soins', refused: false })
  })

  it('answers in less than two seconds for ten thousand accesses, sealed or waiting', async () => {
    const at = new Date().toISOString()
    const { userId, serviceId, serviceName } = world.julie
    await owner.query(reading('audit.entry'), [personId, at, userId, 'Julie Marchal', serviceId, serviceName, 9000])
    await owner.query(reading('audit.inbox'), [personId, at, userId, 'Julie Marchal', serviceId, serviceName, 1000])
    const started = performance.now()
    const list = await world.as(world.julie, fileAccesses, { personId, since: '2020-01-01' })
    expect(list.times).toBeGreaterThanOrEqual(10_000)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('is for the DAC that accompanies her: not for the circle, nor for those who do not see her', async () => {
    await expect(world.as(world.doctor, fileAccesses, { personId, since: '2026-01-01' })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(world.as(world.elsewhere, fileAccesses, { personId, since: '2026-01-01' })).rejects.toMatchObject({ kind: 'not_found' })
  })
})
