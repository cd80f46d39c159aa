import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { eicar, startClamd } from '../simulators/clamd/main.ts'
import { openSite } from './site.ts'
import { act, atTheBedside, carry, code, cut, lying, prepared, uuid } from './support/bedside.ts'
import { words } from './support/hand.ts'
import { personOf, today } from './support/story.ts'

const clamd = await startClamd()
const site = await openSite(undefined, { environment: { SEALING_KEY: 'a key of the journeys, of no installation', CLAMD_URL: clamd.url } })
afterAll(() => clamd.stop())

/** The page and its bar: the bar hides what overflows it. */
const fitsTheWidth =
  "document.documentElement.scrollWidth <= window.innerWidth && document.querySelector('.topbar').scrollWidth <= document.querySelector('.topbar').clientWidth"

/** A photograph with the place where it was taken, as a camera writes it. */
async function photograph(page: Page): Promise<Buffer> {
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 240
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D
    pen.fillStyle = '#7a5'
    pen.fillRect(20, 20, 200, 160)
    return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
  })
  const jpeg = Buffer.from(drawn, 'base64')
  const exif = Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\0', 'latin1'), Buffer.from('GPS 43.7102 N 7.2620 E')])
  const length = Buffer.alloc(2)
  length.writeUInt16BE(exif.length + 2)
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, exif, jpeg.subarray(2)])
}

test('an evaluation begun, an alert taken and a photograph made without network: a colleague was faster, nothing is lost, she chooses', async () => {
  const { personId, file } = await personOf(site.owner, 'PERRIN', 'ODILE')
  const karim = await site.signIn('co-referent', { at: file, refusals: [] })
  // No other alert of hers begins so, whatever the hour of the demonstration.
  const noteId = await uuid(karim)
  await act(karim, 'liaison.note.write', { id: noteId, personId, body: 'Glissade devant la baignoire ce matin.', volet: 'social', urgent: true })
  const julie = await site.signIn('referent', { at: '/tournee', viewport: 'phone', cut: true, refusals: [409] })
  await prepared(julie, personId)
  await atTheBedside(julie, 'Perrin')
  await cut(julie.context(), julie)

  await julie.getByRole('heading', { name: 'Alertes ouvertes' }).waitFor()
  const { rows: raised } = await site.owner.query<{ id: string; title: string }>('select id, title from liaison.alert where id = $1', [noteId])
  const alert = raised[0] as { id: string; title: string }
  await julie.getByRole('listitem').filter({ hasText: alert.title }).getByRole('button', { name: 'Je m’en charge' }).first().click()
  await julie.getByText(words('vos collègues ne le savent pas encore')).waitFor()

  await julie.locator('input[type=file]').setInputFiles({ name: 'salle-de-bains.jpg', mimeType: 'image/jpeg', buffer: await photograph(julie) })
  await julie.getByRole('list', { name: 'Photos à joindre' }).getByText('salle-de-bains.jpg').waitFor()
  await julie.locator('input[type=file]').setInputFiles({ name: 'film.txt', mimeType: 'text/plain', buffer: Buffer.alloc(8 * 1024 * 1024 + 1, 'a') })
  await julie.getByText(words('est trop lourd')).waitFor()
  await julie.getByLabel('Note de visite').fill('Tapis glissant devant la baignoire, photo jointe.')
  await julie.getByRole('button', { name: 'Garder la note' }).click()

  await julie.getByLabel('Formulaire').selectOption('multidimensional')
  await julie.getByRole('button', { name: 'Commencer', exact: true }).click()
  await julie.getByText(words('Commencée ici le')).waitFor()
  await julie.getByText('Ce que dit la personne').first().click()
  await julie.getByLabel(words('Ce qui compte pour elle')).first().fill('Rester chez elle avec son chat.')
  await julie.getByLabel(words('Ce qui est difficile')).first().fill('Enjamber la baignoire.')
  await julie.getByText(words('5 éléments à envoyer')).first().waitFor()
  expect(await julie.evaluate(fitsTheWidth)).toBe(true)
  await site.accessible(julie)
  await site.picture(julie, 'phone-bedside-begun')

  // Meanwhile, at the office.
  const theirs = await uuid(karim)
  await act(karim, 'assessments.assessment.start', { id: theirs, personId, form: 'multidimensional' })
  await act(karim, 'assessments.section.save', { id: theirs, section: 'words', baseVersion: 1, answers: { matters: 'Revoir sa sœur.' } })
  await act(karim, 'liaison.alert.take', { id: alert.id })

  await julie.context().setOffline(false)
  await julie.getByText(words('2 éléments à régler')).first().waitFor({ timeout: 40_000 })
  await julie.getByRole('link', { name: 'Voir' }).first().click()
  await julie.getByText(words('l’alerte est entre ses mains')).waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'phone-settle-begun')
  await julie.getByRole('button', { name: 'D’accord' }).click()
  await julie.getByRole('button', { name: 'Verser mes réponses dans la sienne' }).click()
  await julie.getByRole('radio', { name: words('Rester chez elle') }).check()
  await julie.getByRole('button', { name: 'Enregistrer ces choix' }).click()
  await julie.getByText('Tout est envoyé').first().waitFor()

  // One evaluation, one alert in the hands of the one who had it first, the photograph without its place.
  const { rows: evaluations } = await site.owner.query(
    `select a.id, s.answers from assessments.assessment a join assessments.section_answers s on s.assessment_id = a.id and s.section = 'words'
     where a.person_id = $1 and a.form_code = 'multidimensional' and a.performed_on = $2`,
    [personId, today()],
  )
  expect(evaluations).toEqual([{ id: theirs, answers: { matters: 'Rester chez elle avec son chat.', difficulties: 'Enjamber la baignoire.' } }])
  const { rows: taken } = await site.owner.query(
    `select u.given_name as by from liaison.alert a join territory.user_account u on u.id = a.taken_by where a.id = $1`,
    [alert.id],
  )
  expect(taken).toEqual([{ by: 'Karim' }])
  await karim.goto(`${site.url}${file}/fil`)
  await karim
    .getByRole('button', { name: words('Observation') })
    .or(karim.getByRole('link', { name: words('Observation') }))
    .first()
    .click()
  const photo = karim.getByRole('button', { name: words('salle-de-bains.jpg') }).first()
  await photo.waitFor({ timeout: 20_000 })
  const [download] = await Promise.all([karim.waitForEvent('download'), photo.click()])
  const bytes = await readFile(await download.path())
  expect([bytes.subarray(0, 2).toString('hex'), bytes.includes('Exif'), bytes.includes('GPS')]).toEqual(['ffd8', false, false])
})

