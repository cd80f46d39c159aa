import { z } from 'zod'
import { defineAction, signedIn } from '../../platform/contract/action.ts'
import { optional, paragraph } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { decidesForTheRegion } from './access.ts'

/** How long lines are kept: 6 to 36 months, with the reason in writing (CNIL, délibération 2021-122). Every decision stays. */
export const decideRetention = defineAction({
  name: 'auditTrail.retention.decide',
  title: 'Fixer la durée de conservation des traces',
  reauthentication: 15,
  input: z.object({
    id: idSchema<Branded<'RetentionId'>>(),
    months: z.number({ error: 'À remplir.' }).int().min(6, { error: 'Six mois au moins.' }).max(36, { error: 'Trente-six mois au plus.' }),
    justification: paragraph(2000).refine((text) => text.length >= 40, { error: 'Dites pourquoi, en une phrase entière : la CNIL la demandera.' }),
  }),
  output: z.object({ id: z.string() }),
  access: decidesForTheRegion,
  audit: { none: 'a setting of the region' },
})

/** Says that a page was printed: the browser tells, since paper leaves without the server. */
export const notePrint = defineAction({
  name: 'auditTrail.print.note',
  title: 'Impression d’une page',
  input: z.object({ page: z.string().max(120), personId: optional(idSchema<PersonId>()) }),
  output: z.object({}),
  access: signedIn('she says what she printed; a file that she does not see is refused like any other'),
  audit: { persons: (_input, target: { readonly personId: PersonId | null }) => (target.personId === null ? [] : [target.personId]), manner: 'print' },
})
