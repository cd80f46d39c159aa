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
  readonly population?: number
  readonly codesPostaux?: readonly string[]
}

const professions = [
  ['60', 'Infirmier', 43],
  ['10', 'Médecin', 19],
  ['70', 'Masseur-Kinésithérapeute', 9],
  ['21', 'Pharmacien', 6],
  ['40', 'Chirurgien-Dentiste', 4],
  ['93', 'Psychologue', 6],
  ['91', 'Orthophoniste', 3],
  ['50', 'Sage-Femme', 2],
  ['94', 'Ergothérapeute', 2],
  ['80', 'Pédicure-Podologue', 2],
  ['95', 'Diététicien', 2],
  ['28', 'Opticien-Lunetier', 2],
] as const
const skills = [
  ['SM54', 'Médecine générale', 45],
  ['SM42', 'Psychiatrie', 6],
  ['SM40', 'Pédiatrie', 4],
  ['SM04', 'Cardiologie et maladies vasculaires', 4],
  ['SM18', 'Gériatrie', 2],
  ['SM32', 'Neurologie', 2],
] as const

/**
 * Writes an extract of the RPPS that never was: serials 199…, telephones 01 99 00, names drawn evenly, communes by population. The same seed gives the
 * same file. `changed` is the share of the lines that another day would have changed; `left`, of those that would have gone.
 */
export async function writeSyntheticRpps(
  path: string,
  rows: number,
  { changed = 0, left = 0 }: { readonly changed?: number; readonly left?: number } = {},
): Promise<void> {
  const random = generator(42)
  const otherDay = generator(7)
  const communes = (createRequire(import.meta.url)('@etalab/decoupage-administratif/data/communes.json') as readonly CommuneLine[]).filter(
    (c) => c.type === 'commune-actuelle' && (c.population ?? 0) > 0 && (c.codesPostaux?.length ?? 0) > 0,
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
  const given = plain([...(names.first_name?.female ?? []), ...(names.first_name?.male ?? [])])
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const stream = createWriteStream(path)
  let text = `${header}\n`
  for (let line = 0, serial = 0; line < rows; serial += 1) {
    const rpps = withKey(`199${String(serial).padStart(7, '0')}`)
    const [profession, professionLabel] = pickProfession()
    const doctor = profession === '10'
    const skill = doctor ? pickSkill() : null
    const family = random() < 0.5 ? `${any(families)} ${any(families)}` : any(families)
    const first = any(given)
    const home = pickCommune()
    for (let activities = random() < 0.66 ? 1 : random() < 0.6 ? 2 : 3; activities > 0 && line < rows; activities -= 1, line += 1) {
      const liberal = random() < 0.4
      const commune = activities === 1 ? home : pickCommune()
      const phone = random() < 0.6 ? `01990${String(Math.floor(random() * 100_000)).padStart(5, '0')}` : ''
      const draw = otherDay()
      if (draw < left) continue
      const moved = draw < left + changed
      text += [
        '8',
        rpps,
        `8${rpps}`,
        doctor ? 'DR' : '',
        doctor ? 'Docteur' : '',
        'MME',
        'Madame',
        family,
        first,
        profession,
        professionLabel,
        'C',
        'Civil',
        skill ? 'S' : '',
        skill ? 'Spécialité ordinale' : '',
        skill?.[0] ?? '',
        skill?.[1] ?? '',
        liberal ? 'L' : 'S',
        liberal ? 'Libéral' : 'Salarié',
        '',
        '',
        '',
        '',
        `R${serial}${activities}`,
        liberal ? `CABINET ${family}` : `ETABLISSEMENT ${commune.nom.toUpperCase()}`,
        '',
        '',
        '',
        moved ? '12 BIS' : '12',
        '',
        'R',
        'Rue',
        'DE LA GARE',
        '',
        `${commune.codesPostaux?.[0]} ${commune.nom.toUpperCase()}`,
        commune.codesPostaux?.[0],
        commune.code,
        commune.nom,
        '99000',
        'France',
        phone,
        '',
        '',
        '',
        '',
        '',
        '',
        'SYN/SYN/SYN',
        liberal ? 'SA07' : 'SA01',
        liberal ? 'Cabinet individuel' : 'Etablissement public de santé',
        '',
        '',
        '',
        '',
        'GENR01',
        'Activité de soin et de pharmacie',
        '',
      ].join('|')
      text += '\n'
      if (text.length > 1_000_000) {
        if (!stream.write(text)) await once(stream, 'drain')
        text = ''
      }
    }
  }
  stream.end(text)
  await once(stream, 'finish')
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
