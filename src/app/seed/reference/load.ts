import { asSystem, type Database, openDatabase, type Tx } from '../../../platform/server/db.ts'
import { loadedBirthPlaces, replaceBirthPlaces } from '../../../territory/server/birth-places.sql.ts'
import { loadedMiddles, loadPublishedMiddles } from '../../../territory/server/commune-middles.sql.ts'
import { loadedGeography, loadGeography } from '../../../territory/server/geography.sql.ts'
import { loadPublishedServices, loadValueSets } from '../../../territory/server/reference.sql.ts'
import { readBirthPlaces } from './birth-places.ts'
import { readPublishedMiddles } from './commune-middles.ts'
import { geographyEdition, readGeography } from './geography.ts'
import { grandEstDacs } from './grand-est-dacs.ts'
import { allValueSets } from './value-sets.ts'

export interface ReferenceOptions {
  /** Address of the owner of the database: for the step that follows the migrations. */
  readonly ownerUrl?: string
  /** Or a database already open, as the application. */
  readonly db?: Database
  readonly log?: (line: string) => void
}

/**
 * Loads what every installation needs before its first user: geography, lists of values, published DAC. One transaction; a second run with
 * nothing new takes some tens of milliseconds and changes nothing.
 */
export async function loadReferenceData({ ownerUrl, db, log = () => undefined }: ReferenceOptions): Promise<void> {
  if (db !== undefined) return asSystem(db, 'load the reference data', (tx) => load(tx, log))
  if (ownerUrl === undefined) throw new Error('loadReferenceData needs a database')
  const owner = openDatabase(ownerUrl, { max: 1, name: 'jalon-reference' })
  try {
    await owner.kysely.transaction().execute((tx) => load(tx, log))
  } finally {
    await owner.close()
  }
}

async function load(tx: Tx, log: (line: string) => void): Promise<void> {
  const edition = await geographyEdition()
  if ((await loadedGeography(tx)) !== edition) {
    log('communes, EPCI, départements et régions')
    await loadGeography(tx, await readGeography())
  }
  const { edition: middlesEdition, middles } = await readPublishedMiddles()
  if ((await loadedMiddles(tx)) !== middlesEdition) {
    log('milieux des communes')
    await loadPublishedMiddles(tx, middlesEdition, middles)
  }
  const { edition: placesEdition, periods } = await readBirthPlaces()
  const places = await loadedBirthPlaces(tx)
  if (places?.imported !== true && places?.edition !== placesEdition) {
    log('lieux de naissance depuis 1943')
    await replaceBirthPlaces(tx, periods, placesEdition, false)
  }
  log('listes de valeurs')
  await loadValueSets(tx, allValueSets)
  await loadPublishedServices(tx, 'annuaire-grand-est', grandEstDacs)
}
