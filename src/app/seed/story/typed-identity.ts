import { nameKeys } from '../../../persons/contract/names.ts'
import type { Bulk } from '../region/bulk.ts'
import type { Random } from '../region/random.ts'
import type { Cast } from './people.ts'

/** An identity as somebody of the desk typed it, not yet checked. */
export interface TypedIdentity {
  readonly birthName: string
  readonly givenNames: readonly string[]
  readonly birthDate: string
  readonly sex: 'F' | 'M'
  readonly birthPlaceCode: string | null
  readonly birthPlaceName: string | null
  readonly commune: string
}

/** Writes a provisional identity and the right that a request gives to the DAC of Hautes-Vallées. Gives its id. */
export async function seedTypedIdentity(bulk: Bulk, random: Random, cast: Cast, typedAt: Date, typed: TypedIdentity): Promise<string> {
  const id = random.idAt(typedAt)
  const keys = nameKeys([typed.birthName, ...typed.givenNames])
  const holder = cast.hautesVallees.id
  await bulk.write('persons.person', [
    {
      person_id: id,
      birth_name: typed.birthName,
      birth_given_names: typed.givenNames,
      birth_date: typed.birthDate,
      sex: typed.sex,
      birth_place_code: typed.birthPlaceCode,
      birth_place_name: typed.birthPlaceName,
      commune_code: typed.commune,
      search_key: keys.searchKey,
      sound_key: keys.soundKey,
      identity_status: 'PROV',
      holder_org: holder,
      created_at: typedAt,
      created_by: cast.nadia.id,
    },
  ])
  await bulk.write('persons.sight', [
    {
      id: random.idAt(typedAt),
      person_id: id,
      party_id: holder,
      basis: 'request',
      volets: ['administrative'],
      reason: 'Demande reçue',
      source_id: random.idAt(typedAt),
      starts_at: typedAt,
    },
  ])
  return id
}
