import type { Page } from 'playwright-core'

/** The tabs of a person's file, as their links say them. */
export const fileTabs = ['Synthèse', 'Fil', 'Cercle', 'Évaluations', 'PPCS', 'Agenda', 'Documents', 'Échanges', 'Information et accès'] as const
export type FileTabTitle = (typeof fileTabs)[number]

/** Goes to a tab of the open file. */
export async function openTab(page: Page, title: FileTabTitle): Promise<void> {
  await tabLink(page, title).click()
}

export const tabLink = (page: Page, title: FileTabTitle) =>
  page.getByRole('navigation', { name: 'Dossier' }).getByRole('link', { name: title === 'Fil' ? /^Fil/ : title, exact: title !== 'Fil' })
