import { createHash, randomBytes, randomUUID } from 'node:crypto'

/** An event as both calendars keep it. */
export interface StoredEvent {
  readonly id: string
  readonly version: number
  /** Place in the order of changes. */
  readonly change: number
  readonly deleted: boolean
  readonly title: string
  readonly startsAt: string
  readonly endsAt: string
  readonly allDay: boolean
  readonly free: boolean
  /** What the software that made it wrote in it, as the dialect keeps it. */
  readonly mark: string | null
}

export type Fields = Partial<Pick<StoredEvent, 'title' | 'startsAt' | 'endsAt' | 'allDay' | 'free' | 'mark'>>

/** One user's calendar, with the order of its changes. */
export class CalendarStore {
  readonly events = new Map<string, StoredEvent>()
  #changes = 0
  /** Cursors older than this change are gone. */
  #oldest = 0

  get last(): number {
    return this.#changes
  }
  forgetCursors(): void {
    this.#oldest = this.#changes
  }
  knows(cursor: number): boolean {
    return cursor >= this.#oldest
  }
  live(): readonly StoredEvent[] {
    return [...this.events.values()].filter(({ deleted }) => !deleted)
  }
  put(id: string | null, fields: Fields): StoredEvent {
    const known = id === null ? undefined : this.events.get(id)
    const blank = { title: '', startsAt: '', endsAt: '', allDay: false, free: false, mark: null }
    const event: StoredEvent = {
      ...blank,
      ...known,
      ...fields,
      id: id ?? randomUUID().replaceAll('-', ''),
      version: (known?.version ?? 0) + 1,
      change: ++this.#changes,
      deleted: false,
    }
    this.events.set(event.id, event)
    return event
  }
  delete(id: string): void {
    const known = this.events.get(id)
    if (known !== undefined && !known.deleted) this.events.set(id, { ...known, deleted: true, version: known.version + 1, change: ++this.#changes })
  }
  since(cursor: number): readonly StoredEvent[] {
    return [...this.events.values()].filter(({ change }) => change > cursor).sort((a, b) => a.change - b.change)
  }
}

export interface Answer {
  readonly status: number
  readonly json?: unknown
  readonly location?: string
}

/** OAuth 2.0 code with PKCE, for one application and one user who always agrees. */
export class Agreement {
  readonly clientId = 'jalon'
  readonly clientSecret = randomBytes(18).toString('base64url')
  readonly #codes = new Map<string, { readonly challenge: string; readonly redirectUri: string }>()
  readonly #access = new Set<string>()
  readonly #refresh = new Set<string>()
  refuses = false

  authorize(query: URLSearchParams): Answer {
    const redirectUri = query.get('redirect_uri') ?? ''
    const challenge = query.get('code_challenge') ?? ''
    if (query.get('client_id') !== this.clientId || query.get('code_challenge_method') !== 'S256' || challenge === '')
      return { status: 400, json: { error: 'invalid_request' } }
    const back = new URL(redirectUri)
    back.searchParams.set('state', query.get('state') ?? '')
    if (this.refuses) back.searchParams.set('error', 'access_denied')
    else {
      const code = randomBytes(18).toString('base64url')
      this.#codes.set(code, { challenge, redirectUri })
      back.searchParams.set('code', code)
    }
    return { status: 302, location: back.href }
  }
  token(form: URLSearchParams): Answer {
    if (form.get('client_id') !== this.clientId || form.get('client_secret') !== this.clientSecret) return { status: 401, json: { error: 'invalid_client' } }
    if (form.get('grant_type') === 'refresh_token')
      return this.#refresh.has(form.get('refresh_token') ?? '') ? { status: 200, json: this.#keys(null) } : { status: 400, json: { error: 'invalid_grant' } }
    const given = this.#codes.get(form.get('code') ?? '')
    this.#codes.delete(form.get('code') ?? '')
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (given === undefined || given.challenge !== proof || given.redirectUri !== form.get('redirect_uri'))
      return { status: 400, json: { error: 'invalid_grant' } }
    const refresh = randomBytes(24).toString('base64url')
    this.#refresh.add(refresh)
    return { status: 200, json: this.#keys(refresh) }
  }
  #keys(refresh: string | null): object {
    const access = randomBytes(24).toString('base64url')
    this.#access.add(access)
    return { access_token: access, token_type: 'Bearer', expires_in: 3600, ...(refresh === null ? {} : { refresh_token: refresh }) }
  }
  admits(authorization: string | undefined): boolean {
    return this.#access.has((authorization ?? '').replace(/^Bearer /, ''))
  }
  /** Its owner takes her agreement back. */
  revoke(): void {
    this.#access.clear()
    this.#refresh.clear()
  }
}
