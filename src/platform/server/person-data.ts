import type { Tx } from './db.ts'

/**
 * The classes of data that keep a duration of their own (security.md 1.5). A table belongs to one of them; the durations are rows of
 * privacy.retention_rule, never code.
 */
export const dataClasses = [
  'accompaniment',
  'identity',
  'opposition_trace',
  'request',
  'exchange',
  'rights_request',
  'safeguarding',
  'draft',
  'technical',
] as const
export type DataClass = (typeof dataClasses)[number]

/** How a column reads to the person. A bare label prints the value as it is. */
export type GivenColumn =
  | string
  | {
      readonly label: string
      /** The value set, or sets, whose labels replace the codes. */
      readonly list?: string | readonly string[]
      /** Labels of codes that are no value set. */
      readonly words?: Readonly<Record<string, string>>
      /** For what the two above cannot say: answers to a form, a plan as it stood. Takes the value and its row; gives lines of text. */
      readonly read?: (value: unknown, row: Readonly<Record<string, unknown>>) => readonly string[]
    }

/**
 * One table that bears a person, declared by the capability that owns it: what the person is given of it, its class of data, and what is left of
 * it at the end. « Ce que Jalon sait », erasure and retention read this list and nothing else; tests/person-data.test.ts walks the catalogue of
 * the database and fails on a table or a column that no declaration names.
 */
export interface PersonTable {
  /** 'care_plans.plan' */
  readonly table: string
  /** French heading. */
  readonly title: string
  /** How a row is hers: its own person_id, or the row of another declared table that it belongs to. */
  readonly hers: 'person_id' | { readonly through: string; readonly by: string }
  /** What she receives, in this order; or why she receives nothing of it. */
  readonly given: Readonly<Record<string, GivenColumn>> | { readonly notGiven: string }
  /** Columns that stay out although they say something, each with its reason: another person's secret above all. */
  readonly keptBack?: Readonly<Record<string, string>>
  /** Rows that stay out, as an SQL condition on `t`, and why. */
  readonly rowsKeptBack?: { readonly where: string; readonly because: string }
  /**
   * SQL condition on `t` under which the actor reads a row where the policies are not asked (the use of the file is limited, and she answers the person):
   * what they say beyond her sight, the volet and the protection. A row that belongs to another one is read when that one is.
   */
  readonly openTo?: string
  /** A function (person uuid) returns setof jsonb that gives her rows, where the table itself is closed to the application. */
  readonly from?: string
  /** True where a row kept for one service is hers to read all the same: who opened her file without her. */
  readonly givenThoughPrivate?: true
  /** Values of other tables that reading a row takes, as SQL expressions on `t`, by the name under which the row then has them. */
  readonly along?: Readonly<Record<string, string>>
  /** What must be known before a row is read in words; run once, in the transaction of the reading. */
  readonly prepare?: (tx: Tx) => Promise<void>
  /** Columns to sort by. */
  readonly order?: string
  /** Column, or SQL expression on `t`, a day or an instant, that shows that the file was still alive: the retention counts from the last one of all. */
  readonly lastSign?: string
  /** SQL condition on `t` under which nothing of the person may be archived or destroyed: an accompaniment that is open, a request in progress. */
  readonly live?: string
  /**
   * SQL condition on `t` of a row whose copy stands outside, which only this row can take back. An erasure waits until none is left, and says so in its
   * proof; nothing of the person is archived or destroyed meanwhile.
   */
  readonly standsOutside?: string
  readonly dataClass: DataClass
  /** Why its rows stay when all the rest goes: numbers that lead to nobody once her identity is gone. */
  readonly stays?: string
  /** What an anonymised row becomes, column by column, as SQL. Without it an anonymised table loses its rows. */
  readonly anonymised?: Readonly<Record<string, string>>
}

/** Columns that carry no word about her: keys, authors by id, places in a list, versions. Everything else is given or kept back by name. */
const technical =
  /^(id|.*_id|person_ids|version|volet|protection|holder_org|position|search_key|sound_key|created_at|created_by|recorded_at|recorded_by|saved_at|saved_by|by_id|.*_by|computed_at)$/

export function isTechnicalColumn(column: string): boolean {
  return technical.test(column)
}

/** The columns that she receives, none where the table is not given. */
export function columnsGiven({ given }: PersonTable): Readonly<Record<string, GivenColumn>> {
  return isNotGiven(given) ? {} : given
}

/** Why she receives nothing of it; null where she does. */
export function notGivenBecause({ given }: PersonTable): string | null {
  return isNotGiven(given) ? given.notGiven : null
}

function isNotGiven(given: PersonTable['given']): given is { readonly notGiven: string } {
  return Object.keys(given).length === 1 && typeof given.notGiven === 'string'
}
