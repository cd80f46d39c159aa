import { professionalCategories, volets } from '../../platform/contract/actor.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { categoryVoletDecisions, decideCategoryVolet } from '../../territory/server/api.ts'
import { decidesForTheRegion } from '../contract/access.ts'
import { changeCategoryVolet } from '../contract/access-actions.ts'
import { categoryVolets } from '../contract/access-queries.ts'
import '../contract/errors.ts'

export const categoryVoletsHandler = implement(categoryVolets, {
  load: noTarget,
  run: async ({ tx, actor }) => {
    const history = await categoryVoletDecisions(tx)
    const rows = professionalCategories.flatMap((category) =>
      volets.flatMap((volet) => {
        const own = history.filter((one) => one.category === category && one.volet === volet)
        const last = own.reduce<(typeof own)[number] | null>((latest, one) => (latest === null || one.version > latest.version ? one : latest), null)
        return last === null ? [] : [{ category, volet, allowed: last.allowed, legalReference: last.legalReference, version: last.version }]
      }),
    )
    return { rows, history: [...history], canChange: decidesForTheRegion(actor, null, null).allowed }
  },
})

/** Acts at the next request of whoever is of that category: her volets are read when the actor is made. */
export const changeCategoryVoletHandler = implement(changeCategoryVolet, {
  load: noTarget,
  run: async (context, input) => {
    if (input.volet === 'administrative' ? !input.allowed : input.category === 'administrative' && input.allowed) throw invalid('category_volet_beyond_law')
    const version = await decideCategoryVolet(context, input)
    if (version === null) throw conflict('stale_version')
    context.note({ category: input.category, volet: input.volet, allowed: input.allowed })
    return { version }
  },
})
