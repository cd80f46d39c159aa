/** A name with a capital at each word. References write names in capitals, hurried hands without any; one already in mixed case is left as it is. */
export function properCase(name: string): string {
  if (name !== name.toLocaleUpperCase('fr-FR') && name !== name.toLocaleLowerCase('fr-FR')) return name
  return name
    .toLocaleLowerCase('fr-FR')
    .replace(/(^|[\s\-'’])(\p{L})/gu, (_match, before: string, letter: string) => before + letter.toLocaleUpperCase('fr-FR'))
}
