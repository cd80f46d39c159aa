import { addDays } from '../../../platform/contract/dates.ts'
import { readable } from '../directory/professionals.ts'
import type { Bulk, Row } from './bulk.ts'
import type { SeedCalendar } from './calendar.ts'
import type { SeededEpisode } from './episodes.ts'
import { fictionalPhone } from './persons.ts'
import type { RegionPlan } from './plan.ts'
import type { Random } from './random.ts'
import type { SeededDac, SeededUser } from './staff.ts'
import { familyNames } from './words.ts'

const texts: Readonly<Record<string, readonly string[]>> = {
  follow_up: [
    'Confirme le rendez-vous de jeudi.',
    'Demande où en est le dossier APA.',
    'L’infirmier passera plus tard demain.',
    'La fille rappelle ce soir.',
    'Sortie d’hôpital repoussée à lundi.',
    'A reçu le courrier, remercie.',
  ],
  message: ['Merci de rappeler avant midi.', 'Réunion décalée à 14 h 30.', 'Document envoyé par messagerie sécurisée.'],
  mistake: ['Faux numéro.', 'Démarchage.', 'Cherchait le cabinet dentaire.'],
}

/** What the telephone brings besides requests: follow-ups of files, messages for colleagues, mistakes. */
export async function seedContacts(
  bulk: Bulk,
  random: Random,
  plan: RegionPlan,
  calendar: SeedCalendar,
  dacs: readonly SeededDac[],
  episodes: readonly SeededEpisode[],
): Promise<void> {
  const rows: Row[] = []
  const spoken: Row[] = []
  for (let n = 0; n < plan.contacts; n += 1) {
    const firstKey = random.weighted([
      ['follow_up', 7],
      ['message', 2],
      ['mistake', 1],
    ] as const)
    const episode = firstKey === 'follow_up' ? random.pick(episodes) : null
    const dac = episode?.dac ?? random.pick(dacs)
    const by = random.pick(dac.desk.length > 0 ? dac.desk : dac.referents)
    const last = episode?.closedOn ?? calendar.today
    const span = episode === null ? plan.months * 30 : Math.max(0, Math.round((Date.parse(last) - Date.parse(episode.openedOn)) / 86_400_000))
    const day = calendar.workingDay(addDays(last, -random.between(0, span)))
    const at = new Date(Math.min(calendar.now.getTime() - 300_000, calendar.at(day, random.between(515, 1060)).getTime()))
    const forUser: SeededUser | null = firstKey === 'message' ? random.pick(dac.referents) : null
    const handled = forUser !== null && calendar.now.getTime() - at.getTime() > 86_400_000 ? new Date(at.getTime() + 3_600_000) : null
    const id = random.idAt(at)
    rows.push({
      id,
      first_key: firstKey,
      at,
      outgoing: firstKey === 'follow_up' && random.chance(0.3),
      channel: random.weighted([
        ['phone', 8],
        ['email', 2],
      ] as const),
      caller_name: firstKey === 'mistake' ? null : `Mme\u00a0${readable(random.pick(familyNames))}`,
      caller_quality: null,
      caller_phone: fictionalPhone(random.below(10_000), true),
      person_id: episode?.person.id ?? null,
      for_user_id: forUser?.id ?? null,
      handled_at: handled,
      handled_by: handled === null ? null : (forUser?.id ?? null),
      recorded_by: by.id,
      recorded_by_name: by.name,
      holder_org: dac.id,
    })
    spoken.push({ contact_id: id, text: random.pick(texts[firstKey] as readonly string[]) })
    if (rows.length === 20_000) {
      await bulk.write('intake.contact', rows.splice(0))
      await bulk.write('intake.contact_text', spoken.splice(0))
    }
  }
  await bulk.write('intake.contact', rows)
  await bulk.write('intake.contact_text', spoken)
}
