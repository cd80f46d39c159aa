import { sql } from 'kysely'
import { asSystem, type Database } from '../src/platform/server/db.ts'

const structureKinds = ['ehpad', 'pharmacy', 'ssiad', 'sad', 'hospital', 'msp', 'cds', 'esms', 'laboratory', 'other', 'clic', 'mdph', 'had', 'cpts']
const themes = [
  'famille--soutien-aidants',
  'sante--acces-aux-soins',
  'logement-hebergement--se-maintenir-dans-le-logement',
  'mobilite--mobilite-douce-partagee-collective',
  'numerique--acceder-a-des-services-en-ligne',
  'difficultes-financieres--ameliorer-sa-gestion-budgetaire',
  'remobilisation--lien-social',
]
const publics = ['seniors', 'familles', 'personnes-en-situation-de-handicap', 'tous-publics', 'jeunes']
const names = [
  'repit',
  'aidants',
  'accueil',
  'jour',
  'maison',
  'service',
  'espace',
  'relais',
  'autonomie',
  'tilleuls',
  'horizon',
  'solidarite',
  'sante',
  'amis',
]

/** As many structures and services as the country has, placed by population, in the table that is searched: what the imports of FINESS+ and of data·inclusion derive. */
export async function plantOffers(db: Database, structures: number, services: number): Promise<void> {
  await asSystem(db, 'synthetic structures and services', async (tx) => {
    await sql`create temporary table placed on commit drop as
      select row_number() over (order by code) - 1 as place, c.code, c.name, c.search_key, c.postal_codes[1] as postal, c.epci_code, c.department_code, c.latitude, c.longitude
      from territory.commune c, generate_series(0, least(40, coalesce(population, 0) / 1500)) where in_force and kind = 'commune'`.execute(tx)
    await sql`create index on placed (place)`.execute(tx)
    const plant = (kind: 'structure' | 'service', count: number): Promise<unknown> =>
      sql`
      insert into directory.entry (party_id, kind, facet, label, detail, place, postal_code, city, commune_code, phone, finess, category, latitude, longitude, sort_key, words)
      select gen_random_uuid(), ${kind}, facet, initcap(one || ' ' || two), facet, null, p.postal, p.name, p.code, phone, null, 'social', p.latitude, p.longitude, one || ' ' || two,
        array_to_tsvector(array_remove(string_to_array(concat_ws(' ', one, two, 'k:' || facet, 'c:' || p.code, 'd:' || p.department_code,
          case when ${kind} = 'service' then 'h:' || theme || ' h:' || split_part(theme, '--', 1) || ' p:' || (${publics}::text[])[1 + n % ${publics.length}] end), ' '), ''))
      from (select n, (${names}::text[])[1 + n % ${names.length}] as one, (${names}::text[])[1 + (n / 7) % ${names.length}] as two,
          ${kind === 'service' ? sql`'social_service'` : sql`(${structureKinds}::text[])[1 + n % ${structureKinds.length}]`} as facet, '0199' || lpad((n % 1000000)::text, 6, '0') as phone,
          (${themes}::text[])[1 + n % ${themes.length}] as theme, (n::bigint * 7919) % (select count(*) from placed) as at
        from generate_series(1, ${count}::int) n) drawn join placed p on p.place = drawn.at`.execute(tx)
    await plant('structure', structures)
    await plant('service', services)
    await sql`select directory.gather_statistics(false), directory.settle_words()`.execute(tx)
  })
}
