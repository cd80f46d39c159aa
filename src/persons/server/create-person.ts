import { conflict, invalid } from '../../platform/contract/errors.ts'
import { newId } from '../../platform/contract/ids.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { assertBirthPlace, assertCommune } from '../../territory/server/api.ts'
import { createPersonAction } from '../contract/actions.ts'
import { parsePhone } from '../contract/phones.ts'
import { birthDateFault } from '../contract/traits.ts'
import { createPerson, recordTimelineItem } from './api.ts'
import { findCandidates } from './candidates.ts'
import { insertContact } from './contact.sql.ts'
import { dayOfBirth, personAtHand, today, writePerson } from './person-at-hand.ts'

/** A provisional person, for the service of whoever creates her. Refused once when somebody has the same traits: the look-alikes must have been seen. */
export const createPersonHandler = implement(createPersonAction, {
  load: noTarget,
  run: async (context, input) => {
    const fault = input.birthDate === null ? null : birthDateFault(input.birthDate, today(context))
    if (fault !== null) throw invalid('input_invalid', { count: 1 }, { fields: { birthDate: fault } })
    if (input.communeCode !== null) await assertCommune(context.tx, input.communeCode)
    const birthPlaceName = input.birthPlaceCode === null ? null : await assertBirthPlace(context.tx, input.birthPlaceCode, dayOfBirth(input), 'birthPlaceCode')
    if (!input.lookAlikesSeen) {
      const alike = await findCandidates(context.tx, {
        birthName: input.birthName,
        usedName: input.usedName,
        givenNames: input.birthGivenNames,
        birthDate: input.birthDate,
        sex: input.sex,
        birthPlaceCode: input.birthPlaceCode,
        anyWords: [],
        phone: input.phone,
        matricule: null,
        except: null,
      })
      if (alike.some((one) => one.level === 'same')) throw conflict('person_already_known', { count: alike.length })
    }
    const personId = await createPerson(
      context,
      {
        personId: input.id,
        birthName: input.birthName,
        usedName: input.usedName,
        firstNames: input.birthGivenNames,
        usedFirstName: input.usedGivenName,
        birthDay: input.birthDate,
        birthDayApproximate: input.birthDateApproximate,
        sex: input.sex,
        birthPlaceCode: input.birthPlaceCode,
        birthPlaceName,
        communeCode: input.communeCode,
        address: input.address,
      },
      { basis: 'request', reason: 'Identité créée à l’accueil', sourceId: input.id },
    )
    if (input.phone !== null) {
      const parsed = parsePhone(input.phone)
      await insertContact(context.tx, {
        id: newId(),
        personId,
        kind: parsed.ok && parsed.phone.kind === 'mobile' ? 'mobile' : 'home_phone',
        value: input.phone,
        label: null,
        preferred: true,
        holderOrg: String(context.actor.serviceId),
      })
    }
    const version =
      input.callerInstruction === null
        ? 1
        : (await writePerson(context, await personAtHand(context, personId), { callerInstruction: input.callerInstruction })).version
    await recordTimelineItem(context, { personId, kind: 'identity', title: 'Identité créée', source: 'persons', sourceId: personId, volet: 'administrative' })
    return { id: personId, version }
  },
})
