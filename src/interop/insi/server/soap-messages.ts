import { randomUUID } from 'node:crypto'
import { type InsOid, insAuthorities, nirKey } from '../../../persons/contract/ins.ts'
import {
  givenNamesOf,
  type InsIdentity,
  type InsiFailure,
  type InsiSearch,
  type InsiSearchAnswer,
  type InsiVerificationAnswer,
} from '../../../persons/contract/insi.ts'
import { officialSpelling } from '../../../persons/contract/names.ts'
import { escapeXml, find, readXml, type XmlElement } from './xml.ts'

/*
 * Everything that Jalon knows of the messages of INSi stands in this file, and only here. The official WSDL and XSD are given by the CNDA under contract and
 * were not at hand: names, namespaces and return codes are those that public integrations of « WS INS » show. Whoever receives the WSDL compares it with this
 * file, corrects it here, and does the same in simulators/insi/messages.ts; nothing else depends on it.
 */

/** Who asks, in the header of each message. */
export interface Asker {
  readonly emitter: string
  readonly softwareId: string
  readonly softwareVersion: string
  readonly at: Date
}

export const namespaces = {
  soap: 'http://www.w3.org/2003/05/soap-envelope',
  addressing: 'http://www.w3.org/2005/08/addressing',
  bam: 'urn:siram:bam:ctxbam',
  lps: 'urn:siram:lps:ctxlps',
  search: 'http://www.cnamts.fr/INSiRecSans',
  verification: 'http://www.cnamts.fr/INSiVerif',
  result: 'http://www.cnamts.fr/INSiResultat',
} as const

export const actions = {
  search: 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite',
  verification: 'urn:ServiceIdentiteCertifiee:1.0.0:verifierInsAvecTraitsIdentite',
} as const

const tag = (name: string, value: string): string => `<i:${name}>${escapeXml(value)}</i:${name}>`

/** Search by traits: the birthplace is sent only when it is asked with it. */
export function searchMessage(request: InsiSearch, asker: Asker): string {
  const body = [
    tag('NomNaissance', request.birthName),
    ...request.givenNames.map((name) => tag('Prenom', name)),
    tag('Sexe', request.sex),
    tag('DateNaissance', request.birthDate),
    ...(request.birthPlaceCode === null ? [] : [tag('LieuNaissance', request.birthPlaceCode)]),
  ].join('')
  return envelope(actions.search, asker, `<i:RECSANSVITALE xmlns:i="${namespaces.search}">${body}</i:RECSANSVITALE>`)
}

/** Verification of a matricule with its five traits. */
export function verificationMessage(identity: InsIdentity, asker: Asker): string {
  const number = identity.matricule.slice(0, 13)
  const given = identity.birthGivenNames.map(officialSpelling)
  const body = [
    `<i:IndividuVerifie><i:INSFourni><i:IdIndividu>${tag('NumIdentifiant', number)}${tag('Cle', identity.matricule.slice(13))}</i:IdIndividu>`,
    `${tag('OID', identity.oid)}</i:INSFourni><i:TraitsIdentiteIndividu>`,
    tag('NomNaissance', officialSpelling(identity.birthName)),
    tag('Prenom', given[0] ?? ''),
    tag('ListePrenom', given.join(' ')),
    tag('Sexe', identity.sex),
    tag('DateNaissance', identity.birthDate),
    tag('LieuNaissance', identity.birthPlaceCode),
    '</i:TraitsIdentiteIndividu></i:IndividuVerifie>',
  ].join('')
  return envelope(actions.verification, asker, `<i:VERIFINS xmlns:i="${namespaces.verification}">${body}</i:VERIFINS>`)
}

