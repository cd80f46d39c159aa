import { expect, it } from 'vitest'
import type { Actor, ActorFunction } from '../../platform/contract/actor.ts'
import { administrationPlacesFor, administrationRefused } from './administration-places.ts'

const holding = (...functions: ActorFunction[]): Actor => ({ kind: 'user', functions }) as never
const titles = (actor: Actor) => administrationPlacesFor(actor).map(({ title }) => title)

it('shows the regional administrator every tab, a direction the accounts, a référent the rules that apply to her', () => {
  expect(titles(holding('regional_admin'))).toHaveLength(15)
  expect(titles(holding('director'))).toEqual(['Utilisateurs', 'Formulaires', 'Accès'])
  expect(titles(holding('referent'))).toEqual(['Formulaires', 'Accès'])
  expect(titles({ kind: 'anonymous', functions: [] } as never)).toEqual([])
})

it('refuses the address of a tab that is not hers, its pages below included, and no other address', () => {
  const referent = holding('referent')
  for (const path of ['/administration', '/administration/', '/administration/utilisateurs', '/administration/hopitaux/x'])
    expect(administrationRefused(referent, path), path).not.toBeNull()
  for (const path of ['/administration/acces', '/administration/formulaires', '/personnes', '/administrations'])
    expect(administrationRefused(referent, path), path).toBeNull()
  expect(administrationRefused(holding('team_lead'), '/administration/utilisateurs')).toBeNull()
})
