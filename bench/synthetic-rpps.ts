import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { createRequire } from 'node:module'
import { allFakers } from '@faker-js/faker'

const header =
  "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|Libellé civilité d'exercice|Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|Code mode exercice|Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|Numéro FINESS établissement juridique|Identifiant technique de la structure|Raison sociale site|Enseigne commerciale site|Complément destinataire (coord. structure)|Complément point géographique (coord. structure)|Numéro Voie (coord. structure)|Indice répétition voie (coord. structure)|Code type de voie (coord. structure)|Libellé type de voie (coord. structure)|Libellé Voie (coord. structure)|Mention distribution (coord. structure)|Bureau cedex (coord. structure)|Code postal (coord. structure)|Code commune (coord. structure)|Libellé commune (coord. structure)|Code pays (coord. structure)|Libellé pays (coord. structure)|Téléphone (coord. structure)|Téléphone 2 (coord. structure)|Télécopie (coord. structure)|Adresse e-mail (coord. structure)|Code Département (structure)|Libellé Département (structure)|Ancien identifiant de la structure|Autorité d'enregistrement|Code secteur d'activité|Libellé secteur d'activité|Code section tableau pharmaciens|Libellé section tableau pharmaciens|Code rôle|Libellé rôle|Code genre activité|Libellé genre activité|"

interface CommuneLine {
  readonly code: string
  readonly nom: string
  readonly type: string
  readonly departement?: string
  readonly population?: number
  readonly codesPostaux?: readonly string[]
}

/** Code, name, how many of a thousand, share of liberal practices. */
const professions = [
  ['60', 'Infirmier', 414, 0.2],
  ['10', 'Médecin', 172, 0.45],
  ['70', 'Masseur-Kinésithérapeute', 74, 0.8],
  ['93', 'Psychologue', 66, 0.4],
  ['21', 'Pharmacien', 55, 0.3],
  ['40', 'Chirurgien-Dentiste', 34, 0.85],
  ['28', 'Opticien-Lunetier', 30, 0.3],
  ['98', 'Manipulateur ERM', 27, 0.05],
  ['71', 'Ostéopathe', 26, 0.9],
  ['86', 'Technicien de Laboratoire', 20, 0.02],
  ['91', 'Orthophoniste', 20, 0.8],
  ['50', 'Sage-Femme', 19, 0.35],
  ['94', 'Ergothérapeute', 12, 0.2],
  ['95', 'Diététicien', 11, 0.4],
  ['80', 'Pédicure-Podologue', 10, 0.9],
  ['96', 'Psychomotricien', 10, 0.3],
] as const
const skills = [
  ['SM54', 'Médecine générale', 42],
  ['SM53', 'Spécialiste en médecine générale', 9],
  ['SM42', 'Psychiatrie', 6],
  ['SM02', 'Anesthésie-réanimation', 5],
  ['SM40', 'Pédiatrie', 4],
  ['SM04', 'Cardiologie et maladies vasculaires', 4],
  ['SM20', 'Gynécologie-obstétrique', 3],
  ['SM38', 'Ophtalmologie', 3],
  ['SM18', 'Gériatrie', 2],
  ['SM15', 'Dermatologie et vénéréologie', 2],
  ['SM32', 'Neurologie', 1.5],
] as const
const streetTypes = [
  ['R', 'Rue'],
  ['AV', 'Avenue'],
  ['BD', 'Boulevard'],
  ['PL', 'Place'],
  ['CHE', 'Chemin'],
  ['RTE', 'Route'],
  ['IMP', 'Impasse'],
  ['ALL', 'Allée'],
] as const
const streets = [
  'DE LA REPUBLIQUE',
  'VICTOR HUGO',
  'PASTEUR',
  'DE LA GARE',
  'DES LILAS',
  'JEAN JAURES',
  'DU GENERAL DE GAULLE',
  'DE LA MAIRIE',
  'DES ECOLES',
  'DU 19 MARS 1962',
]

/** Another day of the same extract: some lines changed, some gone. */
export interface NextDay {
  readonly path: string
  /** Share of the lines that have changed. */
  readonly changed: number
  /** Share of the lines that have gone. */
  readonly left: number
}

/**
 * Writes an extract of the RPPS that never was, of the size and shape of the real one: 345 bytes a line, 1.64 lines a person, a fifth without a commune
 * code, 18 % of the persons without a structure. Serials 199…, telephones 01 99 00, communes by population. The same seed gives the same file.
 */
