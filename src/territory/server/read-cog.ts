import type { BirthPlacePeriod } from './birth-places.sql.ts'

/** Why a file of the official geographic code was not read, in French. */
export class CogFault extends Error {}

/** The first day of the history that INSEE gives: what began then began before. */
const beginning = '1943-01-01'

/**
 * Reads one of the two histories that INSEE publishes (« v_commune_depuis_1943 », « v_pays_et_territoire_depuis_1943 »), by the names of its columns, in
 * any order. Gives its periods. Throws CogFault, saying the line, on a file of another shape: nothing is half read.
 */
export function readCog(text: string): { readonly kind: 'commune' | 'country'; readonly periods: readonly BirthPlacePeriod[] } {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const header = fieldsOf(lines[0] ?? '')
  const at = (name: string): number => header.indexOf(name)
  const kind = at('LIBELLE') >= 0 && at('COM') >= 0 ? 'commune' : at('LIBCOG') >= 0 && at('COG') >= 0 ? 'country' : null
  if (kind === null || at('DATE_DEBUT') < 0 || at('DATE_FIN') < 0) {
    throw new CogFault('Ce fichier n’est pas un historique de l’INSEE : colonnes COM et LIBELLE, ou COG et LIBCOG, avec DATE_DEBUT et DATE_FIN.')
  }
  const [code, name] = kind === 'commune' ? [at('COM'), at('LIBELLE')] : [at('COG'), at('LIBCOG')]
  const periods = lines.slice(1).flatMap((line, index): BirthPlacePeriod[] => {
    if (line === '') return []
    const fields = fieldsOf(line)
    const start = fields[at('DATE_DEBUT')] ?? ''
    const end = fields[at('DATE_FIN')] ?? ''
    const period: BirthPlacePeriod = {
      code: fields[code] ?? '',
      name: fields[name] ?? '',
      kind,
      startsOn: start === beginning ? null : start,
      endsOn: end === '' ? null : end,
    }
    const fault = fields.length !== header.length || !/^[0-9AB]{5}$/.test(period.code) || period.name === '' || !isDay(start) || !(end === '' || isDay(end))
    if (fault) throw new CogFault(`Ligne ${index + 2} illisible : rien n’est changé.`)
    return [period]
  })
  if (periods.length < 200) throw new CogFault(`Seulement ${periods.length} lignes : le fichier est tronqué, rien n’est changé.`)
  return { kind, periods }
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** The fields of a line of CSV: commas, quotes doubled inside quotes. INSEE writes no line break inside a field. */
function fieldsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'),
  )
}