test('a grid of the evaluation is filled without network; a photograph refused by the antivirus keeps neither its note nor the others back', async () => {
  const { personId } = await personOf(site.owner, 'PERRIN', 'ODILE')
  const julie = await site.signIn('referent', { at: '/tournee', viewport: 'phone', cut: true, refusals: [409] })
  const { rows: drafts } = await site.owner.query<{ id: string }>(
    `select id from assessments.assessment where person_id = $1 and form_code = 'multidimensional' and state = 'draft' order by performed_on desc limit 1`,
    [personId],
  )
  await carry(julie)
  await atTheBedside(julie, 'Perrin')
  await cut(julie.context(), julie)

  const evaluation = julie.locator(`#evaluation-${drafts[0]?.id}`)
  const place = julie.locator('.question--wide').filter({ has: julie.getByRole('button', { name: 'Coter ici', includeHidden: true }) })
  await evaluation.locator('details').filter({ has: place }).first().locator('summary').click()
  await site.picture(julie, 'phone-bedside-grid')
  await evaluation.getByRole('button', { name: 'Coter ici' }).first().click()
  await julie.getByText(words('Commencée ici le')).first().waitFor()
  const grid = julie.locator('[id^=evaluation-]').filter({ hasText: 'Commencée ici le' }).first()
  await grid.locator('input').first().fill('18')
  await julie.getByText(words('2 éléments à envoyer')).first().waitFor()
  await site.accessible(julie)

  // Two files: one is what the antivirus refuses.
  await julie.locator('input[type=file]').setInputFiles([
    { name: 'ordonnance.txt', mimeType: 'text/plain', buffer: Buffer.from(eicar) },
    { name: 'frigo.jpg', mimeType: 'image/jpeg', buffer: await photograph(julie) },
  ])
  const note = 'Frigo vide, ordonnance de la semaine dernière jointe.'
  await julie.getByLabel('Note de visite').fill(note)
  await julie.getByRole('button', { name: 'Garder la note' }).click()
  await julie.getByText(words('5 éléments à envoyer')).first().waitFor()
  expect(await julie.evaluate(fitsTheWidth)).toBe(true)
  await site.picture(julie, 'phone-bedside-grid-and-photos')

  // The files leave, the network goes again before the note does.
  const deliveries = '**/api/offline/deliver'
  await julie.route(deliveries, (route) =>
    (route.request().postData() ?? '').includes('liaison.note.write') ? route.abort('internetdisconnected') : route.continue(),
  )
  await julie.context().setOffline(false)
  const scans = async (): Promise<readonly string[]> =>
    (
      await site.owner.query<{ scan: string }>(
        `select scan from liaison.note_file where person_id = $1 and name in ('ordonnance.txt', 'frigo.jpg') order by scan`,
        [personId],
      )
    ).rows.map(({ scan }) => scan)
  await expect.poll(scans, { timeout: 40_000 }).toEqual(['clean', 'infected'])
  await julie.unroute(deliveries)
  await julie.getByText(words('1 élément à régler')).first().waitFor({ timeout: 40_000 })
  await julie.getByRole('link', { name: 'Voir' }).first().click()
  const kept = julie.getByRole('article', { name: 'Note' })
  await kept.getByText(words('Vos mots sont gardés')).waitFor()
  await kept.getByText(note).waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'phone-photo-refused')
  await kept.getByRole('button', { name: 'Envoyer sans ce fichier, avec l’autre' }).click()
  await julie.getByText('Tout est envoyé').first().waitFor()
  const { rows: written } = await site.owner.query<{ files: readonly string[] }>(
    `select array(select f.name from liaison.note_file f where f.note_id = n.id) as files from liaison.note n where n.body = $1`,
    [note],
  )
  expect(written).toEqual([{ files: ['frigo.jpg'] }])
  const { rows: grids } = await site.owner.query<{ n: number }>(
    `select count(*)::int as n from assessments.assessment a join assessments.section_answers s on s.assessment_id = a.id and s.answers <> '{}' where a.part_of = $1`,
    [drafts[0]?.id],
  )
  expect(grids[0]?.n).toBe(1)
})

