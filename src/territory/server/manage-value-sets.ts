import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { addValue, editValue } from '../contract/actions.ts'
import { valueSetDetail } from '../contract/queries.ts'
import { insertRegionalValue, lockValue, readValueSetDetail, updateValue, valueSetExists } from './value-sets.sql.ts'

export const valueSetAdministration: readonly Implementation[] = [
  implement(addValue, {
    load: async ({ tx }, { setCode }) => {
      if (!(await valueSetExists(tx, setCode))) throw notFound('value set')
      return null
    },
    run: async ({ tx, now, timeZone, emit }, { setCode, code, ...value }) => {
      if (value.parent !== null && (await lockValue(tx, setCode, value.parent)) === null) throw invalid('value_unknown', { set: setCode })
      if (!(await insertRegionalValue(tx, setCode, code, value, dayOf(now, timeZone)))) throw conflict('value_exists')
      emit({ type: 'territory.valueSet.changed', payload: { setCode } })
      return { setCode, code }
    },
  }),
  implement(editValue, {
    load: async ({ tx }, { setCode, code }) => {
      if ((await lockValue(tx, setCode, code)) === null) throw notFound('value')
      return null
    },
    run: async ({ tx, note, emit }, { setCode, code, changes }) => {
      const held = await lockValue(tx, setCode, code)
      if (held === null) throw notFound('value')
      const words =
        held.origin === 'regional'
          ? { label: changes.label ?? held.label, definition: changes.definition === undefined ? held.definition : changes.definition }
          : { label: held.label, definition: held.definition }
      await updateValue(tx, setCode, code, {
        ...words,
        hidden: changes.hidden ?? held.hidden,
        nationalMapping: changes.nationalMapping === undefined ? held.nationalMapping : changes.nationalMapping,
      })
      note({ fields: Object.keys(changes) })
      emit({ type: 'territory.valueSet.changed', payload: { setCode } })
      return { setCode, code }
    },
  }),
  implement(valueSetDetail, {
    load: noTarget,
    run: async ({ tx }, { code }) => {
      const set = await readValueSetDetail(tx, code)
      if (set === null) throw notFound('value set')
      return set
    },
  }),
]
