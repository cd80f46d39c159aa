import { describe, expect, it } from 'vitest'
import { type Volet, volets } from '../../platform/contract/actor.ts'
import { type AccessFacts, type HeldSight, heldBack, mayRead, runs, speaksFor, voletsLeft } from './access-rule.ts'
import { sightBases } from './person.ts'
import type { Rights } from './rights.ts'

const now = '2026-10-15T08:00:00.000Z'
const agreed: Rights = { 1: 'non_opposition', 2: 'non_opposition', 3: 'not_collected' }
const doctor: HeldSight = {
  basis: 'care_team',
  partyId: 'card',
  partyCategory: 'health',
  entrusted: [...volets],
  startsAt: '2026-01-01T00:00:00.000Z',
  endsAt: null,
}
const facts = (changes: Partial<AccessFacts> = {}): AccessFacts => ({
  item: { volet: 'health', protection: 'shared', holderOrg: 'dac' },
  serviceId: 'practice',
  categoryVolets: volets,
  functionVolets: volets,
  sights: [doctor],
  rights: agreed,
  ownParties: ['account', 'card'],
  refusedParties: [],
  limited: false,
  withheld: [],
  now,
  ...changes,
})
const reason = (changes: Partial<AccessFacts>): string | null => {
  const verdict = mayRead(facts(changes))
  return verdict.allowed ? null : verdict.reason.replaceAll(/[\u00a0\u202f]/g, ' ')
}
const only = (volet: Volet, protection: AccessFacts['item']['protection'] = 'shared'): AccessFacts['item'] => ({ volet, protection, holderOrg: 'dac' })

describe('a right runs', () => {
  it('from its first instant, and its end is out of it', () => {
    expect(runs({ startsAt: now, endsAt: null }, now)).toBe(true)
    expect(runs({ startsAt: '2026-10-15T08:00:00.001Z', endsAt: null }, now)).toBe(false)
    expect(runs({ startsAt: doctor.startsAt, endsAt: now }, now)).toBe(false)
    expect(runs({ startsAt: doctor.startsAt, endsAt: '2026-10-15T08:00:00.001Z' }, now)).toBe(true)
  })
})

describe('an opposition to care or to the file', () => {
  it.each(sightBases)('%s: holds back what is a share, and nothing else', (basis) => {
    const held = ['care_team', 'consent', 'break_glass'].includes(basis)
    const back = (changes: Partial<AccessFacts>): boolean => heldBack({ ...doctor, basis }, facts(changes))
    for (const number of [1, 2] as const) expect(back({ rights: { ...agreed, [number]: 'opposition' } })).toBe(held)
    expect(back({ rights: { ...agreed, 3: 'opposition' } })).toBe(false)
    expect(back({})).toBe(false)
    expect(back({ ownParties: [], refusedParties: ['card'] })).toBe(held)
    expect(back({ refusedParties: ['another'] })).toBe(false)
  })

  it.each(sightBases)('%s: the refusal of a professional holds back whatever she has of others, her service included', (basis) => {
    for (const party of ['account', 'card']) expect(heldBack({ basis, partyId: 'dac' }, facts({ refusedParties: [party] }))).toBe(basis !== 'self')
  })

  it('is said to whoever held the right, and one right that is held back leaves the others', () => {
    expect(reason({ rights: { ...agreed, 2: 'opposition' } })).toBe('La personne s’oppose au partage, ou au partage avec vous.')
    const dac: HeldSight = { ...doctor, basis: 'dac_in_charge', partyId: 'dac', partyCategory: 'coordination' }
    expect(reason({ rights: { ...agreed, 1: 'opposition' }, sights: [doctor, dac] })).toBe(null)
  })
})

describe('a volet that the person withholds', () => {
  it('leaves the right of its category, or of its party, narrower by that volet alone', () => {
    expect(voletsLeft(doctor, [{ volet: 'health', from: 'health' }], false, [])).toEqual(['administrative', 'social'])
    expect(voletsLeft(doctor, [{ volet: 'social', from: { partyId: 'card' } }], false, [])).toEqual(['administrative', 'health'])
    expect(
      voletsLeft(
        doctor,
        [
          { volet: 'health', from: 'social' },
          { volet: 'health', from: { partyId: 'another' } },
        ],
        false,
        ['account'],
      ),
    ).toEqual([...volets])
    expect(voletsLeft({ ...doctor, partyCategory: null }, [{ volet: 'health', from: 'health' }], false, [])).toEqual([...volets])
  })

  it('from a named professional narrows what she reads through her service too, and leaves her colleagues what they read', () => {
    const byService: HeldSight = { ...doctor, basis: 'dac_in_charge', partyId: 'dac', partyCategory: 'coordination' }
    const wish = [{ volet: 'health', from: { partyId: 'account' } }] as const
    expect(voletsLeft(byService, wish, false, ['account', 'card'])).toEqual(['administrative', 'social'])
    expect(voletsLeft(byService, wish, false, ['colleague'])).toEqual([...volets])
    expect(voletsLeft({ ...byService, basis: 'self' }, wish, false, ['account'])).toEqual([...volets])
  })

  it('never narrows what the person sees of herself', () => {
    expect(voletsLeft({ ...doctor, basis: 'self' }, [{ volet: 'health', from: 'health' }], true, [])).toEqual([...volets])
  })

  it('is said as her wish; what the basis never gave is said as such', () => {
    expect(reason({ withheld: [{ volet: 'health', from: 'health' }] })).toBe('Ce volet ne vous est pas ouvert : la personne l’a souhaité.')
    expect(reason({ sights: [{ ...doctor, entrusted: ['administrative', 'social'] }] })).toBe('Ce volet ne vous est pas ouvert : il ne vous a pas été confié.')
    expect(reason({ withheld: [{ volet: 'health', from: 'health' }], item: only('social') })).toBe(null)
  })
})

