/** Somebody as a hospital knows her. Invented, always. */
export interface Patient {
  readonly birthName: string
  readonly usedName?: string
  readonly givenNames: readonly string[]
  /** 'YYYY-MM-DD' */
  readonly birthDate: string
  readonly sex: 'F' | 'M'
  readonly birthPlaceCode?: string
  readonly birthPlaceName?: string
  /** The hospital's own number (IPP). */
  readonly ipp: string
  readonly ins?: { readonly matricule: string; readonly oid: string }
  /** PID-32: QUAL, VALI, PROV… */
  readonly reliability?: string
  readonly phone?: string
}

export interface AdtOptions {
  readonly facility: string
  readonly controlId: string
  /** When the hospital writes it. */
  readonly sentAt: Date
  readonly patient: Patient
  readonly visitNumber: string
  /** I: hospitalised; E: at the emergency department; O: out-patient. */
  readonly patientClass?: 'I' | 'E' | 'O'
  readonly movement?: string
  /** When it happened; when it is written, unless told. */
  readonly occurredAt?: Date
  readonly admittedAt?: Date
  readonly dischargedAt?: Date
  /** 'YYYY-MM-DD' */
  readonly expectedOn?: string
  readonly deceased?: boolean
  readonly historic?: boolean
  readonly charset?: 'UNICODE UTF-8' | '8859/1' | ''
}

export type Trigger = 'A01' | 'A02' | 'A03' | 'A08' | 'A11' | 'A13'

const stamp = (at: Date | undefined): string => (at === undefined ? '' : `${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}+0000`)
const day = (iso: string | undefined): string => (iso ?? '').replaceAll('-', '')
const escaped = (text: string): string => text.replace(/[\\|^~&]/g, (sign) => `\\${{ '\\': 'E', '|': 'F', '^': 'S', '~': 'R', '&': 'T' }[sign]}\\`)

/** An ADT message in the shape that IHE PAM gives it in France (written after the profile: not a recording). */
export function adtMessage(trigger: Trigger, options: AdtOptions): Buffer {
  const { patient, sentAt } = options
  const cancels = trigger === 'A11' || trigger === 'A13'
  const identifiers = [
    `${patient.ipp}^^^${escaped(options.facility)}&1.2.250.1.99999.1&ISO^PI`,
    ...(patient.ins === undefined ? [] : [`${patient.ins.matricule}^^^ASIP-SANTE-INS-NIR&${patient.ins.oid}&ISO^INS`]),
  ]
  const [first = '', ...further] = patient.givenNames.map(escaped)
  const names = [
    `${escaped(patient.birthName)}^${first}^${[first, ...further].join(' ')}^^^^L`,
    ...(patient.usedName === undefined ? [] : [`${escaped(patient.usedName)}^${first}^^^^^D`]),
  ]
  const pid: string[] = []
  pid[3] = identifiers.join('~')
  pid[5] = names.join('~')
  pid[7] = day(patient.birthDate)
  pid[8] = patient.sex
  if (patient.birthPlaceCode !== undefined) pid[11] = `^^${escaped(patient.birthPlaceName ?? '')}^^^FRA^BDL^^${patient.birthPlaceCode}`
  if (patient.phone !== undefined) pid[13] = `^PRN^PH^^^^^^^^^${patient.phone}`
  if (options.deceased === true) pid[30] = 'Y'
  if (patient.reliability !== undefined) pid[32] = patient.reliability
  const pv1: string[] = []
  pv1[2] = options.patientClass ?? 'I'
  pv1[3] = `UF1234^^^${escaped(options.facility)}`
  pv1[19] = `${options.visitNumber}^^^${escaped(options.facility)}&1.2.250.1.99999.1&ISO^VN`
  pv1[44] = stamp(options.admittedAt)
  pv1[45] = stamp(options.dischargedAt)
  const segment = (name: string, fields: readonly string[], length: number): string =>
    `${name}|${Array.from({ length }, (_, at) => fields[at + 1] ?? '').join('|')}`.replace(/\|+$/, '')
  const lines = [
    `MSH|^~\\&|GAP|${escaped(options.facility)}|JALON|DAC|${stamp(sentAt)}||ADT^${trigger}^ADT_${trigger === 'A08' || trigger === 'A01' ? 'A01' : trigger === 'A03' ? 'A03' : 'A02'}|${options.controlId}|P|2.5^FRA^2.10|||||FRA|${options.charset ?? 'UNICODE UTF-8'}`,
    `EVN||${stamp(sentAt)}||||${stamp(options.occurredAt ?? sentAt)}`,
    segment('PID', pid, 32),
    segment('PV1', pv1, 45),
    ...(options.expectedOn === undefined ? [] : [segment('PV2', Object.assign([], { 9: day(options.expectedOn) }) as string[], 9)]),
    ...(options.movement === undefined
      ? []
      : [
          `ZBE|${options.movement}^GAP^1.2.250.1.99999.2^ISO|${stamp(options.occurredAt ?? sentAt)}||${cancels ? 'CANCEL' : trigger === 'A08' ? 'UPDATE' : 'INSERT'}|${options.historic === true ? 'Y' : 'N'}|${trigger === 'A11' ? 'A01' : trigger === 'A13' ? 'A03' : ''}|^^^^^^UF^^^UF1234||HMS`,
        ]),
  ]
  return Buffer.from(`${lines.join('\r')}\r`, options.charset === '8859/1' ? 'latin1' : 'utf8')
}
