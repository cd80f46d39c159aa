import type { ProfessionalCategory } from '../../platform/contract/actor.ts'

/** The categories of R.1110-2 whose members write in a notebook, as the screen names them. */
export const tradeWords: Readonly<Record<Exclude<ProfessionalCategory, 'administrative'>, string>> = {
  health: 'Santé',
  social: 'Social',
  coordination: 'DAC',
  legal_protection: 'Protection juridique',
}

/** « Santé : infirmi, aide-soignant » : for whom a template is. */
export function forWhom(template: { readonly categories: readonly string[]; readonly professions: readonly string[] }): string {
  const trades = template.categories.map((one) => tradeWords[one as keyof typeof tradeWords] ?? one).join(', ')
  return template.professions.length === 0 ? trades : `${trades}\u00a0: ${template.professions.join(', ')}`
}
