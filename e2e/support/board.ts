import type { Page } from 'playwright-core'

/** What the board of the direction shows of one indicator: the words of its card, and each line of its table → its number. */
export interface IndicatorOnScreen {
  readonly card: string
  readonly lines: Readonly<Record<string, number>>
}

/** Reads the eight indicators from the screen: for each the card, then the table that says the same as its chart. */
export async function readIndicators(page: Page, look: () => Promise<void>): Promise<readonly IndicatorOnScreen[]> {
  const origin = new URL(page.url()).origin
  const read: IndicatorOnScreen[] = []
  for (let number = 1; number <= 8; number += 1) {
    await page.goto(`${origin}/pilotage?indicateur=${number}`)
    const card = page.getByRole('article', { name: new RegExp(`^${number}\\.`) })
    await card.waitFor()
    await look()
    read.push({ card: await card.evaluate((one) => one.querySelector('.fig')?.textContent ?? ''), lines: await linesOf(page) })
  }
  return read
}

/** The table of the chosen indicator: first column → second column. */
async function linesOf(page: Page): Promise<Record<string, number>> {
  const table = page.getByRole('table', { name: /mêmes données que le graphique/ })
  await table.waitFor()
  const rows = await table
    .locator('tbody tr')
    .evaluateAll((lines) => lines.map((line) => [...line.querySelectorAll('th, td')].slice(0, 2).map((cell) => cell.textContent ?? '')))
  return Object.fromEntries(
    rows.map(([label = '', value = '']) => [label.replace(/\s+/g, ' ').trim(), Number(value.replace(/[^\d,-]/g, '').replace(',', '.'))]),
  )
}

/** Line by line, what changed from one reading to the next; lines that did not move are left out. */
export function moved(before: readonly IndicatorOnScreen[], after: readonly IndicatorOnScreen[]): readonly Readonly<Record<string, number>>[] {
  return after.map(({ lines }, index) => {
    const former = before[index]?.lines ?? {}
    const labels = new Set([...Object.keys(lines), ...Object.keys(former)])
    return Object.fromEntries(
      [...labels].map((label) => [label, round((lines[label] ?? 0) - (former[label] ?? 0))] as const).filter(([, difference]) => difference !== 0),
    )
  })
}

const round = (value: number): number => Math.round(value * 1000) / 1000
