import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHospitalSimulator } from '../simulators/hospital/main.ts'
import type { Patient } from '../simulators/hospital/messages.ts'
import { demoSenderId } from '../src/app/seed/story/hospital.ts'
import { addDays, dayOf, formatDay } from '../src/platform/contract/dates.ts'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'
import { today } from './support/story.ts'

const folder = mkdtempSync(join(tmpdir(), 'jalon-stays-'))
const hospital = await startHospitalSimulator({ port: await freePort(), folder })
const site = await openSite(undefined, { environment: hospital.settings })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let file: string
let name: string
let patient: Patient
beforeAll(async () => {
  await site.owner.query('update hospital_events.sender set fingerprints = array[$1] where id = $2', [hospital.fingerprint, demoSenderId])
  // One of Julie's persons, of a qualified identity, whom the social worker of the CCAS follows without her health volet, and of whom no stay is known.
  const { rows } = await site.owner.query(
    `select p.person_id as id, coalesce(p.used_name, p.birth_name) as name, p.birth_name, p.birth_given_names, to_char(p.birth_date, 'YYYY-MM-DD') as birth_date, p.sex, p.birth_place_code as place,
       p.ins_matricule as matricule, p.ins_oid as oid
     from persons.person p join episodes.episode e on e.person_id = p.person_id and e.state = 'open' join territory.user_account u on u.id = e.referent_id
     where u.given_name = 'Julie' and u.family_name = 'Marchal' and p.identity_status = 'QUAL' and p.ins_contested_at is null and p.identity_attributes = '{}' and p.deceased_on is null
       and not exists (select from agenda.stay s where s.person_id = p.person_id)
       and not exists (select from persons.non_opposition n where n.person_id = p.person_id and n.state = 'opposition')
       and exists (select from persons.sight s join territory.user_account w on w.professional_id = s.party_id
         where s.person_id = p.person_id and w.family_name = 'Gehin' and s.ends_at is null and s.suspended_at is null and 'health' <> all (s.volets))
     order by p.person_id limit 1`,
  )
  const [person] = rows
  if (person === undefined) throw new Error('the demo has nobody of Julie’s, of a qualified identity, whom the CCAS follows without the health volet')
  file = `/personnes/${person.id}`
  name = person.name
  patient = {
    birthName: person.birth_name,
    givenNames: person.birth_given_names,
    birthDate: person.birth_date,
    sex: person.sex,
    birthPlaceCode: person.place,
    ipp: '4712',
    ins: { matricule: person.matricule, oid: person.oid },
    reliability: 'QUAL',
  }
})

const establishment = 'Centre hospitalier des Hautes-Vallées'
const expected = addDays(today(), 9)

test('an entry told by telephone is a band in the agenda of the person, of her référente and of the team, and on the sheets that are printed', async () => {
  const julie = await site.signIn('referent', { at: `${file}/agenda` })
  await julie.getByRole('button', { name: 'Hospitalisation' }).click()
  const form = julie.getByRole('dialog', { name: 'Noter une hospitalisation' })
  await form.getByLabel('Établissement').fill(establishment)
  await form.getByLabel('Établissement').press('Tab')
  await form.getByLabel(words('Sortie prévue le')).fill(formatDay(expected))
  await form.getByLabel('Motif').fill('Chute dans l’escalier, dit son voisin.')
  await site.accessible(julie)
  await form.getByRole('button', { name: words('Noter l’hospitalisation') }).click()
  const bands = julie.getByRole('list', { name: words('À l’hôpital') })
  await bands.getByRole('button', { name: words(`${establishment}.*sortie prévue le ${formatDay(expected)}`) }).waitFor()
  await julie.getByText(words('Passages à domicile à confirmer')).waitFor()
  expect(await julie.getByRole('dialog').count(), 'the window closed by itself').toBe(0)
  await site.accessible(julie)
  await site.picture(julie, 'stay-person-week')
  // Words that wait are asked about, in front of their window.
  await bands.getByRole('button', { name: words(establishment) }).click()
  await julie.getByRole('button', { name: words('Noter la sortie ou modifier') }).click()
  await julie.getByLabel('Motif').fill('Chute dans l’escalier, dit sa voisine.')
  await julie.getByLabel('Motif').press('Escape')
  const question = julie.getByRole('dialog', { name: words('Fermer sans enregistrer') })
  await question.getByRole('button', { name: 'Annuler' }).click()
  expect(await julie.getByLabel('Motif').inputValue()).toBe('Chute dans l’escalier, dit sa voisine.')
  await julie.getByLabel('Motif').press('Escape')
  await question.getByRole('button', { name: 'Fermer sans enregistrer' }).click()
  await julie.getByRole('dialog').first().waitFor({ state: 'detached' })

  // Her agenda, then four weeks of the team, by the keyboard.
  await julie.goto(`${site.url}/agenda`)
  await bands.getByRole('button', { name: words(name, 'i') }).waitFor()
  await julie.goto(`${site.url}/agenda?qui=equipe`)
  await bands.getByRole('button', { name: words(name, 'i') }).waitFor()
  await julie.keyboard.press('q')
  await julie.getByRole('table', { name: words('Disponibilités de l’équipe') }).waitFor()
  await bands.getByRole('button', { name: words(name, 'i') }).waitFor()
  const cell = julie.getByRole('button', { name: words(`^Julie Marchal, `) })
  expect(await cell.count()).toBe(28)
  await cell.first().focus()
  await julie.keyboard.press('ArrowRight')
  await julie.keyboard.press('ArrowDown')
  await julie.keyboard.press('ArrowUp')
  const wanted = addDays(mondayOf(today()), 1)
  expect(await julie.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(words(`^Julie Marchal, .*${Number(wanted.slice(8))}`))
  await site.accessible(julie)
  await site.picture(julie, 'stay-team-four-weeks')
  await julie.keyboard.press('Enter')
  await julie.getByRole('table', { name: words('Calendrier de l’équipe') }).waitFor()

  // On paper.
  await julie.goto(`${site.url}/agenda/semaine`)
  await julie.getByRole('heading', { name: words('À l’hôpital cette semaine') }).waitFor()
  // Beside her visits of these days, if she has some, which say it too.
  await julie
    .locator('section', { has: julie.getByRole('heading', { name: words('À l’hôpital cette semaine') }) })
    .getByRole('listitem')
    .filter({ hasText: words(name, 'i') })
    .filter({ hasText: establishment })
    .waitFor()
  await julie.goto(`${site.url}${file}/cercle`)
  await julie.getByText(words(`À l’hôpital depuis le ${formatDay(today())}, sortie prévue le ${formatDay(expected)}`)).waitFor()
  await julie.goto(`${site.url}${file}/feuille-du-frigo`)
  await julie.getByText(words(`À l’hôpital depuis le ${formatDay(today())}, sortie prévue le ${formatDay(expected)}`)).waitFor()
  // Whoever comes in reads that sheet: neither where nor why.
  expect(await julie.getByText(establishment).count()).toBe(0)
  await site.accessible(julie)
  await site.picture(julie, 'stay-fridge')
})

test('on a telephone, the stay is the first thing of the day; whoever may not read her health volet sees nothing of it, anywhere', async () => {
  const phone = await site.signIn('referent', { at: `${file}/agenda`, viewport: 'phone' })
  await phone
    .getByText(words(`${establishment}`))
    .first()
    .waitFor()
  expect(await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), 'nothing overflows to the side').toBe(true)
  await site.accessible(phone)
  await site.picture(phone, 'stay-phone')
  await phone.goto(`${site.url}/agenda?qui=equipe&vue=quatre-semaines`)
  await phone.getByRole('table', { name: words('Disponibilités de l’équipe') }).waitFor()
  expect(await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), 'nothing overflows to the side').toBe(true)
  await site.accessible(phone)

  const laura = await site.signIn('ccas-social-worker', { at: `${file}/agenda` })
  await laura.getByRole('heading', { level: 1, name: words(name, 'i') }).waitFor()
  for (const place of ['agenda', 'cercle', 'feuille-du-frigo', 'fil']) {
    await laura.goto(`${site.url}${file}/${place}`)
    await laura.getByText(words(name, 'i')).first().waitFor()
    await laura.waitForLoadState('networkidle')
    expect([place, await laura.getByText(/À l’hôpital|Hospitalisation|Chute dans l’escalier/).count()]).toEqual([place, 0])
    expect([place, await laura.getByText(establishment).count()]).toEqual([place, 0])
  }
})

