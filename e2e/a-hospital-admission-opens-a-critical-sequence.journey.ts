import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startHospitalSimulator } from '../simulators/hospital/main.ts'
import type { Patient } from '../simulators/hospital/messages.ts'
import { demoSenderId } from '../src/app/seed/story/hospital.ts'
import { openSite } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'jalon-hospital-'))
const hospital = await startHospitalSimulator({ port: await freePort(), folder })
const site = await openSite(undefined, { environment: hospital.settings })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an admission told by the hospital rings on the open day of the référente, who opens the critical sequence', async () => {
  await site.owner.query('update hospital_events.sender set fingerprints = array[$1] where id = $2', [hospital.fingerprint, demoSenderId])
  // One of Julie's persons, whose identity is qualified, without a sequence that runs.
  const { rows } = await site.owner.query<{
    id: string
    birth_name: string
    birth_given_names: string[]
    birth_date: string
    sex: 'F' | 'M'
    place: string
    matricule: string
    oid: string
  }>(
    `select p.person_id as id, p.birth_name, p.birth_given_names, to_char(p.birth_date, 'YYYY-MM-DD') as birth_date, p.sex, p.birth_place_code as place, p.ins_matricule as matricule, p.ins_oid as oid
     from persons.person p join episodes.episode e on e.person_id = p.person_id and e.state = 'open' join territory.user_account u on u.id = e.referent_id
     where u.given_name = 'Julie' and u.family_name = 'Marchal' and p.identity_status = 'QUAL' and p.ins_contested_at is null and p.identity_attributes = '{}' and p.deceased_on is null
       and not exists (select from episodes.critical_sequence s where s.episode_id = e.id and s.ended_on is null)
       and not exists (select from persons.non_opposition n where n.person_id = p.person_id and n.state = 'opposition') order by p.person_id limit 1`,
  )
  const person = rows[0]
  if (person === undefined) throw new Error('the demo has nobody of Julie’s with a qualified identity')
  const patient: Patient = {
    birthName: person.birth_name,
    givenNames: person.birth_given_names,
    birthDate: person.birth_date,
    sex: person.sex,
    birthPlaceCode: person.place,
    ipp: '4711',
    ins: { matricule: person.matricule, oid: person.oid },
    reliability: 'QUAL',
  }
  const page = await site.signIn('referent', { at: '/ma-journee' })
  await page.getByRole('heading', { name: 'Alertes à prendre' }).waitFor()
  const alerts = page.getByText('Centre hospitalier des Hautes-Vallées')
  const before = await alerts.count()
  const now = new Date()
  const message = { controlId: 'E2E-1', sentAt: now, patient, visitNumber: 'E2E', movement: 'E2E-1', admittedAt: now }
  const started = Date.now()
  const answer = await hospital.tell('A01', message)
  expect(answer).toContain('MSA|AA|E2E-1')
  // Nobody touched the page: the alert comes to it.
  await expect.poll(() => alerts.count(), { timeout: 10_000 }).toBeGreaterThan(before)
  expect(Date.now() - started).toBeLessThan(10_000)
  // The same message again: the same answer, and no other alert.
  expect(await hospital.tell('A01', message)).toBe(answer)
  await page.waitForTimeout(800)
  const { rows: raised } = await site.owner.query<{ n: number }>(
    `select count(*)::int as n from liaison.alert where person_id = $1 and source = 'hospital-events.stay'`,
    [person.id],
  )
  expect(raised[0]?.n).toBe(1)

  await page.goto(`${site.url}/personnes/${person.id}`)
  await page.getByRole('button', { name: 'Ouvrir la séquence' }).first().click()
  await page.getByLabel('Jour J').waitFor()
  await page.getByRole('button', { name: 'Ouvrir la séquence' }).last().click()
  await expect
    .poll(async () => {
      const { rows: sequences } = await site.owner.query<{ kind: string }>(
        `select kind from episodes.critical_sequence where person_id = $1 and proposal = 'accepted' and ended_on is null`,
        [person.id],
      )
      return sequences.map(({ kind }) => kind)
    })
    .toEqual(['hospital_discharge'])
  await page.goto(`${site.url}/personnes/${person.id}/fil`)
  await page
    .getByText(/annoncé par l’hôpital/)
    .first()
    .waitFor()
  await site.accessible(page)
})

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { readonly port: number }
      probe.close(() => found(port))
    })
  })
}
