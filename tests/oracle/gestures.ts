import { sql } from 'kysely'
import { registry } from '../../src/app/server/registry.ts'
import { addMember, closeAccess, endMember, leaveCircle, openAccess } from '../../src/care-team/contract/actions.ts'
import { closeEpisode, reopenEpisode } from '../../src/episodes/contract/actions.ts'
import { linkPerson } from '../../src/intake/contract/actions.ts'
import {
  changeCategoryVolet,
  closeExceptionalAccess,
  openExceptionalAccess,
  stopWithholdingVolet,
  withholdVolet,
} from '../../src/persons/contract/access-actions.ts'
import { categoryVolets } from '../../src/persons/contract/access-queries.ts'
import { collectNonOppositions, endSilence, recordSilence } from '../../src/persons/contract/actions.ts'
import type { AnyContract, RawInputOf } from '../../src/platform/contract/action.ts'
import { dayOf } from '../../src/platform/contract/dates.ts'
import { newId } from '../../src/platform/contract/ids.ts'
import { asSystem } from '../../src/platform/server/db.ts'
import { liftLimitation, limitUse } from '../../src/privacy/contract/actions.ts'
import { addMembership, closeAccount, endMembership, reopenAccount } from '../../src/territory/contract/actions.ts'
import { type Answered, ask } from './asking.ts'
import type { Random } from './random.ts'
import { answersForHer, type Category, type Ground, openings, type Volet } from './rule.ts'
import { day, type Known, type Someone, type World } from './world.ts'

/** What a gesture did: nothing was written in the oracle's facts unless the product accepted it. `touched` are those whose sight it may change. */
export interface Done {
  readonly gesture: string
  readonly answer: Answered
  readonly touched: readonly Someone[]
  /** For a gesture that only whoever answers for the person may do: whether she did, as the oracle says. */
  readonly lawful?: boolean
}

export interface Gesture {
  readonly name: string
  readonly weight: number
  readonly play: (world: World, person: Known, random: Random) => Promise<Done | null>
}

const now = (world: World): number => world.clock().getTime()
const today = (world: World): string => dayOf(world.clock(), world.gate.timeZone)
const withCards = (world: World): readonly Someone[] => world.people.filter(({ reader }) => reader.card !== null)
const roleOf: Readonly<Record<Category, string>> = {
  health: 'nurse',
  social: 'social_worker',
  legal_protection: 'legal_representative_professional',
  coordination: 'partner_coordinator',
  // A provider of equipment is not in R.1110-2: with consent only.
  administrative: 'medical_device_provider',
}

/** Someone of the DAC that accompanies her, most of the time; else of a DAC that received a request about her, or anybody: refusals are part of the game. */
function keeper(world: World, { home, grounds }: Known, random: Random): Someone {
  const referents = world.people.filter(({ reader }) => reader.inDac && reader.missions.includes('referent') && reader.category === 'coordination')
  if (random.chance(0.85)) return random.pick(referents.filter(({ reader }) => reader.service === home.id))
  const asked = referents.filter(({ reader }) => grounds.some((ground) => ground.basis === 'request' && ground.service === reader.service))
  return asked.length > 0 && random.chance(0.7) ? random.pick(asked) : random.pick(world.people)
}

const lawfully = (world: World, { reader }: Someone, person: Known): boolean => answersForHer(reader, person.grounds, person.wishes, now(world))

async function act<C extends AnyContract>(world: World, someone: Someone, contract: C, input: RawInputOf<C>): Promise<Answered> {
  return ask(world, someone, contract, input)
}

/** Ends what is open among some grounds. */
function endGrounds(person: Known, which: (ground: Ground) => boolean, at: number): void {
  person.grounds = person.grounds.map((ground) =>
    which(ground) && 'until' in ground && (ground.until === null || ground.until > at) ? { ...ground, until: at } : ground,
  )
}

const circleGround = (ground: Ground): ground is Extract<Ground, { basis: 'care_team' | 'consent' }> =>
  ground.basis === 'care_team' || ground.basis === 'consent'

/** The first instant after a day in France. */
function endOfDay(date: string): number {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + day)
  const winter = next.getTime() - 3_600_000
  const inParis = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: 'numeric', hourCycle: 'h23' }).format(winter)
  return Number.parseInt(inParis, 10) === 0 ? winter : winter - 3_600_000
}

