import { formatDay } from '../../../platform/contract/dates.ts'
import type { Bulk, Row } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { Random } from '../region/random.ts'
import type { Cast, StoryPeople } from './people.ts'

/** A report of maltreatment that Julie Marchal wrote about M. Pierrat: read by herself and by the direction of her DAC, by nobody else. */
export async function seedReport(bulk: Bulk, random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople): Promise<void> {
  const person = people.of('pierrat')
  const opened = calendar.at(calendar.workingDay(calendar.daysAgo(9)), 985)
  const sent = calendar.at(calendar.workingDay(calendar.daysAgo(8)), 560)
  const answered = calendar.at(calendar.workingDay(calendar.daysAgo(4)), 680)
  const id = random.idAt(opened)
  const holder = { person_id: person.id, holder_org: cast.hautesVallees.id }
  await bulk.write('safeguarding.report', [
    {
      id,
      ...holder,
      person: {
        json: {
          personId: person.id,
          birthName: person.birthName,
          usedName: person.usedName,
          firstName: person.givenNames[0],
          usedFirstName: null,
          sex: person.sex,
          birthDay: person.birthDate,
          birthDayApproximate: false,
          commune: 'Rupt-sur-Moselle',
          deathDay: null,
          identityStatus: 'VALI',
        },
      },
      whereabouts: '9, rue de la Gare, au rez-de-chaussée',
      endangered: 'person',
      kinds: ['financial', 'psychological'],
      danger_level: 'risk',
      danger: 'Vit seul, signe sans lire. Un voisin a procuration depuis l’été ; les factures ne sont plus payées.',
      opened_at: opened,
      author_id: cast.julie.id,
      author_name: cast.julie.name,
      author_function: 'Référente de parcours',
    },
  ])
  const entry = (kind: string, at: Date, more: Row): Row => ({
    id: random.idAt(at),
    report_id: id,
    ...holder,
    kind,
    on_day: null,
    code: null,
    name: null,
    means: null,
    reference: null,
    told: null,
    body: null,
    author_id: cast.julie.id,
    author_name: cast.julie.name,
    author_function: null,
    recorded_at: at,
    ...more,
  })
  const day = (at: Date): string => at.toISOString().slice(0, 10)
  await bulk.write('safeguarding.entry', [
    entry('fact', opened, {
      on_day: day(opened),
      name: `${cast.julie.name}, référente de parcours`,
      body: '« Il garde ma carte, c’est plus simple. Il dit que je perds la tête. » Trois relances d’électricité sur la table, compte vide le 12.',
    }),
    entry('concerned', opened, { code: 'implicated', name: 'Un voisin de palier', body: 'procuration bancaire depuis juillet' }),
    entry('notice', opened, {
      code: 'person',
      told: true,
      on_day: day(opened),
      name: cast.julie.name,
      body: 'Informé de vive voix, dit qu’il « ne veut pas d’histoires ».',
    }),
    entry('notice', opened, { code: 'hierarchy', told: true, on_day: day(opened), name: cast.julie.name }),
    entry('sending', sent, { code: 'adult_unit', on_day: day(sent), means: 'secure_mail', reference: `CAV-${formatDay(day(sent)).slice(6)}-041` }),
    entry('step', answered, { code: 'assessment', on_day: day(answered), body: 'Évaluation à domicile prévue par le service social du département.' }),
  ])
}