export async function writeSyntheticRpps(path: string, rows: number, next?: NextDay): Promise<{ readonly persons: number }> {
  const random = generator(42)
  const otherDay = generator(7)
  const load = createRequire(import.meta.url)
  const communes = (load('@etalab/decoupage-administratif/data/communes.json') as readonly CommuneLine[]).filter(
    (c) =>
      (c.type === 'arrondissement-municipal' || (c.type === 'commune-actuelle' && !['75056', '69123', '13055'].includes(c.code))) &&
      (c.population ?? 0) > 0 &&
      (c.codesPostaux?.length ?? 0) > 0,
  )
  const departments = new Map(
    (load('@etalab/decoupage-administratif/data/departements.json') as readonly { code: string; nom: string }[]).map(({ code, nom }) => [code, nom]),
  )
  const pickCommune = byWeight(
    communes,
    communes.map((c) => c.population ?? 1),
    random,
  )
  const pickProfession = byWeight(
    professions,
    professions.map(([, , weight]) => weight),
    random,
  )
  const pickSkill = byWeight(
    skills,
    skills.map(([, , weight]) => weight),
    random,
  )
  const names = allFakers.fr.definitions.person
  const families = plain(names.last_name?.generic ?? [])
  const women = plain(names.first_name?.female ?? [])
  const men = plain(names.first_name?.male ?? [])
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const digits = (count: number): string => String(Math.floor(random() * 10 ** count)).padStart(count, '0')
  const today = fileWriter(path)
  const tomorrow = next === undefined ? null : fileWriter(next.path)
  today.write(`${header}\n`)
  tomorrow?.write(`${header}\n`)
  let serial = 0
  for (let line = 0; line < rows; serial += 1) {
    const base = `199${String(serial).padStart(7, '0')}`
    const rpps = withKey(base)
    const [profession, professionLabel, , liberalShare] = pickProfession()
    const woman = random() < 0.68
    const family = random() < 0.12 ? `${any(families)} ${any(families)}` : any(families)
    const given = any(woman ? women : men)
    const titled = ['10', '21', '40'].includes(profession) && random() < 0.8
    const skill = profession === '10' && random() < 0.95 ? pickSkill() : null
    const draw = random()
    const activities = draw < 0.18 ? 0 : draw < 0.66 ? 1 : draw < 0.85 ? 2 : draw < 0.94 ? 3 : 4 + Math.floor(random() * 4)
    const home = pickCommune()
    const who = `8|${rpps}|8${rpps}|${titled ? 'DR|Docteur' : '|'}|${woman ? 'MME|Madame' : 'M|Monsieur'}|${family}|${given}|${profession}|${professionLabel}|C|Civil|${
      skill === null ? '|||' : `S|Spécialité ordinale|${skill[0]}|${skill[1]}`
    }|`
    for (let activity = 0; activity < Math.max(1, activities) && line < rows; activity += 1, line += 1) {
      let [rest, moved] = ['', '']
      if (activities === 0) rest = moved = '|'.repeat(39)
      else {
        const liberal = random() < liberalShare
        const commune = activity === 0 || random() < 0.7 ? home : pickCommune()
        const type = any(streetTypes)
        const postal = any(commune.codesPostaux ?? [''])
        const city = plain([commune.nom])[0] ?? ''
        const finess = liberal ? '' : withKey(`${(commune.departement ?? '88').slice(0, 2).replace(/[AB]/, '0')}${digits(6)}`)
        const siret = liberal ? '' : withKey(`${digits(9)}0001`)
        const department = commune.departement ?? ''
        const [coded, country, phone, mailed, located] = [random() < 0.8, random() < 0.5, random() < 0.55, random() < 0.1, random() < 0.8]
        const number = 1 + Math.floor(random() * 180)
        const suffix = random() < 0.04 ? any(['B', 'T']) : ''
        const street = any(streets)
        const telephone = phone ? `01990${digits(5)}` : ''
        const key = liberal ? `R${base.slice(1)}${digits(4)}` : `F${finess}`
        const email = mailed ? `contact${digits(6)}@exemple.invalid` : ''
        const at = (told: number): string =>
          `${liberal ? 'L|Libéral' : 'S|Salarié'}|${siret}||${finess}|${finess}|${key}|${liberal ? `CABINET ${family}` : `ETABLISSEMENT ${city}`}||||${told}|${suffix}|${type[0]}|${type[1]}|${street}||${postal} ${city}|${postal}|${
            coded ? `${commune.code}|${commune.nom}` : '|'
          }|${country ? '99000|France' : '|'}|${telephone}|||${email}|${located ? `${department}|${departments.get(department) ?? ''}` : '|'}|${
            liberal ? `4${rpps}001` : `1${finess}`
          }|SYN/SYN/SYN|${liberal ? (number % 2 === 0 ? 'SA07|Cabinet individuel' : 'SA08|Cabinet de groupe') : 'SA01|Etablissement public de santé'}|||||GENR01|Activité de soin et de pharmacie|`
        rest = at(number)
        moved = at(number + 200)
      }
      today.write(`${who}${rest}\n`)
      if (tomorrow !== null && next !== undefined) {
        const fate = otherDay()
        if (fate >= next.left) tomorrow.write(`${who}${fate < next.left + next.changed ? moved : rest}\n`)
      }
    }
    if (today.full || tomorrow?.full === true) await Promise.all([today.flush(), tomorrow?.flush()])
  }
  await Promise.all([today.end(), tomorrow?.end()])
  return { persons: serial }
}

function fileWriter(path: string): { write(text: string): void; readonly full: boolean; flush(): Promise<void>; end(): Promise<void> } {
  const stream = createWriteStream(path)
  let text = ''
  const flush = async (): Promise<void> => {
    const ready = text
    text = ''
    if (!stream.write(ready)) await once(stream, 'drain')
  }
  return {
    write: (more) => {
      text += more
    },
    get full() {
      return text.length > 2_000_000
    },
    flush,
    end: async () => {
      stream.end(text)
      await once(stream, 'finish')
    },
  }
}

function plain(names: readonly string[]): readonly string[] {
  return names.map((name) =>
    name
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toUpperCase(),
  )
}

function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

function byWeight<T>(items: readonly T[], weights: readonly number[], random: () => number): () => T {
  const sums: number[] = []
  weights.reduce((sum, weight, at) => (sums[at] = sum + weight), 0)
  const total = sums.at(-1) ?? 1
  return () => {
    const wanted = random() * total
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    return items[low] as T
  }
}

function withKey(base: string): string {
  let sum = 0
  for (let at = base.length - 1, doubled = true; at >= 0; at -= 1, doubled = !doubled) {
    const digit = Number(base[at])
    sum += doubled ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return `${base}${(10 - (sum % 10)) % 10}`
}