/** What the access wish of a member says, lawful or not, and the ground that it declares. */
function wishFor(
  world: World,
  someone: Someone,
  named: 'professional' | 'structure' | 'relative' | 'contact',
  random: Random,
): { wish: unknown; ground: Ground } {
  const at = now(world)
  const category = someone.reader.category
  const open = category === 'administrative' ? (['administrative', 'social'] as const) : world.table[category]
  const entrusted: readonly Volet[] = random.chance(0.5) ? open : random.some(open, 1 + random.integer(open.length))
  const volets: readonly Volet[] = [...new Set<Volet>(['administrative', ...entrusted])]
  const facts = { card: String(someone.reader.card), named, entrusted: volets, from: at, until: null }
  const asked = random.chance(0.5) && entrusted === open && category !== 'administrative' ? null : volets
  if (random.chance(0.6))
    return {
      wish: { basis: 'care_team', ground: 'recognised_by_person', informedOn: today(world), volets: asked },
      ground: { ...facts, basis: 'care_team', inR1110_2: category !== 'administrative', informedAt: at },
    }
  // Some say until which day: that day included.
  const lastDay = random.chance(0.4) ? dayOf(new Date(at + random.integer(3) * day), world.gate.timeZone) : null
  return {
    wish: { basis: 'consent', consentOn: today(world), consentMode: 'oral_present', consentUntil: lastDay, volets: asked },
    ground: { ...facts, basis: 'consent', consentAt: at, until: lastDay === null ? null : endOfDay(lastDay) },
  }
}

