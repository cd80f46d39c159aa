import { addDays, addMonths } from '../../platform/contract/dates.ts'

/** Days between the word to those who answer for the team and the destruction. */
export const announcedDays = 14

/** The day on which envelopes received on a day are destroyed: their term, and never less than two weeks after somebody was told. Days as 'YYYY-MM-DD'. */
export function depositEndsOn(receivedOn: string, announcedOn: string | null, today: string, months: number): string {
  const term = addMonths(receivedOn, months)
  const warned = addDays(announcedOn ?? today, announcedDays)
  return term > warned ? term : warned
}
