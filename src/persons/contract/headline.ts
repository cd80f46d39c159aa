import { properCase } from '../../platform/contract/proper-case.ts'
import type { PersonName } from './person.ts'

/** « PERRIN Odile, née Kempf »: how a document names her. */
export function headline(person: PersonName): string {
  const last = person.usedName ?? person.birthName
  const born = person.usedName === null || person.usedName === person.birthName ? '' : `, ${person.sex === 'M' ? 'né' : 'née'} ${properCase(person.birthName)}`
  return `${last.toLocaleUpperCase('fr-FR')} ${properCase(person.usedFirstName ?? person.firstName)}${born}`
}
