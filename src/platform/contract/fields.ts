import { z } from 'zod'
import { type Day, parseDay } from './dates.ts'

/** One line of text. Takes 1 to `max` characters once trimmed; control characters are refused. */
export function line(max: number): z.ZodType<string, string> {
  return (
    z
      .string({ error: 'À remplir.' })
      .trim()
      .min(1, { error: 'À remplir.' })
      .max(max, { error: `Trop long : ${max} caractères au plus.` })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
      .refine((text) => !/[\u0000-\u001f\u007f]/.test(text), { error: 'Caractère invisible à retirer.' })
  )
}

/** Several lines of text. Takes 1 to `max` characters once trimmed; NUL is refused (PostgreSQL cannot keep it). */
export function paragraph(max: number): z.ZodType<string, string> {
  return z
    .string({ error: 'À remplir.' })
    .trim()
    .min(1, { error: 'À remplir.' })
    .max(max, { error: `Trop long : ${max.toLocaleString('fr-FR')} caractères au plus. Votre texte est gardé.` })
    .refine((text) => !text.includes('\u0000'), { error: 'Caractère invisible à retirer.' })
}

/** An answer that may be left out: '', undefined and null all give null. */
export function optional<Out, In>(schema: z.ZodType<Out, In>): OptionalAnswer<Out, In> {
  return z.preprocess((value) => (value === '' || value === undefined ? null : value), z.nullable(schema)) as unknown as OptionalAnswer<Out, In>
}

/** For the types only, an input may leave the key out; no default, so that `partial()` still tells « left out » from « emptied ». */
type OptionalAnswer<Out, In> = z.ZodType<Out | null, In | null | undefined | ''> & { readonly _zod: { readonly optin: 'optional' } }

/** A day of the calendar, given as 'YYYY-MM-DD'. */
export function day(): z.ZodType<Day, string> {
  return z.string({ error: 'À remplir.' }).transform((text, context) => {
    const parsed = parseDay(text)
    if (parsed.ok) return parsed.day
    context.addIssue({ code: 'custom', message: parsed.message })
    return z.NEVER
  }) as unknown as z.ZodType<Day, string>
}

/** A code of a value set. Takes 1 to 64 letters, digits, `_`, `-`, `.`; its existence is checked by the server. */
export function code(): z.ZodType<string, string> {
  return z.string({ error: 'À choisir.' }).regex(/^[A-Za-z0-9_.-]{1,64}$/, { error: 'À choisir dans la liste.' })
}

/** The version of a record as its editor saw it; 0 where nothing had been written. What PostgreSQL's integer could not hold is no version. */
export function seenVersion(least: 0 | 1 = 1): z.ZodType<number, number> {
  // The next one must still be an integer of the database.
  return z.number().int().min(least).max(2_147_483_646)
}

/** INSEE code of a commune or of an arrondissement municipal. */
export function communeCode(): z.ZodType<string, string> {
  return z.string({ error: 'Commune à choisir.' }).regex(/^(\d{5}|2[AB]\d{3})$/, { error: 'Commune inconnue.' })
}

/** Why a setting is what it is: the RIE sets no duration, each region chooses and writes its reason. */
export const writtenReason = (): z.ZodType<string, string> =>
  paragraph(2000).refine((text) => text.length >= 30, { error: 'Écrivez pourquoi, en une phrase au moins\u00a0: ce texte est votre justification.' })

/** A cursor of keyset paging as the server gave it. */
export const cursor = z.string().max(200).nullable().default(null)

/** An instant as it travels: ISO 8601 in UTC. */
export const instant = z.iso.datetime({ offset: true })
