import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { conflict } from '../../platform/contract/errors.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { openSheet } from '../../platform/server/sheet.ts'
import '../contract/errors.ts'
import { starterSheets } from '../contract/processing-register.ts'
import { processingCodes, sheetFieldWords } from '../contract/processing-sheet.ts'
import { processingDocument, processingRegister, type ShownSheet, writeProcessing } from '../contract/treatment.ts'
import { fileDay } from './read-requests.ts'
import { ownService } from './requests.ts'
import { findOwnSheet, selectSheets, writeSheet } from './treatment.sql.ts'

/** Each sheet as it holds here: her own service's words, else the region's, else those of the software. */
async function sheetsOf(context: Context): Promise<readonly ShownSheet[]> {
  const written = await selectSheets(context.tx)
  const own = ownService(context)
  return processingCodes.map((code): ShownSheet => {
    const mine = written.find((row) => row.code === code && row.serviceId === own)
    const regional = written.find((row) => row.code === code && row.serviceId !== own)
    const found = mine ?? regional
    return {
      ...(found?.content ?? starterSheets[code]),
      id: mine?.id ?? null,
      code,
      version: mine?.version ?? 0,
      origin: mine !== undefined ? 'own' : regional !== undefined ? 'region' : 'starter',
      updatedAt: found?.updatedAt ?? null,
      updatedByName: found?.updatedByName ?? null,
    }
  })
}

export const readRegister = implement(processingRegister, {
  load: noTarget,
  run: async (context) => ({ serviceName: context.actor.serviceName, today: dayOf(context.now, context.timeZone), sheets: [...(await sheetsOf(context))] }),
})

export const writeProcessingImplementation = implement(writeProcessing, {
  load: noTarget,
  run: async (context, { id, code, baseVersion, content }) => {
    const { tx, actor, now } = context
    const known = await findOwnSheet(tx, code, ownService(context))
    if ((known?.version ?? 0) !== baseVersion) throw conflict('processing_changed_meanwhile')
    const row = {
      id: known?.id ?? id,
      code,
      serviceId: ownService(context),
      content,
      version: baseVersion + 1,
      at: now,
      by: actor.userId,
      byName: actor.displayName,
    }
    await writeSheet(tx, row)
    context.note({ code, version: row.version })
    return { id: row.id, version: row.version }
  },
})

export const readRegisterDocument = implement(processingDocument, {
  load: noTarget,
  run: async (context) => {
    const { actor, now, timeZone } = context
    const sheets = await sheetsOf(context)
    const today = dayOf(now, timeZone)
    const sheet = openSheet({
      title: 'Registre des traitements',
      author: actor.serviceName,
      at: now,
      foot: `${actor.serviceName} · registre des activités de traitement (RGPD, article 30)`,
      header: [
        [actor.serviceName, 'Registre des traitements'],
        [`Arrêté au ${formatDay(today)}`, `${sheets.length} fiches`],
      ],
    })
    sheet.h1('Registre des traitements')
    for (const one of sheets) {
      sheet.h2(
        one.title,
        one.origin === 'starter' ? 'à relire et à décider' : `modifiée le ${formatDay(one.updatedAt ?? today)} par ${one.updatedByName ?? '–'}`,
      )
      sheet.h3('Qui répond de quoi')
      sheet.list(one.roles.map(({ who, role }) => `${who}\u00a0: ${role}`))
      for (const [field, label] of Object.entries(sheetFieldWords) as [keyof typeof sheetFieldWords, string][]) {
        sheet.h3(label)
        sheet.p(one[field])
      }
    }
    const bytes = await sheet.end()
    return { fileName: `Registre des traitements, ${fileDay(today)}.pdf`, contentType: 'application/pdf' as const, base64: bytes.toString('base64') }
  },
})
