import { readableName } from '../../../directory/contract/readable-name.ts'
import { professionalCategoryOf } from '../../../interop/psc/profession.ts'
import type { ActorFunction, ProfessionalCategory } from '../../../platform/contract/actor.ts'
import { readable, type SeededProfessional } from '../directory/professionals.ts'
import { personaServices } from '../persona-services.ts'
import { personas } from '../personas.ts'
import type { Bulk, Row } from './bulk.ts'
import type { RegionPlan } from './plan.ts'
import type { Random } from './random.ts'
import { opened, openedAt, type Services, serviceRow, type Territory } from './services.ts'
import { adultMen, adultWomen, familyNames } from './words.ts'

export interface SeededUser {
  readonly id: string
  readonly name: string
  /** As the Fil presents the author of a line. */
  readonly presentedAs: string
  readonly serviceId: string
  /** Somebody whom one may log in as: her day is written by hand (story/). */
  readonly persona: string | null
}

/** A DAC with its people. */
export interface SeededDac {
  readonly id: string
  readonly name: string
  readonly department: string
  readonly phone: string
  readonly communes: readonly string[]
  readonly referents: readonly SeededUser[]
  readonly desk: readonly SeededUser[]
  readonly doctors: readonly SeededUser[]
  readonly leads: readonly SeededUser[]
  /** True where a palliative team is carried by the same association: its share of requests is that of domain.md 2.1. */
  readonly palliative: boolean
}

export interface Staff {
  readonly dacs: readonly SeededDac[]
  /** The users of the personas, by persona id. */
  readonly personaUsers: ReadonlyMap<string, SeededUser>
  /** Outside professionals who hold an account, by their card in the directory. */
  readonly accounts: ReadonlyMap<string, SeededUser>
}

interface Team {
  readonly referents: SeededUser[]
  readonly desk: SeededUser[]
  readonly doctors: SeededUser[]
  readonly leads: SeededUser[]
}

const presented: readonly (readonly [ActorFunction, string])[] = [
  ['doctor', 'médecin du DAC'],
  ['referent', 'référent de parcours'],
  ['team_lead', 'responsable d’équipe'],
  ['front_desk', 'accueil'],
  ['outside_professional', 'professionnel du cercle'],
]
/** Who of the directory holds an account first: those whom a circle asks most. */
const outsideShares: readonly (readonly [string, number])[] = [
  ['nurse', 10],
  ['gp', 8],
  ['pharmacist', 3],
  ['physiotherapist', 4],
  ['social_worker', 4],
  ['occupational_therapist', 1],
  ['psychologist', 1],
]