describe('one row of a file', () => {
  it('is read on a live right that holds its volet', () => expect(mayRead(facts())).toEqual({ allowed: true }))

  it('is read on one right that holds it, whatever the others lack; and the nearest reason is said', () => {
    const narrow: HeldSight = { ...doctor, entrusted: ['administrative'] }
    expect(reason({ sights: [narrow, doctor] })).toBe(null)
    expect(reason({ sights: [narrow, doctor], withheld: [{ volet: 'health', from: 'health' }] })).toMatch(/la personne l’a souhaité/)
  })

  it('private to her own service, takes a right of another basis than an exceptional access', () => {
    const glass: HeldSight = { ...doctor, basis: 'break_glass' }
    const item = { volet: 'health', protection: 'org_private', holderOrg: 'practice' } as const
    expect(reason({ item, sights: [glass] })).toMatch(/un accès exceptionnel n’ouvre que ce qui est partagé/)
    expect(reason({ item, sights: [glass, doctor] })).toBe(null)
    expect(reason({ sights: [glass] })).toBe(null)
  })

  it('restricted, is for its list of readers, whoever asks', () => {
    expect(reason({ item: { volet: 'health', protection: 'restricted', holderOrg: 'practice' } })).toBe('Réservé à une liste nominative de lecteurs.')
  })

  it('private to a service, is for that service', () => {
    expect(reason({ item: only('health', 'org_private') })).toBe('Note interne à un autre service.')
    expect(reason({ item: only('health', 'org_private'), serviceId: 'dac' })).toBe(null)
  })

  it('without any right, or after its end, is not open, and each is said', () => {
    expect(reason({ sights: [] })).toBe('Cette personne ne vous est pas ouverte : vous n’êtes ni dans son cercle, ni du DAC qui l’accompagne.')
    expect(reason({ sights: [{ ...doctor, endsAt: now }] })).toBe('Votre accès à cette personne a pris fin, ou n’a pas commencé.')
    expect(reason({ sights: [{ ...doctor, endsAt: now }, doctor] })).toBe(null)
  })

  it('follows the category first, then the function', () => {
    expect(reason({ categoryVolets: ['administrative', 'social'] })).toBe(
      'Ce volet ne vous est pas ouvert : la loi ne l’ouvre pas à votre profession (R. 1110-2 du code de la santé publique).',
    )
    expect(reason({ functionVolets: ['administrative'] })).toBe('Ce volet ne vous est pas ouvert : votre fonction ne l’ouvre pas.')
    expect(reason({ functionVolets: ['administrative'], item: only('administrative') })).toBe(null)
  })
})

describe('a file whose use is limited', () => {
  const dac: HeldSight = { ...doctor, basis: 'dac_in_charge', partyId: 'dac', partyCategory: 'coordination' }
  const limited = 'L’usage de ce dossier est limité à la demande de la personne : il se garde, il ne se lit plus sans un motif que la loi prévoit.'

  it('is read by nobody of the circle, whose right is held back until it is lifted', () => {
    for (const basis of ['care_team', 'consent'] as const) {
      expect(reason({ sights: [{ ...doctor, basis }], limited: true, item: only('administrative') })).toBe(limited)
      expect(heldBack({ ...doctor, basis }, facts({ limited: true }))).toBe(true)
    }
    // An opposition is said as such: it lasts when the limitation is lifted.
    expect(reason({ limited: true, rights: { ...agreed, 1: 'opposition' } })).toBe('La personne s’oppose au partage, ou au partage avec vous.')
  })

  it('leaves her DAC what it needs to recognise and answer her', () => {
    expect(voletsLeft(dac, [], true, [])).toEqual(['administrative'])
    expect(reason({ sights: [dac], limited: true, item: only('administrative') })).toBe(null)
    expect(reason({ sights: [dac], limited: true })).toBe(limited)
    expect(reason({ sights: [{ ...dac, entrusted: ['administrative'] }], limited: true })).toBe(
      'Ce volet ne vous est pas ouvert : il ne vous a pas été confié.',
    )
  })

  it('is opened by an exceptional access, and never closed to herself', () => {
    expect(reason({ sights: [{ ...doctor, basis: 'break_glass' }], limited: true })).toBe(null)
    expect(reason({ sights: [{ ...doctor, basis: 'self' }], limited: true })).toBe(null)
  })
})

describe('who answers for her wishes', () => {
  const by = (basis: HeldSight['basis'], changes: Partial<HeldSight> = {}): HeldSight => ({ ...doctor, basis, partyId: 'dac', ...changes })

  it('is her DAC, herself, or whoever handles a request about her while no DAC accompanies her', () => {
    const speaking = (accompanied: boolean) => sightBases.filter((basis) => speaksFor(facts({ sights: [by(basis)] }), accompanied))
    expect(speaking(true)).toEqual(['dac_in_charge', 'self'])
    expect(speaking(false)).toEqual(['dac_in_charge', 'request', 'self'])
  })

  it('sees her administrative volet now, under no refusal', () => {
    expect(speaksFor(facts({ sights: [by('dac_in_charge', { entrusted: ['social'] })] }), false)).toBe(false)
    expect(speaksFor(facts({ sights: [by('request', { endsAt: now })] }), false)).toBe(false)
    expect(speaksFor(facts({ sights: [by('dac_in_charge')], refusedParties: ['account'] }), false)).toBe(false)
    expect(speaksFor(facts({ sights: [by('dac_in_charge')], limited: true }), true)).toBe(true)
  })
})
