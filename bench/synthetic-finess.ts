import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { createRequire } from 'node:module'
import { luhnKey } from '../src/directory/contract/numbers.ts'

interface CommuneLine {
  readonly code: string
  readonly nom: string
  readonly type: string
  readonly departement?: string
  readonly population?: number
  readonly codesPostaux?: readonly string[]
}

/** Categories whose number of active sites is known (reference of 2026); the rest is drawn among the others. */
const counted: Readonly<Record<string, number>> = {
  '620': 19_921,
  '124': 3601,
  '603': 3224,
  '156': 2044,
  '354': 1513,
  '209': 659,
  '127': 141,
  '604': 800,
  '606': 118,
  '609': 101,
  '463': 410,
  '500': 7500,
}
const others = ['101', '126', '177', '182', '183', '202', '207', '246', '255', '355', '365', '437', '445', '446', '460', '611', '697', '698', '705', '614']

/**
 * Writes a FINESS+ file of the size of the country: 105,000 active and 70,000 closed sites, with what makes the real one hard: a quarter without
 * coordinates, the WGS84 pair in either place, another address first, padding, two telephones in one field, keys of communes. 715 megabytes as the daily
 * one: legal persons with their own address, the history of events and commitments of each site, fields told as null, names padded to their width.
 */
export async function writeSyntheticFiness(
  path: string,
  { active = 104_734, closed = 69_947 }: { readonly active?: number; readonly closed?: number } = {},
): Promise<number> {
  const communes = (createRequire(import.meta.url)('@etalab/decoupage-administratif/data/communes.json') as readonly CommuneLine[]).filter(
    (c) => c.type === 'commune-actuelle' && (c.population ?? 0) > 0 && (c.codesPostaux?.length ?? 0) > 0 && /^\d{5}$/.test(c.code) && c.code < '96',
  )
  let state = 42
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const categories = Object.entries(counted).flatMap(([code, count]) => Array.from({ length: Math.round((count * active) / 104_734) }, () => code))
  const stream = createWriteStream(path)
  stream.write('{"schemaVersion":"v1.0.0","generatedAt":"2026-10-01T00:00:00Z","gcc":[],"gco":[],"pmej":[\n')
  const total = active + closed
  const serials = new Map<string, number>()
  for (let at = 0; at < total; ) {
    const sites: unknown[] = []
    const commune = communes[Math.floor(random() * communes.length)] as CommuneLine
    for (let own = 1 + Math.floor(random() * 3); own > 0 && at < total; own -= 1, at += 1) {
      const isActive = at < active
      const department = (commune.departement ?? '88').slice(0, 2)
      const serial = (serials.get(department) ?? 0) + 1
      serials.set(department, serial)
      const digits = `${department}${String(serial).padStart(6, '0')}`
      const category = (isActive ? categories[at] : undefined) ?? others[Math.floor(random() * others.length)]
      const [latitude, longitude] = [(43 + random() * 7).toFixed(6), (-1 + random() * 8).toFixed(6)]
      const [north, east] = [(6_100_000 + random() * 900_000).toFixed(2), (300_000 + random() * 800_000).toFixed(2)]
      const wgsFirst = random() < 0.74
      const address = {
        usageAdresse: '03',
        numeroVoie: String(1 + Math.floor(random() * 99)),
        typeVoie: random() < 0.05 ? 'BD  ' : 'R',
        libelleVoie: 'DES TILLEULS          ',
        indiceRepetitionVoie: null,
        complementDestinataire: null,
        mentionDistribution: null,
        lieuDit: '\\ ',
        ligneQuatre: 'RUE DES TILLEULS                        ',
        codePays: '99100',
        complementPointGeographique: random() < 0.1 ? '\\ ' : null,
        cogCommune: commune.code,
        ligneAcheminement: commune.nom.toUpperCase(),
        codePostal: commune.codesPostaux?.[0],
        coordonneesGeographique:
          random() < 0.25
            ? null
            : {
                coordonneeX: wgsFirst ? longitude : north,
                coordonneeY: wgsFirst ? latitude : east,
                directionLatitude: wgsFirst ? north : latitude,
                directionLongitude: wgsFirst ? east : longitude,
                cleInInteropBAN: random() < 0.03 ? commune.code : `${commune.code}_0001_00003`,
                scoreBAN: '0.95',
              },
      }
      const phone = `01990${String(Math.floor(random() * 1e5)).padStart(5, '0')}`
      sites.push({
        informationsGeneralesEGE: {
          egeId: String(at + 1),
          dateFermeture: isActive ? null : '2014-03-31',
          dateOuverture: '1998-02-01',
          complementDenominationEg: null,
          datePremiereAutorisation: '1998-02-01',
          nomEgeCourt: `ETABLISSEMENT ${at} ${commune.nom.toUpperCase().slice(0, 20)}   `,
          nomEgeLong: `ETABLISSEMENT ET SERVICE ${at} ${commune.nom.toUpperCase()}                 `,
          numFinessEge: digits + luhnKey(digits),
          espic: null,
          siret: null,
        },
        categorieentiteGeographiqueExercice: category,
        modefixationtarifaire: '08',
        typeBudget: ['02'],
        adresse: random() < 0.013 ? [{ ...address, usageAdresse: '06', cogCommune: '01173' }, address] : [address],
        contact: [
          {
            typeContact: { roleContact: '01' },
            telecom: { telephone: random() < 0.84 ? (random() < 0.02 ? `${phone} / ${phone}` : phone) : null, telecopie: null, courriel: null },
          },
        ],
        engagement: Array.from({ length: 2 + (at % 2) }, (_, n) => commitment(at, n)),
        evenement: Array.from({ length: 2 + (at % 3) }, (_, n) => event(at, n)),
        etatObjet: isActive ? 'A' : 'I',
        dateDerniereMaj: '2025-10-21 19:19:05',
      })
    }
    const person = {
      informationsGeneralesPMEJ: {
        pmSmsseId: String(at),
        denominationLonguePmSmsse: `ASSOCIATION ${at}`,
        denominationPm: `ASSOCIATION ${at}`,
        numFinessPm: '010000156',
        statutJuridique: '60',
        codeApe: '88.10A',
        complementAdressePmSmsse: null,
        dateCreation: '2001-01-01',
        dateDerniereModificationSirene: '2024-05-17 00:00:00',
        dateFermeture: null,
        fonctionPublique: null,
        siren: '772201489',
        typeGroupeGco: null,
        typePersonneMorale: '01',
        metadonneeId: String(9_000_000 + at),
      },
      adresse: [
        { usageAdresse: '02', numeroVoie: '62', typeVoie: 'AV', libelleVoie: 'DES TILLEULS', cogCommune: commune.code, codePostal: commune.codesPostaux?.[0] },
      ],
      contact: [{ typeContact: { roleContact: '01' }, telecom: { telephone: null, telecopie: null, courriel: null } }],
      engagement: [],
      evenement: [event(at, 0)],
      ege: sites,
      etatObjet: 'A',
    }
    if (!stream.write(`${JSON.stringify(person)}${at < total ? ',\n' : '\n'}`)) await once(stream, 'drain')
  }
  stream.end(']}')
  await once(stream, 'finish')
  return total
}

