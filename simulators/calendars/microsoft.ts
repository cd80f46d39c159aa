import type { Answer, CalendarStore, Fields, StoredEvent } from './calendar-store.ts'

interface Body {
  readonly subject?: string
  readonly start?: { readonly dateTime: string; readonly timeZone: string }
  readonly end?: { readonly dateTime: string; readonly timeZone: string }
  readonly transactionId?: string
  readonly singleValueExtendedProperties?: readonly { readonly id: string; readonly value: string }[]
}

const etagOf = (event: StoredEvent): string => `W/"${event.version}"`
const error = (status: number, code: string): Answer => ({ status, json: { error: { code } } })

function shown(event: StoredEvent): object {
  const time = (instant: string) => ({ dateTime: `${instant.slice(0, 19)}.0000000`, timeZone: 'UTC' })
  return {
    '@odata.etag': etagOf(event),
    id: event.id,
    subject: event.title,
    showAs: event.free ? 'free' : 'busy',
    isAllDay: event.allDay,
    isCancelled: false,
    transactionId: event.mark,
    start: time(event.startsAt),
    end: time(event.endsAt),
  }
}

function fieldsOf(body: Body): Fields {
  const instant = (time: Body['start']): string => new Date(`${String(time?.dateTime).slice(0, 19)}Z`).toISOString()
  return {
    ...(body.subject === undefined ? {} : { title: body.subject }),
    ...(body.start === undefined ? {} : { startsAt: instant(body.start) }),
    ...(body.end === undefined ? {} : { endsAt: instant(body.end) }),
    ...(body.transactionId === undefined ? {} : { mark: body.transactionId }),
  }
}

/** As much of Microsoft Graph v1.0 as an agenda needs: the delta of a view, searches by extended property, each event by its id. */
export function answerAsMicrosoft(
  store: CalendarStore,
  base: string,
  request: { readonly method: string; readonly path: string; readonly query: URLSearchParams; readonly ifMatch: string | undefined; readonly body: string },
): Answer {
  const { method, path, query, ifMatch } = request
  if (path.endsWith('/calendarView/delta')) return delta(store, base, query)
  const id = decodeURIComponent(path.split('/events/')[1] ?? '')
  const body = (): Body => JSON.parse(request.body) as Body
  if (id === '') {
    if (method === 'GET') {
      const value = /ep\/value eq '([^']+)'/.exec(query.get('$filter') ?? '')?.[1]
      return {
        status: 200,
        json: {
          value: store
            .live()
            .filter(({ mark }) => mark === value)
            .map(shown),
        },
      }
    }
    const wanted = body()
    if (wanted.transactionId !== wanted.singleValueExtendedProperties?.[0]?.value) return error(400, 'ErrorInvalidRequest')
    if (store.live().some(({ mark }) => mark === wanted.transactionId)) return error(409, 'ErrorDuplicateTransactionId')
    return { status: 201, json: shown(store.put(null, fieldsOf(wanted))) }
  }
  const known = store.events.get(id)
  if (known === undefined || known.deleted) return error(404, 'ErrorItemNotFound')
  if (method === 'GET') return { status: 200, json: shown(known) }
  if (ifMatch !== undefined && ifMatch !== etagOf(known)) return error(412, 'ErrorIrresolvableConflict')
  if (method === 'DELETE') {
    store.delete(id)
    return { status: 204 }
  }
  return { status: 200, json: shown(store.put(id, fieldsOf(body()))) }
}

const pageSize = 20

function delta(store: CalendarStore, base: string, query: URLSearchParams): Answer {
  const token = query.get('$deltatoken')
  const skip = query.get('$skiptoken')
  if (token !== null && !store.knows(Number(token))) return error(410, 'SyncStateNotFound')
  // A first reading begins before all changes, and tells of no deletion.
  const [from, upTo, offset] = skip === null ? [Number(token ?? -1), store.last, 0] : (skip.split('.').map(Number) as [number, number, number])
  const all = store.since(from).filter(({ change, deleted }) => change <= upTo && (from >= 0 || !deleted))
  const value = all.slice(offset, offset + pageSize).map((event) => (event.deleted ? { id: event.id, '@removed': { reason: 'deleted' } } : shown(event)))
  const link = (name: string, at: string): string => `${base}/v1.0/me/calendarView/delta?${new URLSearchParams({ [name]: at })}`
  const more = offset + pageSize < all.length
  return {
    status: 200,
    json: {
      value,
      ...(more ? { '@odata.nextLink': link('$skiptoken', `${from}.${upTo}.${offset + pageSize}`) } : { '@odata.deltaLink': link('$deltatoken', String(upTo)) }),
    },
  }
}
