import type { Pool } from 'pg'
import type { BrowserContext } from 'playwright-core'

/** What a run leaves where no identity may be: every address asked for, the referrers, the bodies of failures; read with the server's own output. */
export interface Traces {
  watch(context: BrowserContext): void
  /** Kind of place → its whole text. */
  read(): Promise<Readonly<Record<string, string>>>
}

export function keepTraces(): Traces {
  const addresses = new Set<string>()
  const referrers = new Set<string>()
  const failures: string[] = []
  const pending: Promise<unknown>[] = []
  return {
    watch: (context) => {
      context.on('request', (request) => {
        addresses.add(request.url())
        pending.push(
          request
            .allHeaders()
            .then((headers) => headers['referer'] && referrers.add(headers['referer']))
            .catch(() => undefined),
        )
      })
      context.on('response', (response) => {
        if (response.status() < 500) return
        pending.push(
          response
            .text()
            .then((body) => failures.push(`${response.url()} ${body}`))
            .catch(() => undefined),
        )
      })
    },
    read: async () => {
      await Promise.all(pending)
      return { addresses: [...addresses].map(readable).join('\n'), referrers: [...referrers].map(readable).join('\n'), failures: failures.join('\n') }
    },
  }
}

function readable(address: string): string {
  try {
    return `${address}\n${decodeURIComponent(address.replaceAll('+', ' '))}`
  } catch {
    return address
  }
}

interface Identity {
  readonly names: readonly string[]
  readonly matricule: string | null
  readonly birth: string | null
  readonly phones: readonly string[]
  readonly address: string | null
}

/**
 * Identity traits of those whom the run touched: the persons whose file was written or opened one at a time, the callers, the relatives of their
 * circles. Words are those that may stand nowhere; a name of three letters or fewer says too little to be looked for.
 */
export async function traitsTouched(owner: Pool, since: Date): Promise<readonly string[]> {
  const { rows } = await owner.query<Identity>(
    `with touched as (
       select distinct unnest(person_ids) as person_id from audit.entry where at >= $1 and cardinality(person_ids) = 1
     )
     select array_remove(array[p.birth_name, p.used_name], null) as names, p.ins_matricule as matricule, p.birth_date::text as birth, p.address,
       array(select c.value from persons.contact_point c where c.person_id = p.person_id) as phones
     from persons.person p join touched using (person_id)
     union all
     select array_remove(array[caller_name, person_name], null), null, person_birth_date::text, null, array_remove(array[caller_phone, requester_phone], null)
     from intake.sollicitation where received_at >= $1
     union all
     select array[m.name], null, null, null, array_remove(array[m.phone], null)
     from care_team.member m join touched using (person_id) where m.kind = 'relative'`,
    [since],
  )
  const traits = new Set<string>()
  for (const { names, matricule, birth, phones, address } of rows) {
    for (const name of names) for (const word of wordsOf(name)) traits.add(word)
    for (const phone of phones) for (const way of phoneWays(phone)) traits.add(way)
    if (matricule) traits.add(matricule.slice(0, 13))
    if (birth) for (const way of dayWays(birth)) traits.add(way)
    if (address) traits.add(address.toLowerCase())
  }
  return [...traits].filter((trait) => trait.length > 3)
}

const civil = new Set(['elle', 'sans', 'dans', 'pour', 'chez', 'service', 'social', 'sœur', 'mère', 'père', 'fils', 'fille', 'épouse'])
const wordsOf = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 3 && !civil.has(word))
const dayWays = (day: string): readonly string[] => {
  const [year = '', month = '', date = ''] = day.split('-')
  return [day, `${date}/${month}/${year}`, `${date}${month}${year}`]
}
const phoneWays = (phone: string): readonly string[] => {
  const national = phone.replace(/^\+33/, '0')
  return [phone, national, national.replace(/(\d\d)(?=\d)/g, '$1 ')]
}

/** The traits found in a text, as whole words, whatever the case. */
export function leaksIn(text: string, traits: readonly string[]): readonly string[] {
  const low = text.toLowerCase()
  return traits.filter((trait) => {
    for (let at = low.indexOf(trait); at >= 0; at = low.indexOf(trait, at + 1))
      if (!/[\p{L}\d]/u.test(low.charAt(at - 1)) && !/[\p{L}\d]/u.test(low.charAt(at + trait.length))) return true
    return false
  })
}
