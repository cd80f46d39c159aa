import { addDays } from '../../platform/contract/dates.ts'
import { conflict, notFound } from '../../platform/contract/errors.ts'
import { french, lowerFirst } from '../../platform/contract/typography.ts'
import { implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { valueSetLabels } from '../../territory/server/api.ts'
import { followReferral } from '../contract/actions.ts'
import { recordTimelineItem } from './api.ts'
import { lockReferral, updateReferral } from './family-doctor.sql.ts'
import { ofThePerson, today } from './person-at-hand.ts'

const final: readonly string[] = ['designated', 'declined', 'failed']
const reminderDays = 7

/** The referral to the CPTS until its outcome is known; as long as it is not, there is a day to remind it. */
export const followReferralHandler = implement(followReferral, {
  load: ofThePerson,
  run: async (context, input) => {
    const row = await lockReferral(context.tx, input.personId, input.id)
    if (row === undefined) throw notFound('family_doctor_referral')
    if (row.fields.ended === true) throw conflict('referral_already_ended')
    const ends = final.includes(input.state)
    const wanted = {
      state: input.state,
      outcome: input.outcome ?? row.fields.outcome,
      remindOn: ends ? null : (input.remindOn ?? addDays(today(context), reminderDays)),
    }
    const edited = await mergeEdit(context, row, 'family_doctor_referral', input.baseVersion, wanted)
    if (Object.keys(edited.changes).length === 0) return { id: input.id, version: edited.version }
    await updateReferral(context.tx, input.id, {
      state: wanted.state,
      outcome: wanted.outcome as string | null,
      remindOn: wanted.remindOn,
      outcomeAt: ends ? context.now : null,
      version: edited.version,
    })
    const label = (await valueSetLabels(context.tx, 'persons.gp_referral_state')).get(input.state) ?? ''
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'family_doctor',
      title: `${french('Saisine de la CPTS : ')}${lowerFirst(label)}`,
      summary: input.outcome,
      source: 'persons',
      sourceId: input.id,
      volet: 'administrative',
    })
    context.emit({
      type: 'persons.familyDoctor.changed',
      personId: input.personId,
      volet: 'administrative',
      payload: { personId: input.personId, referralId: input.id },
    })
    return { id: input.id, version: edited.version }
  },
})
