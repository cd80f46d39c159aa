import { z } from 'zod'
import { defineQuery } from '../../platform/contract/action.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { code, cursor } from '../../platform/contract/fields.ts'
import { figuresScope, mayReadFigures, mayReadLines } from './figures.ts'

const count = z.number().int().nonnegative().nullable()
const breakdown = z.array(z.object({ code: z.string(), label: z.string(), count, previous: count }))
export type Breakdown = z.output<typeof breakdown>

const counted = { none: 'aggregated figures: no person is shown, no cell under five leaves a service' } as const

const figures = z.object({
  serviceName: z.string(),
  from: z.string(),
  to: z.string(),
  /** The same days one year before. */
  previousFrom: z.string(),
  previousTo: z.string(),
  sollicitations: z.object({ count, previous: count, months: z.array(z.object({ month: z.string(), count, previous: count })) }),
  requesters: z.object({ groups: breakdown, kinds: breakdown }),
  answers: z.object({ answered: count, previous: count, principal: breakdown, all: breakdown }),
  ages: z.object({ persons: count, previous: count, dormantOnly: count, bands: breakdown }),
  problems: z.object({ principal: breakdown, difficulties: breakdown }),
  doctors: z.object({
    asked: count,
    practising: count,
    previousAsked: count,
    previousPractising: count,
    /** Those with a liberal practice in the territory, and those who are salaried only. */
    modes: z.array(
      z.object({ code: z.enum(['liberal', 'salaried']), label: z.string(), asked: count, practising: count, previousAsked: count, previousPractising: count }),
    ),
    directoryDay: z.string().nullable(),
  }),
  staff: z.object({
    fte: z.number(),
    previous: z.number(),
    jobs: z.array(z.object({ code: z.string(), label: z.string(), fte: z.number(), previous: z.number() })),
  }),
  funding: z.object({
    year: z.number().int(),
    amount: z.number(),
    previous: z.number(),
    provisional: z.boolean(),
    funders: z.array(z.object({ code: z.string(), label: z.string(), amount: z.number(), previous: z.number() })),
  }),
})
export type Figures = z.output<typeof figures>

const shown = (value: number | null): string | number => value ?? 'secret'

export const eightIndicators = defineQuery({
  name: 'steering.indicators',
  title: 'Les huit indicateurs',
  alone: true,
  input: figuresScope,
  output: figures,
  access: (actor, _target: null, scope) => mayReadFigures(actor, scope),
  audit: counted,
  csv: {
    file: 'huit-indicateurs',
    columns: ['Indicateur', 'Détail', 'Période', 'Même période un an avant'],
    rows: (f) => [
      ['Période', '', `${formatDay(f.from)} au ${formatDay(f.to)}`, `${formatDay(f.previousFrom)} au ${formatDay(f.previousTo)}`],
      ['1. Sollicitations reçues', '', shown(f.sollicitations.count), shown(f.sollicitations.previous)],
      ...f.requesters.kinds.map((row) => ['2. Sollicitations par demandeur', row.label, shown(row.count), shown(row.previous)]),
      ...f.answers.principal.map((row) => ['3. Réponses, principale', row.label, shown(row.count), shown(row.previous)]),
      ...f.answers.all.map((row) => ['3. Réponses, toutes', row.label, shown(row.count), shown(row.previous)]),
      ...f.ages.bands.map((row) => ['4. Personnes accompagnées par âge', row.label, shown(row.count), shown(row.previous)]),
      ['4. Personnes accompagnées', 'Ensemble', shown(f.ages.persons), shown(f.ages.previous)],
      ['4. Personnes en veille toute la période', 'Comptées à part', shown(f.ages.dormantOnly), ''],
      ...f.problems.principal.map((row) => ['5. Problématique principale', row.label, shown(row.count), shown(row.previous)]),
      ...f.problems.difficulties.map((row) => ['5. Difficultés', row.label, shown(row.count), shown(row.previous)]),
      ['6. Généralistes ayant sollicité', '', shown(f.doctors.asked), shown(f.doctors.previousAsked)],
      ['6. Généralistes du territoire', '', shown(f.doctors.practising), shown(f.doctors.previousPractising)],
      ...f.doctors.modes.flatMap((mode) => [
        ['6. Généralistes ayant sollicité', mode.label, shown(mode.asked), shown(mode.previousAsked)],
        ['6. Généralistes du territoire', mode.label, shown(mode.practising), shown(mode.previousPractising)],
      ]),
      ...f.staff.jobs.map((row) => ['7. Effectif moyen (ETP)', row.label, row.fte, row.previous]),
      ['7. Effectif moyen (ETP)', 'Ensemble', f.staff.fte, f.staff.previous],
      ...f.funding.funders.map((row) => [`8. Financement ${f.funding.year} (€)`, row.label, row.amount, row.previous]),
      [`8. Financement ${f.funding.year} (€)`, 'Ensemble', f.funding.amount, f.funding.previous],
    ],
  },
})

