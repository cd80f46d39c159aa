import type { AuditSigner } from '../../platform/server/audit-chain.ts'
import type { Job } from '../../platform/server/worker.ts'
import { anchorJob } from './anchors/anchor-chain.sql.ts'
import type { AnchorDestination } from './anchors/destinations.ts'
import { retentionJob } from './retention/destroy-months.sql.ts'

/** The jobs of the audit. They need what the installation holds outside the database: its key, and where anchors go. */
export function auditTrailJobs(signer: AuditSigner | undefined, destinations: readonly AnchorDestination[]): Readonly<Record<string, Job>> {
  return { 'audit-trail:anchor': anchorJob(destinations, signer), 'audit-trail:retention': retentionJob(signer) }
}

/** Anchors every ten minutes; months made and destroyed in the night. */
export const auditTrailCrontab = ['*/10 * * * * audit-trail:anchor', '41 3 * * * audit-trail:retention'] as const
