import type { FeedOutcome } from '../../directory/server/api.ts'
import { updateFromAnnuaire } from '../../interop/annuaire/server/update.ts'
import { importFromDataInclusion } from '../../interop/data-inclusion/server/from-api.ts'
import { updateFromRor } from '../../interop/ror/server/offers.ts'
import { errorText } from '../../platform/contract/errors.ts'
import { openDatabase } from '../../platform/server/db.ts'
import { type Command, CommandError } from './command.ts'
import { withInstallation } from './database.ts'

const reasons = {
  refused: 'Le service a refusé la clé d’accès : vérifiez-la.',
  unavailable: 'Le service ne répond pas. La prochaine mise à jour reprendra où celle-ci s’est arrêtée.',
  unreadable: 'Le service a répondu ce qui ne se lit pas. La prochaine mise à jour reprendra au même endroit.',
  foreign: 'Le service renvoie vers une autre adresse que la sienne : elle n’a pas été suivie.',
  busy: 'Un import ou une autre mise à jour est en cours : relancez celle-ci ensuite.',
  stopped: 'Lecture arrêtée par un administrateur : elle reprendra où elle en était.',
  kept: 'La lecture complète retirerait plus d’un cinquième des fiches : rien n’a été retiré.',
} as const

function setting(name: string, what: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new CommandError(`${name} manque : ${what}`)
  return value
}

function told(say: (line: string) => void, outcome: FeedOutcome): void {
  say(`${outcome.pages.toLocaleString('fr-FR')} pages lues, ${outcome.records.toLocaleString('fr-FR')} fiches.`)
  if (outcome.rejected > 0) say(`${outcome.rejected.toLocaleString('fr-FR')} refusées : voir Administration › Imports, ${outcome.importId}.`)
  if (outcome.state === 'interrupted') throw new CommandError(reasons[outcome.reason])
}

/** Updates of the directory from the services that keep it: to be run every night. */
export const feedCommands: readonly Command[] = [
  {
    name: 'maj annuaire',
    summary: 'Met à jour les professionnels et les adresses MSSanté depuis l’Annuaire Santé (ANNUAIRE_URL, ANNUAIRE_API_KEY).',
    run: async (_args, say) => {
      const settings = {
        url: setting('ANNUAIRE_URL', 'adresse de l’API FHIR v2 de l’Annuaire Santé.'),
        apiKey: setting('ANNUAIRE_API_KEY', 'clé d’accès à l’API.'),
      }
      await withInstallation(say, async ({ appUrl }) => {
        const db = openDatabase(appUrl, { max: 4, name: 'jalon-feed' })
        try {
          told(say, await updateFromAnnuaire(db, settings))
        } finally {
          await db.close()
        }
      })
    },
  },
  {
    name: 'maj ror',
    summary: 'Met à jour les offres et les places depuis le ROR (ROR_URL, ROR_API_KEY). Les unités confidentielles n’entrent jamais.',
    run: async (_args, say) => {
      const settings = { url: setting('ROR_URL', 'adresse de l’API de consultation du ROR.'), apiKey: setting('ROR_API_KEY', 'clé d’accès à l’API.') }
      await withInstallation(say, async ({ appUrl }) => {
        const db = openDatabase(appUrl, { max: 4, name: 'jalon-feed' })
        try {
          told(say, await updateFromRor(db, settings))
        } finally {
          await db.close()
        }
      })
    },
  },
  {
    name: 'maj data-inclusion',
    usage: '[DÉPARTEMENT…]',
    summary: 'Importe les structures et services sociaux depuis l’API de data·inclusion (DATA_INCLUSION_URL, DATA_INCLUSION_API_KEY).',
    run: async (args, say) => {
      const settings = {
        url: setting('DATA_INCLUSION_URL', 'adresse de l’API.'),
        apiKey: setting('DATA_INCLUSION_API_KEY', 'clé d’accès à l’API.'),
        departments: args,
      }
      await withInstallation(say, async ({ appUrl }) => {
        const db = openDatabase(appUrl, { max: 4, name: 'jalon-feed' })
        try {
          for (const { outcome } of await importFromDataInclusion(db, settings)) {
            if (outcome.state !== 'done') throw new CommandError(errorText(outcome.code, outcome.params))
            say(`${outcome.counts.added} ajoutés, ${outcome.counts.changed} modifiés, ${outcome.counts.removed} retirés, ${outcome.counts.rejected} refusés.`)
          }
        } finally {
          await db.close()
        }
      })
    },
  },
]
