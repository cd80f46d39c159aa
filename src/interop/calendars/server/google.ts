import type { CalendarPort, OurEvent, OutsideEvent, Written } from '../../../agenda/contract/calendar-links.ts'
import { askTokens, authorizeAddress, failureOf, type OAuthClient, request } from './oauth.ts'

interface GoogleTime {
  readonly dateTime?: string
  readonly date?: string
}
interface GoogleEvent {
  readonly id: string
  readonly etag?: string
  readonly status?: 'confirmed' | 'tentative' | 'cancelled'
  readonly transparency?: 'opaque' | 'transparent'
  readonly summary?: string
  readonly start?: GoogleTime
  readonly end?: GoogleTime
  readonly attendees?: readonly { readonly self?: boolean; readonly responseStatus?: string }[]
  readonly extendedProperties?: { readonly private?: Readonly<Record<string, string>> }
}

/** Where Google Calendar v3 answers; the rest is said by the application registered at Google. */
export interface GoogleSettings extends Pick<OAuthClient, 'clientId' | 'clientSecret' | 'authorizeUrl' | 'tokenUrl'> {
  readonly apiUrl: string
}

/** Google Calendar v3: ids chosen by us (a second creation answers 409), `syncToken`, ETags with `If-Match`, our number in a private extended property. */
export function openGoogle(settings: GoogleSettings): CalendarPort {
  const client: OAuthClient = {
    ...settings,
    scope: 'https://www.googleapis.com/auth/calendar.events',
    // A key that renews itself is given once, and again only if consent is asked again.
    asks: { access_type: 'offline', prompt: 'consent', include_granted_scopes: 'false' },
  }
  const events = `${settings.apiUrl}/calendar/v3/calendars/primary/events`
  const headers = (access: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({ authorization: `Bearer ${access}`, ...more })
  const json = { 'content-type': 'application/json' }
  const at = (id: string): string => `${events}/${encodeURIComponent(id)}?sendUpdates=none`
  return {
    provider: 'google',
    authorizeUrl: (asked) => authorizeAddress(client, asked),
    exchange: ({ code, verifier, redirectUri }) =>
      askTokens(client, { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri }),
    refresh: ({ refresh }) => askTokens(client, { grant_type: 'refresh_token', refresh_token: refresh }, refresh),
    changes: async (access, since, window) => {
      const from = since === null ? null : (JSON.parse(since) as { readonly page?: string; readonly sync?: string })
      const query = new URLSearchParams({ singleEvents: 'true', showDeleted: 'true', maxResults: '250' })
      if (from?.sync !== undefined) query.set('syncToken', from.sync)
      else {
        query.set('timeMin', window.from)
        query.set('timeMax', window.to)
      }
      if (from?.page !== undefined) query.set('pageToken', from.page)
      const answer = await request(`${events}?${query}`, { headers: headers(access) })
      if (answer?.status === 410) return { failed: 'cursor_gone' }
      if (answer?.status !== 200) return failureOf(answer)
      const page = answer.json as { readonly items?: readonly GoogleEvent[]; readonly nextPageToken?: string; readonly nextSyncToken?: string }
      const next =
        page.nextPageToken === undefined ? { sync: page.nextSyncToken } : { page: page.nextPageToken, ...(from?.sync === undefined ? {} : { sync: from.sync }) }
      return { events: (page.items ?? []).map(read), cursor: JSON.stringify(next), more: page.nextPageToken !== undefined }
    },
    create: async (access, event) => {
      const answer = await request(`${events}?sendUpdates=none`, {
        method: 'POST',
        headers: headers(access, json),
        body: JSON.stringify({ ...written(event), id: idOf(event) }),
      })
      return answer?.status === 200 ? place(answer.json as GoogleEvent) : failureOf(answer)
    },
    update: async (access, { id, etag }, event) => {
      const answer = await request(at(id), { method: 'PATCH', headers: headers(access, { ...json, 'if-match': etag }), body: JSON.stringify(written(event)) })
      if (answer?.status !== 200) return failureOf(answer)
      return (answer.json as GoogleEvent).status === 'cancelled' ? { failed: 'gone' } : place(answer.json as GoogleEvent)
    },
    remove: async (access, { id, etag }) => {
      const answer = await request(at(id), { method: 'DELETE', headers: headers(access, { 'if-match': etag }) })
      return answer?.status === 204 || answer?.status === 200 ? 'removed' : failureOf(answer)
    },
    find: async (access, event) => {
      const answer = await request(`${events}/${encodeURIComponent(idOf(event))}`, { headers: headers(access) })
      if (answer?.status === 404) return null
      return answer?.status === 200 ? read(answer.json as GoogleEvent) : failureOf(answer)
    },
  }
}

/** Letters of base32hex only, as Google wants: the id of the occurrence, and how often it was put back. */
const idOf = ({ occurrenceId, generation }: Pick<OurEvent, 'occurrenceId' | 'generation'>): string => `jalon${occurrenceId.replaceAll('-', '')}g${generation}`

function written(event: OurEvent): object {
  return {
    summary: event.title,
    start: { dateTime: event.startsAt },
    end: { dateTime: event.endsAt },
    visibility: 'private',
    extendedProperties: { private: { jalon: event.occurrenceId, jalonGeneration: String(event.generation) } },
  }
}

const place = ({ id, etag }: GoogleEvent): Written => ({ id, etag: etag ?? '' })

function read(event: GoogleEvent): OutsideEvent {
  const { jalon, jalonGeneration } = event.extendedProperties?.private ?? {}
  const declined = event.attendees?.some(({ self, responseStatus }) => self === true && responseStatus === 'declined') === true
  const instant = (time: GoogleTime | undefined): string => new Date(time?.dateTime ?? `${time?.date ?? '1970-01-01'}T00:00:00Z`).toISOString()
  return {
    id: event.id,
    etag: event.etag ?? '',
    ours: jalon === undefined ? null : { occurrenceId: jalon, generation: Number(jalonGeneration ?? 0) },
    deleted: event.status === 'cancelled',
    free: event.transparency === 'transparent' || declined,
    startsAt: instant(event.start),
    endsAt: instant(event.end),
    allDay: event.start?.date !== undefined,
    title: event.summary ?? '',
  }
}
