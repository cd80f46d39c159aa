import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { openTab } from './support/file-tabs.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

/** From the tab « Cercle »: the sheet of a relative, opened from the list. */
async function openMember(page: Page, name: string): Promise<ReturnType<Page['getByRole']>> {
  await openTab(page, 'Cercle')
  const around = page.getByRole('region', { name: 'Cercle de soins' })
  await around.getByRole('radio', { name: 'Liste' }).check()
  await around
    .getByRole('button', { name: words(name) })
    .first()
    .press('Enter')
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('heading', { name: words(name) }).waitFor()
  return sheet
}

test('two référentes correct the same relative: the second reads both versions in words, and keeps one line by line', async () => {
  const { personId, file } = await personOf(site.owner, 'PERRIN', 'ODILE')
  const { rows } = await site.owner.query<{ name: string }>(
    `select name from care_team.member where person_id = $1 and kind = 'relative' and relation is not null order by id limit 1`,
    [personId],
  )
  const name = rows[0]?.name ?? ''
  const julie = await site.signIn('referent', { at: file, refusals: [409] })
  const karim = await site.signIn('co-referent', { at: file, refusals: [409] })
  const hers = await openMember(julie, name)
  await hers.getByRole('button', { name: 'Corriger la fiche' }).press('Enter')
  const his = await openMember(karim, name)
  await his.getByRole('button', { name: 'Corriger la fiche' }).press('Enter')

  await his.getByLabel('L’appeler pour').fill('clés de la maison')
  await his.getByLabel('Lien').selectOption({ index: 3 })
  await his.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await karim.getByText('Fiche corrigée.').waitFor()

  await hers.getByLabel('L’appeler pour').fill('chute, malaise')
  await hers.getByLabel('Lien').selectOption({ index: 5 })
  await hers.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  const both = julie.getByRole('dialog', { name: 'Deux personnes ont modifié la même fiche' })
  await both.getByText('clés de la maison').waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'circle-conflict')
  expect(await both.textContent(), 'codes never show').not.toMatch(/\b(?:son|daughter|spouse|neighbour|friend|sibling)\b/)
  for (const row of await both.getByRole('row').all()) if ((await row.getByRole('radio').count()) > 0) await row.getByRole('radio').last().check()
  await both.getByRole('button', { name: 'Enregistrer ces choix' }).press('Enter')
  await julie.getByText('Fiche corrigée.').waitFor()
  await julie.keyboard.press('Escape')
  await julie.getByRole('dialog').waitFor({ state: 'detached' })
  await julie.waitForFunction((who) => document.activeElement?.textContent?.includes(who), name)
  const kept = await site.owner.query(`select call_for as "callFor" from care_team.member where person_id = $1 and name = $2`, [personId, name])
  expect(kept.rows).toEqual([{ callFor: 'chute, malaise' }])
})
