import { expect, test } from 'vitest'
import { answersForHer, type Ground, lawfulTable, openings, type Reader, type Row, sees, twoYearsAfter, type Volet, type Wishes } from './rule.ts'

const day = 86_400_000
const now = Date.parse('2026-10-15T08:00:00Z')
const always = [{ from: 0, until: null }]
const referent: Reader = {
  user: 'julie',
  card: null,
  service: 'dacA',
  inDac: true,
  category: 'coordination',
  missions: ['referent'],
  posts: always,
}
const doctor: Reader = {
  user: 'anne',
  card: 'card-anne',
  service: 'practice',
  inDac: false,
  category: 'health',
  missions: ['outside_professional'],
  posts: always,
}
const socialWorker: Reader = { ...doctor, user: 'karim', card: 'card-karim', category: 'social' }

const asked: Wishes = {
  answers: [
    { number: 1, state: 'non_opposition', at: now - 100 * day },
    { number: 2, state: 'non_opposition', at: now - 100 * day },
  ],
  refusals: [],
  withheld: [],
  limited: [],
}
const inCharge: Ground = { basis: 'dac_in_charge', service: 'dacA', from: now - 100 * day, closedAt: null }
const team = (card: string, change: Partial<Extract<Ground, { basis: 'care_team' }>> = {}): Ground => ({
  basis: 'care_team',
  card,
  named: 'professional',
  inR1110_2: true,
  informedAt: now - 50 * day,
  entrusted: null,
  from: now - 50 * day,
  until: null,
  ...change,
})
const shared = (volet: Volet): Row => ({ volet, protection: 'shared', holder: 'dacA' })
const look = (reader: Reader, grounds: readonly Ground[], wishes: Wishes = asked, at = now): string =>
  (['administrative', 'social', 'health'] as const).filter((volet) => sees(reader, grounds, wishes, lawfulTable, shared(volet), at)).join(' ')

test('without a ground nobody sees anything, whatever her trade', () => {
  expect(look(referent, [])).toBe('')
  expect(look(doctor, [inCharge, team('card-other')])).toBe('')
  expect(look({ ...referent, service: 'dacB' }, [inCharge])).toBe('')
})

test('the DAC in charge sees all volets, its front desk the administrative one, its director nothing', () => {
  expect(look(referent, [inCharge])).toBe('administrative social health')
  expect(look({ ...referent, missions: ['front_desk'] }, [inCharge])).toBe('administrative')
  expect(look({ ...referent, missions: ['front_desk', 'referent'] }, [inCharge])).toBe('administrative social health')
  expect(look({ ...referent, missions: ['director'] }, [inCharge])).toBe('')
})

test('a DAC sees its records two years after the end, to the instant', () => {
  const closedAt = now - 400 * day
  const closed: Ground = { ...inCharge, from: now - 900 * day, closedAt }
  expect(look(referent, [closed], asked, twoYearsAfter(closedAt) - 1)).toBe('administrative social health')
  expect(look(referent, [closed], asked, twoYearsAfter(closedAt))).toBe('')
  expect(new Date(twoYearsAfter(Date.parse('2024-02-29T10:00:00Z'))).toISOString()).toBe('2026-03-01T10:00:00.000Z')
})

test('a request opens the identity only', () => {
  expect(look(referent, [{ basis: 'request', service: 'dacA', from: now - day, closedAt: null }])).toBe('administrative')
})

test('in the équipe de soins each sees what her category may', () => {
  expect(look(doctor, [team('card-anne')])).toBe('administrative social health')
  expect(look(socialWorker, [team('card-karim')])).toBe('administrative social')
  expect(look({ ...doctor, category: 'administrative' }, [team('card-anne')])).toBe('administrative')
})

test('being named opens nothing: neither relatives nor structures, neither trades outside R.1110-2 nor a person who was not told', () => {
  for (const named of ['structure', 'relative', 'contact'] as const) expect(look(doctor, [team('card-anne', { named })])).toBe('')
  expect(look(doctor, [team('card-anne', { inR1110_2: false })])).toBe('')
  expect(look(doctor, [team('card-anne', { informedAt: null })])).toBe('')
  expect(look(doctor, [team('card-anne')], { ...asked, answers: [] })).toBe('')
})

