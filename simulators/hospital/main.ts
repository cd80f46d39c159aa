import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hospitalCertificates, keepCertificates } from './certificates.ts'
import { adtMessage, type Patient, type Trigger } from './messages.ts'
import { openSender } from './sender.ts'

/** The name under which the stand-in speaks (MSH-4), as the demonstration declares it. */
export const demoFacility = 'CH HAUTES-VALLEES'

export interface HospitalSimulator {
  /** What Jalon's environment must hold to open its port of hospitals. */
  readonly settings: Readonly<Record<'HL7_LISTEN' | 'HL7_CERTIFICATE' | 'HL7_KEY' | 'HL7_CA', string>>
  /** Of the certificate that speaks for the stand-in: to be declared in Jalon. */
  readonly fingerprint: string
  /** Sends one ADT message in a conversation of its own; gives its acknowledgement. */
  tell(trigger: Trigger, message: Omit<Parameters<typeof adtMessage>[1], 'facility'> & { readonly facility?: string }): Promise<string>
}

/** A hospital that speaks to Jalon's port: its certificates are made at each start, in the folder, and kept nowhere else. */
export async function startHospitalSimulator({ port, folder }: { readonly port: number; readonly folder: string }): Promise<HospitalSimulator> {
  const certificates = await hospitalCertificates()
  const settings = { ...keepCertificates(folder, certificates), HL7_LISTEN: `127.0.0.1:${port}` }
  return {
    settings,
    fingerprint: certificates.hospital.fingerprint,
    tell: async (trigger, message) => {
      const sender = await openSender({ port, authority: certificates.authority, ...certificates.hospital })
      try {
        return await sender.send(adtMessage(trigger, { facility: demoFacility, ...message }))
      } finally {
        sender.close()
      }
    },
  }
}

const triggers: readonly string[] = ['A01', 'A02', 'A03', 'A08', 'A11', 'A13']
const usage = `node simulators/hospital/main.ts DOSSIER PORT A01|A02|A03|A08|A11|A13 SEJOUR NOM PRENOM AAAA-MM-JJ F|M [COMMUNE_DE_NAISSANCE] [MATRICULE]

Envoie un message ADT au Jalon de démonstration : DOSSIER et PORT sont ceux qu’il affiche à son démarrage. Avec un matricule, l’identité est dite qualifiée.`

/** One message from the command line, with the certificates that a demonstration has made. */
async function tellOnce([
  folder = '',
  port = '',
  trigger = '',
  visitNumber = '',
  birthName = '',
  givenName = '',
  birthDate = '',
  sex = '',
  place,
  matricule,
]: readonly string[]): Promise<void> {
  if (!triggers.includes(trigger) || birthName === '' || !/^\d{4}-\d{2}-\d{2}$/.test(birthDate) || (sex !== 'F' && sex !== 'M')) {
    process.stderr.write(`${usage}\n`)
    process.exitCode = 2
    return
  }
  const file = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const sender = await openSender({
    port: Number(port),
    authority: file('hospital-authority.pem'),
    certificate: file('hospital.pem'),
    key: file('hospital.key'),
  })
  const patient: Patient = {
    birthName,
    givenNames: givenName.split(/[\s,]+/),
    birthDate,
    sex,
    ipp: visitNumber,
    ...(place === undefined ? {} : { birthPlaceCode: place }),
    ...(matricule === undefined ? { reliability: 'VALI' } : { ins: { matricule, oid: '1.2.250.1.213.1.4.10' }, reliability: 'QUAL' }),
  }
  const now = new Date()
  const answer = await sender.send(
    adtMessage(trigger as Trigger, {
      facility: demoFacility,
      controlId: `${now.getTime()}`,
      sentAt: now,
      patient,
      visitNumber,
      movement: `${visitNumber}-${now.getTime()}`,
    }),
  )
  process.stdout.write(`${answer.replaceAll('\r', '\n')}`)
  sender.close()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await tellOnce(process.argv.slice(2))
