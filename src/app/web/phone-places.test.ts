import { expect, test } from 'vitest'
import type { Actor } from '../../platform/contract/actor.ts'
import { phonePlaces, placesFor } from './navigation.ts'

const actor = (serviceKind: string, ...functions: string[]): Actor =>
  ({ serviceKind, functions, category: 'health', volets: ['administrative'], parties: [] }) as never

test('On a telephone a référent has her day, the requests, the persons and the agenda under her thumb', () => {
  expect(phonePlaces(actor('dac', 'referent')).shown.map(({ to }) => to)).toEqual(['/ma-journee', '/demandes', '/personnes', '/agenda'])
})

test('Where one begins the day stands first under the thumb: the figures for the direction, the settings for the region', () => {
  expect(phonePlaces(actor('dac', 'director')).shown[0]?.to).toBe('/pilotage')
  expect(phonePlaces(actor('other', 'regional_admin')).shown[0]?.to).toBe('/administration')
  expect(phonePlaces(actor('dac', 'front_desk')).shown.map(({ to }) => to)).toEqual(['/demandes', '/personnes', '/agenda', '/annuaire'])
})

test('Whatever her function, every page is on the bar or under « Plus »', () => {
  for (const who of [
    actor('dac', 'referent', 'team_lead', 'director'),
    actor('dac', 'front_desk'),
    actor('cpts', 'cpts_coordinator'),
    actor('other', 'outside_professional'),
  ]) {
    const { shown, rest } = phonePlaces(who)
    expect(shown.length).toBeLessThanOrEqual(4)
    expect([...shown, ...rest].map(({ to }) => to).sort()).toEqual([...placesFor(who).map(({ to }) => to), '/aide'].sort())
  }
})
