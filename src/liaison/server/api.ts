import type { Context } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { type AlertToRaise, raiseAlert as raise } from './raise-alert.ts'

export type { AlertToRaise } from './raise-alert.ts'

/**
 * Asks the DAC in charge of a person to take something, in the caller's transaction: référent and binôme find it at once in « Ma journée ».
 * Refuses (`liaison.nobody_to_alert`) when no accompaniment is in progress: nobody would take it.
 */
export function raiseAlert(context: Context, alert: AlertToRaise): Promise<void> {
  return raise(context, alert)
}
