import type { SealedLine } from '../lines.sql.ts'
import { type Gesture, gestureOf } from './gesture.ts'

/** FHIR R4 as JSON. Types of FHIR stay in this folder. */
export type Resource = Readonly<Record<string, unknown>>

const dcm = 'http://dicom.nema.org/resources/ontology/DCM'
const terminology = 'http://terminology.hl7.org/CodeSystem'
const balp = 'https://profiles.ihe.net/ITI/BALP'

const coding = (system: string, code: string, display: string): Resource => ({ system, code, display })

const interactions: Readonly<Record<Gesture, { readonly code: string; readonly action: string; readonly profile: string }>> = {
  create: { code: 'create', action: 'C', profile: 'Create' },
  read: { code: 'read', action: 'R', profile: 'Read' },
  update: { code: 'update', action: 'U', profile: 'Update' },
  delete: { code: 'delete', action: 'D', profile: 'Delete' },
  query: { code: 'search', action: 'E', profile: 'Query' },
}

/** v3-PurposeOfUse, for the purposes of the register. */
const purposes: Readonly<Record<string, readonly [string, string]>> = {
  coordination: ['COC', 'coordination of care'],
  care: ['TREAT', 'treatment'],
  own_file: ['PATRQT', 'patient requested'],
  emergency: ['BTG', 'break the glass'],
  rights: ['PATRQT', 'patient requested'],
  oversight: ['HCOMPL', 'health compliance'],
  steering: ['HOPERAT', 'healthcare operations'],
  administration: ['HSYSADMIN', 'health system administration'],
  automation: ['HSYSADMIN', 'health system administration'],
}

/** Roles of client and server: the profiles follow the flow of the data, hence a reading turned round; a deletion names them otherwise. */
function machineRoles(gesture: Gesture): { readonly client: Resource; readonly server: Resource } {
  const source = coding(dcm, '110153', 'Source Role ID')
  const destination = coding(dcm, '110152', 'Destination Role ID')
  if (gesture === 'delete')
    return { client: coding(dcm, '110150', 'Application'), server: coding(`${terminology}/provenance-participant-type`, 'custodian', 'Custodian') }
  return gesture === 'read' ? { client: destination, server: source } : { client: source, server: destination }
}

/**
 * The FHIR R4 AuditEvents of one line. `balp`: IHE Basic Audit Log Patterns, one event per person shown or touched, with client, server and user; what was
 * refused or failed follows no BALP profile, as BALP says, and is a plain AuditEvent. `tde`: ANS « Traçabilité d’événements » (two agents at most, one
 * subtype, a period), one event per line. The two cannot be one: BALP asks for three agents where TdE admits two.
 */
export function auditEvents(line: SealedLine, title: string, profile: 'balp' | 'tde'): readonly Resource[] {
  if (profile === 'tde')
    return [{ ...base(line, title), id: line.id, agent: [...userOf(line, 'tde'), softwareAgent()], entity: line.personIds.map(patient) }].map(withoutEmpty)
  const persons = line.personIds.length === 0 ? [null] : line.personIds
  return persons.map((personId, n) => withoutEmpty(balpEvent(line, title, personId, n)))
}

function balpEvent(line: SealedLine, title: string, personId: string | null, n: number): Resource {
  const gesture = gestureOf(line)
  const conforms = line.kind !== 'login' && (line.outcome === 'done' || line.outcome === 'replayed')
  const roles = machineRoles(gesture)
  const profile = `${balp}/StructureDefinition/IHE.BasicAudit.${personId === null ? '' : 'Patient'}${interactions[gesture].profile}`
  return {
    ...base(line, title),
    // FHIR ids are 64 characters at most: the line, and which of its persons
    id: personId === null ? line.id : `${line.id}-${n + 1}`,
    ...(conforms ? { meta: { profile: [profile] } } : {}),
    agent: [
      ...userOf(line, gesture),
      {
        type: { coding: [roles.client] },
        who: { identifier: { value: 'jalon-web' }, display: 'Application web de Jalon' },
        requestor: false,
        network: line.address === null ? { address: 'inconnue', type: '1' } : { address: line.address, type: '2' },
      },
      {
        type: { coding: [roles.server] },
        who: { identifier: { value: 'jalon' }, display: 'Serveur de Jalon' },
        requestor: false,
        network: { address: 'jalon', type: '1' },
      },
    ],
    entity: [
      ...(personId === null ? [] : [patient(personId)]),
      ...(line.requestId === null
        ? []
        : [
            {
              what: { identifier: { value: line.requestId } },
              type: coding(`${balp}/CodeSystem/BasicAuditEntityType`, 'XrequestId', 'transport specific unique identifier where http X-Request-Id is used'),
            },
          ]),
      gesture === 'query'
        ? { type: object('2', 'System Object'), role: role('24', 'Query'), description: title, query: Buffer.from(line.name).toString('base64') }
        : {
            what: { identifier: { system: 'urn:jalon:audit:name', value: line.name }, display: title },
            type: object('2', 'System Object'),
            role: role('4', 'Domain Resource'),
            securityLabel: line.volets.map((volet) => coding('urn:jalon:volet', volet, volet)),
          },
    ],
    ...(personId === null ? {} : { extension: [{ url: 'urn:jalon:audit:basis', valueCode: line.bases[n] ?? 'none' }] }),
  }
}

