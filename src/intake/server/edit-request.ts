import { invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { searchKey } from '../../territory/contract/search-key.ts'
import { assertCommune } from '../../territory/server/api.ts'
import { editRequest } from '../contract/actions.ts'
import { assertCodes } from './coded.ts'
import { dueAtFor } from './due.ts'
import { motivesWithVolet } from './receive-request.ts'
import { replaceMotives, updateRequest, writeText } from './request.sql.ts'
import { assertNotBlocked, holdRequest, loadById, tell } from './request-at-hand.ts'

/** Fields of the edit and the columns that hold them; text and motives have tables of their own. */
const columns: Readonly<Record<string, string>> = {
  channel: 'channel',
  callerName: 'caller_name',
  callerQuality: 'caller_quality',
  callerPhone: 'caller_phone',
  requesterKind: 'requester_kind',
  requesterName: 'requester_name',
  requesterPhone: 'requester_phone',
  requesterPartyId: 'requester_party_id',
  referredByName: 'referred_by_name',
  referredByQuality: 'referred_by_quality',
  referredByPartyId: 'referred_by_party_id',
  concerns: 'concerns',
  personName: 'person_name',
  personBirthDate: 'person_birth_date',
  personInformed: 'person_informed',
  personInformedBy: 'person_informed_by',
  personInformedOn: 'person_informed_on',
  communeCode: 'commune_code',
  urgency: 'urgency',
  extra: 'extra',
  triageProposal: 'triage_proposal',
  cnoLevel: 'cno_level',
}

export const editRequestHandler = implement(editRequest, {
  load: loadById,
  run: async (context, input) => {
    const { tx } = context
    const now = await holdRequest(context, input.id)
    const wanted = input.changes
    await assertCodes(tx, [
      ['intake.channel', wanted.channel, now.channel],
      ['intake.requester_kind', wanted.requesterKind, now.requesterKind],
      ['intake.delay', wanted.urgency, now.urgency],
      ['intake.person_informed', wanted.personInformed, now.personInformed],
      ...(wanted.motives ?? []).filter((motive) => !now.motives.includes(motive)).map((motive) => ['intake.motive', motive] as const),
    ])
    if (wanted.communeCode) await assertCommune(tx, wanted.communeCode)
    const { changes, version } = await mergeEdit(
      context,
      {
        id: now.id,
        version: now.version,
        personId: now.personId,
        volet: 'administrative',
        holderOrg: now.holderOrg,
        protection: 'org_private',
        fields: Object.fromEntries(Object.keys(wanted).map((field) => [field, now[field as keyof typeof now]])),
      },
      'intake.sollicitation',
      input.baseVersion,
      wanted,
    )
    if (Object.keys(changes).length === 0) return { id: now.id, version }
    const after = { ...now, ...changes }
    if (after.concerns !== 'person' && after.personId !== null) throw invalid('person_already_linked')
    if (after.concerns === 'person' && after.personId === null && after.personName === null) throw invalid('person_name_missing')
    if (after.concerns === 'person') assertNotBlocked('name_person', after)
    const set: Record<string, unknown> = Object.fromEntries(
      Object.entries(changes)
        .filter(([field]) => field in columns)
        .map(([field, value]) => [String(columns[field]), value]),
    )
    if ('extra' in set) set.extra = JSON.stringify(set.extra)
    if (after.concerns !== 'person') Object.assign(set, { person_name: null, person_birth_date: null, person_key: null })
    else if ('personName' in changes) set.person_key = after.personName === null ? null : searchKey(after.personName)
    if ('urgency' in changes) set.due_at = await dueAtFor(context, after.urgency, new Date(now.receivedAt))
    await updateRequest(tx, now.id, set)
    if (typeof changes.text === 'string') await writeText(tx, now.id, changes.text)
    if (changes.motives !== undefined) await replaceMotives(tx, now.id, motivesWithVolet(after.motives))
    context.note({ fields: Object.keys(changes) })
    tell(context, 'intake.sollicitation.changed', now)
    return { id: now.id, version }
  },
})