test('the establishment announces it: one band, that of the establishment, which ends with the exit', async () => {
  const julie = await site.signIn('referent', { at: `${file}/agenda` })
  const band = julie.getByRole('list', { name: words('À l’hôpital') }).getByRole('button', { name: words(establishment) })
  await band.waitFor()
  const now = new Date()
  const message = { sentAt: now, patient, visitNumber: 'E2E-STAY', admittedAt: now }
  expect(await hospital.tell('A01', { ...message, controlId: 'STAY-1', movement: 'STAY-1' })).toContain('MSA|AA|STAY-1')
  // Nobody touched the page.
  await band.filter({ hasText: words('sortie non connue') }).waitFor()
  expect(await band.count()).toBe(1)
  await band.click()
  const drawer = julie.getByRole('dialog', { name: 'Hospitalisation' })
  await drawer.getByText(words('Annoncée par l’établissement')).waitFor()
  await drawer.getByText(words('Chute dans l’escalier, dit son voisin.')).waitFor()
  await drawer.getByText(words('Noté par Julie Marchal')).waitFor()
  expect(await drawer.getByRole('button', { name: 'Annuler' }).count()).toBe(0)
  // It never tells the exit: Julie notes it, takes it back, notes it again.
  const noteExit = async (): Promise<void> => {
    await drawer.getByRole('button', { name: words('Noter la sortie') }).click()
    await drawer.getByRole('button', { name: words('Noter la sortie') }).click()
    await drawer.getByText(words('Sortie notée par l’équipe.*Julie Marchal')).waitFor()
  }
  await noteExit()
  await band.filter({ hasText: words(`sortie notée par l’équipe le ${formatDay(today())}`) }).waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'stay-exit-noted')
  await drawer.getByRole('button', { name: words('Retirer cette sortie') }).click()
  await band.filter({ hasText: words('sortie non connue') }).waitFor()
  await noteExit()
  await julie.keyboard.press('Escape')

  const out = new Date()
  expect(await hospital.tell('A03', { ...message, controlId: 'STAY-2', movement: 'STAY-2', occurredAt: out, dischargedAt: out })).toContain('MSA|AA|STAY-2')
  await band.filter({ hasText: words(`sortie le ${formatDay(dayOf(out, 'Europe/Paris'))}`) }).waitFor()
  expect(await band.count()).toBe(1)
  await band.click()
  await drawer.getByText(words('Julie Marchal avait noté la sortie')).waitFor()
  expect(await drawer.getByRole('button', { name: words('Noter la sortie') }).count()).toBe(0)
  await site.accessible(julie)
})

function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7))
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { readonly port: number }
      probe.close(() => found(port))
    })
  })
}
