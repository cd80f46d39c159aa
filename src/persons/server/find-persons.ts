import { implement, noTarget } from '../../platform/server/implement.ts'
import { checkMatricule } from '../contract/ins.ts'
import { parsePhone } from '../contract/phones.ts'
import { personCandidates, recentPersons, searchPersons } from '../contract/queries.ts'
import { canSearch, parsePersonQuery } from '../contract/query.ts'
import { findCandidates, searchesEverywhere, type TypedIdentity } from './candidates.ts'
import { selectPersonNames } from './person.sql.ts'
import { today } from './person-at-hand.ts'
import { recentlyOpened, searchInSight } from './search.sql.ts'

export const searchPersonsHandler = implement(searchPersons, {
  load: noTarget,
  run: async (context, { text, limit }) => {
    const query = parsePersonQuery(text, Number(today(context).slice(0, 4)))
    const told = { understood: [...query.understood], refused: [...query.refused] }
    if (!canSearch(query)) return { rows: [], more: false, ...told }
    const found = await searchInSight(context.tx, query, limit)
    context.note({ words: query.words.length, byBirth: query.birthDate !== null, byPhone: query.phone !== null, found: found.length })
    return { rows: found.slice(0, limit), more: found.length > limit, ...told }
  },
})

export const recentPersonsHandler = implement(recentPersons, {
  load: noTarget,
  run: async ({ tx }, { limit }) => {
    const opened = await recentlyOpened(tx, limit)
    const names = new Map(
      (
        await selectPersonNames(
          tx,
          opened.map((one) => one.personId),
        )
      ).map((person) => [person.personId, person]),
    )
    return {
      rows: opened.flatMap(({ personId, openedAt }) => {
        const person = names.get(personId)
        return person === undefined ? [] : [{ ...person, openedAt }]
      }),
    }
  },
})

export const personCandidatesHandler = implement(personCandidates, {
  load: noTarget,
  run: async (context, input) => {
    const query = parsePersonQuery(input.text, Number(today(context).slice(0, 4)))
    const phone = input.phone ? parsePhone(input.phone) : null
    const matricule = input.matricule ? checkMatricule(input.matricule, 'import') : null
    const typed: TypedIdentity = {
      birthName: input.birthName || null,
      usedName: input.usedName || null,
      givenNames: (input.firstNames ?? '').split(/[\s,]+/).filter(Boolean),
      birthDate: isDay(input.birthDate) ? input.birthDate : query.birthDate,
      sex: input.sex ?? null,
      birthPlaceCode: input.birthPlaceCode || null,
      anyWords: query.words,
      phone: phone?.ok ? phone.phone.value : query.phone,
      matricule: matricule?.ok ? matricule.matricule.slice(0, 13) : query.matricule,
      except: input.except ?? null,
    }
    const rows = await findCandidates(context.tx, typed)
    context.note({ found: rows.length, outside: rows.filter((row) => !row.inScope).length })
    return { rows, understood: [...query.understood], everywhere: searchesEverywhere(typed) }
  },
})

// Date.parse takes the 29th of February of any year: the day must come back as it was typed.
const isDay = (text: string | null | undefined): text is string => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(String(text))
}
