import type { CareRole } from '../../../care-team/contract/value-sets.ts'
import { luhnKey } from '../../../directory/contract/numbers.ts'
import type { PartyId } from '../../../platform/contract/ids.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { type PersonaService, personaServices } from '../persona-services.ts'
import type { SeededCommune } from '../region/communes.ts'
import type { Random } from '../region/random.ts'
import { places } from './places.ts'

/** A site of the demo's FINESS+ file. */
export interface SeededStructure {
  readonly partyId: PartyId
  readonly finess: string
  readonly finessLegal: string
  readonly legalName: string
  readonly category: string
  readonly name: string
  readonly role: CareRole | null
  readonly commune: SeededCommune
  readonly phone: string
  readonly street: string
  readonly point: readonly [number, number] | null
}

type Name = (commune: string, invented: string) => string
interface Kind {
  readonly category: string
  readonly role: CareRole | null
  readonly count: number
  readonly name: Name
}
const kind = (category: string, role: CareRole | null, count: number, name: Name): Kind => ({ category, role, count, name })

const invented = [
  'LES GENETS',
  'LES TILLEULS',
  'LES MYRTILLES',
  'LES EPINETTES',
  'LE CHATELET',
  'LA ROSERAIE',
  'LES CHARMILLES',
  'LES BRUYERES',
  'LA FONTAINE',
  'LE BEAU SITE',
  'LES JONQUILLES',
  'LA MOSELOTTE',
  'SAINTE BARBE',
  'LES SAULES',
  'LE PRE FLEURI',
  'LES HETRES',
  'LA SAPINIERE',
  'LES AULNES',
  'LE GRAND PRE',
  'LES MARRONNIERS',
  'LA CLAIRIERE',
  'LES LAVOIRS',
  'LE VAL FLEURI',
  'LES ROSIERS',
  'LA BELLE VUE',
]

/** What a territory of some three hundred general practitioners holds. All invented. */
const kinds: readonly Kind[] = [
  kind('355', 'hospital_ward', 4, (commune) => `CENTRE HOSPITALIER DE ${commune}`),
  kind('109', 'hospital_ward', 3, (_, name) => `SMR ${name}`),
  kind('127', 'had', 2, (commune) => `HAD DE ${commune}`),
  kind('156', 'psychiatry_team', 6, (commune) => `CMP DE ${commune}`),
  kind('197', 'addiction_team', 2, (commune) => `CSAPA DE ${commune}`),
  kind('354', 'ssiad', 12, (commune) => `SSIAD DE ${commune}`),
  kind('460', 'home_help', 18, (_, name) => `SAD ${name}`),
  kind('500', 'institution', 24, (_, name) => `EHPAD ${name}`),
  kind('202', 'institution', 8, (_, name) => `RESIDENCE AUTONOMIE ${name}`),
  kind('207', 'day_care', 5, (_, name) => `ACCUEIL DE JOUR ${name}`),
  kind('394', 'temporary_accommodation', 3, (_, name) => `HEBERGEMENT TEMPORAIRE ${name}`),
  kind('603', null, 8, (commune) => `MAISON DE SANTE DE ${commune}`),
  kind('124', null, 5, (commune) => `CENTRE DE SANTE DE ${commune}`),
  kind('463', 'ccas', 3, (commune) => `CLIC DE ${commune}`),
  kind('609', 'mdph', 1, (commune) => `MDPH, ANTENNE DE ${commune}`),
  kind('446', 'disability_service', 3, (_, name) => `SAVS ${name}`),
  kind('445', 'disability_service', 2, (_, name) => `SAMSAH ${name}`),
  kind('182', 'disability_service', 3, (_, name) => `SESSAD ${name}`),
  kind('340', 'legal_representative_professional', 3, (_, name) => `ASSOCIATION TUTELAIRE ${name}`),
  kind('620', 'pharmacist', 55, (commune, name) => `PHARMACIE ${name} ${commune}`),
  kind('632', 'medical_device_provider', 4, (_, name) => `OXYGENE ET MATERIEL ${name}`),
  kind('611', null, 6, (commune) => `LABORATOIRE DE ${commune}`),
]

/** Those that the stories name: [FINESS without its key, category, role, name, commune, telephone]. */
const storyStructures: readonly (readonly [string, string, CareRole, string, string, string])[] = [
  ['88999100', '460', 'home_help', 'SAD LES GENETS', '88383', '0353014590'],
  ['88999101', '354', 'ssiad', 'SSIAD DE LA HAUTE MOSELLE', '88369', '0353013371'],
  ['88999102', '127', 'had', 'HAD MOSELLE AMONT', '88383', '0353013380'],
  ['88999103', '109', 'hospital_ward', 'SMR DE LA MOSELOTTE', '88116', '0353013390'],
  ['88999104', '124', 'nurse', 'CENTRE DE SOINS INFIRMIERS DU THILLOT', '88468', '0353018845'],
]

const roles: Readonly<Record<string, CareRole | null>> = { hospital: 'hospital_ward', ehpad: 'institution' }
const personaCategories: Readonly<Record<string, string>> = { dac: '606', clic: '463', hospital: '355', ehpad: '500', cpts: '604', dsr: '650', grades: '607' }