function base(line: SealedLine, title: string): Resource {
  const { outcome } = line
  const failure = { done: null, replayed: null, refused: '4', failed: '8' }[outcome]
  return {
    resourceType: 'AuditEvent',
    ...typeOf(line),
    period: { start: line.at, end: line.at },
    recorded: line.at,
    outcome: failure ?? '0',
    outcomeDesc: failure === null ? title : [title, line.reason ?? line.code].filter((part) => part !== null).join(' : '),
    source: {
      site: 'Jalon',
      observer: { type: 'Device', identifier: { value: 'jalon' }, display: 'Jalon' },
      type: [coding(`${terminology}/security-source-type`, '4', 'Application Server')],
    },
  }
}

function typeOf(line: SealedLine): Resource {
  if (line.kind === 'login') {
    const [code, display] = line.name === 'session.close' ? ['110123', 'Logout'] : ['110122', 'Login']
    return { type: coding(dcm, '110114', 'User Authentication'), subtype: [coding(dcm, code, display)], action: 'E' }
  }
  const { code, action } = interactions[gestureOf(line)]
  return {
    type: coding(`${terminology}/audit-event-type`, 'rest', 'RESTful Operation'),
    subtype: [coding('http://hl7.org/fhir/restful-interaction', code, code)],
    action,
  }
}

/** Who asked: nobody when the software acted by itself. */
function userOf(line: SealedLine, gesture: Gesture | 'tde'): readonly Resource[] {
  if (line.actorId === null) return []
  const writes = gesture === 'create' || gesture === 'update' || gesture === 'delete'
  const purpose = line.purpose === null ? undefined : purposes[line.purpose]
  return [
    {
      type: {
        coding: [
          writes
            ? coding(`${terminology}/v3-ParticipationType`, 'AUT', 'author (originator)')
            : coding(`${terminology}/v3-ParticipationType`, 'IRCP', 'information recipient'),
        ],
      },
      role: [
        ...(line.category === null ? [] : [{ text: line.category }]),
        ...line.functions.map((one) => ({ text: one })),
        ...(line.serviceName === null ? [] : [{ text: line.serviceName }]),
      ],
      who: { identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${line.actorId}` }, display: line.actorName },
      name: line.actorName,
      requestor: true,
      purposeOfUse: purpose === undefined ? [] : [{ coding: [coding(`${terminology}/v3-ActReason`, purpose[0], purpose[1])] }],
    },
  ]
}

function softwareAgent(): Resource {
  return {
    type: { coding: [coding(dcm, '110150', 'Application')] },
    who: { type: 'Device', identifier: { value: 'jalon' }, display: 'Jalon' },
    requestor: false,
  }
}

const patient = (personId: string): Resource => ({ what: { reference: `Patient/${personId}` }, type: object('1', 'Person'), role: role('1', 'Patient') })
const object = (code: string, display: string): Resource => coding(`${terminology}/audit-entity-type`, code, display)
const role = (code: string, display: string): Resource => coding(`${terminology}/object-role`, code, display)

/** FHIR admits neither empty arrays nor null values. */
function withoutEmpty(resource: Resource): Resource {
  return JSON.parse(
    JSON.stringify(resource, (_key, value: unknown) => (value === null || (Array.isArray(value) && value.length === 0) ? undefined : value)),
  ) as Resource
}