test('she logs out without network with something still sealed: no key stays in the browser, her session ends at the first contact, and her words leave at her next login', async () => {
  const { personId } = await personOf(site.owner, 'PERRIN', 'ODILE')
  const julie = await site.signIn('referent', { at: '/tournee', viewport: 'phone', cut: true, refusals: [401] })
  const context = julie.context()
  await carry(julie)
  await atTheBedside(julie, 'Perrin')
  await cut(context, julie)
  const note = 'Porte ouverte à son arrivée, elle dormait.'
  await julie.getByLabel('Note de visite').fill(note)
  await julie.getByRole('button', { name: 'Garder la note' }).click()
  await julie.getByText(words('1 élément à envoyer')).first().waitFor()
  const before = await lying(julie)
  expect([before.copies > 0, before.waiting, before.readable, before.coded]).toEqual([true, 1, 1, 1])

  await julie
    .getByRole('button', { name: words('Julie Marchal') })
    .first()
    .click()
  await julie.getByRole('button', { name: 'Se déconnecter' }).click()
  await julie.getByText(words('attend encore ici')).waitFor({ timeout: 20_000 })
  await site.accessible(julie)
  await site.picture(julie, 'phone-leaving-sealed')
  await julie.getByRole('button', { name: words('Partir, l’envoi attendra') }).click()
  await julie.getByText('Jalon ne répond pas').waitFor()
  const after = await lying(julie)
  expect([after.copies, after.waiting, after.readable, after.coded]).toEqual([0, 1, 0, 0])
  expect(after.stored).not.toContain('Porte ouverte')

  // Whoever opens this browser next is nobody.
  await context.setOffline(false)
  await julie.getByRole('heading', { name: 'Vous êtes déconnecté' }).waitFor({ timeout: 30_000 })
  await julie.goto(`${site.url}/tournee`)
  await julie
    .getByRole('link', { name: words('Pro Santé Connect') })
    .or(julie.getByRole('button', { name: words('Pro Santé Connect') }))
    .first()
    .waitFor()
  expect((await lying(julie)).waiting).toBe(1)

  await julie.goto(`${site.url}/login?${new URLSearchParams({ login_hint: 'referent', returnTo: '/tournee' })}`)
  await julie.getByText('Tout est envoyé').first().waitFor({ timeout: 30_000 })
  const arrived = async (): Promise<number | undefined> =>
    (await site.owner.query<{ n: number }>(`select count(*)::int as n from liaison.note where body = $1 and person_id = $2`, [note, personId])).rows[0]?.n
  await expect.poll(arrived, { timeout: 30_000 }).toBe(1)
  await expect.poll(async () => (await lying(julie)).waiting, { timeout: 30_000 }).toBe(0)
})

