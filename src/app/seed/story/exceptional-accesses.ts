import { personaServices } from '../persona-services.ts'
import type { Bulk, Row } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { Random } from '../region/random.ts'
import type { SeededUser } from '../region/staff.ts'
import type { Cast, StoryPeople } from './people.ts'

/**
 * Two exceptional accesses of last week, both over: one that the direction has reviewed, whose notice reached the person in Mon espace santé; one that waits
 * for it, and whose notice is to be handed over, her space being closed.
 */
export async function seedExceptionalAccesses(bulk: Bulk, random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople): Promise<void> {
  const director = cast.user('director')
  const opened = (
    name: string,
    who: SeededUser,
    volets: readonly string[],
    at: Date,
    hours: number,
    words: Row & { readonly label: string },
  ): readonly [Row, Row] => {
    const id = random.idAt(at)
    const ends = new Date(at.getTime() + hours * 3_600_000)
    const { label, ...said } = words
    const access: Row = {
      id,
      person_id: people.of(name).id,
      user_id: who.id,
      user_name: who.name,
      profession: null,
      service_id: who.serviceId,
      service_name: null,
      opened_at: at,
      ends_at: ends,
      ended_at: ends,
      end_cause: 'over',
      review_outcome: null,
      review_comment: null,
      reviewed_at: null,
      reviewed_by: null,
      reviewed_by_name: null,
      holder_org: who.serviceId,
      ...said,
    }
    const sight: Row = {
      id: random.idAt(at),
      person_id: people.of(name).id,
      party_id: who.id,
      party_name: who.name,
      basis: 'break_glass',
      volets,
      reason: `Accès exceptionnel\u00a0: ${label}`,
      source_id: id,
      starts_at: at,
      ends_at: ends,
      granted_by: who.id,
    }
    return [access, sight]
  }
  const all = ['administrative', 'social', 'health']
  const rows = [
    opened('lambert', cast.user('hospital-social-service'), ['administrative', 'social'], calendar.at(calendar.daysAgo(2), 1215), 6, {
      label: 'Entrée ou sortie d’hôpital en cours',
      profession: 'Assistante de service social',
      service_name: personaServices.hospitalHautesVallees.name,
      reason: 'admission_or_discharge',
      explanation: 'Arrivée aux urgences le soir, personne de l’entourage ne répond : qui intervient à domicile demain matin ?',
    }),
    opened('claudel', cast.user('referent-other-dac'), all, calendar.at(calendar.daysAgo(8), 640), 4, {
      label: 'Personne en danger',
      profession: 'Référente de parcours',
      service_name: personaServices.dacMeurtheMortagne.name,
      reason: 'danger',
      explanation: 'Retrouvée désorientée dans notre commune, chez sa nièce. Traitement et interlocuteurs à connaître.',
      review_outcome: 'justified',
      review_comment: 'Appel de la nièce vérifié, référente prévenue le jour même.',
      reviewed_at: calendar.at(calendar.daysAgo(7), 560),
      reviewed_by: director.id,
      reviewed_by_name: director.name,
    }),
  ]
  await bulk.write(
    'persons.exceptional_access',
    rows.map(([access]) => access),
  )
  await bulk.write(
    'persons.sight',
    rows.map(([, sight]) => sight),
  )
  // The database wrote the notices with the accesses; their turn came long ago. Ids are those that addresses and the API read: RFC 9562, always the same.
  await bulk.query(
    `update persons.person_notice n set id = territory.party_id('notice:' || n.source_id), state = case reason when 'danger' then 'sent' else 'to_hand' end, obstacle = case reason when 'danger' then null else 'refused' end,
       sent_at = case reason when 'danger' then happened_at + interval '40 seconds' end, attempts = 1 where state = 'to_send'`,
  )
}
