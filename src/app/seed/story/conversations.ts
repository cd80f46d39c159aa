import { searchKey } from '../../../conversations/contract/thread.ts'
import type { Bulk, Row } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { Random } from '../region/random.ts'
import type { SeededUser } from '../region/staff.ts'
import type { Cast, StoryPeople } from './people.ts'

interface Said {
  readonly by: SeededUser
  readonly minutesAgo: number
  readonly body: string
  readonly replyTo?: number
  readonly mentions?: readonly SeededUser[]
}

interface Told {
  readonly person: string | null
  readonly subject: string
  readonly reach: 'circle' | 'chosen'
  readonly volet: 'administrative' | 'social' | 'health'
  /** The first opened it. */
  readonly with: readonly SeededUser[]
  readonly said: readonly Said[]
  /** Who has not read the last messages, and how many. */
  readonly behind?: readonly (readonly [SeededUser, number])[]
}

const day = 24 * 60

/** The conversations of Mme Perrin and of the partners of the DAC, on the morning of the demo: some read, some not. */
export async function seedConversations(bulk: Bulk, random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople): Promise<void> {
  const { julie, karim } = cast
  const [gp, nurse, guardian, doctor, social] = ['gp', 'home-nurse', 'legal-guardian', 'dac-doctor', 'hospital-social-service'].map((one) =>
    cast.user(one),
  ) as [SeededUser, SeededUser, SeededUser, SeededUser, SeededUser]
  const told: readonly Told[] = [
    {
      person: 'perrin',
      subject: 'Pansement et sortie du matin',
      reach: 'circle',
      volet: 'health',
      with: [julie, gp, nurse],
      said: [
        {
          by: julie,
          minutesAgo: 2 * day - 300,
          body: 'Bonjour à tous. Le pansement de la jambe gauche gêne Mme Perrin pour descendre le matin. Peut-on décaler la sortie ?',
        },
        { by: nurse, minutesAgo: 2 * day - 325, body: 'Je passe à 8 h 15 les jours de pansement. Si la sortie est après 9 h, c’est possible.', replyTo: 1 },
        { by: gp, minutesAgo: 2 * day - 410, body: 'D’accord pour moi. La plaie évolue bien, je revois vendredi.' },
        { by: nurse, minutesAgo: day - 25, body: 'Plaie propre ce matin, 3 cm sur 2. Elle marche avec la canne dans le couloir.' },
        {
          by: gp,
          minutesAgo: 75,
          body: `@${julie.name} pouvez-vous prévenir sa fille que je passe vendredi à 11 h ?`,
          mentions: [julie],
        },
        { by: nurse, minutesAgo: 32, body: 'Je laisse l’ordonnance dans le classeur rouge, à l’entrée.' },
      ],
      behind: [[julie, 2]],
    },
    {
      person: 'perrin',
      subject: 'Curatelle : prise en charge du lit',
      reach: 'chosen',
      volet: 'social',
      with: [julie, guardian],
      said: [
        {
          by: julie,
          minutesAgo: 5 * day - 60,
          body: 'Le devis du lit médicalisé est arrivé : 38 € par mois après remboursement. Votre accord est-il nécessaire ?',
        },
        { by: guardian, minutesAgo: 5 * day - 190, body: 'Oui, envoyez-moi le devis signé. Je réponds sous deux jours.' },
        { by: guardian, minutesAgo: 3 * day - 80, body: 'Accord donné, le loueur peut livrer.' },
      ],
    },
    {
      person: 'vaxelaire',
      subject: 'Retour à domicile de jeudi',
      reach: 'chosen',
      volet: 'health',
      with: [julie, karim, doctor],
      said: [
        { by: karim, minutesAgo: day - 240, body: 'Le service demande si l’oxygène est en place avant jeudi.' },
        { by: doctor, minutesAgo: day - 310, body: 'Prescription faite ce matin. Il manque l’heure de passage du prestataire.' },
        { by: julie, minutesAgo: day - 330, body: 'Je l’appelle tout de suite.' },
      ],
    },
    {
      person: null,
      subject: 'Tour de garde des infirmiers, décembre',
      reach: 'chosen',
      volet: 'administrative',
      with: [nurse, julie, karim, gp],
      said: [
        { by: nurse, minutesAgo: 4 * day - 20, body: 'Bonjour, voici les semaines où le cabinet est seul : la 50 et la 52.' },
        { by: karim, minutesAgo: 4 * day - 70, body: 'Merci, c’est noté pour les sorties d’hôpital.' },
        { by: nurse, minutesAgo: 50, body: 'Changement : nous serons trois la semaine 52 finalement.' },
      ],
      behind: [
        [julie, 1],
        [karim, 1],
      ],
    },
    {
      person: null,
      subject: 'Circuit des sorties du vendredi',
      reach: 'chosen',
      volet: 'administrative',
      with: [social, julie],
      said: [
        { by: social, minutesAgo: 9 * day - 40, body: 'Peut-on convenir d’un appel le jeudi à 14 h pour les sorties du lendemain ?' },
        { by: julie, minutesAgo: 9 * day - 190, body: 'Oui, la ligne du DAC est ouverte. Je préviens l’équipe.' },
      ],
    },
  ]
  const rows: Record<'thread' | 'participant' | 'message', Row[]> = { thread: [], participant: [], message: [] }
  for (const one of told) {
    const at = (said: Said): Date => calendar.minutesAgo(said.minutesAgo)
    const [first, last] = [at(one.said[0] as Said), at(one.said.at(-1) as Said)]
    const id = random.idAt(first)
    const [author] = one.with as [SeededUser]
    const held = { person_id: one.person === null ? null : people.of(one.person).id, volet: one.volet, holder_org: author.serviceId }
    rows.thread.push({
      id,
      ...held,
      subject: one.subject,
      reach: one.reach,
      last_number: one.said.length,
      last_at: last,
      created_at: first,
      created_by: author.id,
      created_by_name: author.name,
    })
    for (const who of one.with) {
      const behind = one.behind?.find(([user]) => user === who)?.[1] ?? 0
      const mentioned = one.said.findLastIndex((said) => said.mentions?.includes(who)) + 1
      rows.participant.push({
        id: random.idAt(first),
        thread_id: id,
        ...held,
        user_id: who.id,
        name: who.name,
        profession: who.presentedAs,
        from_number: 1,
        joined_at: first,
        added_by: author.id,
        added_by_name: author.name,
        seen_number: one.said.length - behind,
        seen_at: last,
        mentioned_number: mentioned,
      })
    }
    const ids = one.said.map((said) => random.idAt(at(said)))
    for (const [place, said] of one.said.entries())
      rows.message.push({
        id: String(ids[place]),
        thread_id: id,
        ...held,
        number: place + 1,
        author_id: said.by.id,
        author_name: said.by.name,
        author_profession: said.by.presentedAs,
        body: said.body,
        reply_to: said.replyTo === undefined ? null : String(ids[said.replyTo - 1]),
        mentions: said.mentions?.map((user) => user.id) ?? [],
        sent_at: at(said),
        search_key: searchKey(said.body),
      })
  }
  await bulk.write('conversations.thread', rows.thread)
  await bulk.write('conversations.participant', rows.participant)
  await bulk.write('conversations.message', rows.message)
}
