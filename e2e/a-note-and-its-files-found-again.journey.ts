import { crc32, deflateSync } from 'node:zlib'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eicar, startClamd } from '../simulators/clamd/main.ts'
import { openSite } from './site.ts'
import { openTab } from './support/file-tabs.ts'
import { words } from './support/hand.ts'
import { personOf, type StoryPerson } from './support/story.ts'

const clamd = await startClamd()
const site = await openSite(undefined, { environment: { CLAMD_URL: clamd.url } })
afterAll(() => clamd.stop())
let claudel: StoryPerson
beforeAll(async () => {
  claudel = await personOf(site.owner, 'CLAUDEL', 'JEANNE')
})

const said = 'Pansement refait ce matin. La photo et la lettre de sortie sont jointes.'
const photo = { name: 'pansement.png', mimeType: 'image/png', buffer: aPicture() }
const letter = { name: 'lettre-de-sortie.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n') }

const note = (page: Page): Locator => page.getByRole('form', { name: 'Écrire une note' }).getByRole('textbox')
const chosen = (page: Page): Locator => page.getByRole('list', { name: 'Fichiers à joindre' })

/** The words and the two files of the note, as whoever wrote them left them. */
async function expectNote(page: Page): Promise<void> {
  await expect.poll(() => note(page).inputValue(), { timeout: 10_000 }).toBe(said)
  for (const { name } of [photo, letter]) await chosen(page).getByRole('listitem').filter({ hasText: name }).getByText('prêt').waitFor()
  expect(await chosen(page).getByRole('listitem').count()).toBe(2)
}

async function openFile(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${site.url}${claudel.file}/fil`)
  return page
}

const heard = (page: Page, what: string) => page.waitForResponse((response) => response.url().endsWith(`/api/actions/${what}`) && response.ok())

test('a photo and a PDF put into a note are found again with its words: the page closed, in another tab, after a logout; they leave once', async () => {
  const first = await site.signIn('referent', { at: `${claudel.file}/fil`, refusals: [401, 409] })
  await note(first).fill(said)
  await first.locator('input[type=file]').setInputFiles([photo, letter])
  await expectNote(first)
  await first
    .getByText(/^Brouillon gardé à/)
    .first()
    .waitFor()
  await site.accessible(first)
  await first.close()

  const context = first.context()
  const second = await openFile(context)
  await expectNote(second)
  await second.getByText(/^Brouillon retrouvé/).waitFor()
  await site.picture(second, 'note-files-found-again')
  // Beside it, another tab.
  const beside = await openFile(context)
  await expectNote(beside)
  await beside.close()

  // What the antivirus refuses is said at once, and goes with no note.
  await second.locator('input[type=file]').setInputFiles({ name: 'facture.txt', mimeType: 'text/plain', buffer: Buffer.from(eicar) })
  await chosen(second).getByText(words('refusé par l’antivirus')).waitFor({ timeout: 20_000 })
  await site.accessible(second)
  await second.getByRole('button', { name: 'Retirer facture.txt' }).click()
  await expectNote(second)

  // She leaves, and comes back: this browser kept nothing that can be read meanwhile.
  const out = heard(second, 'draft.save')
  await note(second).press('End')
  await note(second).pressSequentially('.')
  await note(second).press('Backspace')
  await out
  await second.getByRole('button', { name: /Julie Marchal/ }).click()
  await second.getByRole('button', { name: 'Se déconnecter' }).click()
  await second.getByRole('heading', { name: 'Vous êtes déconnecté' }).waitFor()
  const back = await context.newPage()
  await back.goto(`${site.url}/login?${new URLSearchParams({ login_hint: 'referent', returnTo: `${claudel.file}/fil` })}`)
  await expectNote(back)

  // Open in two tabs, it is sent from both.
  const twin = await openFile(context)
  await expectNote(twin)
  const send = (page: Page) => page.getByRole('button', { name: words('^Partager'), exact: false }).last()
  const told = (page: Page) =>
    page
      .getByText(/^Note partagée avec \d+\smembres? du cercle\.$/)
      .or(page.getByText(words('il a sans doute été envoyé deux fois')))
      .first()
      .waitFor()
  await Promise.all([send(back).click(), send(twin).click(), told(back), told(twin)])
  const { rows } = await site.owner.query<{ notes: number; files: string[] }>(
    `select count(distinct n.id)::int as notes, array_agg(f.name order by f.position) as files from liaison.note n left join liaison.note_file f on f.note_id = n.id where n.person_id = $1 and n.body = $2`,
    [claudel.personId, said],
  )
  expect(rows).toEqual([{ notes: 1, files: [photo.name, letter.name] }])

  // Nothing of it waits any more, and it opens with its files for who reads it.
  for (const page of [back, twin]) {
    await page.reload()
    await page.getByRole('heading', { name: words('Pansement refait ce matin') }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await note(page).inputValue()).toBe('')
    expect(await chosen(page).count()).toBe(0)
  }
  const karim = await site.signIn('co-referent', { at: claudel.file })
  await openTab(karim, 'Fil')
  await karim
    .getByRole('button', { name: words('Pansement refait ce matin') })
    .first()
    .press('Enter')
  for (const { name } of [photo, letter]) await karim.getByRole('button', { name: words(name) }).waitFor()
  await site.accessible(karim)
})

/** A picture of one point, as a camera that says nothing of itself would write it. */
function aPicture(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const head = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([head, body, sum])
  }
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 120, 140, 160]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
