import type { Purpose } from '../../persons/contract/rights.ts'
import { forPurpose } from '../../persons/server/purpose.ts'
import type { Implementation } from '../../platform/server/implement.ts'

/** `open`: stays possible whatever the person opposes, for the reason beside it. */
type Declared = Exclude<Purpose, 'answer'> | { readonly open: string }

const answers: Declared = { open: 'the DAC answers those who ask, and writes the letter of refusal too' }
const ends: Declared = { open: 'what was begun must be able to end' }
const rectifies: Declared = { open: 'rectification is a right of the person (art. 16 RGPD)' }
const rights: Declared = { open: 'her answers, oppositions and wishes are recorded, lifted and proved' }
const ownRule: Declared = { open: 'its own run asks, with the words of what it shares' }
const reads: Declared = { open: 'a mark of the reader, nothing is added to the file' }
const organises: Declared = { open: 'who answers for the file, until it is closed' }

/**
 * What each action on a person is done for (R20, R26, R27): after an opposition nothing more is accompanied nor recorded; answering, ending,
 * rectifying and the rights themselves go on. The longest key that begins a name decides. A test fails for an action that no key names.
 */
export const purposes: Readonly<Record<string, Declared>> = {
  'persons.person.create': answers,
  'persons.person.edit': rectifies,
  'persons.identity.check': 'record',
  'persons.insi.ask': 'record',
  'persons.insi.askForMany': 'record',
  'persons.insi.decide': 'record',
  'persons.insi.withdraw': rectifies,
  'persons.identity.setAttributes': rectifies,
  'persons.contact.add': 'record',
  'persons.contact.edit': rectifies,
  'persons.protection.record': 'record',
  'persons.protection.edit': rectifies,
  'persons.familyDoctor.record': 'record',
  'persons.familyDoctor.concert': 'accompany',
  'persons.familyDoctorReferral.follow': ends,
  'cpts.familyDoctorReferral.answer': ends,
  'auditTrail.print.note': reads,
  'persons.nonOppositions.': rights,
  'persons.information.': rights,
  'persons.silence.': rights,
  'persons.volet.': rights,
  'persons.personNotice.': rights,
  'persons.noticeWish.': rights,
  'persons.death.': { open: 'a death stops letters and calls: it is always recorded' },
  'persons.exceptionalAccess.': { open: 'opened by its own door, which knows oppositions; closed and reviewed whatever they are' },
  'careTeam.member.add': 'accompany',
  'careTeam.member.edit': rectifies,
  'careTeam.member.end': ends,
  'careTeam.member.leave': ends,
  'careTeam.join.ask': ownRule,
  'careTeam.join.answer': ownRule,
  'careTeam.providerCall.record': 'accompany',
  'careTeam.manyFiles.change': ownRule,
  'careTeam.invitation.send': ownRule,
  'careTeam.invitation.revoke': ends,
  'careTeam.invitation.accept': ownRule,
  'careTeam.invitation.decline': ends,
  'careTeam.role.give': 'accompany',
  'careTeam.role.end': ends,
  'careTeam.access.open': ownRule,
  'careTeam.access.close': ends,
  'episodes.level.change': 'accompany',
  'episodes.referent.change': organises,
  'episodes.binome.change': organises,
  'episodes.caseload.reassign': organises,
  'episodes.handover.': organises,
  'episodes.problems.set': 'record',
  'episodes.dormancy.start': 'accompany',
  'episodes.dormancy.end': 'accompany',
  'episodes.episode.close': ends,
  'episodes.episode.reopen': 'accompany',
  'episodes.activity.record': 'record',
  'episodes.activity.correct': rectifies,
  'episodes.criticalSequence.start': 'accompany',
  'episodes.criticalSequence.accept': 'accompany',
  'episodes.criticalSequence.decline': ends,
  'episodes.criticalSequence.move': 'accompany',
  'episodes.criticalSequence.end': ends,
  'caseConferences.conference.plan': 'accompany',
  'caseConferences.conference.edit': ends,
  'caseConferences.conference.cancel': ends,
  'caseConferences.participant.invite': 'accompany',
  'caseConferences.participant.answer': ends,
  'caseConferences.participant.mark': 'record',
  'caseConferences.question.': 'record',
  'caseConferences.document.': 'record',
  'caseConferences.agreement.': rights,
  'caseConferences.block.': 'record',
  'caseConferences.decision.add': 'accompany',
  'caseConferences.decision.answer': ends,
  'caseConferences.decision.hand': 'accompany',
  'caseConferences.decision.writeTo': ownRule,
  'caseConferences.decision.remove': ends,
  'caseConferences.decision.toPlan': 'accompany',
  'caseConferences.decision.toTask': 'accompany',
  'caseConferences.minutes.sign': ends,
  'caseConferences.minutes.send': ownRule,
  'episodes.rupture.note': 'record',
  'episodes.sequenceLine.answer': 'record',
  'episodes.sequenceLine.add': 'accompany',
  'episodes.sequenceLine.toTask': 'accompany',
  'episodes.task.add': 'accompany',
  'episodes.task.edit': ends,
  'episodes.task.finish': ends,
  'episodes.task.cancel': ends,
  'episodes.task.resume': 'accompany',
  'episodes.task.writeTo': 'accompany',
  'intake.': answers,
  'assessments.': 'record',
  'assessments.form.publish': { open: 'a form of the region concerns nobody yet' },
  'assessments.assessment.discard': ends,
  'assessments.assessment.correct': rectifies,
  'carePlans.': 'accompany',
  'carePlans.line.remove': ends,
  'carePlans.draft.discard': ends,
  'carePlans.criterion.remove': ends,
  'carePlans.copy.handOver': ownRule,
  'agenda.': ends,
  'agenda.appointment.book': 'accompany',
  'agenda.stay.record': 'record',
  'agenda.stay.noteExit': 'record',
  'agenda.participant.invite': 'accompany',
  'agenda.healthSpace.decide': rights,
  'agenda.healthSpace.retry': ends,
  'agenda.invitation.answer': { open: 'whoever is invited may always answer' },
  'agenda.visit.record': 'record',
  'agenda.safetyNote.write': { open: 'the safety of whoever goes there' },
  'agenda.absence.': organises,
  'liaison.note.write': 'record',
  'liaison.note.reply': 'record',
  'liaison.note.amend': rectifies,
  'liaison.alert.': ends,
  'liaison.file.add': 'record',
  'liaison.measure.record': 'record',
  'liaison.measure.strike': rectifies,
  'liaison.measureThreshold.': 'record',
  'liaison.alertRule.': organises,
  'liaison.noteTemplate.': organises,
  'liaison.item.': reads,
  'liaison.items.': reads,
  'liaison.visit.': reads,
  'conversations.thread.open': 'record',
  'conversations.message.send': 'record',
  'conversations.message.link': 'record',
  'conversations.file.add': 'record',
  'conversations.participant.add': 'record',
  'conversations.participant.remove': ends,
  'conversations.thread.leave': ends,
  'conversations.thread.read': reads,
  'hospitalEvents.candidate.confirm': 'record',
  'hospitalEvents.visit.': rectifies,
  'safeguarding.': { open: 'the duty to protect goes before an opposition (art. 226-14 and 434-3 of the code pénal)' },
  'privacy.': rights,
  'duplicates.': { open: 'one person has one file: duplicates are rectified (art. 5.1.d and 16 RGPD), whatever she opposes' },
}

/** What an action is done for; undefined when no key names it. */
export function purposeOf(name: string): Declared | undefined {
  const key = Object.keys(purposes)
    .filter((one) => name === one || (one.endsWith('.') && name.startsWith(one)))
    .sort((a, b) => b.length - a.length)[0]
  return key === undefined ? undefined : purposes[key]
}

/** Every action of a list under its purpose; queries, and actions on nobody, as they are. */
export function underPurposes(implementations: readonly Implementation[]): readonly Implementation[] {
  return implementations.map((implementation) => {
    const purpose = implementation.contract.kind === 'action' ? purposeOf(implementation.contract.name) : undefined
    return typeof purpose === 'string' ? forPurpose(implementation, purpose) : implementation
  })
}
