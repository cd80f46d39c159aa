/** « née », « né » of a person; both where her sex is not known or not said. */
export function bornWord(sex: 'F' | 'M' | 'I' | null): string {
  return sex === 'F' ? 'née' : sex === 'M' ? 'né' : 'née ou né'
}
