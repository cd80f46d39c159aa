import { assessmentDetail } from '../../../assessments/contract/queries.ts'
import { keptApart, pouredInto } from '../../../offline/contract/begun.ts'
import type { Outbox, ReadableWaiting } from '../../../offline/contract/outbox.ts'
import type { Words } from '../../../offline/contract/waiting.ts'
import { dropBegun } from '../../../offline/web/carrying.ts'
import { callQuery } from '../../../platform/web/api/client.ts'

/** Who was faster, and what it means. */
export function bySomebody(by: string, alert: boolean): string {
  return alert
    ? `${by} s’en charge déjà\u00a0: l’alerte est entre ses mains.`
    : `${by} a commencé la même évaluation ce jour-là. Rien n’est perdu\u00a0: choisissez.`
}

/** Both evaluations are kept: the gesture leaves again, knowingly, and its answers after it. */
export async function keepBoth(outbox: Outbox, one: ReadableWaiting, told: Words): Promise<void> {
  await outbox.replace(one.id, keptApart(told))
}

/** Answers written here go into the evaluation of a colleague, read now: what differs is shown, and chosen. Throws where she cannot be read. */
export async function pourInto(outbox: Outbox, one: ReadableWaiting, behind: readonly ReadableWaiting[]): Promise<void> {
  const detail = await callQuery(assessmentDetail, { id: one.refusal?.other as never })
  const { id, author, performedOn } = detail.assessment
  for (const { id: gesture, told } of behind) {
    const theirs = detail.sections.find(({ section }) => section === told?.input['section'])
    if (told === null || told.action !== 'assessments.section.save' || theirs === undefined) continue
    const poured = pouredInto({ ...theirs, id, savedBy: author.name, savedAt: performedOn }, told)
    if (poured === null) await outbox.discard(gesture)
    else await outbox.replace(gesture, poured)
  }
  await discardWith(
    outbox,
    one,
    behind.filter(({ told }) => told?.action === 'assessments.assessment.finish'),
  )
}

/** Takes away a gesture and what hangs on it, the last first: cut in the middle, nothing hangs in the air. */
export async function discardWith(outbox: Outbox, one: ReadableWaiting, behind: readonly ReadableWaiting[]): Promise<void> {
  for (const { id } of [...behind].reverse()) await outbox.discard(id)
  await outbox.discard(one.id)
  if (one.envelope.action === 'assessments.assessment.start' && one.envelope.about !== undefined) await dropBegun(one.envelope.about)
}

/** Other words in the place of a gesture and of what hangs on it: they are there before the former ones go. */
export async function insteadOf(outbox: Outbox, one: ReadableWaiting, behind: readonly ReadableWaiting[], words: Words): Promise<void> {
  await outbox.replace(one.id, words)
  for (const { id } of behind) await outbox.discard(id)
  if (one.envelope.action === 'assessments.assessment.start' && one.envelope.about !== undefined) await dropBegun(one.envelope.about)
}
