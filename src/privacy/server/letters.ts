import { formatDay } from '../../platform/contract/dates.ts'
import { french } from '../../platform/contract/typography.ts'
import { openSheet } from '../../platform/server/sheet.ts'
import { erasedClassTexts, keepReasonWords } from '../contract/erasure.ts'
import { requestKindTexts, requestKindWords } from '../contract/requests.ts'
import { instantWords } from './held.ts'
import type { ErasureRow, RequestRow } from './request.sql.ts'

interface Signed {
  readonly service: { readonly name: string; readonly phone: string | null }
  readonly signedBy: string
  readonly at: Date
}

const phoneWords = (digits: string | null): string => (digits === null ? '' : `, ${digits.replace(/(\d{2})(?=\d)/g, '$1\u00a0')}`)

/** The letter that answers a request of the person: what she asked, what is answered, why, and what she can do if she disagrees. */
export async function writeRequestLetter(
  { request, person, service, signedBy, at }: Signed & { readonly request: RequestRow; readonly person: string },
  { compress = true } = {},
): Promise<Buffer> {
  const { article, letter } = requestKindTexts[request.kind]
  const sheet = openSheet({
    title: `Réponse à la demande ${request.number}`,
    author: service.name,
    at,
    compress,
    foot: `${service.name} · ${article}`,
    header: [
      [service.name, `Demande ${request.number}`],
      [service.phone === null ? '' : phoneWords(service.phone).slice(2), `le ${formatDay(request.answeredOn ?? at.toISOString())}`],
    ],
  })
  sheet.h1(french(`Votre demande : ${requestKindWords[request.kind].toLowerCase()}`))
  sheet.p(french(`Pour ${person}.`), { quiet: true })
  const asker = request.askedByName === null ? 'Vous nous avez écrit ou parlé' : `${request.askedByName} nous a écrit ou parlé pour vous`
  sheet.p(french(`${asker} le ${formatDay(request.receivedOn)} pour exercer un droit sur vos données (${article}).`))
  if (request.words !== null) sheet.p(request.words, { quote: true })
  if (request.state === 'open') {
    sheet.p(french(`Votre demande est enregistrée sous le numéro ${request.number}. Nous vous répondons au plus tard le ${formatDay(request.dueOn)}.`))
    if (request.extensionReason !== null)
      sheet.p(french(`Ce délai a été prolongé le ${formatDay(request.extendedOn ?? request.dueOn)}, pour cette raison : ${request.extensionReason}`))
  } else if (request.outcome === 'withdrawn') sheet.p('Vous avez retiré votre demande. Vous pouvez la refaire à tout moment.')
  else if (request.outcome !== null) {
    sheet.h2('Notre réponse')
    sheet.p(letter[request.outcome])
    if (request.outcomeWords !== null) sheet.p(request.outcomeWords)
  }
  sheet.h2('Si cette réponse ne vous convient pas')
  sheet.p(
    french(
      `Vous pouvez nous joindre${phoneWords(service.phone)}, écrire au délégué à la protection des données de ${service.name}, saisir la CNIL (www.cnil.fr, 3 place de Fontenoy, TSA 80715, 75334 Paris cedex 07) ou le juge.`,
    ),
  )
  sheet.gap(18)
  sheet.p(`${signedBy}, ${service.name}`)
  return sheet.end()
}

/** The written proof of an erasure: class by class what went and what stays, the law, the hands, the instant. It names nobody but those who did it. */
export async function writeErasureProof(
  {
    erasure,
    number,
    askedOn,
    service,
    signedBy,
    at,
    timeZone,
  }: Signed & { readonly erasure: ErasureRow; readonly number: number; readonly askedOn: string; readonly timeZone: string },
  { compress = true } = {},
): Promise<Buffer> {
  const sheet = openSheet({
    title: `Attestation d’effacement, demande ${number}`,
    author: service.name,
    at,
    compress,
    foot: `${service.name} · RGPD, article 17`,
    header: [
      [service.name, 'Attestation d’effacement'],
      [`Demande ${number} du ${formatDay(askedOn)}`, `effacement ${erasure.id.slice(0, 8)}`],
    ],
  })
  const rows = Object.values(erasure.counts ?? {}).reduce((sum, one) => sum + one, 0)
  sheet.h1('Attestation d’effacement')
  sheet.p(
    french(
      `Le ${instantWords(erasure.doneAt ?? at, timeZone)}, ${rows} enregistrements ont été effacés ou rendus anonymes. L’effacement a été proposé par ${erasure.proposedByName} et confirmé par ${erasure.confirmedByName ?? '–'}.`,
    ),
  )
  const erased = erasure.plan.filter((line) => line.decision === 'erase')
  const kept = erasure.plan.filter((line) => line.decision === 'keep')
  if ((erasure.counts?.['agenda.health_space_line'] ?? 0) > 0)
    sheet.p(french('Il a été vérifié, avant l’effacement, qu’aucun rendez-vous à venir ne restait inscrit par Jalon dans Mon espace santé.'))
  sheet.h2('Ce qui a été effacé')
  if (erased.length === 0) sheet.p('Rien.')
  else sheet.list(erased.map((line) => `${erasedClassTexts[line.dataClass].title}\u00a0: ${erasedClassTexts[line.dataClass].what}`))
  sheet.h2('Ce qui reste, et pourquoi')
  sheet.list([
    ...kept.map((line) => `${erasedClassTexts[line.dataClass].title}\u00a0: ${keepReasonWords[line.reason ?? 'proof']}`),
    french('Liste des accès à votre dossier : gardée le temps fixé par la région, pour prouver qui l’a ouvert (délibération CNIL 2021-122)'),
    french('Sauvegardes : elles s’effacent à leur propre terme et ne sont pas remises en service sans refaire cet effacement'),
    french('Ce qui a déjà été remis à d’autres (copies imprimées, documents envoyés) reste chez eux : adressez-leur votre demande'),
  ])
  sheet.gap(18)
  sheet.p(`${signedBy}, ${service.name}`)
  return sheet.end()
}
