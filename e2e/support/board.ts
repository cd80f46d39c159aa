import type { Page } from 'playwright-core'

/** What the board of the direction shows of each indicator: « 1. Sollicitations reçues » → its figure and its unit. */
export type Board = Readonly<Record<string, { readonly figure: string; readonly unit: string }>>

/** Reads the eight indicators from the screen. */
export async function boardOf(page: Page): Promise<Board> {
  await page.getByRole('article').first().waitFor()
  const cards = await page.getByRole('article').evaluateAll((articles) =>
    articles.map((article) => ({
      title: article.getAttribute('aria-label') ?? '',
      figure: (article.querySelector('.fig__n')?.firstChild?.textContent ?? '').trim(),
      unit: (article.querySelector('.fig > span:not(.fig__n)')?.textContent ?? '').trim(),
    })),
  )
  return Object.fromEntries(cards.map(({ title, figure, unit }) => [title, { figure, unit }]))
}
