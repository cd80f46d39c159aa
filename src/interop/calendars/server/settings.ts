import type { CalendarPort } from '../../../agenda/contract/calendar-links.ts'
import type { Settings } from '../../../platform/server/settings.ts'
import { openGoogle } from './google.ts'
import { openMicrosoft } from './microsoft.ts'

/** The calendars that this installation can link: those whose application it registered, and only where secrets can be sealed. */
export function calendarPorts(settings: Settings): readonly CalendarPort[] {
  const { MICROSOFT_CLIENT_ID, MICROSOFT_CLIENT_SECRET, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = settings
  if (settings.SEALING_KEY === undefined) return []
  const login = settings.MICROSOFT_LOGIN_URL.replace(/\/$/, '')
  return [
    ...(MICROSOFT_CLIENT_ID === undefined || MICROSOFT_CLIENT_SECRET === undefined
      ? []
      : [
          openMicrosoft({
            clientId: MICROSOFT_CLIENT_ID,
            clientSecret: MICROSOFT_CLIENT_SECRET,
            authorizeUrl: `${login}/authorize`,
            tokenUrl: `${login}/token`,
            apiUrl: settings.MICROSOFT_GRAPH_URL.replace(/\/$/, ''),
          }),
        ]),
    ...(GOOGLE_CLIENT_ID === undefined || GOOGLE_CLIENT_SECRET === undefined
      ? []
      : [
          openGoogle({
            clientId: GOOGLE_CLIENT_ID,
            clientSecret: GOOGLE_CLIENT_SECRET,
            authorizeUrl: settings.GOOGLE_AUTHORIZE_URL,
            tokenUrl: settings.GOOGLE_TOKEN_URL,
            apiUrl: settings.GOOGLE_API_URL.replace(/\/$/, ''),
          }),
        ]),
  ]
}
