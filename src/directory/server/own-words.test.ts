import { beforeAll, describe, expect, it } from 'vitest'
import type { AnyContract, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PartyId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { loadGeography } from '../../territory/server/geography.sql.ts'
import { actorFor, aPerimeter, aService, aUser } from '../../territory/testing/builders.ts'
import { createLocalCard } from '../contract/actions.ts'
import {
  campaign,
  correctCard,
  editRelation,
  errorReports,
  handleReport,
  ownWords,
  recordExchange,
  reportError,
  withdrawCorrection,
  writeNote,
} from '../contract/own-words.ts'
import { directoryCard, searchDirectory } from '../contract/queries.ts'
import { forgetVanished } from './forget-vanished.sql.ts'
import { directoryHandlers } from './handlers.ts'

const { db, owner } = await testDatabase()
const gate = testGate(db)
const registry = registryOf(directoryHandlers)
const ask = <C extends AnyContract>(contract: C, actor: Actor, input: RawInputOf<C>): Promise<OutputOf<C>> => call(gate, registry, contract, actor, input)

beforeAll(async () => {
  await asSystem(db, 'a small geography', (tx) =>
    loadGeography(tx, {
      edition: 'test',
      regions: [{ code: '44', name: 'Grand Est' }],
      departments: [{ code: '88', name: 'Vosges', regionCode: '44' }],
      epcis: [],
      communes: ['88408', '88160'].map((code) => ({
        code,
        name: code === '88408' ? 'Rupt-sur-Moselle' : 'Épinal',
        kind: 'commune' as const,
        parentCode: null,
        departmentCode: '88',
        regionCode: '44',
        epciCode: null,
        postalCodes: ['88000'],
        population: 1000,
      })),
      aliases: [],
    }),
  )
})
const dac = await aService(db, { name: 'DAC des Collines' })
const other = await aService(db, { name: 'DAC des Plaines' })
const julie = await actorFor(db, await aUser(db, { service: dac }))
const camille = await actorFor(db, await aUser(db, { service: other, givenName: 'Camille', familyName: 'Durupt' }))
const bruno = await actorFor(db, await aUser(db, { functions: ['regional_admin'], givenName: 'Bruno', familyName: 'Henry' }))

async function aDoctor(name: string, phone = '0353010101'): Promise<PartyId> {
  const id = newId<PartyId>()
  await ask(createLocalCard, julie, { id, kind: 'gp', name, phone, communeCode: '88408' })
  return id
}

describe('what a service knows of its partners', () => {
  it('a note is read by its own team, and by no other service', async () => {
    const partyId = await aDoctor('Dr Noël')
    await ask(writeNote, julie, { id: newId(), partyId, words: 'Joignable le mardi seulement' })
    expect((await ask(ownWords, julie, { partyId })).notes).toMatchObject([{ words: 'Joignable le mardi seulement' }])
    expect((await ask(ownWords, camille, { partyId })).notes).toEqual([])
  })

  it('a corrected telephone holds on the card and in the list of the whole region, with who said it, and finds the caller', async () => {
    const partyId = await aDoctor('Dr Corrigé', '0353010201')
    await ask(correctCard, julie, { id: newId(), partyId, field: 'phone', value: '03 53 01 99 88' })
    const card = await ask(directoryCard, camille, { partyId })
    expect(card.hit.phone).toBe('0353019988')
    expect(card.corrections).toMatchObject([{ field: 'phone', value: '0353019988', serviceName: 'DAC des Collines' }])
    const found = await ask(searchDirectory, camille, { text: '03 53 01 99 88' })
    expect(found.rows.map((row: { partyId: string }) => row.partyId)).toEqual([partyId])
  })

  it('the second correction of a field replaces the first; once withdrawn, the directory speaks again', async () => {
    const partyId = await aDoctor('Dr Deux', '0353010301')
    await ask(correctCard, julie, { id: newId(), partyId, field: 'phone', value: '0353010302' })
    await ask(correctCard, camille, { id: newId(), partyId, field: 'phone', value: '0353010303' })
    expect((await ask(directoryCard, julie, { partyId })).hit.phone).toBe('0353010303')
    await ask(withdrawCorrection, julie, { partyId, field: 'phone' })
    expect((await ask(directoryCard, julie, { partyId })).hit.phone).toBe('0353010301')
    await expect(ask(withdrawCorrection, julie, { partyId, field: 'phone' })).rejects.toMatchObject({ code: 'correction_gone' })
  })

  it('a telephone that is none is refused, and nothing changes', async () => {
    const partyId = await aDoctor('Dr Faux')
    await expect(ask(correctCard, julie, { id: newId(), partyId, field: 'phone', value: 'à rappeler' })).rejects.toMatchObject({ code: 'correction_phone' })
    expect((await ask(directoryCard, julie, { partyId })).corrections).toEqual([])
  })

  it('an error reported is followed by the region until it is corrected; another service does not see it', async () => {
    const partyId = await aDoctor('Dr Parti')
    const id = newId()
    await ask(reportError, julie, { id, partyId, about: 'gone', words: 'Cabinet fermé' })
    const mine = (rows: { id: string }[]): boolean => rows.some((row) => row.id === id)
    expect(mine((await ask(errorReports, bruno, { state: 'live' })).rows)).toBe(true)
    expect(mine((await ask(errorReports, camille, {})).rows)).toBe(false)
    await expect(ask(handleReport, camille, { id, state: 'corrected' })).rejects.toMatchObject({ code: 'not_found' })
    await ask(handleReport, bruno, { id, state: 'corrected', answer: 'Transmis à l’ARS' })
    expect(mine((await ask(errorReports, julie, { state: 'live' })).rows)).toBe(false)
    expect((await ask(errorReports, julie, { state: 'done' })).rows.find((row: { id: string }) => row.id === id)).toMatchObject({ answer: 'Transmis à l’ARS' })
  })

  it('labels written meanwhile by a teammate are not overwritten', async () => {
    const partyId = await aDoctor('Dr Étiquette')
    const relation = { partyId, baseVersion: 0, tags: ['MSP'], prefers: 'mssante' as const, noCampaign: false }
    expect(await ask(editRelation, julie, relation)).toEqual({ version: 1 })
    await expect(ask(editRelation, julie, { ...relation, tags: ['autre'] })).rejects.toMatchObject({ code: 'relation_changed' })
    expect((await ask(ownWords, julie, { partyId })).relation).toMatchObject({ tags: ['MSP'], prefers: 'mssante', version: 1 })
  })

  it('an exchange is noted once it took place', async () => {
    const partyId = await aDoctor('Dr Réunion')
    await expect(ask(recordExchange, julie, { id: newId(), partyId, kind: 'meeting', happenedOn: '2100-01-01', subject: 'x' })).rejects.toMatchObject({
      code: 'exchange_future',
    })
    await ask(recordExchange, julie, { id: newId(), partyId, kind: 'training', happenedOn: '2026-01-05', subject: 'Présentation du DAC' })
    expect((await ask(ownWords, julie, { partyId })).exchanges).toMatchObject([{ kind: 'training', subject: 'Présentation du DAC' }])
    expect((await ask(ownWords, camille, { partyId })).exchanges).toEqual([])
  })

  it('the campaign list holds the doctors of the perimeter who never asked, without those who want no letter', async () => {
    await aPerimeter(db, dac, ['88408'])
    const [never, quiet, asked] = [await aDoctor('Dr Jamais'), await aDoctor('Dr Silence'), await aDoctor('Dr Habituée')]
    await ask(editRelation, julie, { partyId: quiet, baseVersion: 0, tags: [], noCampaign: true })
    await owner.query(
      `insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, requester_party_id, concerns, urgency, status, cno_level, holder_org)
       values ($1, now(), $2, 'phone', 'gp', $3, 'nobody', 'none', 'in_progress', 1, $4)`,
      [newId(), julie.userId, asked, dac.id],
    )
    const found = await ask(campaign, julie, { facets: ['gp'], asked: 'never' })
    const ids = found.rows.map((row: { partyId: string }) => row.partyId)
    expect(ids).toContain(never)
    expect(ids).not.toContain(quiet)
    expect(ids).not.toContain(asked)
    expect(found.optedOut).toBe(1)
    expect((await ask(campaign, julie, { facets: ['gp'], asked: 'any' })).rows.find((row: { partyId: string }) => row.partyId === asked)).toMatchObject({
      requests: 1,
    })
    expect((await ask(campaign, camille, { facets: ['gp'], asked: 'any' })).rows).toEqual([])
  })

  it('what was said of whoever left a national directory is kept for 90 days, then forgotten, unless she is back', async () => {
    const now = new Date('2026-11-22T03:00:00Z')
    const [recent, long, back] = [await aDoctor('Dr Récent'), await aDoctor('Dr Ancien'), await aDoctor('Dr Revenu')]
    for (const partyId of [recent, long, back]) {
      await ask(writeNote, julie, { id: newId(), partyId, words: 'Une note' })
      await ask(correctCard, julie, { id: newId(), partyId, field: 'email', value: 'a@exemple.fr' })
    }
    const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString()
    const left = async (partyId: string) =>
      (await owner.query('select 1 from directory.own_note where party_id = $1 union all select 1 from directory.correction where party_id = $1', [partyId]))
        .rowCount
    await asSystem(db, 'they leave', async (tx) => {
      for (const [partyId, days] of [
        [recent, 89],
        [long, 91],
        [back, 91],
      ] as const) {
        await tx
          .insertInto('directory.vanished')
          .values({ party_id: partyId, vanished_at: daysAgo(days), import_id: newId() })
          .execute()
        if (partyId !== back) await tx.deleteFrom('directory.entry').where('party_id', '=', partyId).execute()
      }
    })
    expect([await left(recent), await left(long), await left(back)]).toEqual([2, 2, 2])
    await expect(ask(ownWords, julie, { partyId: recent })).rejects.toMatchObject({ kind: 'not_found' })
    expect(await asSystem(db, 'night', (tx) => forgetVanished(tx, now))).toBe(2)
    expect([await left(recent), await left(long), await left(back)]).toEqual([2, 0, 2])
  })
})
