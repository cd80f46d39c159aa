import type { Locator, Page } from 'playwright-core'

/** Someone at a keyboard, who never takes the mouse. Typed text is what must be said; keys are everything beyond it. */
export interface Hand {
  /** Presses « Tab », « Enter », « Alt+t »…, each counted. */
  press(...keys: readonly string[]): Promise<void>
  /** Types into the field that holds the cursor, after making sure that it is the one of that label. */
  write(label: string, text: string): Promise<void>
  /** Goes by the Tab key, or backwards, to the control of that name: everything crossed is said when it is not met. */
  reach(name: string | RegExp, options?: { readonly backwards?: boolean }): Promise<void>
  /** Fails when a gesture left the focus nowhere: the next key would begin again at the top of the page. */
  kept(gesture: string): Promise<void>
  counted(): { readonly fields: number; readonly keys: number }
}

export function handOn(page: Page): Hand {
  const fields = new Set<string>()
  let keys = 0
  return {
    press: async (...pressed) => {
      for (const key of pressed) {
        keys += 1
        await page.keyboard.press(key)
      }
    },
    write: async (label, text) => {
      await cursorIn(page, label)
      fields.add(label)
      await page.keyboard.type(text)
    },
    reach: async (name, { backwards = false } = {}) => {
      const wanted = typeof name === 'string' ? words(`^${name}`) : name
      const crossed: string[] = []
      for (let beat = 0; beat < farthest; beat += 1) {
        const here = await focused(page)
        if (wanted.test(here)) return
        crossed.push(here)
        keys += 1
        await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab')
      }
      throw new Error(`the Tab key never met ${wanted} among: ${crossed.join(' · ')}`)
    },
    kept: async (gesture) => {
      await page
        .waitForFunction(() => document.activeElement !== null && document.activeElement !== document.body)
        .catch(() => {
          throw new Error(`the focus was nowhere after « ${gesture} »`)
        })
    },
    counted: () => ({ fields: fields.size, keys }),
  }
}

/** More controls than anybody would cross to the one that is wanted. */
const farthest = 90

/** The name of what has the focus, as it is said. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLInputElement | null
    if (at === null || at === document.body) return ''
    const labels = [...(at.labels ?? [])].map((one) => one.textContent ?? '').join(' ')
    return (at.getAttribute('aria-label') || labels || at.innerText || at.getAttribute('placeholder') || '').trim().replace(/\s+/g, ' ')
  })
}

/** Waits until the cursor stands in the field whose label begins so. */
async function cursorIn(page: Page, label: string): Promise<void> {
  await page
    .waitForFunction((wanted) => {
      const field = document.activeElement as HTMLInputElement | null
      const named = [...(field?.labels ?? [])].map((one) => one.textContent ?? '').join(' ') || field?.getAttribute('aria-label') || ''
      return named.trim().startsWith(wanted)
    }, label)
    .catch(() => {
      throw new Error(`the cursor never came into « ${label} »`)
    })
}

/** Words as the screen writes them, whatever the spaces that French typography puts between them. */
export function words(text: string, flags = ''): RegExp {
  return new RegExp(text.replace(/[ \u00a0\u202f]+/g, '\\s*'), flags)
}

/** Chooses in a list from the keyboard: the cursor is there, as it is for whoever types. */
export async function choose(field: Locator, option: { readonly label: string } | { readonly index: number }): Promise<void> {
  await field.focus()
  await field.selectOption(option)
}
