/**
 * The rules of the profiles, written from their text (IHE ITI Basic Audit Log Patterns 1.1; ANS « Traçabilité d’événements »; FHIR R4 AuditEvent), apart from
 * what writes the events. Gives what is wrong; nothing when the event conforms.
 */
interface Coding {
  readonly system?: string
  readonly code?: string
}
interface Agent {
  readonly type?: { readonly coding?: readonly Coding[] }
  readonly who?: unknown
  readonly requestor?: boolean
  readonly network?: { readonly address?: string; readonly type?: string }
  readonly [other: string]: unknown
}
interface Entity {
  readonly type?: Coding
  readonly role?: Coding
  readonly what?: { readonly reference?: string; readonly identifier?: { readonly value?: string } }
  readonly query?: string
  readonly [other: string]: unknown
}
export interface AuditEvent {
  readonly resourceType?: string
  readonly id?: string
  readonly meta?: { readonly profile?: readonly string[] }
  readonly type?: Coding
  readonly subtype?: readonly Coding[]
  readonly action?: string
  readonly period?: { readonly start?: string }
  readonly recorded?: string
  readonly outcome?: string
  readonly agent?: readonly Agent[]
  readonly source?: { readonly observer?: { readonly reference?: string; readonly type?: string; readonly identifier?: unknown } }
  readonly entity?: readonly Entity[]
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const is = (coding: Coding | undefined, system: string, ...codes: readonly string[]): boolean => coding?.system === system && codes.includes(coding.code ?? '')
const hasType = (agent: Agent, system: string, ...codes: readonly string[]): boolean =>
  (agent.type?.coding ?? []).some((coding) => is(coding, system, ...codes))
const dcm = 'http://dicom.nema.org/resources/ontology/DCM'
const entityType = 'http://terminology.hl7.org/CodeSystem/audit-entity-type'
const objectRole = 'http://terminology.hl7.org/CodeSystem/object-role'
const participation = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType'
const rest = 'http://terminology.hl7.org/CodeSystem/audit-event-type'
const interaction = 'http://hl7.org/fhir/restful-interaction'

/** What FHIR R4 itself asks of an AuditEvent. */
export function faultsOfR4(event: AuditEvent): readonly string[] {
  const faults: string[] = []
  const must = (condition: boolean, fault: string): void => void (condition ? undefined : faults.push(fault))
  must(event.resourceType === 'AuditEvent', 'resourceType')
  must(/^[A-Za-z0-9.-]{1,64}$/.test(event.id ?? ''), 'id')
  must(event.type?.code !== undefined, 'type 1..1')
  must(['C', 'R', 'U', 'D', 'E'].includes(event.action ?? ''), 'action')
  must(instant.test(event.recorded ?? ''), 'recorded is an instant')
  must(['0', '4', '8', '12'].includes(event.outcome ?? ''), 'outcome')
  must((event.agent ?? []).length >= 1, 'agent 1..*')
  for (const agent of event.agent ?? []) must(typeof agent.requestor === 'boolean', 'agent.requestor 1..1')
  must(event.source?.observer !== undefined, 'source.observer 1..1')
  must(!/:(null|\[\]|\{\}|"")/.test(JSON.stringify(event)), 'no empty value')
  return faults
}

/** The profile that meta.profile names. */
export function faultsOfBalp(event: AuditEvent): readonly string[] {
  const faults: string[] = [...faultsOfR4(event)]
  const must = (condition: boolean, fault: string): void => void (condition ? undefined : faults.push(fault))
  const named = /^https:\/\/profiles\.ihe\.net\/ITI\/BALP\/StructureDefinition\/IHE\.BasicAudit\.(Patient)?(Create|Read|Update|Delete|Query)$/.exec(
    event.meta?.profile?.[0] ?? '',
  )
  if (named === null) return [...faults, 'no BALP profile']
  const kind = named[2] as 'Create' | 'Read' | 'Update' | 'Delete' | 'Query'
  const agents = event.agent ?? []
  const entities = event.entity ?? []
  const [interactions, action] = {
    Create: [['create'], 'C'] as const,
    Read: [['read', 'vread'], 'R'] as const,
    Update: [['update', 'patch'], 'U'] as const,
    Delete: [['delete'], 'D'] as const,
    Query: [['search', 'search-type', 'search-system'], 'E'] as const,
  }[kind]
  must(is(event.type, rest, 'rest'), 'type = rest')
  must(
    (event.subtype ?? []).some((one) => is(one, interaction, ...interactions)),
    'subtype',
  )
  if (kind === 'Delete') must(event.subtype?.length === 1, 'subtype 1..1')
  must(event.action === action, 'action')
  must(event.outcome === '0', 'outcome = 0')

  must(agents.length >= 2, 'agent 2..')
  const clientIs = (agent: Agent): boolean => (kind === 'Delete' ? hasType(agent, dcm, '110150') : hasType(agent, dcm, kind === 'Read' ? '110152' : '110153'))
  const serverIs = (agent: Agent): boolean =>
    kind === 'Delete'
      ? hasType(agent, 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', 'custodian')
      : hasType(agent, dcm, kind === 'Read' ? '110153' : '110152')
  const userIs = (agent: Agent): boolean =>
    kind === 'Read' || kind === 'Query' ? hasType(agent, participation, 'IRCP') : hasType(agent, participation, 'AUT', 'INF', 'CST')
  for (const [slice, belongs] of [
    ['client', clientIs],
    ['server', serverIs],
  ] as const) {
    const found = agents.filter(belongs)
    must(found.length === 1, `agent[${slice}] 1..1`)
    for (const agent of found) {
      must(agent.who !== undefined, `agent[${slice}].who 1..1`)
      must(agent.network?.address !== undefined, `agent[${slice}].network 1..1`)
      must(agent['media'] === undefined, `agent[${slice}].media 0..0`)
      if (kind === 'Delete')
        for (const barred of ['role', 'altId', 'name', 'location', 'policy', 'purposeOfUse'])
          must(agent[barred] === undefined, `agent[${slice}].${barred} 0..0`)
    }
  }
  const users = agents.filter(userIs)
  must(users.length <= 1, 'agent[user] 0..1')
  for (const user of users) {
    must(user.who !== undefined, 'agent[user].who 1..1')
    must(user.requestor === true, 'agent[user].requestor = true')
    must(user.network === undefined && user['media'] === undefined, 'agent[user].network and media 0..0')
    if (kind === 'Delete') for (const barred of ['altId', 'location', 'policy']) must(user[barred] === undefined, `agent[user].${barred} 0..0`)
  }

  const patients = entities.filter((entity) => is(entity.type, entityType, '1'))
  if (named[1] !== undefined) {
    must(entities.length >= 2, 'entity 2..')
    must(patients.length === 1, 'entity[patient] 1..1')
    must(is(patients[0]?.role, objectRole, '1'), 'entity[patient].role')
    must(/^Patient\/./.test(patients[0]?.what?.reference ?? ''), 'entity[patient].what is a Patient')
    if (kind === 'Delete')
      for (const barred of ['lifecycle', 'securityLabel', 'name', 'query', 'detail'])
        must(patients[0]?.[barred] === undefined, `entity[patient].${barred} 0..0`)
  } else must(patients.length === 0, 'no patient')
  const objects = entities.filter((entity) => is(entity.type, entityType, '2'))
  must(objects.length === 1, 'entity[data or query] 1..1')
  const [object] = objects
  if (kind === 'Query') {
    must(is(object?.role, objectRole, '24'), 'entity[query].role')
    must(/^[A-Za-z0-9+/]+=*$/.test(object?.query ?? ''), 'entity[query].query is base64')
    must(object?.what === undefined && object?.['lifecycle'] === undefined && object?.['detail'] === undefined, 'entity[query].what, lifecycle, detail 0..0')
  } else {
    must(is(object?.role, objectRole, '4', '3', '20'), 'entity[data].role')
    must(object?.what !== undefined, 'entity[data].what 1..1')
    if (kind === 'Delete') for (const barred of ['lifecycle', 'name', 'query', 'detail']) must(object?.[barred] === undefined, `entity[data].${barred} 0..0`)
  }
  const transactions = entities.filter((entity) => is(entity.type, 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', 'XrequestId'))
  must(transactions.length <= 1, 'entity[transaction] 0..1')
  for (const one of transactions) must(one.what?.identifier?.value !== undefined, 'entity[transaction].what.identifier.value 1..1')
  return faults
}

/** ANS « Traçabilité d’événements », profile tde-auditevent. */
export function faultsOfTde(event: AuditEvent): readonly string[] {
  const faults: string[] = [...faultsOfR4(event)]
  const must = (condition: boolean, fault: string): void => void (condition ? undefined : faults.push(fault))
  must((event.subtype ?? []).length <= 1, 'subtype ..1')
  must(instant.test(event.period?.start ?? ''), 'period.start 1..')
  must((event.agent ?? []).length <= 2, 'agent ..2')
  for (const agent of event.agent ?? []) must(agent.who !== undefined, 'agent.who 1..')
  const observer = event.source?.observer
  const target = observer?.reference?.split('/')[0] ?? observer?.type ?? ''
  must(['Device', 'PractitionerRole', 'Practitioner', 'RelatedPerson', 'Organization', 'Patient'].includes(target), 'source.observer')
  return faults
}