test('outside the team it takes consent, from its date', () => {
  const consent: Ground = {
    basis: 'consent',
    card: 'card-anne',
    named: 'professional',
    consentAt: now - day,
    entrusted: ['administrative', 'health'],
    from: now - day,
    until: null,
  }
  expect(look(doctor, [consent])).toBe('administrative health')
  expect(look(doctor, [consent], asked, now - 2 * day)).toBe('')
  expect(look(doctor, [{ ...consent, consentAt: null }])).toBe('')
})

test('an opposition closes the circle and the exceptional access, not the DAC’s own records; lifted, it opens them again', () => {
  const glass: Ground = { basis: 'break_glass', user: 'anne', reason: 'Urgence vitale au domicile', from: now - 3_600_000, until: now + 3_600_000 }
  for (const number of [1, 2] as const) {
    const opposed: Wishes = { ...asked, answers: [...asked.answers, { number, state: 'opposition', at: now - 10 }] }
    expect(look(doctor, [team('card-anne'), glass], opposed)).toBe('')
    expect(look(doctor, [team('card-anne'), glass], opposed, now - 11)).toBe('administrative social health')
    expect(look(referent, [inCharge], opposed)).toBe('administrative social health')
    expect(look(doctor, [team('card-anne')], { ...opposed, answers: [...opposed.answers, { number, state: 'non_opposition', at: now }] })).not.toBe('')
  }
  expect(look(doctor, [team('card-anne')], { ...asked, answers: [...asked.answers, { number: 3, state: 'opposition', at: now - 10 }] })).not.toBe('')
})

test('a refusal closes the file to one professional, by her card or her account, and to nobody else', () => {
  const refused = (party: string): Wishes => ({ ...asked, refusals: [{ party, from: now - day, until: now + day }] })
  expect(look(doctor, [team('card-anne')], refused('card-anne'))).toBe('')
  expect(look(doctor, [team('card-anne')], refused('anne'))).toBe('')
  expect(look(doctor, [team('card-anne')], refused('card-karim'))).toBe('administrative social health')
  expect(look(doctor, [team('card-anne')], refused('card-anne'), now + day)).toBe('administrative social health')
})

test('the person keeps a volet from a category or from one party', () => {
  const kept = (keptFrom: Wishes['withheld'][number]['keptFrom'], volet: Volet = 'health'): Wishes => ({
    ...asked,
    withheld: [{ volet, keptFrom, from: 0, until: null }],
  })
  expect(look(socialWorker, [team('card-karim')], kept('social', 'social'))).toBe('administrative')
  expect(look(doctor, [team('card-anne')], kept('social', 'social'))).toBe('administrative social health')
  expect(look(doctor, [team('card-anne')], kept({ party: 'card-anne' }))).toBe('administrative social')
  expect(look(referent, [inCharge], kept('coordination'))).toBe('administrative social')
  expect(look({ ...referent, category: 'health' }, [inCharge], kept('health'))).toBe('administrative social health')
})

test('an exceptional access lasts a day at most, needs its reason and a trade that cares, and opens no private room', () => {
  const glass = { basis: 'break_glass', user: 'anne', reason: 'Urgence vitale au domicile', from: now - day / 2, until: null } as const
  expect(look(doctor, [glass])).toBe('administrative social health')
  expect(look(doctor, [glass], asked, now + day / 2)).toBe('')
  expect(look(doctor, [{ ...glass, reason: 'urgence' }])).toBe('')
  expect(look({ ...doctor, category: 'legal_protection' }, [glass])).toBe('')
  const julie = { ...glass, user: 'julie' }
  expect(sees(referent, [julie], asked, lawfulTable, { ...shared('health'), protection: 'org_private' }, now)).toBe(false)
  expect(sees(referent, [julie, inCharge], asked, lawfulTable, { ...shared('health'), protection: 'org_private' }, now)).toBe(true)
})

