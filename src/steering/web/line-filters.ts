import type { RawInputOf } from '../../platform/contract/action.ts'
import type { accompanimentLines, doctorLines, sollicitationLines } from '../contract/queries.ts'
import type { LineFilter } from './cards.ts'

type Filter<C extends typeof sollicitationLines | typeof accompanimentLines | typeof doctorLines> = Omit<
  RawInputOf<C>,
  'serviceId' | 'from' | 'to' | 'cursor' | 'pageSize'
>

/** 'any' stands for « answered, whatever the answer ». */
export function sollicitationFilter({ group, answer }: LineFilter): Filter<typeof sollicitationLines> {
  return { group: group ?? null, principalAnswer: answer === undefined || answer === 'any' ? null : answer, answered: answer === 'any' ? true : null }
}

const bands = ['minor', 'adult', 'senior', 'elder', 'unknown'] as const

export function accompanimentFilter({ band, population }: LineFilter): Filter<typeof accompanimentLines> {
  return { band: bands.find((one) => one === band) ?? null, population: population ?? null }
}

export function doctorFilter({ asked, mode }: LineFilter): Filter<typeof doctorLines> {
  return { asked: asked === undefined ? null : asked === 'yes', liberal: mode === undefined ? null : mode === 'liberal' }
}
