import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { type Access, type ActionAudit, allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { type Actor, volets } from '../../platform/contract/actor.ts'
import { code, line, optional } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { composesTheCircle } from './access.ts'
import { accessWish } from './actions.ts'
import type { MemberId } from './member.ts'

export type CircleInvitationId = Branded<'CircleInvitationId'>

const id = idSchema<CircleInvitationId>()
/** 256 bits in base64url, made by the browser of whoever invites; kept nowhere but in the letter until it leaves. */
const secret = z.string().regex(/^[\w-]{43}$/, { error: 'Lien incomplet : copiez-le en entier.' })
const address = z.email({ error: 'Adresse non comprise. Écrivez-la comme nom@exemple.fr. Votre saisie est gardée.' }).max(254)
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId] }

/** Addresses of the secure health mail: their domains end so. */
export const isMssante = (mail: string): boolean => /@([\w-]+\.)*mssante\.fr$/i.test(mail.trim())

export const inviteToCircle = defineAction({
  name: 'careTeam.invitation.send',
  title: 'Inviter un professionnel dans le cercle',
  input: z
    .object({
      id,
      personId: idSchema<PersonId>(),
      /** Her card, by which she is known when she comes; else her names. */
      partyId: optional(z.uuid()),
      familyName: line(80),
      givenName: line(80),
      role: code(),
      way: z.enum(['mail', 'link']),
      address: optional(address),
      access: accessWish,
      secret,
    })
    .refine(({ way, address: given }) => (way === 'mail') === (given !== null), { path: ['address'], error: 'À remplir.' }),
  output: z.object({ id, expiresAt: z.string() }),
  access: composesTheCircle,
  audit: ofPerson,
})

export const revokeInvitation = defineAction({
  name: 'careTeam.invitation.revoke',
  title: 'Retirer l’invitation',
  input: z.object({ id, personId: idSchema<PersonId>() }),
  output: z.object({ id }),
  access: composesTheCircle,
  audit: ofPerson,
})

const invitation = z.object({
  id,
  name: z.string(),
  known: z.boolean(),
  role: z.string(),
  volets: z.array(z.enum(volets)),
  way: z.enum(['mail', 'link']),
  address: z.string().nullable(),
  mail: z.enum(['to_send', 'sent', 'refused', 'no_way']).nullable(),
  state: z.enum(['waiting', 'expired', 'declined']),
  invitedAt: z.string(),
  invitedByName: z.string(),
  expiresAt: z.string(),
})
export type CircleInvitation = z.output<typeof invitation>

/** Those that wait, and those that ended without her these 30 days. */
export const circleInvitations = defineQuery({
  name: 'careTeam.invitations',
  title: 'Invitations dans le cercle',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({ rows: z.array(invitation) }),
  access: composesTheCircle,
  audit: ofPerson,
})

/** Whom the link is about, which nobody is told before she accepts. */
export interface InvitedTarget {
  readonly reached: readonly PersonId[]
}

const comesAsProfessional: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(
    actor.kind === 'user' && actor.category !== 'administrative',
    french('Réservé aux professionnels de santé, du social et de la protection juridique (article R. 1110-2).'),
  )
const ofInvited: ActionAudit<unknown, InvitedTarget, unknown> = { persons: (_input, { reached }) => reached }

export const acceptInvitation = defineAction({
  name: 'careTeam.invitation.accept',
  title: 'Accepter d’entrer dans le cercle',
  input: z.object({ id, secret }),
  output: z.object({ id, personId: idSchema<PersonId>(), memberId: idSchema<MemberId>() }),
  access: comesAsProfessional,
  audit: ofInvited,
})

export const declineInvitation = defineAction({
  name: 'careTeam.invitation.decline',
  title: 'Décliner l’invitation',
  input: z.object({ id, secret }),
  output: z.object({ id }),
  access: comesAsProfessional,
  audit: ofInvited,
})

/** What the link says to whoever holds it: who invites, as what, until when. Not a word of the person. */
export const invitationAtHand = defineQuery({
  name: 'careTeam.invitationAtHand',
  title: 'Invitation reçue',
  input: z.object({ id, secret }),
  output: z.object({
    /** `unknown`: no such link. `another`: a link for somebody else. */
    state: z.enum(['waiting', 'another', 'expired', 'accepted', 'declined', 'revoked', 'unknown']),
    serviceName: z.string().nullable(),
    invitedByName: z.string().nullable(),
    role: z.string().nullable(),
    volets: z.array(z.enum(volets)),
    expiresAt: z.string().nullable(),
    /** Once she has accepted herself. */
    personId: idSchema<PersonId>().nullable(),
  }),
  access: comesAsProfessional,
  audit: { none: 'a link: who invites and as what, no person', redact: ['secret'] },
})

/** What carries letters to professionals outside; it knows nothing of whom they are about. */
export interface InvitationPort {
  readonly carries: (mail: string) => boolean
  readonly send: (letter: InvitationLetter) => Promise<{ readonly outcome: 'ok' | 'refused' | 'unreachable' }>
}
export interface InvitationLetter {
  /** The same for every try: whoever carries it knows it. */
  readonly reference: string
  readonly writtenAt: Date
  readonly to: string
  readonly subject: string
  readonly body: string
}

/** The whole of the letter: who invites, the link, how long. No name of the person, no word about her. */
export function invitationWords(told: { readonly serviceName: string; readonly invitedByName: string; readonly link: string; readonly until: string }): {
  readonly subject: string
  readonly body: string
} {
  return {
    subject: french(`${told.serviceName} vous invite dans un cercle de soins`),
    body: french(
      `Bonjour,\n\n${told.invitedByName}, ${told.serviceName}, vous invite à rejoindre le cercle de soins d’une personne que vous suivez.\n\n` +
        `Pour répondre, connectez-vous avec Pro Santé Connect (e-CPS ou carte CPS) :\n${told.link}\n\n` +
        `Ce lien est pour vous seul, sert une fois et vaut jusqu’au ${told.until}. Ce message ne dit rien de la personne : ne répondez pas en la nommant.\n` +
        'Vous ne connaissez pas ce service, ou ce message n’est pas pour vous ? Ne faites rien : le lien s’éteint de lui-même.\n',
    ),
  }
}
