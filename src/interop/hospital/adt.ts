import type { receiveMessage } from '../../hospital-events/contract/receive.ts'
import type { Act, Told, ToldIdentity, VisitKind } from '../../hospital-events/contract/told.ts'
import type { InputOf } from '../../platform/contract/action.ts'
import type { Hl7Field, Hl7Message } from './hl7-message.ts'
import { dayOfHl7, instantOf } from './instants.ts'

/** What an ADT message says, ready for the gate; or why it is not taken, as the acknowledgement says it. */
export type AdtReading =
  | { readonly ok: true; readonly facility: string; readonly received: Omit<InputOf<typeof receiveMessage>, 'digest'> }
  | { readonly ok: false; readonly code: 'AE' | 'AR'; readonly error: string; readonly words: string }

const actsOf: Readonly<Record<string, Act>> = {
  A01: 'admit',
  A02: 'transfer',
  A03: 'discharge',
  A08: 'update',
  A11: 'cancel_admit',
  A13: 'cancel_discharge',
}

/** PV1-2, table HL7 0004: hospitalised, at the emergency department; the others (out-patients, sessions) are no stay. */
const kindsOf: Readonly<Record<string, VisitKind>> = { I: 'inpatient', E: 'emergency' }

const refused = (code: 'AE' | 'AR', error: string, words: string): AdtReading => ({ ok: false, code, error, words })

/**
 * Reads an ADT of the French profile of IHE PAM: A01, A02, A03, A08, A11, A13. What is needed: the number of the message, an instant, the number of the stay
 * (PV1-19, else PID-18) and a name. Refuses the other types (AR) and what lacks one of these (AE).
 */
export function readAdt(message: Hl7Message, timeZone: string): AdtReading {
  const msh = message.segment('MSH')
  const type = msh?.field(9)[0]
  const trigger = type?.component(2) ?? ''
  if (msh === undefined || type?.component(1) !== 'ADT') return refused('AR', '200', 'type de message non pris en charge')
  const act = actsOf[trigger]
  if (act === undefined) return refused('AR', '201', 'événement non pris en charge')
  const controlId = short(msh.text(10), 199)
  if (controlId === null) return refused('AE', '101', 'MSH-10 manque : identifiant du message')
  const sentAt = instantOf(msh.text(7), timeZone)
  if (sentAt === null) return refused('AE', '101', 'MSH-7 manque : date et heure du message')
  const number = short(message.segment('PV1')?.text(19) ?? '', 160) ?? short(message.segment('PID')?.text(18) ?? '', 160)
  if (number === null) return refused('AE', '101', 'PV1-19 manque : numéro de séjour')
  const identity = identityOf(message)
  if (identity.birthName === null && identity.usedName === null) return refused('AE', '101', 'PID-5 manque : nom de la personne')
  return {
    ok: true,
    facility: short(msh.text(4), 160) ?? '',
    received: { controlId, visitNumber: number, identity, told: toldOf(message, act, sentAt, timeZone) },
  }
}

function toldOf(message: Hl7Message, act: Act, sentAt: string, timeZone: string): Told {
  const [pv1, evn, zbe] = [message.segment('PV1'), message.segment('EVN'), message.segment('ZBE')]
  const at = (text: string | undefined): string | null => instantOf(text ?? '', timeZone)
  const kind = pv1?.text(2) ?? ''
  // ZBE-4 says what the message does with the movement: a CANCEL of an admission is one, whatever the event that carries it.
  const cancelled = (zbe?.text(4) ?? '').toUpperCase() === 'CANCEL'
  const meant: Act = !cancelled ? act : act === 'admit' ? 'cancel_admit' : act === 'discharge' ? 'cancel_discharge' : act === 'transfer' ? 'update' : act
  return {
    act: meant,
    movement: movementOf(zbe?.field(1)[0]),
    sentAt,
    occurredAt: at(zbe?.text(2)) ?? at(evn?.text(6)) ?? at(evn?.text(2)),
    kind: kind === '' ? null : (kindsOf[kind] ?? 'other'),
    admittedAt: at(pv1?.text(44)),
    dischargedAt: at(pv1?.text(45)),
    expectedOn: dayOfHl7(message.segment('PV2')?.text(9) ?? '') as Told['expectedOn'],
    deceased: message.segment('PID')?.text(30).toUpperCase() === 'Y',
    historic: (zbe?.text(5) ?? '').toUpperCase() === 'Y',
    state: null,
  }
}

/** An EI: the number within its authority; two systems of one hospital may number alike. */
function movementOf(field: Hl7Field | undefined): string | null {
  if (field === undefined || field.component(1) === '') return null
  return short([field.component(1), field.component(3) || field.component(2)].filter(Boolean).join('@'), 160)
}

function identityOf(message: Hl7Message): ToldIdentity {
  const pid = message.segment('PID')
  const names = pid?.field(5) ?? []
  const birth = names.find((one) => one.component(7) === 'L') ?? names.find((one) => one.component(7) === '' || one.component(7) === 'N')
  const used = names.find((one) => one.component(7) === 'D')
  const first = short(birth?.component(2) ?? '', 100)
  // XPN-3 holds all the given names of birth, the first one included, or those that follow it.
  const listed = (birth?.component(3) ?? '').split(/[\s,]+/).flatMap((one) => short(one, 100) ?? [])
  const given = first === null || listed[0]?.toUpperCase() === first.toUpperCase() ? listed : [first, ...listed]
  const usedGiven = short(used?.component(2) ?? '', 100)
  const sex = pid?.text(8).toUpperCase()
  const place = (pid?.field(11) ?? []).find((one) => one.component(7) === 'BDL')
  const placeCode = (place?.component(9) || place?.component(5) || '').toUpperCase()
  const reliability = pid?.text(32).toUpperCase() ?? ''
  return {
    birthName: short(birth?.component(1) ?? '', 100),
    usedName: short(used?.component(1) ?? '', 100),
    givenNames: (given.length > 0 ? given : usedGiven === null ? [] : [usedGiven]).slice(0, 12),
    birthDate: dayOfHl7(pid?.text(7) ?? '') as ToldIdentity['birthDate'],
    sex: sex === 'F' || sex === 'M' ? sex : sex === 'O' || sex === 'A' ? 'I' : null,
    birthPlaceCode: /^[0-9][0-9AB][0-9]{3}$/.test(placeCode) ? placeCode : null,
    phones: [...(pid?.field(13) ?? []), ...(pid?.field(14) ?? [])]
      .map((one) => (one.component(12) || one.component(1)).replace(/[\s.\-()]/g, ''))
      .filter((one) => /^\+?\d{6,15}$/.test(one))
      .slice(0, 6),
    ins: insOf(pid?.field(3) ?? []),
    reliability: /^[A-Z]{2,10}$/.test(reliability) ? reliability : null,
  }
}

/** The matricule of PID-3 whose assigning authority is an INS (CX-4, an OID); IPP, numbers of dossiers and INS-C are left out. */
function insOf(identifiers: readonly Hl7Field[]): ToldIdentity['ins'] {
  for (const one of identifiers) {
    const oid = one.component(4, 2)
    const matricule = one.component(1).replace(/\s/g, '').toUpperCase()
    if (/^1\.2\.250\.1\.213\.1\.4\.(8|9|10|11)$/.test(oid) && /^[0-9AB]{13,15}$/.test(matricule)) return { oid, matricule }
  }
  return null
}

/** A text without spaces around nor control signs; null for an empty one or one too long to be what it is said to be. */
function short(text: string, most: number): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken off.
  const clean = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
  return clean === '' || clean.length > most ? null : clean
}
