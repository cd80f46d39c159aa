import { assessmentDetail, assessmentsOfPerson } from '../../src/assessments/contract/queries.ts'
import { planOfPerson } from '../../src/care-plans/contract/queries.ts'
import { circle, followedPatients } from '../../src/care-team/contract/queries.ts'
import { caseload, fileSynthesis } from '../../src/episodes/contract/queries.ts'
import { personContacts, request } from '../../src/intake/contract/queries.ts'
import { noteThread, timeline } from '../../src/liaison/contract/queries.ts'
import { personHeader, personIdentity, personRights, personTimeline, searchPersons } from '../../src/persons/contract/queries.ts'
import type { AnyQuery } from '../../src/platform/contract/action.ts'
import type { Planted } from './canary.ts'
import type { Opening, Reader } from './rule.ts'
import type { Known, World } from './world.ts'

/**
 * A way of looking at a person: the query, and the rows that it is meant to show, all of those that the reader may see and no other.
 * `opens` says when the query itself is for her; a query may show less than one person (a note) or several (a list).
 */
export interface Lens {
  readonly name: string
  readonly query: AnyQuery
  readonly input: (person: Known, planted: Planted | null) => unknown
  /** The table whose rows it shows. */
  readonly table: string
  /** One call per row, or one call for all the rows of the table. */
  readonly per: 'row' | 'person'
  readonly opens: (reader: Reader, openings: readonly Opening[], planted: Planted) => boolean
}

const anyone = (): boolean => true
const holds = (reader: Reader, ...missions: readonly Reader['missions'][number][]): boolean => missions.some((mission) => reader.missions.includes(mission))
const atDesk = (reader: Reader): boolean => reader.inDac && holds(reader, 'front_desk', 'referent', 'doctor', 'team_lead')
/** Plans and evaluations are for whoever takes part in the follow-up: more than the identity is open to her. */
const takesPart = (_reader: Reader, openings: readonly Opening[]): boolean => openings.some(({ volets }) => volets.some((volet) => volet !== 'administrative'))

/** The sheet of a request is the desk's that handles it. */
const handles = (reader: Reader, _openings: readonly Opening[], { row }: Planted): boolean => atDesk(reader) && row.holder === reader.service
/** A tab of the file: for the desk, of whom it sees. */
const identified = (reader: Reader, openings: readonly Opening[]): boolean => atDesk(reader) && openings.some(({ volets }) => volets.includes('administrative'))

const byPerson = ({ id }: Known): unknown => ({ personId: id })

export const lenses: readonly Lens[] = [
  { name: 'header', query: personHeader, input: byPerson, table: 'persons.person', per: 'person', opens: anyone },
  { name: 'identity', query: personIdentity, input: byPerson, table: 'persons.contact_point', per: 'person', opens: anyone },
  { name: 'rights', query: personRights, input: byPerson, table: 'persons.non_opposition', per: 'person', opens: anyone },
  { name: 'timeline', query: personTimeline, input: ({ id }) => ({ personId: id, limit: 100 }), table: 'persons.timeline_item', per: 'person', opens: anyone },
  { name: 'fil', query: timeline, input: ({ id }) => ({ personId: id, limit: 100 }), table: 'persons.timeline_item', per: 'person', opens: anyone },
  { name: 'circle', query: circle, input: byPerson, table: 'care_team.member', per: 'person', opens: anyone },
  { name: 'note', query: noteThread, input: (_person, planted) => ({ id: planted?.id }), table: 'liaison.note', per: 'row', opens: anyone },
  { name: 'tasks', query: fileSynthesis, input: byPerson, table: 'episodes.task', per: 'person', opens: anyone },
  { name: 'plan', query: planOfPerson, input: byPerson, table: 'care_plans.problem', per: 'person', opens: takesPart },
  { name: 'assessments', query: assessmentsOfPerson, input: byPerson, table: 'assessments.assessment', per: 'person', opens: takesPart },
  {
    name: 'assessment',
    query: assessmentDetail,
    input: (_person, planted) => ({ id: planted?.id }),
    table: 'assessments.assessment',
    per: 'row',
    opens: takesPart,
  },
  { name: 'request', query: request, input: (_person, planted) => ({ id: planted?.id }), table: 'intake.sollicitation', per: 'row', opens: handles },
  { name: 'calls', query: personContacts, input: byPerson, table: 'intake.contact', per: 'person', opens: identified },
  {
    name: 'search',
    query: searchPersons,
    input: ({ name }) => ({ text: name }),
    table: 'persons.person',
    per: 'person',
    opens: (reader) => atDesk(reader) || holds(reader, 'outside_professional', 'expert_team', 'cpts_coordinator'),
  },
]

/** A list across persons: whom it must show among all of the world. */
export interface ListLens {
  readonly name: string
  readonly query: AnyQuery
  readonly input: unknown
  readonly opens: (reader: Reader) => boolean
  readonly lists: (world: World, reader: Reader, person: Known, openings: readonly Opening[]) => boolean
}

export const listLenses: readonly ListLens[] = [
  {
    name: 'followed persons',
    query: followedPatients,
    input: { limit: 100 },
    opens: (reader) => holds(reader, 'outside_professional', 'expert_team'),
    lists: (_world, _reader, _person, openings) => openings.some(({ basis, volets }) => (basis === 'care_team' || basis === 'consent') && volets.length > 0),
  },
  {
    name: 'caseload',
    query: caseload,
    input: {},
    opens: atDesk,
    lists: (_world, reader, person, openings) =>
      person.referent.user.id === reader.user &&
      person.live &&
      openings.some(({ basis, volets }) => basis === 'dac_in_charge' && volets.includes('administrative')),
  },
]
