import { formatDay } from '../../platform/contract/dates.ts'
import { french } from '../../platform/contract/typography.ts'
import { asJob, type JobTime } from '../../platform/server/as-job.ts'
import type { Database } from '../../platform/server/db.ts'
import { rulesInForce, selectServicesWithFiles, selectSilent } from './alert-rule.sql.ts'
import { raiseByRule } from './raise-by-rule.ts'

/**
 * Each morning, in each DAC: the files in which nobody saw nor reached the person for as long as a rule allows. Told once: again only if it was settled and as
 * many days have passed since. Gives how many alerts were raised.
 */
export async function alertOnSilence(db: Database, time: JobTime): Promise<number> {
  const services = await asJob(db, 'DACs that follow files', time, ({ tx }) => selectServicesWithFiles(tx))
  let raised = 0
  for (const service of services) {
    raised += await asJob(db, 'files without news', time, async (context) => {
      let count = 0
      for (const rule of await rulesInForce(context.tx, service)) {
        if (rule.when.trigger !== 'silence') continue
        for (const file of await selectSilent(context.tx, service, rule.id, rule.when.days, rule.when.levels)) {
          const told = await raiseByRule(context, {
            personId: file.personId,
            service,
            fulfils: (when) => JSON.stringify(when) === JSON.stringify(rule.when),
            summary: french(`Dernier contact noté le ${formatDay(file.lastOn)}.`),
            source: 'episodes.silence',
            sourceId: file.episodeId,
            volet: 'administrative',
          })
          if (told !== null) count += 1
        }
      }
      return count
    })
  }
  return raised
}
