import { invalid } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { collectNonOppositions } from '../contract/actions.ts'
import { nonOppositionTexts } from '../contract/rights.ts'
import { applyOpposition, recordTimelineItem } from './api.ts'
import { ofThePerson, today } from './person-at-hand.ts'
import { insertAnswer, insertInformation } from './sharing.sql.ts'

/**
 * The answers to one, two or three of the questions, in one gesture. What was handed over with them is traced as information given. An opposition
 * to the first or the second closes the circle in this same transaction; taking it back reopens it.
 */
export const collectNonOppositionsHandler = implement(collectNonOppositions, {
  load: ofThePerson,
  run: async (context, input) => {
    const { tx, actor, now } = context
    if (input.collectedOn > today(context))
      throw invalid('input_invalid', { count: 1 }, { fields: { collectedOn: 'Ce jour n’est pas encore venu. Votre saisie est gardée.' } })
    await assertValue(tx, 'persons.information_mode', input.mode)
    await assertValue(tx, 'persons.right_exercised_by', input.givenBy)
    if (input.documentVersion !== null) await assertValue(tx, 'persons.information_document', input.documentVersion)
    const common = { personId: input.personId, mode: input.mode, documentVersion: input.documentVersion, holderOrg: String(actor.serviceId), at: now }
    for (const answer of input.answers) {
      await insertAnswer(tx, {
        ...common,
        id: context.newId<string>(),
        ...answer,
        collectedOn: input.collectedOn,
        by: actor.userId,
        byName: actor.displayName,
        givenBy: input.givenBy,
        comment: input.comment,
      })
    }
    await insertInformation(tx, { ...common, id: input.id, givenOn: input.collectedOn, givenTo: input.givenBy, by: actor.userId, byName: actor.displayName })
    const opposed = input.answers.filter((answer) => answer.state === 'opposition')
    const suspended = await applyOpposition(context, input.personId, opposed.length > 0 ? 'opposition' : 'opposition_lifted')
    const mode = (await valueSetLabels(tx, 'persons.information_mode')).get(input.mode) ?? ''
    const names = (numbers: readonly { readonly number: 1 | 2 | 3 }[]): string =>
      numbers.map(({ number }) => nonOppositionTexts[number].title.toLowerCase()).join(', ')
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'information',
      title: opposed.length > 0 ? french(`Opposition : ${names(opposed)}`) : 'Personne informée, ne s’oppose pas',
      summary: opposed.length > 0 ? mode : french(`${mode} : ${names(input.answers)}`),
      source: 'persons',
      sourceId: input.id,
      volet: 'administrative',
    })
    if (opposed.length > 0) {
      context.emit({
        type: 'persons.person.opposed',
        personId: input.personId,
        volet: 'administrative',
        payload: { personId: input.personId, numbers: opposed.map(({ number }) => number).join(',') },
      })
    }
    return { suspended }
  },
})
