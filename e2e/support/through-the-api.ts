import type { Page } from 'playwright-core'
import type { AnyAction, AnyQuery, OutputOf, RawInputOf } from '../../src/platform/contract/action.ts'
import { newId } from '../../src/platform/contract/ids.ts'

/** Does an action or reads a query as whoever is logged in on this page, through the same door as her screen: for what a journey starts from. */
export async function as<C extends AnyAction | AnyQuery>(page: Page, contract: C, input: RawInputOf<C>): Promise<OutputOf<C>> {
  const response = await post(page, contract, input)
  if (!response.ok()) throw new Error(`${contract.name}: ${response.status()} ${await response.text()}`)
  return (await response.json()) as OutputOf<C>
}

/** What the server answers when it refuses: its status and the reason in French. */
export async function refusalOf<C extends AnyAction | AnyQuery>(page: Page, contract: C, input: RawInputOf<C>): Promise<{ status: number; detail: string }> {
  const response = await post(page, contract, input)
  if (response.ok()) throw new Error(`${contract.name} was not refused`)
  return { status: response.status(), detail: ((await response.json()) as { detail: string }).detail }
}

function post(page: Page, contract: AnyAction | AnyQuery, input: unknown) {
  const kind = contract.kind === 'action' ? 'actions' : 'queries'
  const origin = new URL(page.url()).origin
  return page.request.post(`${origin}/api/${kind}/${contract.name}`, {
    headers: { 'x-jalon': '1', ...(contract.kind === 'action' ? { 'idempotency-key': newId<never>() as string } : {}) },
    data: input as object,
  })
}