const withKey = (digits: string): string => digits + luhnKey(digits)
const capitals = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()

/** The structures of the personas, as FINESS would name them, then those of each territory. */
export function inventStructures(
  random: Random,
  territories: readonly { readonly communes: readonly SeededCommune[]; readonly doctors: number }[],
  communes: ReadonlyMap<string, SeededCommune>,
): readonly SeededStructure[] {
  const found: SeededStructure[] = []
  for (const [key, service] of Object.entries<PersonaService>(personaServices)) {
    const commune = communes.get(service.communeCode)
    if (service.finess === '' || commune === undefined) continue
    found.push({
      partyId: partyIdOf('finess', service.finess),
      finess: service.finess,
      finessLegal: service.finessLegal,
      legalName: capitals(service.legalPerson || service.name),
      category: personaCategories[service.kind] ?? (key === 'pharmacyMoselle' ? '620' : '704'),
      name: capitals(service.name),
      role: key === 'pharmacyMoselle' ? 'pharmacist' : (roles[service.kind] ?? null),
      commune,
      phone: `03530120${String(found.length + 30)}`,
      street: `${service.street.number} ${service.street.name}`,
      point: places[service.communeCode] ?? null,
    })
  }
  for (const [finess, category, role, name, code, phone] of storyStructures) {
    const commune = communes.get(code)
    if (commune !== undefined)
      found.push({
        partyId: partyIdOf('finess', withKey(finess)),
        finess: withKey(finess),
        finessLegal: withKey(finess.replace('99', '98')),
        legalName: name,
        category,
        name,
        role,
        commune,
        phone,
        street: '2 RUE DU MOULIN',
        point: places[code] ?? null,
      })
  }
  let serial = 1000
  for (const { communes: territory, doctors } of territories) {
    const towns = [...territory].sort((a, b) => b.population - a.population).slice(0, 40)
    // Where the map knows the middle of a commune, what stands there shows on it.
    const known = towns
      .filter((commune) => places[commune.code] !== undefined)
      .concat(territory.filter((commune) => places[commune.code] !== undefined && !towns.includes(commune)))
    const seats = known.length > 10 ? known : towns
    for (const one of kinds) {
      const count = Math.max(1, Math.round((one.count * doctors) / 300))
      const where = random.some(seats, Math.min(count, seats.length))
      for (let n = 0; n < count; n += 1) {
        const commune = where[n % where.length] as SeededCommune
        const finess = withKey(`${commune.department}99${String(serial).padStart(4, '0')}`)
        const finessLegal = withKey(`${commune.department}98${String(serial).padStart(4, '0')}`)
        serial += 1
        const name = one.name(capitals(commune.name), invented[(serial * 7 + n) % invented.length] as string)
        const point = places[commune.code]
        found.push({
          partyId: partyIdOf('finess', finess),
          finess,
          finessLegal,
          legalName: one.category === '460' || one.category === '500' ? `ASSOCIATION ${name}` : name,
          category: one.category,
          name,
          role: one.role,
          commune,
          phone: `035301${String(1000 + (serial % 8999)).padStart(4, '0')}`,
          street: `${random.between(1, 60)} ${random.pick(['RUE DE LA GARE', 'GRANDE RUE', 'RUE DES ECOLES', 'AVENUE DE LA REPUBLIQUE', 'PLACE DU MARCHE'])}`,
          point:
            point === undefined
              ? null
              : [Number((point[0] + (random.next() - 0.5) * 0.012).toFixed(5)), Number((point[1] + (random.next() - 0.5) * 0.018).toFixed(5))],
        })
      }
    }
  }
  return found
}

/** The file as FINESS+ writes it: legal persons with their sites. */
export function finessFile(structures: readonly SeededStructure[], day: string): string {
  return JSON.stringify({
    generatedAt: `${day}T04:00:00Z`,
    pmej: structures.map((one) => ({
      informationsGeneralesPMEJ: { numFinessPm: one.finessLegal, denominationLonguePmSmsse: one.legalName },
      ege: [
        {
          informationsGeneralesEGE: {
            numFinessEge: one.finess,
            nomEgeCourt: one.name.slice(0, 38),
            nomEgeLong: one.name,
            dateOuverture: '2012-01-01',
            etatObjet: 'A',
          },
          categorieentiteGeographiqueExercice: one.category,
          etatObjet: 'A',
          dateDerniereMaj: day,
          adresse: [
            {
              usageAdresse: '03',
              codePostal: one.commune.postalCode,
              ligneAcheminement: `${one.commune.postalCode} ${capitals(one.commune.name)}`,
              ligneQuatre: one.street,
              cogCommune: one.commune.code,
              ...(one.point === null ? {} : { coordonneesGeographique: { directionLatitude: String(one.point[0]), directionLongitude: String(one.point[1]) } }),
            },
          ],
          contact: [{ telecom: [{ telephone: one.phone }] }],
        },
      ],
    })),
  })
}