/** Accounts: the personas first, then what it takes to make each DAC work, then outside professionals. */
export async function seedStaff(
  bulk: Bulk,
  random: Random,
  plan: RegionPlan,
  services: Services,
  professionals: readonly SeededProfessional[],
): Promise<Staff> {
  const users: Row[] = []
  const memberships: Row[] = []
  const practices: Row[] = []
  const personaUsers = new Map<string, SeededUser>()
  const accounts = new Map<string, SeededUser>()
  const teams = new Map<string, Team>(services.territories.map(({ id }) => [id, { referents: [], desk: [], doctors: [], leads: [] }]))
  const since = openedAt

  const join = (user: SeededUser, serviceId: string, functions: readonly ActorFunction[], jobTitle: string, works = true): void => {
    memberships.push({ id: random.idAt(since), user_id: user.id, service_id: serviceId, functions, job_title: jobTitle, starts_on: opened })
    const team = works ? teams.get(serviceId) : undefined
    if (functions.includes('referent')) team?.referents.push(user)
    if (functions.includes('front_desk')) team?.desk.push(user)
    if (functions.includes('doctor')) team?.doctors.push(user)
    if (functions.includes('team_lead')) team?.leads.push(user)
  }
  const account = (
    given: string,
    family: string,
    category: ProfessionalCategory,
    functions: readonly ActorFunction[],
    serviceId: string,
    profession: string | null,
    more: Row = {},
    persona: string | null = null,
  ): SeededUser => {
    const id = random.idAt(since)
    users.push({
      id,
      national_id: null,
      given_name: given,
      family_name: family,
      category,
      profession_label: profession,
      professional_id: null,
      status: 'active',
      disabled_at: null,
      is_demo: true,
      created_at: since,
      ...more,
    })
    return { id, name: `${given} ${family}`, presentedAs: presented.find(([held]) => functions.includes(held))?.[1] ?? '', serviceId, persona }
  }

  for (const persona of personas) {
    const [practice] = persona.exercices
    const [first] = persona.memberships
    if (persona.account === 'none' || practice === undefined || first === undefined) continue
    const { category } = professionalCategoryOf({
      professionCode: practice.profession || null,
      roleCode: practice.role || null,
      sectorCode: personaServices[practice.at].sector,
      mode: practice.mode,
    })
    const card = professionals.find(({ personaId }) => personaId === persona.id)
    const user = account(
      readable(persona.givenName),
      readable(persona.familyName),
      category,
      first.functions,
      services.idOf(first.service),
      first.jobTitle,
      {
        national_id: persona.nationalId,
        professional_id: card?.partyId ?? null,
        status: persona.account,
        disabled_at: persona.account === 'disabled' ? new Date(since.getTime() + 400 * 86_400_000) : null,
      },
      persona.id,
    )
    personaUsers.set(persona.id, user)
    if (card !== undefined && persona.account === 'active') accounts.set(card.partyId, user)
    for (const membership of persona.memberships)
      join(user, services.idOf(membership.service), membership.functions, membership.jobTitle, persona.account === 'active')
  }
  const invent = (): readonly [string, string] => [readable(random.pick(random.chance(0.75) ? adultWomen : adultMen)), readable(random.pick(familyNames))]
  services.territories.forEach((territory, n) => {
    const team = teams.get(territory.id) as Team
    const hire = (wanted: number, functions: readonly ActorFunction[], category: ProfessionalCategory, titles: readonly string[]): void => {
      for (let k = 0; k < wanted; k += 1) {
        const title = random.pick(titles)
        join(account(...invent(), category, functions, territory.id, title), territory.id, functions, title)
      }
    }
    hire((plan.referentsPerDac[n] ?? 1) - team.referents.length, ['referent'], 'coordination', [
      'Référent de parcours, infirmier',
      'Référent de parcours, travailleur social',
      'Référent de parcours, ergothérapeute',
    ])
    hire(3 - team.desk.length, ['front_desk'], 'coordination', ['Chargé d’accueil'])
    hire(1 - team.doctors.length, ['doctor'], 'health', ['Médecin du DAC'])
    hire(1 - team.leads.length, ['team_lead'], 'coordination', ['Responsable d’équipe'])
    if (n > 0) hire(1, ['director'], 'administrative', ['Direction'])
  })
  for (const professional of chooseOutside(random, professionals, services.territories, plan.accounts - users.length)) {
    const serviceId = random.idAt(since)
    practices.push(
      serviceRow(random, serviceId, 'practice', readableName(professional.place), {
        commune_code: professional.commune.code,
        postal_code: professional.commune.postalCode,
      }),
    )
    const user = account(
      readable(professional.givenName),
      readable(professional.familyName),
      professional.trade.category,
      ['outside_professional'],
      serviceId,
      professional.trade.label,
      { national_id: `8${professional.rpps}`, professional_id: professional.partyId },
    )
    join(user, serviceId, ['outside_professional'], professional.trade.label)
    accounts.set(professional.partyId, user)
  }
  await bulk.write('territory.service', practices)
  await bulk.write('territory.user_account', users)
  await bulk.write('territory.membership', memberships)
  return {
    personaUsers,
    accounts,
    dacs: services.territories.map(({ id, name, department, phone, communes }, n) => ({
      id,
      name,
      department,
      phone,
      communes: communes.map(({ code }) => code),
      ...(teams.get(id) as Team),
      palliative: n % 2 === 0,
    })),
  }
}

/** As many from each territory, most of them nurses and doctors. */
function chooseOutside(
  random: Random,
  professionals: readonly SeededProfessional[],
  territories: readonly Territory[],
  wanted: number,
): readonly SeededProfessional[] {
  const chosen: SeededProfessional[] = []
  territories.forEach(({ department }, n) => {
    const here = Math.floor(wanted / territories.length) + (n < wanted % territories.length ? 1 : 0)
    const pools = new Map(
      outsideShares.map(([role]) => [
        role,
        random.some(
          professionals.filter((one) => one.personaId === null && one.commune.department === department && one.trade.role === role),
          here,
        ),
      ]),
    )
    for (let k = 0; k < here; k += 1) {
      const role = random.weighted(outsideShares)
      const one = (pools.get(role) as SeededProfessional[] | undefined)?.pop()
      if (one !== undefined) chosen.push(one)
    }
  })
  return chosen
}
