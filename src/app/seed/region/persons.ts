import { nirKey } from '../../../persons/contract/ins.ts'
import { nameKeys } from '../../../persons/contract/names.ts'
import { addDays } from '../../../platform/contract/dates.ts'
import type { Bulk, Row } from './bulk.ts'
import type { Organisations, SeededDac } from './organisations.ts'
import type { RegionPlan } from './plan.ts'
import type { Random } from './random.ts'
import { adultMen, adultWomen, familyNames, olderMen, olderWomen, streets, youngMen, youngWomen } from './words.ts'

export interface SeededPerson {
  readonly id: string
  readonly dac: SeededDac
  readonly civil: string
  readonly sex: 'F' | 'M'
  readonly birthDate: string
  readonly age: number
  readonly commune: string
  readonly createdAt: Date
  readonly deceasedOn: string | null
  readonly opposed: boolean
  readonly doctor: SeededDoctor | null
}
export interface SeededDoctor {
  readonly partyId: string
  readonly name: string
  readonly phone: string | null
}

/** Age at the end of the period: the elders are most of the work, every age is there (domain.md 2.1 C and D). */
const ages: readonly (readonly [readonly [number, number], number])[] = [[[0, 10], 2], [[11, 17], 2], [[18, 39], 8], [[40, 59], 16], [[60, 74], 22], [[75, 84], 27], [[85, 101], 23]]

