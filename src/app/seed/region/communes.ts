import type { Bulk } from './bulk.ts'

export interface SeededCommune {
  readonly code: string
  readonly name: string
  readonly department: string
  readonly epci: string | null
  readonly postalCode: string
  readonly population: number
}

/** The communes of some départements, by code. */
export async function readCommunes(bulk: Bulk, departments: readonly string[]): Promise<ReadonlyMap<string, SeededCommune>> {
  const rows = await bulk.query<{ code: string; name: string; department: string; epci: string | null; postal: string | null; population: number | null }>(
    `select code, name, department_code as department, epci_code as epci, postal_codes[1] as postal, population from territory.commune
     where department_code = any ($1) and kind = 'commune' and parent_code is null and in_force order by code`,
    [departments],
  )
  return new Map(
    rows.map((c) => [
      c.code,
      { code: c.code, name: c.name, department: c.department, epci: c.epci, postalCode: c.postal ?? '', population: c.population ?? 0 },
    ]),
  )
}
