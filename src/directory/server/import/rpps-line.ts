import { searchKey } from '../../../territory/contract/search-key.ts'
import { parseRpps } from '../../contract/numbers.ts'
import { plainPhone } from '../../contract/phones.ts'
import type { CommuneFinder } from './commune-finder.ts'
import type { RppsColumn, RppsLayout } from './rpps-columns.ts'

/** A line of the extract as it is kept: one situation d’exercice with one skill. Null is an empty field. */
export interface RppsRow {
  readonly rpps: string
  readonly familyName: string
  readonly givenName: string
  readonly nameKey: string
  readonly civility: string | null
  readonly title: string | null
  readonly profession: string | null
  readonly status: string | null
  readonly skillType: string | null
  readonly skill: string | null
  readonly mode: string | null
  readonly role: string | null
  readonly genre: string | null
  readonly sector: string | null
  readonly structureKey: string | null
  readonly finess: string | null
  readonly finessLegal: string | null
  readonly siret: string | null
  readonly siteName: string | null
  readonly address: string | null
  readonly postalCode: string | null
  readonly communeCode: string | null
  readonly city: string | null
  readonly phone: string | null
  readonly otherPhone: string | null
  readonly email: string | null
}

export type RppsReading = { readonly row: RppsRow } | { readonly rejected: string }

const labels = [
  ['profession', 'profession', 'professionLabel'],
  ['skill', 'skill', 'skillLabel'],
  ['sector', 'sector', 'sectorLabel'],
  ['role', 'role', 'roleLabel'],
  ['genre', 'genre', 'genreLabel'],
] as const

/** The labels that the file gives to its codes, by « system code ». */
export type Nomenclature = Map<string, { readonly system: string; readonly code: string; readonly label: string }>

/** Makes the reader of the lines of one file; it fills `nomenclature` as it goes. */
export function rppsReader({ at, width }: RppsLayout, findCommune: CommuneFinder, nomenclature: Nomenclature): (line: string) => RppsReading {
  return (line) => {
    const fields = line.split('|')
    if (fields.length !== width && fields.length !== width - 1) return { rejected: `${fields.length - 1} colonnes au lieu de ${width - 1}` }
    const text = (column: RppsColumn): string => {
      const place = at[column]
      return place === -1 ? '' : (fields[place] ?? '').trim()
    }
    const value = (column: RppsColumn): string | null => text(column) || null
    const rpps = text('rpps')
    if (text('registry') !== '8') return { rejected: 'Identifiant d’un autre registre que le RPPS' }
    if (!/^\d{11}$/.test(rpps)) return { rejected: 'Numéro RPPS qui n’a pas onze chiffres' }
    if (!parseRpps(rpps).ok) return { rejected: 'Numéro RPPS dont la clé de contrôle est fausse' }
    const familyName = text('familyName')
    if (familyName === '') return { rejected: 'Nom d’exercice absent' }
    const givenName = text('givenName')
    for (const [system, codeColumn, labelColumn] of labels) {
      const code = text(codeColumn)
      const label = text(labelColumn)
      if (code !== '' && label !== '' && !nomenclature.has(`${system} ${code}`)) nomenclature.set(`${system} ${code}`, { system, code, label })
    }
    const cedex = /^(\d{5})\s+(.*)$/.exec(text('cedex'))
    const postalCode = text('postalCode') || cedex?.[1] || ''
    const city = text('communeLabel') || cedex?.[2] || ''
    const street = [text('streetNumber') + text('streetSuffix'), text('streetType'), text('street')].filter(Boolean).join(' ')
    return {
      row: {
        rpps,
        familyName,
        givenName,
        nameKey: searchKey(`${familyName} ${givenName}`),
        civility: value('civility'),
        title: value('title'),
        profession: value('profession'),
        status: value('status'),
        skillType: value('skillType'),
        skill: value('skill'),
        mode: value('mode'),
        role: value('role'),
        genre: value('genre'),
        sector: value('sector'),
        structureKey: value('structureKey'),
        finess: value('finess'),
        finessLegal: value('finessLegal'),
        siret: value('siret'),
        siteName: value('siteName') ?? value('sign'),
        address: [text('recipient'), text('geography'), street, text('distribution')].filter(Boolean).join(', ') || null,
        postalCode: postalCode || null,
        communeCode:
          postalCode === '' && city === '' && text('communeCode') === '' ? null : findCommune({ code: text('communeCode'), postalCode, label: city }),
        city: city || null,
        phone: plainPhone(text('phone')),
        otherPhone: plainPhone(text('otherPhone')),
        email: value('email'),
      },
    }
  }
}
