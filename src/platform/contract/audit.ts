/** Why data is used, as the audit line says it; the same words as the register of processing. `emergency` comes with an exceptional access. */
export const auditPurposes = ['coordination', 'care', 'own_file', 'emergency', 'rights', 'oversight', 'steering', 'administration', 'automation'] as const
export type AuditPurpose = (typeof auditPurposes)[number]

/** How an answer left: on a screen, as a file, on paper; or to nobody (a job of the software). */
export const auditManners = ['screen', 'export', 'print', 'job'] as const
export type AuditManner = (typeof auditManners)[number]

export const auditOutcomes = ['done', 'refused', 'failed', 'replayed'] as const
export type AuditOutcome = (typeof auditOutcomes)[number]
