import { implement, noTarget } from '../../platform/server/implement.ts'
import { birthPlaceOn } from '../../territory/server/api.ts'
import { identityWorkList, insiState } from '../contract/identity-queries.ts'
import { traitLabels } from '../contract/identity-status.ts'
import { compareTraits } from '../contract/insi.ts'
import { traitsOf } from './identity-facts.ts'
import { selectIdentityWork } from './identity-work.sql.ts'
import { insiConnected, selectLastInsiCall, traitsKeptBecause } from './insi.sql.ts'
import { readPersonRow } from './person.sql.ts'
import { ofThePerson } from './person-at-hand.ts'

/** What the teleservice said last, beside what is kept; a birthplace by its name of that day. */
export const insiStateHandler = implement(insiState, {
  load: ofThePerson,
  run: async ({ tx }, { personId }, target) => {
    const row = await readPersonRow(tx, personId)
    const last = await selectLastInsiCall(tx, personId)
    const fields = row?.fields
    const open = last !== null && last.state === 'found' && last.decision === null ? last.answer : null
    const placeName = async (code: string | null): Promise<string | null> =>
      code === null ? null : ((await birthPlaceOn(tx, code, open?.birthDate ?? null))?.name ?? code)
    const compared =
      open === null || fields === undefined
        ? null
        : await Promise.all(
            compareTraits(traitsOf(fields), open).map(async (one) =>
              one.trait === 'birthPlaceCode' ? { ...one, here: await placeName(one.here), there: (await placeName(one.there)) ?? one.there } : one,
            ),
          )
    const { answer: _answer, ...shown } = last ?? { answer: null }
    return {
      connected: await insiConnected(tx),
      version: target.version,
      contestedAt: fields?.insContestedAt ?? null,
      verifiedAt: fields?.insVerifiedAt ?? null,
      kept: await traitsKeptBecause(tx, personId),
      last: last === null ? null : { ...(shown as Omit<typeof last, 'answer'>), compared, matricule: open?.matricule ?? null },
    }
  },
})

export const identityWorkListHandler = implement(identityWorkList, {
  load: noTarget,
  run: async ({ tx, actor }, { work, accompaniedOnly, limit }) => {
    const list = await selectIdentityWork(tx, String(actor.serviceId), { work: work ?? null, accompaniedOnly, limit })
    return {
      ...list,
      counts: [...list.counts],
      rows: list.rows.map((row) => ({ ...row, works: [...row.works], missing: row.missing.map((trait) => traitLabels[trait]) })),
    }
  },
})