export const gestures: readonly Gesture[] = [
  {
    name: 'answer the non-oppositions',
    weight: 4,
    play: async (world, person, random) => {
      const numbers = random.pick([[1, 2], [1], [2], [3], [1, 2, 3]] as const)
      const state = random.chance(0.55) ? ('non_opposition' as const) : ('opposition' as const)
      const answers = numbers.map((number) => ({ number, state }))
      const by = keeper(world, person, random)
      const lawful = lawfully(world, by, person)
      const answer = await act(world, by, collectNonOppositions, {
        id: newId(),
        personId: person.id,
        answers,
        collectedOn: today(world),
        mode: 'oral_present',
      })
      if (answer.outcome === 'ok') for (const said of answers) person.wishes.answers.push({ ...said, at: now(world) })
      return { gesture: `${state} ${numbers.join(',')}`, answer, touched: withCards(world), lawful }
    },
  },
  {
    name: 'name someone in the circle, with an access',
    weight: 8,
    play: async (world, person, random) => {
      const someone = random.pick(withCards(world))
      const card = String(someone.reader.card)
      const named = random.chance(0.85) ? 'professional' : random.pick(['structure', 'relative', 'contact'] as const)
      const { wish, ground } = wishFor(world, someone, named, random)
      const bare = random.chance(0.15)
      const id = newId()
      const answer = await act(world, keeper(world, person, random), addMember, {
        id: id as never,
        personId: person.id,
        kind: named,
        partyId: card,
        name: someone.label,
        roles: [named === 'relative' ? 'caregiver' : roleOf[someone.reader.category]],
        access: bare ? null : (wish as never),
      })
      if (answer.outcome === 'ok') {
        const { id: member } = JSON.parse(answer.body) as { id: string }
        person.members.set(card, { id: member, open: !bare })
        if (!bare) person.grounds.push(ground)
      }
      return { gesture: `name ${named}${bare ? ', no access' : ` by ${ground.basis}`}`, answer, touched: [someone] }
    },
  },
  {
    name: 'open the file to a member',
    weight: 3,
    play: async (world, person, random) => {
      const named = [...person.members].filter(([, { open }]) => !open)
      if (named.length === 0) return null
      const [card, member] = random.pick(named)
      const someone = world.people.find(({ reader }) => reader.card === card) as Someone
      const { wish, ground } = wishFor(world, someone, 'professional', random)
      const answer = await act(world, keeper(world, person, random), openAccess, {
        id: newId() as never,
        personId: person.id,
        memberId: member.id as never,
        access: wish as never,
      })
      if (answer.outcome === 'ok') {
        person.members.set(card, { ...member, open: true })
        person.grounds.push(ground)
      }
      return { gesture: `open by ${ground.basis}`, answer, touched: [someone] }
    },
  },
  {
    name: 'close the file to a member, end a member, leave',
    weight: 3,
    play: async (world, person, random) => {
      const open = [...person.members].filter(([, member]) => member.open)
      if (open.length === 0) return null
      const [card, member] = random.pick(open)
      const someone = world.people.find(({ reader }) => reader.card === card) as Someone
      const how = random.pick(['close', 'end', 'leave'] as const)
      const by = how === 'leave' ? someone : keeper(world, person, random)
      const answer =
        how === 'close'
          ? await act(world, by, closeAccess, { personId: person.id, memberId: member.id as never, reason: 'mission_ended' })
          : how === 'end'
            ? await act(world, by, endMember, { id: member.id as never, personId: person.id, reason: 'mission_ended' })
            : await act(world, by, leaveCircle, { id: member.id as never, personId: person.id })
      if (answer.outcome === 'ok') {
        if (how === 'close') person.members.set(card, { ...member, open: false })
        else person.members.delete(card)
        // What was planted for the same card has another source: it goes on.
        const mine = person.grounds.filter(circleGround).findLast((ground) => ground.card === card && !ground.planted)
        endGrounds(person, (ground) => ground === mine, now(world))
      }
      return { gesture: `${how} a member`, answer, touched: [someone] }
    },
  },
  {
    name: 'refuse to share with one professional, or take it back',
    weight: 3,
    play: async (world, person, random) => {
      const held = person.wishes.refusals.findIndex(({ until }) => until === null)
      const by = keeper(world, person, random)
      const lawful = lawfully(world, by, person)
      if (held >= 0 && random.chance(0.5)) {
        const refusal = person.wishes.refusals[held]
        const answer = await act(world, by, endSilence, { id: String(refusal?.id), personId: person.id, reason: 'À sa demande' })
        if (answer.outcome === 'ok' && refusal !== undefined) person.wishes.refusals[held] = { ...refusal, until: now(world) }
        return {
          gesture: 'lift a refusal',
          answer,
          touched: world.people.filter(({ reader }) => reader.card === refusal?.party || reader.user === refusal?.party),
          lawful,
        }
      }
      // Somebody of a DAC that accompanies her has her right through her service.
      const someone = random.chance(0.6)
        ? random.pick(withCards(world))
        : random.pick(world.people.filter(({ reader }) => reader.inDac && reader !== by.reader))
      const party = someone.reader.card !== null && random.chance(0.7) ? someone.reader.card : someone.reader.user
      const id = newId()
      const answer = await act(world, by, recordSilence, {
        id,
        personId: person.id,
        kind: 'no_sharing',
        towards: someone.label,
        partyId: party,
        since: today(world),
      })
      if (answer.outcome === 'ok') person.wishes.refusals.push({ id, party, from: now(world), until: null })
      return { gesture: `refuse one (${party === someone.reader.user ? 'account' : 'card'})`, answer, touched: [someone], lawful }
    },
  },
  {
    name: 'keep a volet, or open it again',
    weight: 4,
    play: async (world, person, random) => {
      const held = person.wishes.withheld.findIndex(({ until }) => until === null)
      const by = keeper(world, person, random)
      const lawful = lawfully(world, by, person)
      if (held >= 0 && random.chance(0.4)) {
        const kept = person.wishes.withheld[held]
        const answer = await act(world, by, stopWithholdingVolet, { id: String(kept?.id) as never, personId: person.id, reason: 'À sa demande' })
        if (answer.outcome === 'ok' && kept !== undefined) person.wishes.withheld[held] = { ...kept, until: now(world) }
        return { gesture: 'open a volet again', answer, touched: world.people, lawful }
      }
      const volet = random.pick(['social', 'health'] as const)
      const from = random.pick(['social', 'health', 'legal_protection', 'coordination', 'party', 'party'] as const)
      const party = from === 'party' ? partyFor(world, person, random) : null
      const id = newId()
      const answer = await act(world, by, withholdVolet, {
        id: id as never,
        personId: person.id,
        volet,
        from,
        partyId: party,
        since: today(world),
        mode: 'oral_present',
      })
      if (answer.outcome === 'ok')
        person.wishes.withheld.push({ id, volet, keptFrom: party === null ? (from as Category) : { party }, from: now(world), until: null })
      return { gesture: `keep a volet from ${from}`, answer, touched: world.people, lawful }
    },
  },
  {
    name: 'limit the use of her file, or lift it',
    weight: 2,
    play: async (world, person, random) => {
      const held = person.wishes.limited.findIndex(({ until }) => until === null)
      const by = keeper(world, person, random)
      if (held >= 0) {
        const limit = person.wishes.limited[held]
        const answer = await act(world, by, liftLimitation, { limitationId: String(limit?.id) as never, reason: 'Exactitude vérifiée avec elle' })
        if (answer.outcome === 'ok' && limit !== undefined) person.wishes.limited[held] = { ...limit, until: now(world) }
        return { gesture: 'lift a limitation', answer, touched: world.people }
      }
      const id = newId()
      const answer = await act(world, by, limitUse, { id: id as never, personId: person.id, reason: 'accuracy' })
      if (answer.outcome === 'ok') person.wishes.limited.push({ id, from: now(world), until: null })
      return { gesture: 'limit the use', answer, touched: world.people }
    },
  },
  {
    name: 'open an exceptional access, or close it',
    weight: 4,
    play: async (world, person, random) => {
      const open = person.grounds.filter((ground) => ground.basis === 'break_glass' && (ground.until ?? 0) > now(world))
      if (open.length > 0 && random.chance(0.3)) {
        const glass = random.pick(open) as Extract<Ground, { basis: 'break_glass' }>
        const someone = world.people.find(({ reader }) => reader.user === glass.user) as Someone
        const answer = await act(world, someone, closeExceptionalAccess, { id: String(glass.id) as never })
        if (answer.outcome === 'ok') endGrounds(person, (ground) => ground === glass, now(world))
        return { gesture: 'close an exceptional access', answer, touched: [someone] }
      }
      const someone = random.pick(world.people)
      const hours = 1 + random.integer(24)
      const id = newId()
      const reason = 'Chute au domicile, seule, sans réponse du cercle'
      const answer = await act(world, someone, openExceptionalAccess, {
        id: id as never,
        personId: person.id,
        reason: random.pick(['danger', 'danger', 'limitation_claims']),
        explanation: reason,
        hours,
      })
      if (answer.outcome === 'ok')
        person.grounds.push({
          id,
          basis: 'break_glass',
          user: someone.reader.user,
          reason,
          entrusted: world.table[someone.reader.category],
          from: now(world),
          until: now(world) + hours * 3_600_000,
        })
      return { gesture: 'exceptional access', answer, touched: [someone] }
    },
  },
  {
    name: 'close the accompaniment, or reopen it',
    weight: 2,
    play: async (world, person, random) => {
      const by = keeper(world, person, random)
      if (person.live) {
        const answer = await act(world, by, closeEpisode, {
          id: person.episode as never,
          baseVersion: person.version,
          reason: 'stabilised',
          balance: 'better',
        })
        if (answer.outcome === 'ok') {
          person.version = (JSON.parse(answer.body) as { version: number }).version
          person.live = false
          person.closedOnce = true
          person.grounds = person.grounds.map((ground) =>
            ground.basis === 'dac_in_charge' && ground.service === person.home.id && ground.closedAt === null ? { ...ground, closedAt: now(world) } : ground,
          )
          // The circle was there for this accompaniment.
          endGrounds(person, circleGround, now(world))
          for (const [card, member] of person.members) person.members.set(card, { ...member, open: false })
        }
        return { gesture: 'close the accompaniment', answer, touched: world.people }
      }
      const answer = await act(world, by, reopenEpisode, {
        id: person.episode as never,
        baseVersion: person.version,
        reason: 'relapse',
        level: 'sustained',
        referentId: person.referent.user.id,
        grounds: ['no_coordinator'],
      })
      if (answer.outcome === 'ok') {
        person.version = (JSON.parse(answer.body) as { version: number }).version
        person.live = true
        person.grounds.push({ basis: 'dac_in_charge', service: person.home.id, from: now(world), closedAt: null })
      }
      return { gesture: 'reopen the accompaniment', answer, touched: world.people }
    },
  },
  {
    name: 'a request about her reaches another DAC',
    weight: 1,
    play: async (world, person, random) => {
      const desk = random.pick(world.people.filter(({ reader }) => reader.inDac && reader.missions.includes('referent')))
      const id = newId()
      await asSystem(world.db, 'a request at a desk', (tx) =>
        sql`insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, concerns, person_name, urgency, status, cno_level, holder_org)
          values (${id}, ${world.clock()}, ${desk.reader.user}, 'phone', 'relative', 'person', 'Sans nom', 'within_72h', 'to_qualify', 2, ${desk.reader.service})`.execute(
          tx,
        ),
      )
      const answer = await act(world, desk, linkPerson, { id: id as never, person: { kind: 'known', personId: person.id } })
      if (answer.outcome === 'ok') person.grounds.push({ basis: 'request', service: desk.reader.service, from: now(world), closedAt: null })
      return { gesture: 'link a request', answer, touched: world.people.filter(({ reader }) => reader.service === desk.reader.service) }
    },
  },
  {
    name: 'the region changes what a category sees',
    weight: 1,
    play: async (world, _person, random) => {
      const [category, volet] = random.pick([
        ['social', 'health'],
        ['legal_protection', 'social'],
        ['legal_protection', 'health'],
        ['health', 'social'],
      ] as const)
      const rules = await act(world, world.admin, categoryVolets, {})
      if (rules.outcome !== 'ok') return { gesture: 'read the table', answer: rules, touched: [] }
      const rule = (JSON.parse(rules.body) as { rows: { category: string; volet: string; version: number }[] }).rows.find(
        (row) => row.category === category && row.volet === volet,
      )
      const allowed = !world.table[category].includes(volet)
      const answer = await act(world, world.admin, changeCategoryVolet, {
        category,
        volet,
        baseVersion: rule?.version ?? 1,
        allowed,
        legalReference: 'R. 1110-1 CSP',
        reason: 'Protocole régional de partage',
      })
      if (answer.outcome === 'ok')
        world.table = { ...world.table, [category]: allowed ? [...world.table[category], volet] : world.table[category].filter((one) => one !== volet) }
      return {
        gesture: `${allowed ? 'allow' : 'forbid'} a volet to a category`,
        answer,
        touched: world.people.filter(({ reader }) => reader.category === category),
      }
    },
  },
  {
    name: 'an account closes or opens, a post ends or begins',
    weight: 1,
    play: async (world, _person, random) => {
      const at = now(world)
      const away = world.people.filter(({ reader }) => !reader.posts.some(({ until }) => until === null))
      // Those who left come back before others leave: the world stays peopled.
      const someone = away.length > 2 ? random.pick(away) : random.pick(world.people.filter((one) => one !== world.admin))
      const working = someone.reader.posts.some(({ from, until }) => from <= at && (until === null || at < until))
      const rewrite = (until: number): void => {
        someone.reader = { ...someone.reader, posts: someone.reader.posts.map((post) => (post.until === null ? { ...post, until } : post)) }
      }
      const begin = (): void => {
        someone.reader = { ...someone.reader, posts: [...someone.reader.posts, { from: at, until: null }] }
      }
      if (!working) {
        const membership = newId()
        const answer = someone.disabled
          ? await act(world, world.admin, reopenAccount, { id: someone.user.id })
          : await act(world, world.admin, addMembership, {
              id: membership,
              userId: someone.user.id,
              serviceId: someone.user.service.id,
              functions: [...someone.user.functions],
              startsOn: today(world),
            })
        if (answer.outcome === 'ok') {
          begin()
          if (!someone.disabled) someone.user = { ...someone.user, membershipId: membership }
          someone.disabled = false
        }
        return { gesture: 'come back', answer, touched: [someone] }
      }
      if (random.chance(0.5)) {
        const answer = await act(world, world.admin, closeAccount, { id: someone.user.id })
        if (answer.outcome === 'ok') {
          rewrite(at)
          someone.disabled = true
        }
        return { gesture: 'close an account', answer, touched: [someone] }
      }
      const yesterday = new Date(at - day)
      const answer = await act(world, world.admin, endMembership, { id: someone.user.membershipId, endsOn: dayOf(yesterday, world.gate.timeZone) })
      if (answer.outcome === 'ok') rewrite(at)
      return { gesture: 'end a post', answer, touched: [someone] }
    },
  },
]