test('what is private to a service is for those of that service; what is restricted for its list only', () => {
  const room: Row = { volet: 'health', protection: 'org_private', holder: 'dacA' }
  expect(sees(referent, [inCharge], asked, lawfulTable, room, now)).toBe(true)
  expect(sees(referent, [inCharge], asked, lawfulTable, { ...room, holder: 'dacB' }, now)).toBe(false)
  expect(sees(doctor, [team('card-anne')], asked, lawfulTable, room, now)).toBe(false)
  expect(sees(referent, [inCharge], asked, lawfulTable, { ...room, protection: 'restricted' }, now)).toBe(false)
  expect(sees(referent, [], asked, lawfulTable, { ...room, protection: 'restricted', readers: ['julie'] }, now)).toBe(true)
})

test('the person herself reads all that is shared', () => {
  const self: Reader = { ...doctor, user: 'odile', card: null, category: 'administrative', missions: ['person'] }
  expect(look(self, [{ basis: 'self', user: 'odile' }])).toBe('administrative social health')
  expect(openings(self, [{ basis: 'self', user: 'odile' }], asked, lawfulTable, now)).toHaveLength(1)
})

test('whoever left her service or whose account is closed sees nothing', () => {
  expect(look({ ...referent, posts: [{ from: 0, until: now }] }, [inCharge])).toBe('')
  expect(look({ ...referent, posts: [{ from: 0, until: now }] }, [inCharge], asked, now - 1)).toBe('administrative social health')
})

test('a professional whom she refuses reads nothing of her, through her service either; her colleagues do', () => {
  const refused: Wishes = { ...asked, refusals: [{ party: 'julie', from: now - day, until: now + day }] }
  expect(look(referent, [inCharge], refused)).toBe('')
  expect(look({ ...referent, user: 'karim' }, [inCharge], refused)).toBe('administrative social health')
  expect(look(referent, [inCharge], refused, now + day)).toBe('administrative social health')
  const request: Row = { volet: 'administrative', protection: 'shared', holder: 'dacA', desk: { open: true, callText: false } }
  expect(sees(referent, [inCharge], refused, lawfulTable, request, now)).toBe(false)
  expect(answersForHer(referent, [inCharge], refused, now)).toBe(false)
})

test('what is limited is kept, and read by nobody but for what it takes to answer her, or exceptionally', () => {
  const limited: Wishes = { ...asked, limited: [{ from: now - day, until: now + day }] }
  expect(look(doctor, [team('card-anne')], limited)).toBe('')
  expect(look(referent, [inCharge], limited)).toBe('administrative')
  const glass: Ground = { basis: 'break_glass', user: 'anne', reason: 'Avec son accord', from: now, until: now + 3_600_000 }
  expect(look(doctor, [team('card-anne'), glass], limited)).toBe('administrative social health')
  expect(look(doctor, [{ basis: 'self', user: 'anne' }], limited)).toBe('administrative social health')
  expect(look(doctor, [team('card-anne')], limited, now + day)).toBe('administrative social health')
})

test('her wishes are written by the DAC that accompanies her, else by the one that handles a request about her', () => {
  const request: Ground = { basis: 'request', service: 'dacB', from: now - day, closedAt: null }
  const other: Reader = { ...referent, user: 'ines', service: 'dacB' }
  expect(answersForHer(referent, [inCharge, request], asked, now)).toBe(true)
  expect(answersForHer(other, [inCharge, request], asked, now)).toBe(false)
  expect(answersForHer(other, [request], asked, now)).toBe(true)
  // A DAC that closed its accompaniment keeps its records, it does not keep another from answering her.
  expect(answersForHer(other, [{ ...inCharge, closedAt: now - day }, request], asked, now)).toBe(true)
  expect(answersForHer(doctor, [team('card-anne')], asked, now)).toBe(false)
})
