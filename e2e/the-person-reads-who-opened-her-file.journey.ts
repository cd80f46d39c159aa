import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

test('Mme Perrin asks what Jalon knows of her and who opened her file: the référente notes it, gives the document in one click and prints the list', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  const nurse = await site.signIn('home-nurse', { at: perrin.file })
  await nurse.getByRole('heading', { level: 1 }).waitFor()

  const julie = await site.signIn('referent', { at: `${perrin.file}/droits` })
  await julie.getByText(words('Ce que Jalon sait d’elle')).first().waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'droits')

  await julie.getByRole('button', { name: 'Noter une demande' }).click()
  const dialog = julie.getByRole('dialog')
  await dialog.getByLabel('Ce qu’elle demande').selectOption('access')
  await dialog.getByLabel(/En ses mots/).fill('Qui a regardé mon dossier ?')
  await site.accessible(julie)
  await dialog.getByRole('button', { name: /Noter la demande/ }).click()
  await julie.getByText(/Répondre avant le/).waitFor()

  // One click: everything that is held about her, as a document.
  const [download] = await Promise.all([julie.waitForEvent('download'), julie.getByRole('button', { name: 'Tout, en PDF' }).click()])
  expect(download.suggestedFilename()).toMatch(/^Ce que Jalon sait, \d{2}-\d{2}-\d{4}\.pdf$/)
  const bytes = readFileSync(await download.path())
  expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.7')
  expect(bytes.length).toBeGreaterThan(20_000)

  // The list of accesses, on the screen and on paper.
  await julie.getByRole('link', { name: 'Liste des accès' }).click()
  await julie.getByRole('heading', { name: 'Qui a ouvert le dossier' }).first().waitFor()
  const reader = julie.getByRole('heading', { level: 3, name: /Noël/ })
  await reader.waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'acces')
  await julie.emulateMedia({ media: 'print' })
  const paper = await julie.locator('article').innerText()
  for (const said of ['Noël', 'Équipe de soins', 'Marchal', 'En-tête du dossier']) expect(paper).toContain(said)
  const printed = await julie.pdf({ format: 'A4' })
  expect(printed.subarray(0, 5).toString()).toBe('%PDF-')
  expect(printed.length).toBeGreaterThan(10_000)
  await julie.emulateMedia({ media: 'screen' })
  // Paper leaves a line of its own: who printed what, of whom.
  const prints = async (): Promise<number> =>
    (
      await site.owner.query(
        `select 1 from (select name, details, person_ids from audit.entry union all select name, details, person_ids from audit.inbox) a
          where a.name = 'auditTrail.print.note' and a.details ->> 'page' = '/personnes/acces' and $1 = any (a.person_ids)`,
        [perrin.personId],
      )
    ).rowCount ?? 0
  // A PDF made by the driver does not tell the page; the print of a browser does, button or Ctrl P.
  await julie.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await expect.poll(prints, { timeout: 10_000 }).toBeGreaterThan(0)

  // What is printed equals the audit: the nurse's own lines, one by one.
  const { rows } = await site.owner.query(
    `select count(*)::int as n from audit.entry where $1 = any (person_ids) and actor_name like '%Noël' and outcome in ('done', 'replayed', 'refused')`,
    [perrin.personId],
  )
  await reader.getByText(new RegExp(`^${rows[0].n}\\s`)).waitFor()
})

test('she contests her file: it is frozen for all, who read why at its head, and nothing is written until it is lifted', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  const lead = await site.signIn('team-lead', { at: perrin.file, refusals: [403] })
  const julie = await site.signIn('referent', { at: `${perrin.file}/droits` })
  await julie.getByRole('button', { name: 'Limiter l’usage' }).click()
  const dialog = julie.getByRole('dialog')
  await dialog.getByText(words('La personne conteste l’exactitude')).click()
  await site.accessible(julie)
  await dialog.getByRole('button', { name: /Limiter l’usage/ }).click()
  await julie.getByText(/Usage limité depuis le/).waitFor()
  await site.accessible(julie)

  // The open page of the team leader shows it without a click; what she writes is refused, with the reason, and kept.
  await lead.getByText(/Usage limité depuis le/).waitFor()
  // What is limited is kept, not read: the way through is a ground of article 18.
  await lead.getByRole('button', { name: /Lire malgré la limitation/ }).waitFor()
  await site.picture(lead, 'dossier-limite')
  await site.accessible(lead)
  await lead.getByRole('button', { name: 'Écrire une note' }).click()
  await lead.getByRole('textbox', { name: /note/i }).first().fill('Elle va mieux.')
  await lead.keyboard.press('Control+Enter')
  await lead
    .getByText(/limité à la demande de la personne/)
    .first()
    .waitFor()

  await julie.getByRole('button', { name: 'Lever', exact: true }).click()
  await julie.getByRole('dialog').getByLabel('Pourquoi').fill('Exactitude vérifiée avec elle.')
  await julie
    .getByRole('dialog')
    .getByRole('button', { name: /Lever la limitation/ })
    .click()
  await julie.getByText(/Usage limité depuis le/).waitFor({ state: 'detached' })
})

test('those who answer for the treatment read the register, the durations and the AIPD, and take out an extract that names nobody', async () => {
  const director = await site.signIn('director', { at: '/donnees/registre' })
  await director.getByText(words('Sous-traitant')).first().waitFor()
  await site.accessible(director)
  await site.picture(director, 'registre')
  for (const [link, said] of [
    ['Durées et preuves', 'À fixer par le responsable de traitement'],
    ['AIPD', 'Pourquoi une AIPD'],
    ['Archive', 'Qui lit l’archive'],
    ['Demandes des personnes', 'Sans nom'],
  ] as const) {
    await director.getByRole('link', { name: link, exact: true }).first().click()
    await director.getByText(words(said)).first().waitFor()
    await site.accessible(director)
    await site.picture(director, `donnees-${link.toLowerCase().replaceAll(' ', '-')}`)
  }
  await director.getByRole('link', { name: 'Extraits', exact: true }).first().click()
  await director.getByRole('button', { name: /Produire l’extrait/ }).click()
  await director.getByRole('button', { name: 'CSV' }).waitFor()
  await site.accessible(director)
  await site.picture(director, 'donnees-extraits')
  const cells = await director.locator('td.num').allInnerTexts()
  expect(cells.length).toBeGreaterThan(5)
  expect(cells.every((cell) => cell.trim() === 's' || Number(cell.replace(/\s/g, '')) === 0 || Number(cell.replace(/\s/g, '')) >= 5)).toBe(true)
})