/** She opposes the sharing, with whoever of her DAC can write it. */
export async function oppose(world: World, person: Known): Promise<void> {
  for (const keeper of world.people.filter(({ reader }) => reader.inDac && reader.missions.includes('referent'))) {
    const answer = await act(world, keeper, collectNonOppositions, {
      id: newId(),
      personId: person.id,
      answers: [{ number: 1, state: 'opposition' }],
      collectedOn: today(world),
      mode: 'oral_present',
    })
    if (answer.outcome !== 'ok') continue
    person.wishes.answers.push({ number: 1, state: 'opposition', at: now(world) })
    return
  }
}

/** A party that something may be withheld from: whoever sees the person, by her service, her card or her account. */
function partyFor(world: World, person: Known, random: Random): string {
  const seeing = world.people.filter(({ reader }) => openings(reader, person.grounds, person.wishes, world.table, now(world)).length > 0)
  const { reader } = random.pick(seeing.length > 0 ? seeing : world.people)
  return random.pick([reader.service, reader.card ?? reader.user, reader.user])
}

/** Those of the gestures that the product knows. */
export function playable(): readonly Gesture[] {
  const known = (contract: AnyContract): boolean => registry.has(`${contract.kind}:${contract.name}`)
  const needs: Readonly<Record<string, AnyContract>> = {
    'keep a volet, or open it again': withholdVolet,
    'open an exceptional access, or close it': openExceptionalAccess,
    'the region changes what a category sees': changeCategoryVolet,
  }
  return gestures.filter(({ name }) => {
    const contract = needs[name]
    return contract === undefined || known(contract)
  })
}
