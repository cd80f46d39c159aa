import type { InsIdentity } from '../../src/persons/contract/insi.ts'

/* The other side of src/interop/insi/server/soap-messages.ts, written apart: a mistake made twice the same way would not be seen. */

const soap = 'http://www.w3.org/2003/05/soap-envelope'
const result = 'http://www.cnamts.fr/INSiResultat'

/** What a request says, by the names of its elements; a name that comes several times gives all its values. */
export interface AskedTraits {
  readonly operation: 'search' | 'verification'
  readonly birthName: string
  readonly givenNames: readonly string[]
  readonly sex: string
  readonly birthDate: string
  readonly birthPlaceCode: string | null
  readonly matricule: string | null
  readonly oid: string | null
}

/** Reads a request; null when it is none. */
export function readRequest(xml: string): AskedTraits | null {
  const operation = xml.includes(':RECSANSVITALE') ? 'search' : xml.includes(':VERIFINS') ? 'verification' : null
  if (operation === null || !xml.includes(soap)) return null
  const all = (name: string): readonly string[] => [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}>([^<]*)</`, 'g'))].map((match) => unescaped(match[1] ?? ''))
  const one = (name: string): string | null => all(name)[0] ?? null
  const number = one('NumIdentifiant')
  return {
    operation,
    birthName: one('NomNaissance') ?? '',
    givenNames: operation === 'search' ? all('Prenom') : (one('ListePrenom') ?? '').split(' '),
    sex: one('Sexe') ?? '',
    birthDate: one('DateNaissance') ?? '',
    birthPlaceCode: one('LieuNaissance'),
    matricule: number === null ? null : number + (one('Cle') ?? ''),
    oid: one('OID'),
  }
}

const unescaped = (text: string): string => text.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
const escaped = (text: string): string => text.replace(/[<>&'"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const inEnvelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="${soap}"><env:Body xmlns:env="${soap}">${body}</env:Body></soap:Envelope>`

/** An answer with a return code, and the identity that goes with 00. */
export function resultMessage(code: string, label: string, identity: InsIdentity | null): string {
  const individual =
    identity === null
      ? ''
      : `<ns2:INDIVIDU><ns2:INSACTIF><ns2:IdIndividu><ns2:NumIdentifiant>${identity.matricule.slice(0, 13)}</ns2:NumIdentifiant><ns2:Cle>${identity.matricule.slice(13)}</ns2:Cle></ns2:IdIndividu>` +
        `<ns2:OID>${identity.oid}</ns2:OID></ns2:INSACTIF><ns2:TIQ><ns2:NomNaissance>${escaped(identity.birthName)}</ns2:NomNaissance>` +
        `<ns2:Prenom>${escaped(identity.birthGivenNames[0] ?? '')}</ns2:Prenom><ns2:ListePrenom>${escaped(identity.birthGivenNames.join(' '))}</ns2:ListePrenom>` +
        `<ns2:Sexe>${identity.sex}</ns2:Sexe><ns2:DateNaissance>${identity.birthDate}</ns2:DateNaissance><ns2:LieuNaissance>${identity.birthPlaceCode}</ns2:LieuNaissance></ns2:TIQ></ns2:INDIVIDU>`
  return inEnvelope(
    `<ns2:RESULTAT xmlns:ns2="${result}"><ns2:CR><ns2:CodeCR>${code}</ns2:CodeCR><ns2:LibelleCR>${label}</ns2:LibelleCR></ns2:CR>${individual}</ns2:RESULTAT>`,
  )
}

export function faultMessage(whose: 'Sender' | 'Receiver', reason: string): string {
  return inEnvelope(
    `<soap:Fault xmlns:soap="${soap}"><soap:Code><soap:Value>soap:${whose}</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="fr">${reason}</soap:Text></soap:Reason></soap:Fault>`,
  )
}
