import { asSystem, type Database } from '../../platform/server/db.ts'
import type { Log } from '../../platform/server/log.ts'
import { type InvitationPort, invitationWords } from '../contract/invitations.ts'
import { concludeMail, holdMail, retryMail } from './invitations.sql.ts'

export const carryInvitationsJob = 'careTeam:invitations'

/** Minutes before each further attempt; beyond, the letter is given up and the screen says so. */
const retryMinutes = [1, 5, 15, 60, 240]

export interface Carrier {
  readonly db: Database
  /** Null: nothing carries letters here. */
  readonly port: InvitationPort | null
  readonly publicUrl: string
  readonly timeZone: string
  readonly clock: () => Date
  readonly log?: Log
}

/** The page of Jalon where a link leads: what follows « # » never leaves the browser that opens it. */
export const invitationLink = (publicUrl: string, id: string, secret: string): string => `${publicUrl}/invitation-au-cercle#${id}.${secret}`

/** Carries the letters that wait, one transaction each, held while it travels: under the same reference at every try. Gives how many left. */
export async function carryInvitations({ db, port, publicUrl, timeZone, clock, log }: Carrier): Promise<number> {
  let sent = 0
  for (;;) {
    const more = await asSystem(db, 'carry an invitation', async (tx) => {
      const letter = await holdMail(tx, clock())
      if (letter === undefined) return false
      if (port === null || !port.carries(letter.address)) {
        await concludeMail(tx, letter.id, 'no_way', clock())
        return true
      }
      const words = invitationWords({
        serviceName: letter.serviceName,
        invitedByName: letter.invitedByName,
        link: invitationLink(publicUrl, letter.id, letter.secret),
        until: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(letter.expiresAt)),
      })
      const answer = await port
        .send({ reference: letter.id, writtenAt: new Date(letter.invitedAt), to: letter.address, ...words })
        .catch(() => ({ outcome: 'unreachable' as const }))
      const wait = retryMinutes[letter.attempts]
      if (answer.outcome === 'ok') {
        sent += 1
        await concludeMail(tx, letter.id, 'sent', clock())
      } else if (answer.outcome === 'refused' || wait === undefined) {
        await concludeMail(tx, letter.id, 'refused', clock())
      } else {
        log?.warn({ invitationId: letter.id, attempts: letter.attempts + 1 }, 'an invitation could not leave')
        await retryMail(tx, letter.id, new Date(clock().getTime() + wait * 60_000))
      }
      return true
    })
    if (!more) return sent
  }
}
