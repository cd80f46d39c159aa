import { implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertValue } from '../../territory/server/api.ts'
import { editMember } from '../contract/actions.ts'
import { memberAtHand, ofThePerson, tell } from './composition.ts'
import { updateMember } from './member.sql.ts'

/** What she does, when she comes, how to reach her: merged with what others changed meanwhile, both versions shown on the same field. */
export const editMemberHandler = implement(editMember, {
  load: ofThePerson,
  run: async (context, { id, personId, baseVersion, changes }) => {
    const member = await memberAtHand(context, personId, id)
    if (changes.relation) await assertValue(context.tx, 'persons.relation', changes.relation, member.record.fields.relation as string | null)
    const edited = await mergeEdit(context, member.record, 'member', baseVersion, changes)
    if (Object.keys(edited.changes).length > 0) {
      await updateMember(context.tx, id, edited.changes, edited.version)
      tell(context, personId, id)
    }
    return { id, version: edited.version }
  },
})
