import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Geography, GeographyCommune } from '../../../territory/server/geography.sql.ts'

const packageName = '@etalab/decoupage-administratif'
const require = createRequire(import.meta.url)

interface RawCommune {
  readonly code: string
  readonly nom: string
  readonly type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal'
  readonly departement?: string
  readonly region?: string
  readonly commune?: string
  readonly chefLieu?: string
  readonly codesPostaux?: readonly string[]
  readonly anciensCodes?: readonly string[]
  readonly population?: number
}
interface RawPlace {
  readonly code: string
  readonly nom: string
  readonly region?: string
  readonly membres?: readonly { readonly code: string }[]
}

async function read<T>(file: string): Promise<readonly T[]> {
  return JSON.parse(await readFile(require.resolve(`${packageName}/${file}`), 'utf8')) as readonly T[]
}

/** The edition that the installed package holds: one version of the package per year of the official code. */
export async function geographyEdition(): Promise<string> {
  const manifest = JSON.parse(await readFile(require.resolve(`${packageName}/package.json`), 'utf8')) as { version: string }
  return `${packageName}@${manifest.version}`
}

/** Reads the official geography: communes in force, arrondissements of Paris, Lyon and Marseille, and the names of merged communes. */
export async function readGeography(): Promise<Geography> {
  const [regions, departments, epcis, communes] = await Promise.all([
    read<RawPlace>('data/regions.json'),
    read<RawPlace>('data/departements.json'),
    read<RawPlace>('data/epci.json'),
    read<RawCommune>('data/communes.json'),
  ])
  const epciOf = new Map(epcis.flatMap((epci) => (epci.membres ?? []).map((member) => [member.code, epci.code] as const)))
  const known = new Set(departments.map((department) => department.code))
  const live = communes.filter((commune) => commune.type === 'commune-actuelle' || commune.type === 'arrondissement-municipal')
  const merged = communes.filter((commune) => commune.type === 'commune-deleguee' || commune.type === 'commune-associee')
  const named = new Set(merged.map((commune) => `${commune.chefLieu} ${commune.code}`))
  return {
    edition: await geographyEdition(),
    regions: regions.map(({ code, nom }) => ({ code, name: nom })),
    departments: departments.flatMap(({ code, nom, region }) => (region === undefined ? [] : [{ code, name: nom, regionCode: region }])),
    epcis: epcis.map(({ code, nom }) => ({ code, name: nom })),
    communes: live.map(
      (commune): GeographyCommune => ({
        code: commune.code,
        name: commune.nom,
        kind: commune.type === 'commune-actuelle' ? 'commune' : 'arrondissement',
        parentCode: commune.commune ?? null,
        departmentCode: commune.departement !== undefined && known.has(commune.departement) ? commune.departement : null,
        regionCode: commune.region ?? null,
        epciCode: epciOf.get(commune.commune ?? commune.code) ?? null,
        postalCodes: commune.codesPostaux ?? [],
        population: commune.population ?? null,
      }),
    ),
    aliases: [
      ...merged.flatMap(({ chefLieu, code, nom }) => (chefLieu === undefined ? [] : [{ communeCode: chefLieu, code, name: nom }])),
      ...live.flatMap((commune) =>
        (commune.anciensCodes ?? [])
          .filter((code) => !named.has(`${commune.code} ${code}`))
          .map((code) => ({ communeCode: commune.code, code, name: commune.nom })),
      ),
    ],
  }
}