test('too long without a gesture and without network, the files close; the code of the tour opens them again', async () => {
  const julie = await site.signIn('referent', { at: '/tournee', viewport: 'desk', scheme: 'dark', cut: true, refusals: [401] })
  await carry(julie)
  await site.picture(julie, 'desk-dark-tour')
  await atTheBedside(julie, 'Perrin')
  await cut(julie.context(), julie)
  await site.accessible(julie)
  await site.picture(julie, 'desk-dark-bedside')
  // The clock of this page goes on by itself, an hour and a minute.
  await julie.evaluate(() => {
    const real = Date.now.bind(Date)
    Date.now = () => real() + 61 * 60_000
  })
  await julie.getByRole('heading', { name: 'Sans réseau' }).waitFor({ timeout: 40_000 })
  await site.picture(julie, 'desk-dark-idle-lock')
  await julie.getByLabel('Code de tournée').fill(code)
  await julie.getByRole('button', { name: 'Ouvrir ma tournée' }).click()
  await julie
    .getByRole('link', { name: words('Perrin') })
    .first()
    .waitFor()
})

test('a lost telephone is erased from the desk: at its next contact it leaves what it sealed, destroys everything, and the words arrive from the desk', async () => {
  const { personId } = await personOf(site.owner, 'PERRIN', 'ODILE')
  const phone = await site.signIn('referent', { at: '/tournee', viewport: 'phone', scheme: 'dark', cut: true, refusals: [401] })
  // Her windows of the tests above would erase themselves while she counts what is left to erase; closed, they wait for a contact that does not come.
  for (const context of phone.context().browser()?.contexts() ?? []) if (context !== phone.context()) await context.close()
  await carry(phone)
  await atTheBedside(phone, 'Perrin')
  await cut(phone.context(), phone)
  const note = 'Écrite sur le téléphone, avant qu’il soit perdu.'
  await phone.getByLabel('Note de visite').fill(note)
  await phone.getByRole('button', { name: 'Garder la note' }).click()
  await phone.getByText(words('1 élément à envoyer')).first().waitFor()

  await site.picture(phone, 'phone-dark-bedside')
  await phone
    .getByRole('link', { name: words('à envoyer') })
    .first()
    .click()
  await phone.getByRole('heading', { name: words('Part au retour du réseau') }).waitFor()
  await site.picture(phone, 'phone-dark-waiting')
  const desk = await site.signIn('referent', { at: '/mes-sessions', refusals: [] })
  await desk.getByRole('heading', { name: 'Appareils qui gardent ma tournée' }).waitFor()
  const toErase = desk.getByRole('button', { name: 'Fermer et effacer' })
  await toErase.first().waitFor()
  for (let left = await toErase.count(); left > 0; left -= 1) {
    await toErase.first().click()
    await desk.getByRole('dialog').getByRole('button', { name: 'Fermer et effacer' }).click()
    await expect.poll(() => toErase.count(), { timeout: 15_000 }).toBe(left - 1)
  }
  await desk.getByText(words('S’effacera à son prochain contact')).first().waitFor()
  await site.picture(desk, 'desk-wipe-asked')

  await phone.context().setOffline(false)
  await phone.goto(`${site.url}/`)
  await expect.poll(async () => Object.values(await lying(phone)).slice(0, 4), { timeout: 30_000 }).toEqual([0, 0, 0, 0])
  await site.picture(phone, 'phone-wiped')

  await desk.goto(`${site.url}/tournee`)
  await expect
    .poll(
      async () =>
        (await site.owner.query<{ n: number }>(`select count(*)::int as n from liaison.note where body = $1 and person_id = $2`, [note, personId])).rows[0]?.n,
      {
        timeout: 30_000,
      },
    )
    .toBe(1)
})
