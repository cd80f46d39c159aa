import { X509Certificate } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { issue } from '../insi/certificates.ts'

/** Certificates for a demonstration or a test: made at each start, kept nowhere but where they are asked for. */
export interface HospitalCertificates {
  readonly authority: string
  readonly port: { readonly certificate: string; readonly key: string }
  readonly hospital: { readonly certificate: string; readonly key: string; readonly fingerprint: string }
  /** Signed by the same authority, declared by nobody. */
  readonly stranger: { readonly certificate: string; readonly key: string; readonly fingerprint: string }
}

export async function hospitalCertificates(): Promise<HospitalCertificates> {
  const authority = await issue('Autorité de démonstration des hôpitaux', null)
  const [port, hospital, stranger] = await Promise.all([
    issue('127.0.0.1', authority),
    issue('hopital-demonstration', authority),
    issue('hopital-inconnu', authority),
  ])
  const printed = ({ certificate, key }: { certificate: string; key: string }): HospitalCertificates['hospital'] => ({
    certificate,
    key,
    fingerprint: new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase(),
  })
  return { authority: authority.certificate, port: { certificate: port.certificate, key: port.key }, hospital: printed(hospital), stranger: printed(stranger) }
}

/** Writes them where Jalon and the stand-in read them; gives what Jalon's environment must hold, but the address. */
export function keepCertificates(folder: string, certificates: HospitalCertificates): Readonly<Record<'HL7_CERTIFICATE' | 'HL7_KEY' | 'HL7_CA', string>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const kept = (name: string, content: string): string => {
    const file = join(folder, name)
    writeFileSync(file, content, { mode: 0o600 })
    return file
  }
  kept('hospital.pem', certificates.hospital.certificate)
  kept('hospital.key', certificates.hospital.key)
  return {
    HL7_CERTIFICATE: kept('port.pem', certificates.port.certificate),
    HL7_KEY: kept('port.key', certificates.port.key),
    HL7_CA: kept('hospital-authority.pem', certificates.authority),
  }
}