function envelope(action: string, asker: Asker, body: string): string {
  const [id, at] = [randomUUID(), asker.at.toISOString()]
  const emitter = escapeXml(asker.emitter)
  return [
    `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${namespaces.soap}"><soap:Header>`,
    `<a:Action xmlns:a="${namespaces.addressing}">${action}</a:Action><a:MessageID xmlns:a="${namespaces.addressing}">uuid:${id}</a:MessageID>`,
    `<b:ContexteBAM xmlns:b="${namespaces.bam}" Version="01_02"><b:Id>${id}</b:Id><b:Temps>${at}</b:Temps><b:Emetteur>${emitter}</b:Emetteur><b:COUVERTURE/></b:ContexteBAM>`,
    `<l:ContexteLPS xmlns:l="${namespaces.lps}" Version="01_00"><l:Id>${id}</l:Id><l:Temps>${at}</l:Temps><l:Emetteur>${emitter}</l:Emetteur>`,
    `<l:LPS><l:IDAM R="4">${escapeXml(asker.softwareId)}</l:IDAM><l:Version>${escapeXml(asker.softwareVersion)}</l:Version><l:Nom>urn:lps:jalon</l:Nom></l:LPS></l:ContexteLPS>`,
    `</soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`,
  ].join('')
}

const unreadable: InsiFailure = { outcome: 'unreachable', code: 'answer_unreadable' }

/** What a search was answered. Whatever has not the shape of an answer is « unreadable »: it is asked again, nothing is guessed. */
export function readSearchAnswer(text: string): InsiSearchAnswer {
  const result = resultOf(text)
  if ('outcome' in result) return result
  const code = find(result.element, 'CodeCR')?.text.trim()
  if (code === '01' || code === '02') return { outcome: 'ok', code }
  if (code !== '00') return unreadable
  const identity = identityOf(find(result.element, 'INDIVIDU'))
  return identity === null ? unreadable : { outcome: 'ok', code: '00', identity }
}

/** What a verification was answered: « OK » confirms, « KO » denies. */
export function readVerificationAnswer(text: string): InsiVerificationAnswer {
  const result = resultOf(text)
  if ('outcome' in result) return result
  const code = find(result.element, 'CodeCR')?.text.trim()
  const label = find(result.element, 'LibelleCR')?.text.trim().toUpperCase()
  if (code === '00' && (label === 'OK' || label === 'KO')) return { outcome: 'ok', confirmed: label === 'OK' }
  // No such individual, or several: what was sent designates nobody.
  return code === '01' || code === '02' ? { outcome: 'ok', confirmed: false } : unreadable
}

/** The result inside the envelope, or what a fault means: of the sender, the request is refused; of the receiver, it is asked again. */
function resultOf(text: string): { readonly element: XmlElement } | InsiFailure {
  const root = readXml(text)
  if (root === null || root.name !== 'Envelope' || root.namespace !== namespaces.soap) return unreadable
  const fault = find(root, 'Fault', namespaces.soap)
  if (fault !== null) {
    const sender = find(find(fault, 'Code'), 'Value')?.text.trim().endsWith('Sender') === true
    return sender ? { outcome: 'refused', code: 'request_invalid' } : { outcome: 'unreachable', code: 'down' }
  }
  const element = find(root, 'RESULTAT', namespaces.result)
  return element === null ? unreadable : { element }
}

/** The active INS and its traits; null when one of them is missing or has not its shape (a lunar date has no day: it qualifies nobody). */
function identityOf(individual: XmlElement | null): InsIdentity | null {
  const active = find(individual, 'INSACTIF')
  const traits = find(individual, 'TIQ')
  const of = (element: XmlElement | null, name: string): string => find(element, name)?.text.trim() ?? ''
  const number = of(active, 'NumIdentifiant')
  const key = of(active, 'Cle')
  const oid = insAuthorities.find((authority) => authority.oid === of(active, 'OID'))?.oid as InsOid | undefined
  const birthGivenNames = [...givenNamesOf(of(traits, 'ListePrenom') || of(traits, 'Prenom'))]
  const [birthName, sex, birthDate, birthPlaceCode] = [of(traits, 'NomNaissance'), of(traits, 'Sexe'), of(traits, 'DateNaissance'), of(traits, 'LieuNaissance')]
  const shaped = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(birthDate) && /^[0-9AB]{5}$/.test(birthPlaceCode) && (sex === 'F' || sex === 'M')
  if (oid === undefined || birthName === '' || birthGivenNames.length === 0 || !shaped || !/^[0-9AB]{13}$/.test(number)) return null
  const matricule = number + (/^\d{2}$/.test(key) ? key : nirKey(number))
  return { matricule, oid, birthName, birthGivenNames, birthDate: birthDate as InsIdentity['birthDate'], sex: sex as 'F' | 'M', birthPlaceCode }
}
