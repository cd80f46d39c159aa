import type { Actor } from '../../platform/contract/actor.ts'
import type { PersonId, UserId } from '../../platform/contract/ids.ts'
import { writeAudit } from '../../platform/server/audit.ts'
import type { Tx } from '../../platform/server/db.ts'

const software: Actor = {
  kind: 'job',
  userId: '00000000-0000-0000-0000-000000000000' as UserId,
  displayName: '',
  serviceId: null,
  serviceKind: null,
  serviceName: '',
  functions: [],
  category: 'administrative',
  professionalId: null,
  parties: [],
  volets: [],
}

/** What the software did by itself, in the audit like everything else. */
export async function auditLineOfJob(tx: Tx, name: string, persons: readonly PersonId[], details: Readonly<Record<string, unknown>>): Promise<void> {
  await writeAudit(tx, { name, kind: 'action', actor: software, outcome: 'done', persons, purpose: 'rights', details, requestId: undefined })
}
