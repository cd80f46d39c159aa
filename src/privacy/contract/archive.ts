import { z } from 'zod'
import { personNameSchema } from '../../persons/contract/person.ts'
import { allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { paragraph } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import type { ArchiveTarget, LegalHoldId } from './treatment.ts'

/** What a gesture on one archived file looks at: is the actor one of its named readers, and whose file is it. */
export interface ArchivedTarget extends ArchiveTarget {
  readonly personId: PersonId
}

const readsArchive = (_actor: Actor, target: ArchiveTarget) => allowedIf(target.reader, french('Réservé aux lecteurs de l’archive, désignés par la direction.'))
const reference = z.object({ id: z.string() })

/** Archived files that a procedure keeps: out of sight as the others, destroyed by no duration until somebody lifts it. */
export const archivedHolds = defineQuery({
  name: 'privacy.archivedHolds',
  title: 'Dossiers archivés conservés pour une procédure',
  input: z.object({}),
  output: z.object({
    rows: z.array(z.object({ id: z.string(), person: personNameSchema, reason: z.string(), since: z.string(), setByName: z.string(), archivedOn: z.string() })),
  }),
  access: readsArchive,
  audit: { persons: (_input, _target, output) => output?.rows.map((row) => row.person.personId) ?? [], purpose: 'rights' },
})

/** As « Lever la conservation », where the file is in nobody’s sight any more. */
export const liftArchivedHold = defineAction({
  name: 'privacy.archivedHold.lift',
  title: 'Lever la conservation d’un dossier archivé',
  input: z.object({ holdId: idSchema<LegalHoldId>(), reason: paragraph(1000) }),
  output: reference,
  access: readsArchive,
  audit: { persons: (_input, target: ArchivedTarget) => [target.personId], purpose: 'rights' },
})

/**
 * The person comes back: her file leaves the archive, and her DAC finds it again as that of somebody who asks (administrative volet). Taking charge of her
 * again opens the rest, like any accompaniment.
 */
export const bringBack = defineAction({
  name: 'privacy.archive.bringBack',
  title: 'Ramener un dossier de l’archive',
  input: z.object({ id: idSchema<Branded<'BroughtBackId'>>(), personId: idSchema<PersonId>(), reason: paragraph(1000) }),
  output: reference,
  access: readsArchive,
  audit: { persons: (_input, target: ArchivedTarget) => [target.personId], purpose: 'rights' },
})
