import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { checkIdentity, editPerson, setAttributes } from '../contract/actions.ts'
import { askInsi, decideInsi, type InsiCallId, withdrawIns } from '../contract/identity-actions.ts'
import { insiState } from '../contract/identity-queries.ts'
import { nirKey } from '../contract/ins.ts'
import type { InsIdentity, InsiPort } from '../contract/insi.ts'
import { aPerson } from '../testing/builders.ts'
import { type Command, commands, newModel, observe } from '../testing/identity-model.ts'
import { aPersonWorld } from '../testing/person-world.ts'
import { outwardInsOf } from './api.ts'
import { factsOf, traitsOf } from './identity-facts.ts'
import { answerCall } from './insi-jobs.ts'
import { lockPerson } from './person.sql.ts'

const { db } = await testDatabase()
const world = await aPersonWorld(db)
await asSystem(db, 'the teleservice is connected', (tx) =>
  sql`insert into platform.setting (key, value) values ('insi', 'true') on conflict do nothing`.execute(tx),
)
const rowOf = (id: PersonId) =>
  asSystem(db, 'the identity as it is kept', async (tx) => {
    const row = await lockPerson(tx, id)
    if (row === undefined) throw new Error('lost')
    return { ...row, outward: await outwardInsOf(tx, id) }
  })

let order = 100
/** One command through the real actions, the real job and the real database. True when it was accepted and did what it says. */
async function act(id: PersonId, command: Command, number: string): Promise<boolean> {
  const { version, fields } = await rowOf(id)
  const edit = (changes: object) => world.as(world.nadia, editPerson, { id, baseVersion: version, changes })
  const ask = async (port: Partial<InsiPort>) => {
    const call = await world.as(world.nadia, askInsi, { id: newId<InsiCallId>(), personId: id })
    return { id: call.id as InsiCallId, state: await answerCall({ db, clock: world.clock, port: port as InsiPort }, call.id) }
  }
  switch (command.do) {
    case 'complete':
      return edit({ birthPlaceCode: '88468' }).then(() => true)
    case 'correct': {
      const changes = {
        usedName: { usedName: `${fields.usedName}x` },
        spelling: {
          birthName: fields.birthName === fields.birthName?.toUpperCase() ? fields.birthName?.replace('EMPF', 'empf') : fields.birthName?.toUpperCase(),
        },
        birthDate: { birthDate: fields.birthDate === '1941-03-12' ? '1941-03-13' : '1941-03-12' },
        birthPlaceCode: { birthPlaceCode: null },
        birthName: { birthName: `${fields.birthName}a` },
      }
      return edit(changes[command.trait]).then(() => true)
    }
    case 'mark':
      return world.as(world.nadia, setAttributes, { personId: id, attributes: [...command.attributes] }).then(() => true)
    case 'check':
      await world.as(world.nadia, checkIdentity, { personId: id, document: command.document })
      return ['id_card', 'passport', 'residence_permit'].includes(command.document)
    case 'withdraw':
      return world.as(world.nadia, withdrawIns, { personId: id, reason: 'Erreur' }).then(() => true)
    case 'retrieve': {
      if (fields.insMatricule !== null && fields.insContestedAt === null) return false
      const traits = traitsOf(fields) as unknown as InsIdentity
      const given = command.differs ? [...traits.birthGivenNames, 'Marie'] : traits.birthGivenNames
      const identity: InsIdentity = { ...traits, birthGivenNames: [...given], matricule: number + nirKey(number), oid: command.oid }
      const call = await ask({ search: async () => ({ outcome: 'ok', code: '00', identity }) })
      if (call.state !== 'found') return false
      const seenVersion = (await world.as(world.nadia, insiState, { personId: id })).version
      await world.as(world.nadia, decideInsi, { id: call.id, personId: id, decision: command.accepted ? 'accepted' : 'set_aside', seenVersion })
      return command.accepted
    }
    case 'verify': {
      if (fields.insMatricule === null || fields.insContestedAt !== null) return false
      const { state } = await ask({ verify: async () => ({ outcome: 'ok', confirmed: command.confirmed }) })
      return state === 'confirmed' || state === 'denied'
    }
    default:
      return true
  }
}

it('40 random lives through the real actions and the real job follow the model, in the database too', async () => {
  let sent = 0
  for (const life of fc.sample(commands, { numRuns: 40, seed: 134 })) {
    const id = await aPerson(db, { dac: world.dac.id })
    order += 1
    const number = `2410388468${order}`
    const model = newModel()
    for (const command of life.slice(0, 25)) {
      const happened = await act(id, command, number).catch((error: { kind?: string }) => {
        // A refusal is an answer; anything else is a fault of ours.
        if (error.kind === undefined) throw error
        return false
      })
      const { fields, outward } = await rowOf(id)
      const expected = observe(model, command, happened, { traits: traitsOf(fields), attributes: factsOf(fields).attributes }, false)
      const said = `${life.map((one) => one.do).join(' ')}: after ${command.do}`
      expect([said, fields.identityStatus, fields.insMatricule !== null, outward !== null]).toEqual([
        said,
        expected.status,
        expected.holdsIns,
        expected.mayLeave,
      ])
      if (outward !== null) sent += 1
    }
  }
  expect(sent, 'some may leave').toBeGreaterThan(10)
}, 120_000)
