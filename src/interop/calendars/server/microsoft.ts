import type { CalendarFailure, CalendarPort, OurEvent, OutsideEvent, Written } from '../../../agenda/contract/calendar-links.ts'
import { askTokens, authorizeAddress, failureOf, type OAuthClient, request } from './oauth.ts'

interface GraphEvent {
  readonly id: string
  readonly '@odata.etag'?: string
  readonly '@removed'?: { readonly reason: string }
  readonly subject?: string
  readonly showAs?: string
  readonly isAllDay?: boolean
  readonly isCancelled?: boolean
  readonly responseStatus?: { readonly response?: string }
  readonly start?: { readonly dateTime: string; readonly timeZone: string }
  readonly end?: { readonly dateTime: string; readonly timeZone: string }
  readonly transactionId?: string | null
  readonly singleValueExtendedProperties?: readonly { readonly id: string; readonly value: string }[]
}

/** Where Microsoft identity and Graph v1.0 answer; the rest is said by the application registered at Microsoft. */
export interface MicrosoftSettings extends Pick<OAuthClient, 'clientId' | 'clientSecret' | 'authorizeUrl' | 'tokenUrl'> {
  readonly apiUrl: string
}

/** The namespace of our property in events of Outlook. */
const property = 'String {7d9f6a30-5a5e-4e0c-9a2d-6f1f5a0c2b11} Name Jalon'

/**
 * Microsoft Graph v1.0: delta links of `calendarView`, ETags with `If-Match`, a `transactionId` that makes a second creation the same, our number in an extended
 * property for searches. Deltas give no extended properties: there, ours are known by `transactionId`, and by the id that they were given.
 * Graph forgets what was deleted: an event of ours is made aside, and put at its hours once its id is kept here.
 */
export function openMicrosoft(settings: MicrosoftSettings): CalendarPort {
  const client: OAuthClient = { ...settings, scope: 'offline_access https://graph.microsoft.com/Calendars.ReadWrite', asks: { response_mode: 'query' } }
  const me = `${settings.apiUrl}/v1.0/me`
  const headers = (access: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    authorization: `Bearer ${access}`,
    prefer: 'outlook.timezone="UTC", odata.maxpagesize=100, IdType="ImmutableId"',
    ...more,
  })
  const json = { 'content-type': 'application/json' }
  const find = async (access: string, event: Pick<OurEvent, 'occurrenceId' | 'generation'>): Promise<OutsideEvent | null | CalendarFailure> => {
    const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${property}' and ep/value eq '${numberOf(event)}')`
    const answer = await request(`${me}/events?${new URLSearchParams({ $filter: filter, $top: '2' })}`, { headers: headers(access) })
    if (answer?.status !== 200) return failureOf(answer)
    const [first] = (answer.json as { readonly value?: readonly GraphEvent[] }).value ?? []
    return first === undefined ? null : { ...read(first), ours: event }
  }
  return {
    provider: 'microsoft',
    authorizeUrl: (asked) => authorizeAddress(client, asked),
    exchange: ({ code, verifier, redirectUri }) =>
      askTokens(client, { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri, scope: client.scope }),
    refresh: ({ refresh }) => askTokens(client, { grant_type: 'refresh_token', refresh_token: refresh, scope: client.scope }, refresh),
    changes: async (access, since, { from, to }) => {
      const first = `${me}/calendarView/delta?${new URLSearchParams({ startDateTime: from, endDateTime: to })}`
      // A link comes back from the database, sealed: it still has to lead to Graph.
      if (since !== null && !since.startsWith(`${settings.apiUrl}/`)) return { failed: 'cursor_gone' }
      const answer = await request(since ?? first, { headers: headers(access) })
      if (answer?.status === 410) return { failed: 'cursor_gone' }
      if (answer?.status !== 200) return failureOf(answer)
      const page = answer.json as { readonly value?: readonly GraphEvent[]; readonly '@odata.nextLink'?: string; readonly '@odata.deltaLink'?: string }
      const next = page['@odata.nextLink']
      return { events: (page.value ?? []).map(read), cursor: next ?? String(page['@odata.deltaLink']), more: next !== undefined }
    },
    create: async (access, event) => {
      const body = { ...written(event), ...aside, transactionId: numberOf(event), singleValueExtendedProperties: [{ id: property, value: numberOf(event) }] }
      const answer = await request(`${me}/events`, { method: 'POST', headers: headers(access, json), body: JSON.stringify(body) })
      return answer?.status === 201 ? { ...place(answer.json as GraphEvent), unplaced: true } : failureOf(answer)
    },
    update: async (access, { id, etag }, event) => {
      const answer = await request(`${me}/events/${encodeURIComponent(id)}`, {
        method: 'PATCH',
        headers: headers(access, { ...json, 'if-match': etag }),
        body: JSON.stringify(written(event)),
      })
      return answer?.status === 200 ? place(answer.json as GraphEvent) : failureOf(answer)
    },
    remove: async (access, { id, etag }) => {
      const answer = await request(`${me}/events/${encodeURIComponent(id)}`, { method: 'DELETE', headers: headers(access, { 'if-match': etag }) })
      return answer?.status === 204 ? 'removed' : failureOf(answer)
    },
    find,
  }
}

/** Where one of ours is made: on a day that nobody looks at, so that nobody deletes it before its id is known here. */
const asideOn = '2000-01-01T00:00:00'
const aside = { start: { dateTime: asideOn, timeZone: 'UTC' }, end: { dateTime: '2000-01-01T00:05:00', timeZone: 'UTC' }, showAs: 'free' }

const numberOf = ({ occurrenceId, generation }: Pick<OurEvent, 'occurrenceId' | 'generation'>): string => `jalon:${occurrenceId}:${generation}`

function oursFrom(number: string | null | undefined): OutsideEvent['ours'] {
  const [, occurrenceId, generation] = /^jalon:([0-9a-f-]{36}):(\d+)$/.exec(number ?? '') ?? []
  return occurrenceId === undefined ? null : { occurrenceId, generation: Number(generation) }
}

function written(event: OurEvent): object {
  const utc = (instant: string) => ({ dateTime: instant.slice(0, 19), timeZone: 'UTC' })
  return { subject: event.title, start: utc(event.startsAt), end: utc(event.endsAt), sensitivity: 'private', showAs: 'busy', isReminderOn: false }
}

const place = (event: GraphEvent): Written => ({ id: event.id, etag: event['@odata.etag'] ?? '' })

function read(event: GraphEvent): OutsideEvent {
  const instant = (time: GraphEvent['start']): string => new Date(`${(time?.dateTime ?? '1970-01-01T00:00:00').slice(0, 19)}Z`).toISOString()
  return {
    id: event.id,
    etag: event['@odata.etag'] ?? '',
    ours: oursFrom(event.transactionId),
    deleted: event['@removed'] !== undefined || event.isCancelled === true,
    free: event.showAs === 'free' || event.responseStatus?.response === 'declined',
    startsAt: instant(event.start),
    endsAt: instant(event.end),
    allDay: event.isAllDay === true,
    title: event.subject ?? '',
    unplaced: event.start?.dateTime.startsWith(asideOn) === true,
  }
}
