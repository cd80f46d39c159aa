import type { Page } from 'playwright-core'

/** What a page keeps of one lap of the Tab key. */
interface Lap {
  readonly reached: Set<Element>
  readonly bare: Set<string>
  readonly controls: readonly HTMLElement[]
  first: Element | null
  /** The first control had the focus a second time. */
  closed: boolean
}

const beats = 20
/** More controls than any screen has: whoever needs more keys than that turns in circles in one of its parts. */
const most = 1000

/**
 * Goes once around a page by the Tab key alone, and gives what somebody without a mouse would miss: a control that the key never reaches (but for the members of a
 * group that the arrows walk), one that shows no outline when it has the focus, a part that the focus does not leave.
 */
export async function keyboardFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(followTheFocus)
  let closed = false
  for (let keys = 0; keys < most && !closed; keys += beats) {
    for (let beat = 0; beat < beats; beat++) await page.keyboard.press('Tab')
    closed = await page.evaluate(() => (window as unknown as { lap: Lap }).lap.closed)
  }
  return [...(closed ? [] : ['keyboard: the Tab key never comes back to where it began']), ...(await page.evaluate(missedByTheFocus))]
}

/** Runs in the page: remembers its controls, then each that has the focus. */
function followTheFocus(): void {
  const visible = (element: Element): boolean => element.checkVisibility({ checkVisibilityCSS: true }) && element.getBoundingClientRect().width > 2
  const handled = (element: Element): boolean => {
    const key = Object.keys(element).find((name) => name.startsWith('__reactProps$'))
    return key !== undefined && typeof (element as unknown as Record<string, { onClick?: unknown }>)[key]?.onClick === 'function'
  }
  const native =
    'a[href], button:not(:disabled), input:not(:disabled):not([type="hidden"]), select:not(:disabled), textarea:not(:disabled), summary, [role="button"], [role="link"], [role="switch"], [role="checkbox"]'
  const controls = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => (element.matches(native) || handled(element)) && visible(element))
  const lap: Lap = { reached: new Set(), bare: new Set(), controls, first: null, closed: false }
  const drawn = ({ outlineStyle, outlineWidth }: CSSStyleDeclaration): boolean => outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
  const outlined = (element: Element | null | undefined): boolean =>
    element != null && [null, '::before', '::after'].some((part) => drawn(getComputedStyle(element, part)))
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return
    if (lap.first === target) lap.closed = true
    // A live page may have drawn anew the control from which the lap began: it begins again from here.
    if (!lap.first?.isConnected) lap.first = target
    lap.reached.add(target)
    // A field may draw its ring around what it stands in, or on the box drawn beside it.
    const around = [target, target.parentElement, target.parentElement?.parentElement, target.nextElementSibling, ...target.children]
    if (target.matches(':focus-visible') && !around.some(outlined))
      lap.bare.add((target.getAttribute('aria-label') ?? target.innerText ?? target.id).trim().slice(0, 60))
  })
  document.body.focus()
  ;(document.activeElement as HTMLElement | null)?.blur()
  Object.assign(window, { lap })
}

/** Runs in the page: what stood there all along and never had the focus. */
function missedByTheFocus(): string[] {
  const { lap } = window as unknown as { lap: Lap }
  const reached = [...lap.reached]
  const shown = (element: Element): boolean => element.isConnected && element.checkVisibility({ checkVisibilityCSS: true })
  const inGroup = (element: HTMLElement): boolean => {
    if (element.matches('input[type="radio"]')) return true
    const group = element.closest('[role="tablist"], [role="radiogroup"], [role="listbox"], [role="menu"], [role="grid"], [role="toolbar"], [role="tree"]')
    return group !== null && element.tabIndex === -1 && reached.some((one) => group.contains(one) || group === one)
  }
  const missed = lap.controls.filter((control) => {
    if (!shown(control) || control.closest('[aria-hidden="true"], [inert]') !== null || inGroup(control)) return false
    const label = control.closest('label')
    return !reached.some((one) => one.contains(control) || control.contains(one) || (label !== null && (label.contains(one) || label.control === one)))
  })
  const named = (element: HTMLElement): string =>
    (element.getAttribute('aria-label') ?? element.innerText ?? element.className).trim().replace(/\s+/g, ' ').slice(0, 60)
  return [
    ...new Set(missed.map((control) => `keyboard: the Tab key never reaches ${control.tagName.toLowerCase()} « ${named(control)} »`)),
    ...[...lap.bare].map((name) => `keyboard: no ring on « ${name} »`),
  ]
}

/** The window of a form takes the focus on one of its fields: the first key typed is not lost on its cross. */
export function focusFaults(page: Page): Promise<readonly string[]> {
  return page
    .waitForFunction(() => {
      const form = document.querySelector('[role="dialog"] form')
      return form === null || document.activeElement?.matches('input, select, textarea') === true
    })
    .then(
      () => [],
      () => ['its window opens with the focus outside the fields of its form'],
    )
}
