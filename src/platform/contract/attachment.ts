import { z } from 'zod'
import { line } from './fields.ts'

/** Of one file, in bytes, and how many go with one message or one note. */
export const attachmentLimits = { bytes: 8 * 1024 * 1024, each: 5 } as const

/** What a file may be; the server reads the type from the bytes, never from the name. */
export const mediaTypes = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/plain',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
] as const
export type MediaType = (typeof mediaTypes)[number]

/** For `<input accept>`: what the picker of a telephone offers. */
export const acceptedFiles = '.pdf,.jpg,.jpeg,.png,.webp,.txt,.docx,.xlsx,.odt,.ods'

/** The largest body of a request that carries one file: base64 is four thirds of it, and the rest of the input. */
export const attachmentBody = Math.ceil((attachmentLimits.bytes * 4) / 3) + 64 * 1024

/** The bytes of a file, base64. */
export const attachmentContent = z
  .string({ error: 'Fichier à choisir.' })
  .min(1, { error: 'Ce fichier est vide.' })
  .max(Math.ceil((attachmentLimits.bytes * 4) / 3) + 4, { error: 'Ce fichier dépasse 8 Mo.' })
  .regex(/^[A-Za-z0-9+/]+={0,2}$/, { error: 'Fichier illisible.' })

/** The name of a file as its author gave it; folders are no part of it. */
export const attachmentName = line(120).refine((name) => !/[\\/]/.test(name), { error: 'Nom de fichier à corriger.' })

/** What the antivirus said of a file: none where there was none to ask; nobody opens one that waits, nor one that was refused. */
export const scanStates = ['none', 'waiting', 'clean', 'infected'] as const
export type ScanState = (typeof scanStates)[number]

/** What lists and messages say of a file. */
export const attachmentShown = z.object({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.enum(mediaTypes),
  byteLength: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  scan: z.enum(scanStates),
})
export type AttachmentShown = z.output<typeof attachmentShown>

/** What opening one gives; `content` is base64. */
export const attachmentBytes = z.object({ name: z.string(), mediaType: z.enum(mediaTypes), content: z.string() })
export type AttachmentBytes = z.output<typeof attachmentBytes>
