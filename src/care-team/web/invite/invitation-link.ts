import type { CircleInvitationId } from '../../contract/invitations.ts'

export interface CircleLink {
  readonly id: CircleInvitationId
  readonly secret: string
}

/** Where the link waits between the door and the page: this tab only, and only until it is answered. */
const kept = 'jalon.circle-invitation'

export const circleInvitationPath = '/invitation-au-cercle'

/** A secret of 256 bits. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

export const circleLinkAddress = ({ id, secret }: CircleLink): string => `${window.location.origin}${circleInvitationPath}#${id}.${secret}`

function linkIn(fragment: string): CircleLink | null {
  const [, id, secret] = /^#?([0-9a-f-]{36})\.([\w-]{43})$/i.exec(fragment) ?? []
  return id !== undefined && secret !== undefined ? { id: id as CircleInvitationId, secret } : null
}

/**
 * The link that this tab came with, kept while one signs in: what follows « # » would be lost on the way to Pro Santé Connect, and must stand neither in the
 * address nor in the history.
 */
export function keepCircleLink(): CircleLink | null {
  const link = linkIn(window.location.hash)
  if (link === null) return linkIn(window.sessionStorage.getItem(kept) ?? '')
  window.sessionStorage.setItem(kept, `${link.id}.${link.secret}`)
  window.history.replaceState(window.history.state, '', window.location.pathname)
  return link
}

export const forgetCircleLink = (): void => window.sessionStorage.removeItem(kept)
