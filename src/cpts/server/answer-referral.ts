import { addDays, dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { newId } from '../../platform/contract/ids.ts'
import { french, lowerFirst } from '../../platform/contract/typography.ts'
import { implement } from '../../platform/server/implement.ts'
import { valueSetLabels } from '../../territory/server/api.ts'
import { answerReferral } from '../contract/referrals.ts'
import { findReferral, writeAnswer } from './referral.sql.ts'

/** Days before the DAC looks at it again; what calls for its gesture comes up the same day. Starting values, no text sets one. */
const waitingDays = 7
const naming: readonly string[] = ['proposed', 'designated']
const explained: readonly string[] = ['declined', 'failed']

/** What the CPTS answers comes up in « Ma journée » of the DAC and in the Fil; the DAC, not the CPTS, says who the médecin traitant is. */
export const answerReferralHandler = implement(answerReferral, {
  load: async ({ tx }, { id }) => {
    const target = await findReferral(tx, id)
    if (target === undefined) throw notFound('family_doctor_referral')
    return target
  },
  run: async (context, input, target) => {
    if (target.ended) throw conflict('cpts.referral_ended')
    const named = naming.includes(input.state)
    if (named && input.doctorName === null) throw invalid('cpts.doctor_missing', {}, { fields: { doctorName: 'À remplir.' } })
    if (explained.includes(input.state) && input.outcome === null) throw invalid('cpts.reason_missing', {}, { fields: { outcome: 'À remplir.' } })
    const today = dayOf(context.now, context.timeZone)
    const label = (await valueSetLabels(context.tx, 'persons.gp_referral_state')).get(input.state) ?? ''
    const version = await writeAnswer(
      context.tx,
      input.id,
      input.baseVersion,
      {
        state: input.state,
        outcome: input.outcome,
        remindOn: input.state === 'received' ? addDays(today, waitingDays) : today,
        doctorPartyId: named ? input.doctorId : null,
        doctorName: named ? input.doctorName : null,
        doctorPhone: named ? input.doctorPhone : null,
        doctorCommune: named ? input.doctorCommune : null,
      },
      {
        id: newId(),
        title: `${french('Saisine de la CPTS : ')}${lowerFirst(label)}${named ? ` (${input.doctorName})` : ''}`,
        byName: context.actor.displayName,
      },
    )
    if (version === null) throw conflict('cpts.changed_meanwhile')
    context.emit({
      type: 'persons.familyDoctor.changed',
      personId: target.personId,
      volet: 'administrative',
      payload: { personId: target.personId, referralId: input.id },
    })
    return { id: input.id, version }
  },
})