/** What the file tells of the past of a site; nothing of it is kept. */
function event(site: number, n: number): unknown {
  return {
    evenementId: String(site * 10 + n),
    typeEvenement: '0205',
    libelleTypeEvenement: 'Modification des informations générales de l’entité',
    dateEvenement: `20${String(10 + (n % 15))}-03-31 00:00:00`,
    dateEffet: `20${String(10 + (n % 15))}-04-01`,
    commentaire: null,
    autorite: { codeAutorite: 'ARS', libelleAutorite: 'AGENCE REGIONALE DE SANTE                         ' },
    metadonneeId: String(40_000_000 + site * 10 + n),
  }
}

function commitment(site: number, n: number): unknown {
  return {
    engagementId: String(site * 10 + n),
    typeEngagement: '01',
    libelleTypeEngagement: 'Autorisation                                      ',
    referenceActe: `ARRETE ${site}-${n}                                  `,
    dateDebut: '2017-01-03',
    dateFin: '2032-01-02',
    dateDecision: '2016-12-20',
    autorite: { codeAutorite: 'ARS', libelleAutorite: 'AGENCE REGIONALE DE SANTE                         ' },
    activites: [
      {
        codeActivite: '961',
        libelleActivite: 'Pôles d’activité et de soins adaptés',
        modeFonctionnement: '21',
        clientele: '436',
        capaciteAutorisee: '14',
        capaciteInstallee: '14',
      },
    ],
    metadonneeId: String(80_000_000 + site * 10 + n),
  }
}
