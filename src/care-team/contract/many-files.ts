import { z } from 'zod'
import { personNameSchema } from '../../persons/contract/person.ts'
import { type Access, allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { type Actor, accompanies, volets } from '../../platform/contract/actor.ts'
import { code, line, optional } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { phone } from './actions.ts'
import { type MemberId, memberKinds } from './member.ts'
import { basisIsLawful, type RoleFacts } from './roles.ts'

export type CircleGestureId = Branded<'CircleGestureId'>

/** As many files as one gesture takes. */
export const mostFiles = 300

/** What changes alike in many circles: her role, where she works, or who comes in her place. */
export const circleChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('role'), from: code(), to: code() }),
  z.object({ kind: z.literal('place'), place: line(120), phone: optional(phone()) }),
  z.object({ kind: z.literal('replace'), partyId: z.uuid({ error: 'Choisissez une fiche de l’annuaire.' }), name: line(160) }),
])
export type CircleChange = z.output<typeof circleChange>

/** Why one file is left as it is. */
export const reasonsToLeave = [
  'gone',
  'not_in_charge',
  'limited',
  'opposed',
  'follows_episode',
  'role_missing',
  'role_held',
  'access_first',
  'silence',
  'same',
] as const
export type ReasonToLeave = (typeof reasonsToLeave)[number]
export const reasonToLeaveLabels: Readonly<Record<ReasonToLeave, string>> = {
  gone: french('N’est plus dans ce cercle.'),
  not_in_charge: french('Votre DAC n’accompagne plus cette personne.'),
  limited: french('L’usage de ce dossier est limité à la demande de la personne.'),
  opposed: french('La personne s’oppose à l’accompagnement : rien ne s’écrit.'),
  follows_episode: french('Référent ou binôme : il se change dans l’accompagnement.'),
  role_missing: french('N’a pas ce rôle dans ce dossier.'),
  role_held: french('A déjà ce rôle dans ce dossier.'),
  access_first: french('Le dossier lui est ouvert à un titre qui ne vaut pas pour le nouveau rôle : à revoir dans ce dossier.'),
  silence: french('La personne demande de ne rien lui dire.'),
  same: french('Rien à changer : c’est déjà ainsi.'),
}

const fileOfParty = z.object({
  memberId: idSchema<MemberId>(),
  person: personNameSchema,
  roles: z.array(z.string()),
  place: z.string().nullable(),
  since: z.string(),
  /** The file is open to her. */
  opened: z.boolean(),
  /** Why this change leaves the file as it is; null when it can be made, and when no change is asked about. */
  why: z.enum(reasonsToLeave).nullable(),
})
export type FileOfParty = z.output<typeof fileOfParty>

const composesMany: Access<unknown, unknown> = (actor: Actor) => allowedIf(accompanies(actor), french('Réservé aux professionnels d’un DAC qui accompagnent.'))

/** The circles where a card stands today, among the files that she sees; with a change, what it would do in each. */
export const filesOfParty = defineQuery({
  name: 'careTeam.filesOfParty',
  title: 'Dossiers où cette fiche est dans le cercle',
  alone: true,
  input: z.object({ partyId: z.uuid(), change: circleChange.nullish() }),
  output: z.object({
    card: z.object({ name: z.string(), detail: z.string(), kind: z.enum(memberKinds) }).nullable(),
    rows: z.array(fileOfParty),
    /** What was done before for this card by the service, the last first. */
    gestures: z.array(
      z.object({
        id: idSchema<CircleGestureId>(),
        change: circleChange,
        because: z.string(),
        done: z.number().int(),
        refused: z.number().int(),
        at: z.string(),
        byName: z.string(),
      }),
    ),
  }),
  access: composesMany,
  audit: { persons: (_input, _target, output) => output.rows.map(({ person }) => person.personId) },
})

export interface ManyFilesTarget {
  readonly persons: readonly PersonId[]
}

export const changeManyFiles = defineAction({
  name: 'careTeam.manyFiles.change',
  title: 'Changer un membre dans plusieurs cercles',
  input: z.object({
    id: idSchema<CircleGestureId>(),
    partyId: z.uuid(),
    change: circleChange,
    because: line(200),
    memberIds: z.array(idSchema<MemberId>()).min(1, { error: 'Choisissez un dossier au moins.' }).max(mostFiles),
  }),
  /** Each file chosen, in the order of the input: changed, or why it is left as it is. */
  output: z.object({
    id: idSchema<CircleGestureId>(),
    files: z.array(z.object({ memberId: idSchema<MemberId>(), personId: idSchema<PersonId>().nullable(), why: z.enum(reasonsToLeave).nullable() })),
    /** Files that were open to the one who leaves: whoever comes sees nothing until the person is told. */
    toOpen: z.number().int(),
  }),
  access: composesMany,
  audit: {
    persons: (_input, _target: ManyFilesTarget | null, output) =>
      (output?.files ?? []).flatMap(({ personId, why }) => (why === null && personId !== null ? [personId] : [])),
  },
})

/** Whether an access that is open may go on under another role: the same line of R.1110-2, and nothing beyond what that role is proposed. */
export function accessGoesOn(
  access: { readonly basis: 'care_team' | 'consent'; readonly sharingCategory: string; readonly volets: readonly string[] },
  to: RoleFacts,
): boolean {
  if (access.basis === 'consent') return to.professionalCategory === null || access.volets.every((volet) => (to.volets as readonly string[]).includes(volet))
  return (
    basisIsLawful('care_team', to.sharingCategory) &&
    to.sharingCategory === access.sharingCategory &&
    volets.every((volet) => !access.volets.includes(volet) || to.volets.includes(volet))
  )
}