/** For a spreadsheet: hours with one decimal. */
const inHours = (minutes: number | null): number | null => (minutes === null ? null : Math.round(minutes / 6) / 10)

const lines = { pageSize: z.number().int().min(1).max(500).default(50), cursor }

export const sollicitationLines = defineQuery({
  name: 'steering.sollicitationLines',
  title: 'Les sollicitations derrière un chiffre',
  alone: true,
  input: figuresScope.safeExtend({
    group: code().nullable().default(null),
    kind: code().nullable().default(null),
    answer: code().nullable().default(null),
    principalAnswer: code().nullable().default(null),
    answered: z.boolean().nullable().default(null),
    ...lines,
  }),
  output: z.object({
    total: z.number().int(),
    rows: z.array(
      z.object({
        id: z.string(),
        number: z.number().int(),
        receivedAt: z.string(),
        requester: z.string(),
        motive: z.string().nullable(),
        answer: z.string().nullable(),
        /** Minutes of opening between the request and its first answer, as its delay counts them; null while none was given. */
        answeredAfter: z.number().int().nullable(),
        late: z.boolean(),
      }),
    ),
    next: z.string().nullable(),
  }),
  access: (actor, _target: null, scope) => mayReadLines(actor, scope),
  audit: { none: 'lines without a person: date, kind of requester, motive, delay' },
  csv: {
    file: 'sollicitations',
    columns: ['Numéro', 'Reçue le', 'Demandeur', 'Motif', 'Réponse principale', 'Répondu en heures ouvrées'],
    rows: ({ rows }) => rows.map((row) => [row.number, row.receivedAt, row.requester, row.motive, row.answer, inHours(row.answeredAfter)]),
  },
})

export const accompanimentLines = defineQuery({
  name: 'steering.accompanimentLines',
  title: 'Les accompagnements derrière un chiffre',
  alone: true,
  input: figuresScope.safeExtend({
    band: z.enum(['minor', 'adult', 'senior', 'elder', 'unknown']).nullable().default(null),
    population: code().nullable().default(null),
    difficulty: code().nullable().default(null),

    ...lines,
  }),
  output: z.object({
    total: z.number().int(),
    rows: z.array(
      z.object({
        pseudonym: z.string(),
        age: z.number().int().nullable(),
        commune: z.string().nullable(),
        level: z.string(),
        openedOn: z.string(),
        closedOn: z.string().nullable(),
        population: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
  access: (actor, _target: null, scope) => mayReadLines(actor, scope),
  audit: { none: 'pseudonymous lines of a reporting view without trait; a file needs a reason and another door' },
  csv: {
    file: 'accompagnements',
    columns: ['Repère', 'Âge au 31/12', 'Commune', 'Niveau', 'Ouvert le', 'Clos le', 'Problématique principale'],
    rows: ({ rows }) => rows.map((row) => [row.pseudonym, row.age, row.commune, row.level, row.openedOn, row.closedOn, row.population]),
  },
})

export const doctorLines = defineQuery({
  name: 'steering.doctorLines',
  title: 'Les généralistes du territoire',
  alone: true,
  input: figuresScope.safeExtend({ asked: z.boolean().nullable().default(null), liberal: z.boolean().nullable().default(null), ...lines }),
  output: z.object({
    total: z.number().int(),
    rows: z.array(z.object({ partyId: z.string(), name: z.string(), city: z.string().nullable(), liberal: z.boolean(), requests: z.number().int() })),
    next: z.string().nullable(),
  }),
  access: (actor, _target: null, scope) => mayReadLines(actor, scope),
  audit: { none: 'professionals of the public directory, no person' },
  csv: {
    file: 'generalistes',
    columns: ['Nom', 'Commune', 'Exercice', 'Sollicitations'],
    rows: ({ rows }) => rows.map((row) => [row.name, row.city, row.liberal ? 'Libéral' : 'Salarié', row.requests]),
  },
})

export const staffAndFunding = defineQuery({
  name: 'steering.staffAndFunding',
  title: 'Effectif et financement',
  input: z.object({ serviceId: figuresScope.shape.serviceId.unwrap() }),
  output: z.object({
    posts: z.array(
      z.object({
        id: z.string(),
        job: z.string(),
        employment: z.string(),
        label: z.string().nullable(),
        quotity: z.number(),
        startsOn: z.string(),
        endsOn: z.string().nullable(),
        version: z.number().int(),
      }),
    ),
    funding: z.array(
      z.object({
        id: z.string(),
        year: z.number().int(),
        funder: z.string(),
        amount: z.number(),
        provisional: z.boolean(),
        note: z.string().nullable(),
        version: z.number().int(),
      }),
    ),
  }),
  access: (actor, _target: null, input) => mayReadFigures(actor, input),
  audit: { none: 'posts and accounts of a service, no person' },
})
