import { formatDay } from '../../platform/contract/dates.ts'
import { french } from '../../platform/contract/typography.ts'
import { datamatrixOf } from '../../platform/server/datamatrix.ts'
import { implement } from '../../platform/server/implement.ts'
import { openSheet } from '../../platform/server/sheet.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { identitySheet } from '../contract/identity-queries.ts'
import { attributeWarnings, identityStatusHints, identityStatusLabels } from '../contract/identity-status.ts'
import { formatMatricule, insAuthorities } from '../contract/ins.ts'
import { writeInsDatamatrix } from '../contract/ins-datamatrix.ts'
import type { InsIdentity } from '../contract/insi.ts'
import { formatPhone } from '../contract/phones.ts'
import type { PersonIdentityData } from '../contract/queries.ts'
import { shownTrait } from '../contract/shown-names.ts'
import { type IdentityAttribute, identityDocuments, sexes } from '../contract/value-sets.ts'
import { outwardIdentityOf, sharingState } from './api.ts'
import { ofThePerson, today } from './person-at-hand.ts'
import { selectIdentity } from './reading.sql.ts'

/** On paper there is no door: the matricule only where it may leave, the address not at all once she hides it from anybody. */
export const identitySheetHandler = implement(identitySheet, {
  load: ofThePerson,
  run: async (context, { personId }) => {
    const { tx, actor } = context
    const identity = await selectIdentity(tx, personId)
    const hidden = (await sharingState(tx, personId)).silences.some(({ kind }) => kind === 'hidden_address' || kind === 'at_risk')
    const bytes = await writeIdentitySheet({
      identity: hidden ? { ...identity, address: null, commune: null, addressHidden: true } : identity,
      ins: await outwardIdentityOf(tx, personId),
      service: actor.serviceName ?? '',
      printedBy: actor.displayName,
      printedOn: today(context),
      at: context.now,
    })
    context.note({ bytes: bytes.length })
    return {
      fileName: `Fiche d’identité, ${formatDay(today(context)).replaceAll('/', '-')}.pdf`,
      contentType: 'application/pdf' as const,
      base64: bytes.toString('base64'),
    }
  },
})

interface IdentitySheet {
  readonly identity: PersonIdentityData
  /** What may leave: null until the identity is qualified. */
  readonly ins: InsIdentity | null
  readonly service: string
  readonly printedBy: string
  readonly printedOn: string
  readonly at: Date
}

const unknown = 'à demander'

/** Writes the sheet; `compress` false leaves its text readable in the bytes, for tests. */
export async function writeIdentitySheet(sheet: IdentitySheet, { compress = true } = {}): Promise<Buffer> {
  const { identity, ins, service } = sheet
  const status = identity.identityStatus
  const name = [identity.usedName ?? identity.birthName ?? '', identity.usedGivenName ?? identity.birthGivenNames[0] ?? ''].filter(Boolean).join(' ')
  const page = openSheet({
    title: 'Fiche d’identité',
    author: service,
    at: sheet.at,
    compress,
    foot: `${service} · imprimée le ${formatDay(sheet.printedOn)} par ${sheet.printedBy}`,
    header: [
      [name, 'Fiche d’identité'],
      [identity.birthDate ? formatDay(identity.birthDate) : 'date de naissance inconnue', identityStatusLabels[status]],
    ],
  })
  page.h1('Fiche d’identité')
  page.p(`${identityStatusLabels[status]}. ${identityStatusHints[status]}`)
  for (const warning of attributeWarnings(identity.attributes as readonly IdentityAttribute[])) page.p(warning)
  if (ins !== null) {
    const authority = insAuthorities.find(({ oid }) => oid === ins.oid)
    page.symbol(
      await datamatrixOf(writeInsDatamatrix(ins)),
      [french(`INS : ${formatMatricule(ins.matricule)}`), french(`Nature : ${authority?.kind ?? 'NIR'}`), french(`Identifiant de l’autorité : ${ins.oid}`)],
      'DataMatrix de l’identité nationale de santé',
    )
  } else page.p(french('Pas d’INS sur cette fiche : elle n’accompagne que les identités qualifiées.'), { quiet: true })
  const date = identity.birthDate ? `${formatDay(identity.birthDate)}${identity.birthDateApproximate ? ' (approchée)' : ''}` : unknown
  const place = identity.birthPlaceCode ? `${identity.birthPlaceName ?? ''} (${identity.birthPlaceCode})`.trim() : unknown
  page.h2('Traits stricts')
  page.table(
    ['Trait', 'Valeur'],
    [
      ['Nom de naissance', identity.birthName ? shownTrait(identity.birthName, status) : unknown],
      ['Prénoms de naissance', identity.birthGivenNames.length > 0 ? identity.birthGivenNames.map((given) => shownTrait(given, status)).join(', ') : unknown],
      ['Date de naissance', date],
      ['Sexe', identity.sex ? labelOf(sexes, identity.sex) : unknown],
      ['Lieu de naissance', place],
    ],
    [160, '*'],
  )
  page.h2('Autres traits')
  page.table(
    ['Trait', 'Valeur'],
    [
      ['Nom utilisé', identity.usedName ?? 'le nom de naissance'],
      ['Prénom utilisé', identity.usedGivenName ?? 'le premier prénom de naissance'],
      ['Pièce vérifiée', documentWords(identity)],
      [
        'Adresse',
        identity.addressHidden ? 'non communiquée, à la demande de la personne' : [identity.address, identity.commune].filter(Boolean).join(', ') || unknown,
      ],
      ...identity.contacts.map((contact) => ['Joindre', contact.kind === 'email' || contact.kind === 'mssante' ? contact.value : formatPhone(contact.value)]),
    ],
    [160, '*'],
  )
  return page.end()
}

function documentWords(identity: PersonIdentityData): string {
  if (identity.identityDocument === null) return 'aucune'
  const checked = identity.identityCheckedAt ? `, vérifiée le ${formatDay(identity.identityCheckedAt.slice(0, 10))}` : ', sans valeur de preuve'
  return `${labelOf(identityDocuments, identity.identityDocument)}${checked}`
}
