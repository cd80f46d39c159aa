import { headline } from '../../persons/contract/headline.ts'
import { outwardIdentityOf, personNames, unnamedParties } from '../../persons/server/api.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import type { HandoverId } from '../contract/plan.ts'
import { planDocument } from '../contract/queries.ts'
import { contentForCopy, withoutNames } from '../contract/recipients.ts'
import { selectAgreements } from './agreement.sql.ts'
import { selectContent, selectVersionContent } from './content.sql.ts'
import { loadPlan } from './load.ts'
import { writePlanDocument } from './pdf/plan-document.ts'
import { findHandover, type HandoverRow, selectHead, selectServiceCard, selectVersions } from './plan.sql.ts'

export const planDocumentImplementation = implement(planDocument, {
  load: async (context, { handoverId }) => loadPlan(context, (await handoverOf(context, handoverId)).planId),
  run: async (context, { handoverId }, target) => {
    const { tx } = context
    const handover = await handoverOf(context, handoverId)
    const head = await selectHead(tx, target.id)
    const person = (await personNames(tx, [target.personId])).get(target.personId)
    const version = (await selectVersions(tx, target.id)).find((one) => one.number === handover.number)
    if (head === undefined || person === undefined || (handover.number !== null && version === undefined)) throw notFound('document')
    const content = version === undefined ? await selectContent(tx, target.id) : await selectVersionContent(tx, target.id, version.number)
    // A paper is read by whoever finds it, and its recipient is not always the one it was made for: it names no shelter, even to the person.
    const unnamed = await unnamedParties(tx, target.personId, { toActor: false })
    const agreements = await selectAgreements(tx, target.id, handover.number ?? head.draftNumber ?? 1)
    const bytes = await writePlanDocument({
      person: headline(person),
      birthDay: person.birthDay,
      number: handover.number,
      validatedOn: version?.validatedOn ?? null,
      validatedBy: version?.validatedByName ?? null,
      reviewOn: version?.reviewOn ?? head.reviewOn,
      service: (await selectServiceCard(tx, head.holderOrg)) ?? { name: head.holderName, phone: null },
      referent: head.referentName,
      givenTo: handover.recipientName,
      givenOn: handover.handedOn,
      volets: handover.volets,
      content: contentForCopy(withoutNames(content, unnamed), handover.volets),
      agreements: agreements.filter(({ partyId }) => partyId === null || !unnamed.includes(partyId)),
      ins: handover.volets.includes('health') ? await outwardIdentityOf(tx, target.personId) : null,
      at: context.now,
    })
    context.note({ number: handover.number ?? 0, volets: handover.volets.length, bytes: bytes.length })
    return {
      fileName: `PPCS ${handover.number === null ? 'projet' : `version ${handover.number}`}, ${formatDay(handover.handedOn).replaceAll('/', '-')}.pdf`,
      contentType: 'application/pdf' as const,
      base64: bytes.toString('base64'),
    }
  },
})

async function handoverOf({ tx }: Context, id: HandoverId): Promise<HandoverRow> {
  const handover = await findHandover(tx, id)
  if (handover === undefined) throw notFound('document')
  return handover
}
