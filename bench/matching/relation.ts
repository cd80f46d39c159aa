import type { Known } from './truth.ts'

/** What two invented people are to each other, as far as their traits tell: for the table of who is taken for whom. */
export function relationOf(a: Known, b: Known): string {
  const years = Math.abs(Number(a.birthDate.slice(0, 4)) - Number(b.birthDate.slice(0, 4)))
  if (a.birthName === b.birthName) {
    if (a.birthDate === b.birthDate) return a.givenNames[0] === b.givenNames[0] ? 'mêmes nom, prénom et jour' : 'jumeaux'
    if (a.givenNames[0] === b.givenNames[0]) return years > 12 ? 'mêmes nom et prénom, une génération d’écart' : 'homonymes des mêmes années'
    return a.birthPlaceCode === b.birthPlaceCode && years < 8 ? 'frères et sœurs' : 'même nom, rien d’autre'
  }
  if (a.usedName === b.birthName || b.usedName === a.birthName) return 'nom de mariage commun'
  return 'hasard'
}