/** Persons with what the desk and the référents hold of them. Test INS only; telephones from the ranges reserved for fiction. */
export async function seedPersons(bulk: Bulk, random: Random, plan: RegionPlan, { dacs, communes, cptsOfCommune }: Organisations, doctors: ReadonlyMap<string, readonly SeededDoctor[]>, today: string): Promise<readonly SeededPerson[]> {
  const people: SeededPerson[] = []
  const facts: { person: SeededPerson; names: { birth: string; used: string | null; given: readonly string[] }; birthPlace: string; status: string; address: string; order: number }[] = []
  const inhabited = new Map(dacs.map((dac) => [dac.id, dac.communes.flatMap((code) => {
    const commune = communes.get(code)
    return commune && commune.population > 0 ? [[code, commune.population] as const] : []
  })]))
  for (let n = 0; n < plan.persons; n += 1) {
    const dac = random.pick(dacs)
    const age = random.between(...random.weighted(ages))
    const sex = random.chance(0.61) ? 'F' : 'M'
    const birthDate = addDays(today, -Math.round((age + random.next() * 0.98) * 365.25))
    const list = age < 20 ? (sex === 'F' ? youngWomen : youngMen) : age < 62 ? (sex === 'F' ? adultWomen : adultMen) : sex === 'F' ? olderWomen : olderMen
    const given = random.some(list, random.chance(0.45) ? 2 : 1)
    const birth = random.pick(familyNames)
    const used = sex === 'F' && age > 28 && random.chance(0.62) ? random.pick(familyNames) : null
    const daysAgo = random.between(2, plan.months * 30)
    const createdAt = new Date(Date.parse(`${addDays(today, -daysAgo)}T00:00:00Z`) + random.between(7 * 60, 15 * 60) * 60_000)
    const deceasedOn = random.chance(age > 84 ? 0.09 : age > 60 ? 0.035 : 0.005) && daysAgo > 20 ? addDays(today, -random.between(1, daysAgo - 10)) : null
    const commune = random.weighted(inhabited.get(dac.id) ?? [])
    const nearby = doctors.get(communes.get(commune)?.department ?? '') ?? []
    const person: SeededPerson = {
      id: random.idAt(createdAt), dac, sex, birthDate, age, commune, createdAt, deceasedOn, opposed: random.chance(0.012),
      civil: `${sex === 'F' ? 'Mme' : 'M.'} ${(used ?? birth).replace('-', ' ')}`,
      doctor: random.chance(0.1) || nearby.length === 0 ? null : random.pick(nearby),
    }
    people.push(person)
    const status = random.weighted([['QUAL', 46], ['VALI', 14], ['RECUP', 14], ['PROV', 26]])
    facts.push({ person, names: { birth, used, given }, birthPlace: random.pick(dac.communes), status, address: `${random.between(1, 88)} ${random.pick(streets)}`, order: n })
  }
  await bulk.write('persons.person', (function* (): Generator<Row> {
    for (const { person, names, birthPlace, status, address, order } of facts) {
      const { searchKey, soundKey } = nameKeys([names.birth, names.used, ...names.given])
      const retrieved = status === 'QUAL' || status === 'RECUP'
      const checked = status === 'QUAL' || status === 'VALI'
      const nir = `${person.sex === 'F' ? 2 : 1}${person.birthDate.slice(2, 4)}${person.birthDate.slice(5, 7)}${birthPlace.slice(0, 2)}${String(Math.floor(order / 1000)).padStart(3, '0')}${String(order % 1000).padStart(3, '0')}`
      yield {
        person_id: person.id, birth_name: names.birth, used_name: names.used, birth_given_names: names.given, birth_date: person.birthDate, sex: person.sex,
        birth_place_code: birthPlace, birth_place_name: communes.get(birthPlace)?.name ?? null, search_key: searchKey, sound_key: soundKey,
        ins_matricule: retrieved ? nir + nirKey(nir) : null, ins_oid: retrieved ? '1.2.250.1.213.1.4.10' : null, ins_retrieved_at: retrieved ? person.createdAt : null,
        identity_checked_at: checked ? person.createdAt : null, identity_document: checked ? 'id_card' : null, identity_status: status,
        commune_code: person.commune, address, caller_instruction: order % 13 === 0 ? 'Parler fort et lentement. Appeler avant 11 h.' : null,
        needs_interpreter: order % 53 === 0, language: order % 53 === 0 ? 'tr' : null, is_military: order % 401 === 0,
        deceased_on: person.deceasedOn, death_recorded_at: person.deceasedOn === null ? null : new Date(`${person.deceasedOn}T14:00:00Z`),
        holder_org: person.dac.id, created_at: person.createdAt,
      }
    }
  })())
  const at = (person: SeededPerson): Date => person.createdAt
  await bulk.write('persons.contact_point', (function* (): Generator<Row> {
    for (const { person, order } of facts) {
      yield { id: random.idAt(at(person)), person_id: person.id, kind: 'phone', value: `+336399${String(80000 + (order % 20000)).padStart(5, '0')}`.slice(0, 12), label: random.pick(['Domicile', 'Sa fille', 'Son fils', 'Mobile']), preferred: true, holder_org: person.dac.id }
    }
  })())
  await bulk.write('persons.protection_measure', (function* (): Generator<Row> {
    for (const { person, order } of facts) {
      if (order % 14 !== 0 || person.age < 18) continue
      yield {
        id: random.idAt(at(person)), person_id: person.id, measure: random.pick(['reinforced_curatorship', 'guardianship', 'simple_curatorship', 'family_habilitation']), scope: 'goods_and_person',
        representative_name: `M. Alain ${random.pick(familyNames)}`, representative_phone: '+33353016318', starts_on: addDays(today, -random.between(200, 1500)), ends_on: addDays(today, random.between(100, 1500)), holder_org: person.dac.id,
      }
    }
  })())
  await bulk.write('persons.family_doctor', (function* (): Generator<Row> {
    for (const { person } of facts) {
      const day = person.createdAt.toISOString().slice(0, 10)
      yield {
        id: random.idAt(at(person)), person_id: person.id, state: person.doctor === null ? 'none' : random.chance(0.9) ? 'declared' : 'de_facto', professional_id: person.doctor?.partyId ?? null,
        professional_name: person.doctor?.name ?? null, professional_phone: person.doctor?.phone ?? null, verified_on: day, starts_on: day, holder_org: person.dac.id,
      }
    }
  })())
  await bulk.write('persons.family_doctor_referral', (function* (): Generator<Row> {
    for (const { person } of facts) {
      if (person.doctor !== null || person.deceasedOn !== null) continue
      const cpts = cptsOfCommune.get(person.commune)
      const old = Date.parse(today) - person.createdAt.getTime() > 60 * 86_400_000
      const outcome = cpts === undefined ? null : old ? random.weighted([['designated', 5], ['declined', 2], [null, 3]] as const) : null
      yield {
        id: random.idAt(at(person)), person_id: person.id, cpts_id: cpts ?? null, no_cpts: cpts === undefined, state: cpts === undefined ? 'no_cpts' : (outcome ?? 'sent'), sent_at: person.createdAt,
        remind_on: cpts === undefined || outcome !== null ? null : addDays(person.createdAt.toISOString().slice(0, 10), 7), outcome_at: outcome === null ? null : new Date(person.createdAt.getTime() + 20 * 86_400_000), holder_org: person.dac.id,
      }
    }
  })())
  await bulk.write('persons.information_given', (function* (): Generator<Row> {
    for (const { person } of facts) {
      if (random.chance(0.12)) continue
      yield { id: random.idAt(at(person)), person_id: person.id, given_on: person.createdAt.toISOString().slice(0, 10), given_to: 'person', given_by_name: person.dac.referents[0]?.name ?? 'DAC', mode: 'oral_present', document_version: 'notice_2026_1', holder_org: person.dac.id, recorded_at: person.createdAt }
    }
  })())
  await bulk.write('persons.non_opposition', (function* (): Generator<Row> {
    for (const { person } of facts) {
      if (random.chance(0.1)) continue
      for (const number of random.chance(0.4) ? [1, 2, 3] : [1, 2]) {
        yield {
          id: random.idAt(at(person)), person_id: person.id, number, state: number === 1 && person.opposed ? 'opposition' : number === 3 && random.chance(0.2) ? 'opposition' : 'non_opposition',
          collected_on: person.createdAt.toISOString().slice(0, 10), mode: 'oral_present', collected_by: person.dac.referents[0]?.id ?? person.dac.id, collected_by_name: person.dac.referents[0]?.name ?? 'DAC',
          document_version: 'notice_2026_1', holder_org: person.dac.id, recorded_at: person.createdAt,
        }
      }
    }
  })())
  return people
}
