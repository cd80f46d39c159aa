import { implement, noTarget } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import { removeFunding, removePost, saveFunding, savePost } from '../contract/actions.ts'
import '../contract/errors.ts'
import { staffAndFunding } from '../contract/queries.ts'
import { fundingOf, ownerOf, postsOf, removeEntry, writeFunding, writePost } from './entries.sql.ts'

/** Staff and funding, entered simply: the two indicators that the work cannot tell. */
export const staffAndFundingHandlers = [
  implement(savePost, {
    load: async ({ tx }, input) => ({ serviceId: await ownerOf(tx, 'steering.post', input.id, input.serviceId) }),
    run: async ({ tx, actor }, input) => {
      await assertValue(tx, 'steering.job_kind', input.job)
      await assertValue(tx, 'steering.employment_kind', input.employment)
      return { id: input.id, version: await writePost(tx, input, input.serviceId, input.baseVersion, actor.userId) }
    },
  }),
  implement(removePost, {
    load: async ({ tx }, input) => ({ serviceId: await ownerOf(tx, 'steering.post', input.id, input.serviceId) }),
    run: async ({ tx, now }, input) => ({ id: input.id, version: await removeEntry(tx, 'steering.post', input.id, now) }),
  }),
  implement(saveFunding, {
    load: async ({ tx }, input) => ({ serviceId: await ownerOf(tx, 'steering.funding', input.id, input.serviceId) }),
    run: async ({ tx, actor }, input) => {
      await assertValue(tx, 'steering.funder', input.funder)
      return { id: input.id, version: await writeFunding(tx, input, input.serviceId, input.baseVersion, actor.userId) }
    },
  }),
  implement(removeFunding, {
    load: async ({ tx }, input) => ({ serviceId: await ownerOf(tx, 'steering.funding', input.id, input.serviceId) }),
    run: async ({ tx, now }, input) => ({ id: input.id, version: await removeEntry(tx, 'steering.funding', input.id, now) }),
  }),
  implement(staffAndFunding, {
    load: noTarget,
    run: async ({ tx }, { serviceId }) => ({ posts: [...(await postsOf(tx, serviceId))], funding: [...(await fundingOf(tx, serviceId))] }),
  }),
]
