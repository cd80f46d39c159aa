import { addDays } from '../../platform/contract/dates.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { cptsOf, valueSetLabels } from '../../territory/server/api.ts'
import { recordFamilyDoctor } from '../contract/actions.ts'
import type { FamilyDoctorState, PersonTarget } from '../contract/person.ts'
import { recordTimelineItem, sharingState } from './api.ts'
import { closeReferrals, hasOpenReferral, insertReferral, replaceFamilyDoctor } from './family-doctor.sql.ts'
import { ofThePerson, today } from './person-at-hand.ts'

/** Days before the CPTS is reminded; a starting value, no text sets one. */
const reminderDays = 7
const named: readonly FamilyDoctorState[] = ['declared', 'de_facto', 'military']

/** « Aucun » seizes the CPTS when it exists (R24), in the same transaction; a médecin traitant found closes what was open. */
export const recordFamilyDoctorHandler = implement(recordFamilyDoctor, {
  load: ofThePerson,
  run: async (context, input, person) => {
    const day = today(context)
    const isNamed = named.includes(input.state)
    if (isNamed && input.name === null) throw invalid('input_invalid', { count: 1 }, { fields: { name: 'À remplir.' } })
    if (input.startsOn !== null && input.startsOn > day)
      throw invalid('input_invalid', { count: 1 }, { fields: { startsOn: 'Ce jour n’est pas encore venu. Votre saisie est gardée.' } })
    const written = await replaceFamilyDoctor(context.tx, {
      id: input.id,
      personId: input.personId,
      state: input.state,
      professionalId: isNamed ? input.professionalId : null,
      name: isNamed ? input.name : null,
      phone: isNamed ? input.phone : null,
      commune: isNamed ? input.commune : null,
      startsOn: input.startsOn ?? day,
      verifiedOn: day,
      holderOrg: String(context.actor.serviceId),
      at: context.now,
      by: context.actor.userId,
    })
    if (!written) throw conflict('family_doctor_changed_meanwhile')
    const label = (await valueSetLabels(context.tx, 'persons.gp_state')).get(input.state) ?? ''
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'family_doctor',
      title: isNamed ? `Médecin traitant : ${input.name}` : `Médecin traitant : ${label.toLowerCase()}`,
      summary: isNamed ? label : null,
      source: 'persons',
      sourceId: input.id,
      volet: 'administrative',
    })
    context.emit({
      type: 'persons.familyDoctor.changed',
      personId: input.personId,
      volet: 'administrative',
      payload: { personId: input.personId, state: input.state },
    })
    if (isNamed) await closeReferrals(context.tx, input.personId, context.now)
    return {
      id: input.id,
      ...(input.state === 'none' ? await seizeCpts(context, person, input.personId, input.cptsId) : { referral: 'none' as const, referralId: null }),
    }
  },
})

type Seizure = { readonly referral: 'sent' | 'already_open' | 'no_cpts' | 'commune_unknown' | 'not_informed' | 'opposed'; readonly referralId: string | null }

/** Her name leaves the DAC only once she was informed, and never against an opposition; that there is no CPTS is said in any case. */
async function seizeCpts(context: Context, person: PersonTarget, personId: PersonId, wanted: string | null): Promise<Seizure> {
  if (await hasOpenReferral(context.tx, personId)) return { referral: 'already_open', referralId: null }
  if (person.communeCode === null) return { referral: 'commune_unknown', referralId: null }
  const there = await cptsOf(context.tx, person.communeCode, today(context))
  const cpts = wanted === null ? there[0] : there.find((one) => one.id === wanted)
  if (wanted !== null && cpts === undefined) throw invalid('cpts_not_there')
  const { opposed, uncollected } = await sharingState(context.tx, personId)
  if (cpts !== undefined && (opposed || uncollected)) return { referral: opposed ? 'opposed' : 'not_informed', referralId: null }
  const id = context.newId<string>()
  await insertReferral(context.tx, {
    id,
    personId,
    cptsId: cpts?.id ?? null,
    at: context.now,
    remindOn: cpts === undefined ? null : addDays(today(context), reminderDays),
    holderOrg: String(context.actor.serviceId),
    by: context.actor.userId,
  })
  await recordTimelineItem(context, {
    personId,
    kind: 'family_doctor',
    title: french(cpts === undefined ? 'Sans médecin traitant : aucune CPTS sur sa commune' : `Sans médecin traitant : ${cpts.name} saisie`),
    source: 'persons',
    sourceId: id,
    volet: 'administrative',
  })
  if (cpts === undefined) return { referral: 'no_cpts', referralId: id }
  context.emit({
    type: 'persons.familyDoctorReferral.sent',
    personId,
    volet: 'administrative',
    audience: [cpts.id],
    payload: { referralId: id, cptsId: cpts.id },
  })
  return { referral: 'sent', referralId: id }
}
