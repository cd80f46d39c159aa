import { invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertBirthPlace, assertCommune, assertValue } from '../../territory/server/api.ts'
import { editPerson, type PersonChanges } from '../contract/actions.ts'
import { birthDateFault } from '../contract/traits.ts'
import { loadPerson, recordTimelineItem } from './api.ts'
import { consequencesOf } from './identity-facts.ts'
import type { PersonFields } from './person.sql.ts'
import { dayOfBirth, personAtHand, today, writePerson } from './person-at-hand.ts'

const traits: readonly string[] = [
  'birthName',
  'usedName',
  'birthGivenNames',
  'usedGivenName',
  'birthDate',
  'birthDateApproximate',
  'sex',
  'birthPlaceCode',
  'birthPlaceName',
]

/** Said on the field that was touched. */
const placeField = (wanted: PersonChanges): string => (wanted.birthPlaceCode === undefined ? 'changes.birthDate' : 'changes.birthPlaceCode')

export const editPersonHandler = implement(editPerson, {
  load: (context, input) => loadPerson(context, input.id),
  run: async (context, input) => {
    const before = await personAtHand(context, input.id)
    const wanted = Object.fromEntries(Object.entries(input.changes).filter(([, value]) => value !== undefined)) as PersonChanges
    if (wanted.communeCode) await assertCommune(context.tx, wanted.communeCode)
    if (wanted.language) await assertValue(context.tx, 'persons.language', wanted.language, before.fields.language)
    const fault = wanted.birthDate ? birthDateFault(wanted.birthDate, today(context)) : null
    if (fault !== null) throw invalid('input_invalid', { count: 1 }, { fields: { 'changes.birthDate': fault } })
    const named = { ...before.fields, ...wanted }
    // Judged again when the day changes: the code must have held on that day. What INSi gave is not judged, it is the authority.
    const code = named.birthPlaceCode ?? null
    const judged = code !== null && (wanted.birthPlaceCode != null || wanted.birthDate != null)
    const place = judged ? await assertBirthPlace(context.tx, code, dayOfBirth(named as PersonFields), placeField(wanted)) : null
    if (place !== null && wanted.birthPlaceCode != null) wanted.birthPlaceName = place
    if (wanted.birthPlaceCode === null) wanted.birthPlaceName = null
    if (named.birthName === null && named.usedName === null) throw invalid('person_without_name')
    const edited = await writePerson(context, before, wanted as Partial<PersonFields>, input.baseVersion)
    const consequences = consequencesOf(before.fields, edited.fields)
    const after = await writePerson(context, edited, consequences)
    const identityLost = after.changed.includes('identityStatus')
    if (edited.changed.some((field) => traits.includes(field))) {
      await recordTimelineItem(context, {
        personId: input.id,
        kind: 'identity',
        title: 'Identité corrigée',
        summary: identityLost ? 'Un trait strict a changé : la vérification et l’INS sont à refaire.' : null,
        source: 'persons',
        sourceId: input.id,
        volet: 'administrative',
      })
    }
    if (edited.changed.length > 0)
      context.emit({ type: 'persons.identity.changed', personId: input.id, volet: 'administrative', payload: { personId: input.id, version: after.version } })
    return { id: input.id, version: after.version, identityLost }
  },
})
