import type { Answer, CalendarStore, Fields, StoredEvent } from './calendar-store.ts'

interface Body {
  readonly id?: string
  readonly summary?: string
  readonly start?: { readonly dateTime?: string; readonly date?: string }
  readonly end?: { readonly dateTime?: string; readonly date?: string }
  readonly extendedProperties?: { readonly private?: Readonly<Record<string, string>> }
}

const etagOf = (event: StoredEvent): string => `"${event.version}-${event.id}"`
const error = (code: number, reason: string): Answer => ({ status: code, json: { error: { code, errors: [{ reason }] } } })

function shown(event: StoredEvent): object {
  const time = (instant: string) => (event.allDay ? { date: instant.slice(0, 10) } : { dateTime: instant })
  const common = {
    kind: 'calendar#event',
    id: event.id,
    etag: etagOf(event),
    ...(event.mark === null ? {} : { extendedProperties: { private: JSON.parse(event.mark) as object } }),
  }
  if (event.deleted) return { ...common, status: 'cancelled' }
  return {
    ...common,
    status: 'confirmed',
    summary: event.title,
    transparency: event.free ? 'transparent' : 'opaque',
    start: time(event.startsAt),
    end: time(event.endsAt),
  }
}

function fieldsOf(body: Body): Fields {
  const instant = (time: Body['start']): string | undefined =>
    time === undefined ? undefined : new Date(time.dateTime ?? `${time.date}T00:00:00Z`).toISOString()
  const [startsAt, endsAt] = [instant(body.start), instant(body.end)]
  return {
    ...(body.summary === undefined ? {} : { title: body.summary }),
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(body.extendedProperties?.private === undefined ? {} : { mark: JSON.stringify(body.extendedProperties.private) }),
  }
}

/** As much of Google Calendar v3 as an agenda needs: a page of changes, and each event by its id. */
export function answerAsGoogle(
  store: CalendarStore,
  request: { readonly method: string; readonly path: string; readonly query: URLSearchParams; readonly ifMatch: string | undefined; readonly body: string },
): Answer {
  const { method, path, query, ifMatch } = request
  const id = decodeURIComponent(path.split('/events/')[1] ?? '')
  const body = (): Body => JSON.parse(request.body) as Body
  if (id === '') {
    if (method === 'POST') {
      const wanted = body().id ?? null
      if (wanted !== null && !/^[a-v0-9]{5,1024}$/.test(wanted)) return error(400, 'invalid')
      if (wanted !== null && store.events.has(wanted)) return error(409, 'duplicate')
      return { status: 200, json: shown(store.put(wanted, fieldsOf(body()))) }
    }
    return changes(store, query)
  }
  const known = store.events.get(id)
  if (known === undefined) return error(404, 'notFound')
  if (method === 'GET') return { status: 200, json: shown(known) }
  if (method === 'DELETE' && known.deleted) return error(410, 'deleted')
  if (ifMatch !== undefined && ifMatch !== etagOf(known)) return error(412, 'conditionNotMet')
  if (method === 'DELETE') {
    store.delete(id)
    return { status: 204 }
  }
  return { status: 200, json: shown(store.put(id, fieldsOf(body()))) }
}

const pageSize = 20

function changes(store: CalendarStore, query: URLSearchParams): Answer {
  const sync = query.get('syncToken')
  const page = query.get('pageToken')
  if (sync !== null && query.has('timeMin')) return error(400, 'invalid')
  if (sync !== null && !store.knows(Number(sync))) return error(410, 'fullSyncRequired')
  const [from, upTo, offset] = page === null ? [Number(sync ?? 0), store.last, 0] : (page.split('.').map(Number) as [number, number, number])
  const all = store.since(from).filter(({ change, deleted }) => change <= upTo && (sync !== null || !deleted))
  const items = all.slice(offset, offset + pageSize).map(shown)
  const more = offset + pageSize < all.length
  return {
    status: 200,
    json: { kind: 'calendar#events', items, ...(more ? { nextPageToken: `${from}.${upTo}.${offset + pageSize}` } : { nextSyncToken: String(upTo) }) },
  }
}
