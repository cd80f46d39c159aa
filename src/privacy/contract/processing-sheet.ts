import { z } from 'zod'
import { paragraph } from '../../platform/contract/fields.ts'

/** The treatments of the installation, one sheet each. */
export const processingCodes = ['coordination', 'requests', 'directory', 'accounts', 'audit', 'steering', 'secondary_use', 'safeguarding', 'rights'] as const
export type ProcessingCode = (typeof processingCodes)[number]

const words = paragraph(4000)

/** A sheet of the register: what article 30 asks for, and who is responsible for what (R29). */
export const processingSheet = z.object({
  title: paragraph(200),
  purpose: words,
  legalBasis: words,
  roles: z
    .array(z.object({ who: paragraph(200), role: paragraph(300) }))
    .min(1)
    .max(12),
  persons: words,
  data: words,
  recipients: words,
  transfers: words,
  duration: words,
  security: words,
})
export type ProcessingSheet = z.output<typeof processingSheet>

export const sheetFieldWords: Readonly<Record<Exclude<keyof ProcessingSheet, 'title' | 'roles'>, string>> = {
  purpose: 'Finalité',
  legalBasis: 'Base légale',
  persons: 'Personnes concernées',
  data: 'Données',
  recipients: 'Destinataires',
  transfers: 'Transferts hors de l’Union',
  duration: 'Durées',
  security: 'Mesures de sécurité',
}
