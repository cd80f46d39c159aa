import { describe, expect, it } from 'vitest'
import { formatDayOf, formatHour, formatLongDay, formatSpan, formatUpcoming, formatWhen } from './dates.ts'
import { formatBirthName, formatCivilName, formatPersonName, initials } from './names.ts'
import { formatNumber, formatShare, formatSigned, formatSize } from './numbers.ts'
import { formatPhone, plainPhone, spacePhone } from './phones.ts'
import { plural, typo } from './typography.ts'

const odile = { birthName: 'KEMPF', usedName: 'PERRIN', firstName: 'ODILE', sex: 'F' } as const

describe('Typography of our own labels', () => {
  it('puts the narrow space before ; ! ? and the wide one before : and inside « »', () => {
    expect(typo('Urgence : passer au 15 ? « Oui » !')).toBe('Urgence\u00a0: passer au 15\u202f? «\u00a0Oui\u00a0»\u202f!')
  })
  it('curls apostrophes and binds numbers to units and titles to names', () => {
    expect(typo("L'avis du Dr Fritsch, 24 km, 1 043 demandes à 9 h 42")).toBe('L’avis du Dr\u00a0Fritsch, 24\u00a0km, 1\u202f043 demandes à 9\u00a0h\u00a042')
  })
  it('leaves telephone numbers and addresses of sites alone', () => {
    expect(typo('03 53 01 27 64 https://exemple.fr')).toBe('03 53 01 27 64 https://exemple.fr')
  })
  it('counts in French: plural from two', () => {
    expect([plural(0, 'demande'), plural(1, 'demande'), plural(2, 'demande')]).toEqual(['0\u00a0demande', '1\u00a0demande', '2\u00a0demandes'])
  })
})

describe('Days in a row', () => {
  it('name the month once where it is one', () => {
    expect([
      formatSpan('2026-12-01', '2026-12-07'),
      formatLongDay('2026-12-01', new Date('2026-11-23T10:00:00Z')),
      formatLongDay('2026-12-11', new Date('2026-11-23T10:00:00Z')),
    ]).toEqual(['1er – 7 décembre 2026', 'mardi 1er décembre', 'vendredi 11 décembre'])
    expect([formatSpan('2026-11-16', '2026-11-22'), formatSpan('2026-11-30', '2026-12-06')]).toEqual(['16 – 22 novembre 2026', '30 novembre – 6 décembre 2026'])
  })
})

describe('Names', () => {
  it('writes PERRIN Odile née Kempf in a header and Mme Perrin in a sentence', () => {
    expect([formatPersonName(odile), formatBirthName(odile), formatCivilName(odile)]).toEqual(['PERRIN Odile', 'née\u00a0Kempf', 'Mme\u00a0Perrin'])
  })
  it('says no birth name when it is the one in use', () => {
    expect(formatBirthName({ ...odile, usedName: 'Kempf' })).toBeNull()
  })
  it('keeps compound names', () => {
    expect(formatCivilName({ birthName: "D'ALMEIDA-ROUX", firstName: 'LÉO', sex: 'M' })).toBe("M.\u00a0D'Almeida-Roux")
  })
  it('takes the initials without the title', () => expect(initials('Dr Anne-Laure Fritsch')).toBe('AF'))
})

describe('Numbers and telephones', () => {
  it('separates thousands and uses the true minus', () => {
    expect([formatNumber(1043), formatNumber(-1.8, 1), formatSigned(8.9), formatSigned(-0.04)]).toEqual(['1\u202f043', '\u2212\u00a01,8', '+\u00a08,9', '0,0'])
  })
  it('writes shares and sizes', () => expect([formatShare(0.339), formatSize(1_258_291)]).toEqual(['33,9\u00a0%', '1,2\u00a0Mo']))
  it('pairs the digits of a French number however it was typed', () => {
    for (const typed of ['0353012764', '+33353012764', '+33 (0)3 53 01 27 64', '03.53.01.27.64'])
      expect(formatPhone(typed)).toBe('03\u00a053\u00a001\u00a027\u00a064')
  })
  it('leaves short and foreign numbers readable', () =>
    expect([formatPhone('15'), formatPhone('3977'), formatPhone('+352 621 000 000')]).toEqual(['15', '39\u00a077', '+352 621 000 000']))
  it('stores digits, and spaces them while one types', () => expect([plainPhone('+33 3 53 01 27 64'), spacePhone('06399')]).toEqual(['0353012764', '06 39 9']))
})

describe('Days and hours', () => {
  it('says today, yesterday, the day of the week, then the date', () => {
    const now = new Date('2026-10-15T08:00:00Z')
    expect(['2026-10-15T05:50:00Z', '2026-10-14T16:12:00Z', '2026-10-12T05:45:00Z', '2026-10-02T05:45:00Z'].map((at) => formatWhen(at, now))).toEqual([
      'aujourd’hui 7\u00a0h\u00a050',
      'hier 18\u00a0h\u00a012',
      'lun. 7\u00a0h\u00a045',
      '02/10/2026',
    ])
    expect(['2026-10-15T12:30:00Z', '2026-10-17T08:00:00Z', '2026-11-03T08:00:00Z'].map((at) => formatUpcoming(at, now))).toEqual([
      'auj. 14\u00a0h\u00a030',
      'sam. 10\u00a0h\u00a000',
      'mar. 03/11',
    ])
    expect(formatHour('2026-10-14T22:05:00Z')).toBe('0\u00a0h\u00a005')
    // An all-day appointment begins at midnight here: the day before in universal time.
    expect(formatDayOf('2026-10-14T22:00:00Z')).toBe('15/10/2026')
  })
})
