import { describe, expect, it } from 'vitest'
import { silenceKinds } from './person.ts'
import { saysAddress, silenceEffects, silenceTitle, silenceTowards } from './silences.ts'

const marc = { kind: 'tell_nothing' as const, towards: 'Marc Perrin', partyId: null }
const to = (name: string | null, ...partyIds: string[]) => ({ name, partyIds })

describe('what the person asks not to be said', () => {
  it('is written the same everywhere', () => {
    expect(silenceKinds.map((kind) => silenceTitle({ kind, towards: 'Marc Perrin' }))).toEqual([
      'Ne rien dire à Marc Perrin',
      'Ne pas appeler Marc Perrin',
      'Ne rien partager avec Marc Perrin',
      'Adresse cachée à Marc Perrin',
      'Personne en danger',
    ])
    expect(Object.values(silenceEffects).every((text) => text.length > 40)).toBe(true)
  })
})

describe('whoever something is about to be told', () => {
  it.each(['Marc Perrin', 'M. Marc PERRIN', 'perrin marc', 'Marc-Antoine Perrin', 'Monsieur Marc Pérrin, son fils'])('%s is Marc Perrin', (name) => {
    expect(silenceTowards([marc], to(name))).toBe(marc)
  })

  it.each(['Marc', 'Perrin', 'M. Perrin', 'Sylvie Perrin', 'Marc Weber', '', null])('%s is not', (name) => {
    expect(silenceTowards([marc], to(name))).toBeNull()
  })

  it('is known by her account or her card, whatever her name', () => {
    const refusal = { kind: 'no_sharing' as const, towards: 'la pharmacie', partyId: 'card' }
    expect(silenceTowards([refusal], to('Paul Humbert', 'account', 'card'))).toBe(refusal)
    expect(silenceTowards([refusal], to('Paul Humbert', 'account'))).toBeNull()
    expect(silenceTowards([refusal], to(null))).toBeNull()
  })

  it('a title alone makes nobody: « Dr » is not a name', () => {
    expect(silenceTowards([{ ...marc, towards: 'Dr Fritsch' }], to('Dr Weber Fritsch'))).toBeNull()
    expect(silenceTowards([{ ...marc, towards: 'Docteur Anne Fritsch' }], to('Mme Anne Fritsch'))).not.toBeNull()
    for (const title of ['M', 'Mme', 'Mlle', 'Mr', 'Dr', 'Docteur', 'Monsieur', 'Madame', 'Pr'])
      expect(silenceTowards([{ ...marc, towards: `${title} Fritsch` }], to(`${title} Fritsch`))).toBeNull()
  })

  it('the other wishes forbid nothing by themselves', () => {
    for (const kind of ['no_call', 'hidden_address', 'at_risk'] as const)
      expect(silenceTowards([{ ...marc, kind, partyId: 'card' }], to('Marc Perrin', 'card'))).toBeNull()
  })
})

describe('a text that is about to leave', () => {
  it('says the address however it is written', () => {
    expect(saysAddress('Visite au 3 IMPASSE du moulin, sonner.', '3, impasse du Moulin')).toBe(true)
    expect(saysAddress('Visite jeudi.', '3, impasse du Moulin')).toBe(false)
  })

  it('says nothing of an address that nobody knows, or that is too short to be one', () => {
    expect(saysAddress('Visite jeudi.', null)).toBe(false)
    expect(saysAddress('Visite au 12 B.', '12 B')).toBe(false)
    expect(saysAddress('Visite rue A, porte 2.', 'rue A')).toBe(false)
    expect(saysAddress('Visite au 3 rue A.', '3 rue A')).toBe(true)
  })
})
