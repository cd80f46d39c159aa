import type { AnyAction, AnyQuery, InputOf, OutputOf, RawInputOf } from '../../contract/action.ts'
import { newId } from '../../contract/ids.ts'
import { networkError, readProblem } from './api-error.ts'
import { sinceGesture } from './gesture.ts'
import { anotherUser, network, sessionLost } from './network.ts'
import { openReader } from './read-together.ts'
import { proveIdentity } from './reauthentication.ts'

/** Waits between the tries of an action whose answer never came; the key makes the repetition harmless. */
const retryDelays = [800, 2_000, 5_000]

/**
 * Keeps one Idempotency-Key per submission: the same input, sent again after a failure, carries the same key; another
 * input gets another key, and so does the same gesture made again after a success.
 */
export interface Submission {
  input: string
  key: string
}

/**
 * Runs an action. Takes the raw input of its schema; gives its output; throws ApiError. `keepalive`: it reaches the server even when the page is closed
 * at once (for what is small: browsers carry 64 kB of all such requests together).
 */
export async function callAction<C extends AnyAction>(
  contract: C,
  input: RawInputOf<C>,
  submission?: { current: Submission | null } | null,
  { keepalive = false }: { readonly keepalive?: boolean } = {},
): Promise<OutputOf<C>> {
  const body = JSON.stringify(input)
  const held = submission?.current
  const key = held?.input === body ? held.key : newId()
  if (submission) submission.current = { input: body, key }
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await send(`/api/actions/${contract.name}`, body, { 'Idempotency-Key': key }, { keepalive })
      if (submission) submission.current = null
      return (await response.json()) as OutputOf<C>
    } catch (error) {
      const wait = retryDelays[attempt]
      if (wait === undefined || !isNetworkError(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

/** Reads a query, together with those that leave at the same moment. Free text travels in the body, so that no address or log ever holds it. */
export async function callQuery<C extends AnyQuery>(contract: C, input: RawInputOf<C> | InputOf<C>, signal?: AbortSignal): Promise<OutputOf<C>> {
  if (contract.alone !== true) return (await read(contract.name, input, signal)) as OutputOf<C>
  const response = await send(`/api/queries/${contract.name}`, JSON.stringify(input), {}, signal ? { signal } : {})
  return (await response.json()) as OutputOf<C>
}

// A lost session and a new proof of identity are `send`'s to answer: what the batch leaves to them goes again, alone.
const read = openReader(send, ({ status, code }) => status === 401 || code === 'reauthentication_required')

/** Downloads all that a list shows, as CSV: page after page where it comes by pages. The server names the file. */
export async function downloadCsv<C extends AnyQuery>(contract: C, input: RawInputOf<C> | InputOf<C>): Promise<void> {
  const parts: string[] = []
  let cursor: string | null = null
  let name: string | null = null
  do {
    const asked = cursor === null ? input : { ...(input as object), cursor }
    const response = await send(`/api/queries/${contract.name}.csv`, JSON.stringify(asked))
    name ??= fileNameOf(response)
    const next = response.headers.get('X-Next-Cursor')
    const text = await response.text()
    parts.push(cursor === null ? text : withoutHead(text))
    cursor = next ? decodeURIComponent(next) : null
  } while (cursor !== null && parts.length < csvPages)
  // The byte order mark is lost by text(): spreadsheets need it to read accents.
  saveFile(new Blob(['\uFEFF', ...parts], { type: 'text/csv;charset=utf-8' }), name ?? `${contract.csv?.file ?? 'jalon'}.csv`)
}

/** A guard against an endless list, far above any list that one exports. */
const csvPages = 2_000

/** Column heads stand once, on the first page. They hold no line break: they are ours. */
function withoutHead(text: string): string {
  return text.slice(text.indexOf('\n') + 1)
}

/** The user whose page this is. Set once: another user's session makes another page. */
let pageUser: string | null = null

/** From now on, every request says whose page sends it: the server refuses it under the session of anybody else. */
export function bindPageTo(userId: string): void {
  pageUser = userId
}

/** Seconds after her last gesture beyond which what leaves is the page's own doing: it then does not prolong the session. */
const gestureSeconds = 20

function headersOfPage(path: string): Record<string, string> {
  return {
    // Who is signed in is what /api/me is asked for.
    ...(pageUser === null || path === '/api/me' ? {} : { 'X-Jalon-User': pageUser }),
    ...(sinceGesture() > gestureSeconds ? { 'X-Jalon-Background': '1' } : {}),
  }
}

/** One request to our own server. Throws ApiError; a lost session or another user's covers the page, a lost network shows in the top bar. */
export async function send(
  path: string,
  body: string | FormData | null,
  headers: Record<string, string> = {},
  more: Pick<RequestInit, 'signal' | 'keepalive'> = {},
): Promise<Response> {
  const type: Record<string, string> = typeof body === 'string' ? { 'Content-Type': 'application/json' } : {}
  let response: Response
  try {
    response = await fetch(path, {
      method: body === null ? 'GET' : 'POST',
      body,
      credentials: 'same-origin',
      headers: { Accept: 'application/json', 'X-Jalon': '1', ...headersOfPage(path), ...type, ...headers },
      ...more,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    network.set('lost')
    throw networkError()
  }
  network.set('up')
  if (response.ok) return response
  const problem = await readProblem(response)
  // The same request, key included, once she has proved again who she is: nothing of the refused one was kept.
  if (problem.code === 'reauthentication_required' && (await proveIdentity())) return send(path, body, headers, more)
  if (response.status === 401 && path !== '/api/me') sessionLost.set(true)
  if (problem.code === 'another_user') anotherUser.set(true)
  throw problem
}

/** True for an error that says nothing about what the server did: the same request may be sent again. */
export function isNetworkError(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'network'
}

/** Hands a file made in the page to the user. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

function fileNameOf(response: Response): string | null {
  const header = response.headers.get('Content-Disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1]
  return encoded ? decodeURIComponent(encoded) : (/filename="([^"]+)"/i.exec(header)?.[1] ?? null)
}
