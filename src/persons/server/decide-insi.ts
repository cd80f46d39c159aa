import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { birthPlaceOn } from '../../territory/server/api.ts'
import { decideInsi, withdrawIns } from '../contract/identity-actions.ts'
import { identityStatus, insMayBeAsked } from '../contract/identity-status.ts'
import { acceptedTraits } from '../contract/insi.ts'
import { recordTimelineItem } from './api.ts'
import { factsOf, traitsOf, withoutIns } from './identity-facts.ts'
import { decideInsiCall, lockInsiCall } from './insi.sql.ts'
import type { PersonFields } from './person.sql.ts'
import { ofThePerson, personAtHand, writePerson } from './person-at-hand.ts'

const uniqueViolation = '23505'

/**
 * The traits and the matricule of the teleservice become hers, or are set aside. A trait that changes thereby takes the check of the document away: it is
 * these traits that a document must bear out (RNIV).
 */
export const decideInsiHandler = implement(decideInsi, {
  load: ofThePerson,
  run: async (context, { id, personId, decision, seenVersion }) => {
    const row = await personAtHand(context, personId)
    const call = await lockInsiCall(context.tx, id, personId)
    if (call === undefined) throw notFound()
    const identity = call.answer
    if (call.state !== 'found' || call.decision !== null || identity === null) throw conflict('insi_answer_gone')
    if (row.version !== seenVersion) throw conflict('identity_moved')
    await decideInsiCall(context.tx, id, decision, context.actor.userId, context.now)
    const line = { personId, kind: 'identity', source: 'persons', sourceId: personId, volet: 'administrative' } as const
    const changed = { type: 'persons.identity.changed', personId, volet: 'administrative' } as const
    if (decision === 'set_aside') {
      await recordTimelineItem(context, { ...line, title: 'Réponse du téléservice INSi écartée' })
      context.emit({ ...changed, payload: { personId, version: row.version } })
      return { id: personId, version: row.version, identityStatus: row.fields.identityStatus, checkLost: false }
    }
    const facts = factsOf(row.fields)
    if (!insMayBeAsked(facts)) throw invalid('ins_blocked')
    const traits = acceptedTraits(traitsOf(row.fields), identity)
    const checkLost = facts.identityChecked && Object.keys(traits).length > 0
    const now = context.now.toISOString()
    const place = traits.birthPlaceCode === undefined ? null : await birthPlaceOn(context.tx, traits.birthPlaceCode, identity.birthDate)
    const after = await writePerson(context, row, {
      ...(traits as Partial<PersonFields>),
      ...(place === null ? {} : { birthPlaceName: place.name }),
      insMatricule: identity.matricule,
      insOid: identity.oid,
      insRetrievedAt: now,
      insVerifiedAt: now,
      insContestedAt: null,
      ...(checkLost ? { identityCheckedAt: null, identityCheckedBy: null, identityDocument: null } : {}),
      identityStatus: identityStatus({ ...facts, insRetrieved: true, insContested: false, identityChecked: facts.identityChecked && !checkLost }),
    }).catch((error: unknown) => {
      throw (error as { code?: string }).code === uniqueViolation ? conflict('matricule_taken') : error
    })
    const summary = checkLost ? 'Ses traits diffèrent de ceux qui avaient été vérifiés : la pièce est à revoir.' : null
    await recordTimelineItem(context, { ...line, title: 'INS retrouvée par le téléservice', summary })
    context.emit({ ...changed, payload: { personId, version: after.version } })
    return { id: personId, version: after.version, identityStatus: after.fields.identityStatus, checkLost }
  },
})

/** The INS was somebody else's, or the teleservice denies it: it goes, with the reason; what was checked on a document stays. */
export const withdrawInsHandler = implement(withdrawIns, {
  load: ofThePerson,
  run: async (context, { personId, reason }) => {
    const row = await personAtHand(context, personId)
    if (row.fields.insMatricule === null) throw conflict('no_ins')
    const after = await writePerson(context, row, withoutIns(row.fields))
    await recordTimelineItem(context, {
      personId,
      kind: 'identity',
      title: 'INS retirée',
      summary: reason,
      source: 'persons',
      sourceId: personId,
      volet: 'administrative',
    })
    context.emit({ type: 'persons.identity.changed', personId, volet: 'administrative', payload: { personId, version: after.version } })
    return { id: personId, version: after.version, identityStatus: after.fields.identityStatus }
  },
})
