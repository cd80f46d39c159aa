import { formatDay } from '../../platform/contract/dates.ts'
import { french } from '../../platform/contract/typography.ts'
import { openSheet } from '../../platform/server/sheet.ts'
import { basisWords, voletWords } from '../contract/words.ts'
import type { SightRow } from './held.sql.ts'
import { type Held, type HeldField, instantWords } from './held.ts'

export interface HeldDocument {
  readonly person: string
  readonly birthDay: string | null
  readonly service: string
  readonly madeBy: string
  readonly at: Date
  readonly timeZone: string
  readonly held: Held
  readonly withPrivate: boolean
  readonly sights: readonly SightRow[]
  readonly readers: readonly { readonly name: string; readonly service: string | null; readonly times: number; readonly lastAt: string }[]
}

/** « Ce que Jalon sait de vous »: a document to hand over, in words, with its list of what is not in it. */
export async function writeHeldDocument(content: HeldDocument, { compress = true } = {}): Promise<Buffer> {
  const { held } = content
  const born = content.birthDay === null ? '' : `, ${formatDay(content.birthDay)}`
  const sheet = openSheet({
    title: `Ce que Jalon sait, ${content.person}`,
    author: content.service,
    at: content.at,
    compress,
    foot: `${content.service} · droit d’accès (RGPD, articles 15 et 20)`,
    header: [
      [`${content.person}${born}`, 'Ce que Jalon sait de vous'],
      [`Arrêté au ${instantWords(content.at, content.timeZone)}`, `préparé par ${content.madeBy}`],
    ],
  })
  sheet.h1('Ce que Jalon sait de vous')
  sheet.p(
    french(
      `Ce document reprend tout ce que le logiciel Jalon tient sur vous et que ${content.service} peut vous donner. Vous pouvez demander à compléter ou corriger ce qui est faux, à limiter l’usage de vos données, à vous y opposer, ou à les faire effacer dans les cas prévus par la loi.`,
    ),
  )
  sheet.p(
    french('Adressez votre demande à ce service, qui répond sous un mois. Vous pouvez aussi saisir la CNIL (www.cnil.fr, 3 place de Fontenoy, 75007 Paris).'),
    { quiet: true },
  )

  for (const section of held.sections) {
    if (section.records.length === 0) continue
    sheet.h2(french(section.title), section.records.length > 1 ? `${section.records.length} éléments` : undefined)
    if (section.records.length === 1) sheet.list((section.records[0] ?? []).map(fieldWords))
    else for (const record of section.records) writeRecord(sheet, record)
  }

  sheet.h2('Qui peut voir votre dossier, et pourquoi')
  sheet.list(
    content.sights.map((sight) => {
      const until = sight.endsAt === null ? '' : `, jusqu’au ${formatDay(sight.endsAt)}`
      const why = sight.reason === basisWords[sight.basis] ? '' : ` (${sight.reason})`
      return `${sight.partyName ?? 'un service'}\u00a0: ${(basisWords[sight.basis] ?? sight.basis).toLowerCase()}${why}, volets ${sight.volets.map((volet) => voletWords[volet] ?? volet).join(', ')}, depuis le ${formatDay(sight.startsAt)}${until}${sight.suspendedAt === null ? '' : ', fermé à votre demande'}`
    }),
  )
  sheet.h2('Qui a ouvert votre dossier depuis un an')
  if (content.readers.length === 0) sheet.p('Personne.')
  else
    sheet.list(
      content.readers.map(
        (reader) =>
          `${reader.name}${reader.service === null ? '' : `, ${reader.service}`}\u00a0: ${reader.times} fois, la dernière le ${instantWords(reader.lastAt, content.timeZone)}`,
      ),
    )
  sheet.p('La liste jour par jour vous est donnée à part, sur demande.', { quiet: true })

  sheet.h2('Ce qui n’est pas dans ce document')
  const notes = held.privateNotes
  sheet.list([
    ...(content.withPrivate || notes === 0
      ? []
      : [
          french(
            `${notes} ${notes > 1 ? 'notes ou éléments gardés' : 'note ou élément gardé'} pour l’équipe du DAC. Le DAC ${notes > 1 ? 'les' : 'la'} relit d’abord, pour ce qui concernerait d’autres que vous, puis vous ${notes > 1 ? 'les' : 'la'} remet sur demande.`,
          ),
        ]),
    ...held.leftOut.map((one) => french(`${one.what} : ${one.why}`)),
  ])
  return sheet.end()
}

/** « Texte : … »; several lines go under the label. */
function fieldWords(field: HeldField): string {
  const lines = field.lines.map(french)
  return lines.length === 1 ? `${field.label}\u00a0: ${lines[0]}` : `${field.label}\u00a0:\n${lines.map((line) => `– ${line}`).join('\n')}`
}

/** A record in two pieces: short facts on one line, texts below them. */
function writeRecord(sheet: ReturnType<typeof openSheet>, record: readonly HeldField[]): void {
  const [first, ...others] = record
  if (first === undefined) return
  const short = others.filter((field) => field.lines.length === 1 && (field.lines[0] ?? '').length <= 90 && !(field.lines[0] ?? '').includes('\n'))
  const long = others.filter((field) => !short.includes(field))
  sheet.list([[fieldWords(first), ...short.map(fieldWords)].join('  ·  ') + long.map((field) => `\n${fieldWords(field)}`).join('')])
}
