import type { Page } from 'playwright-core'
import { choose, words } from './hand.ts'

/** From the tab « Cercle » of a file: finds someone in the directory and takes her into the équipe de soins, the person being informed today. */
export async function invite(page: Page, typed: string, role: string, look: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Ajouter ou inviter' }).first().waitFor()
  await page.keyboard.press('a')
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('combobox', { name: 'Nom, métier ou commune' }).waitFor()
  await page.keyboard.type(typed)
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await choose(sheet.getByLabel('Son rôle'), { label: role })
  await sheet.getByRole('radio', { name: words('Équipe de soins') }).check()
  await look()
  await sheet.getByRole('button', { name: 'Ajouter et ouvrir le dossier' }).click()
  await page.getByText(words('Dans le cercle. Le dossier lui est ouvert.')).waitFor()
}

/** From the tab « Cercle »: finds a member in the list and takes her out, because the person wishes it. */
export async function removeFromCircle(page: Page, name: string, look: () => Promise<void>): Promise<void> {
  const around = page.getByRole('region', { name: 'Cercle de soins' })
  await around.getByRole('radio', { name: 'Liste' }).check()
  await look()
  await around.getByRole('button', { name: words(name) }).press('Enter')
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('heading', { name: words(name) }).waitFor()
  await look()
  await sheet.getByRole('button', { name: 'Retirer du cercle…' }).press('Enter')
  await sheet.getByText('Ce qui se termine').waitFor()
  await choose(sheet.getByLabel('Pourquoi'), { index: 1 })
  await look()
  await sheet.getByRole('button', { name: /^Retirer du cercle(?!…)/ }).press('Enter')
  await page.getByText(words('a quitté le cercle et ne voit plus le dossier')).waitFor()
}
