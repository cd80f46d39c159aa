import type { Page } from 'playwright-core'
import { words } from './hand.ts'

/** From the tab « Cercle » of a file: finds someone in the directory and takes her into the équipe de soins, the person being informed today. */
export async function invite(page: Page, typed: string, role: string, look: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Ajouter ou inviter' }).first().waitFor()
  await page.keyboard.press('a')
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('combobox', { name: 'Nom, métier ou commune' }).waitFor()
  await page.keyboard.type(typed)
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await sheet.getByLabel('Son rôle').selectOption({ label: role })
  await sheet.getByRole('radio', { name: words('Équipe de soins') }).check()
  await look()
  await sheet.getByRole('button', { name: 'Ajouter et ouvrir le dossier' }).click()
  await page.getByText(words('Dans le cercle. Le dossier lui est ouvert.')).waitFor()
}
