import { readFileSync } from 'node:fs'
import type { FeedKey } from '../../directory/contract/feeds.ts'
import type { FeedEnd, FeedOutcome, FeedReaders } from '../../directory/server/api.ts'
import { updateFromAnnuaire } from '../../interop/annuaire/server/update.ts'
import { importFromDataInclusion } from '../../interop/data-inclusion/server/from-api.ts'
import { readExtract } from '../../interop/extracts/server/download.ts'
import { updateFromRor } from '../../interop/ror/server/offers.ts'
import type { Settings } from '../../platform/server/settings.ts'

const extracts = { rpps: 'RPPS_URL', skills: 'SKILLS_URL', diplomas: 'DIPLOMAS_URL', mailboxes: 'MSSANTE_URL', finess: 'FINESS_URL' } as const

/** How this server reads each feed that its settings open. A file of authorities that cannot be read stops the start. */
export function feedReaders(settings: Settings): FeedReaders {
  const authorities = settings.FEED_CA === undefined ? undefined : readFileSync(settings.FEED_CA, 'utf8')
  const readers: { -readonly [code in FeedKey]?: FeedReaders[code] } = {}
  for (const [source, name] of Object.entries(extracts) as readonly [keyof typeof extracts, (typeof extracts)[keyof typeof extracts]][]) {
    const url = settings[name]
    if (url !== undefined) readers[source] = (reading) => readExtract(source, { url, authorities }, reading)
  }
  const { ANNUAIRE_URL, ANNUAIRE_API_KEY, ROR_URL, ROR_API_KEY, DATA_INCLUSION_URL, DATA_INCLUSION_API_KEY } = settings
  if (ANNUAIRE_URL !== undefined && ANNUAIRE_API_KEY !== undefined)
    readers.annuaire = async ({ db, clock, announced }) =>
      endOf(await updateFromAnnuaire(db, { url: ANNUAIRE_URL, apiKey: ANNUAIRE_API_KEY }, { clock, announced }))
  if (ROR_URL !== undefined && ROR_API_KEY !== undefined)
    readers.ror = async ({ db, clock, announced, acceptFall }) =>
      endOf(await updateFromRor(db, { url: ROR_URL, apiKey: ROR_API_KEY }, { clock, announced, acceptFall }))
  if (DATA_INCLUSION_URL !== undefined && DATA_INCLUSION_API_KEY !== undefined) {
    const source = { url: DATA_INCLUSION_URL, apiKey: DATA_INCLUSION_API_KEY, departments: settings.DATA_INCLUSION_DEPARTMENTS }
    readers.social = async ({ db, announced }) => {
      for (const { outcome } of await importFromDataInclusion(db, source, { announced })) {
        if (outcome.state !== 'done')
          return { state: 'failed', code: outcome.code, params: outcome.params, again: outcome.code === 'import_service_unavailable' }
      }
      return { state: 'done' }
    }
  }
  return readers
}

function endOf(outcome: FeedOutcome): FeedEnd {
  if (outcome.state === 'done') return { state: 'done' }
  const codes = {
    busy: 'import_running',
    refused: 'import_service_refused',
    unavailable: 'feed_service_unavailable',
    unreadable: 'feed_service_unreadable',
    foreign: 'feed_service_foreign',
    stopped: 'feed_stopped',
    kept: 'feed_fall',
  } as const
  return { state: 'failed', code: codes[outcome.reason], again: outcome.reason === 'unavailable' || outcome.reason === 'unreadable' }
}
