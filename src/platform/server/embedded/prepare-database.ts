import pg from 'pg'

/** The extensions that migrations rely on. All are trusted: the owner of a database may create them too. */
export const extensions = ['pg_trgm', 'unaccent', 'btree_gist'] as const

/** The role that owns databases and runs migrations: it may create roles, and is no superuser. */
export const ownerRole = 'jalon_owner'
/** The login of the server; migrations give it its rights. */
export const appRole = 'jalon_app'

/** Makes the owner role, or gives it its password again. `superUrl` must be allowed to create roles. */
export async function prepareOwner(superUrl: string, password: string): Promise<void> {
  await withClient(superUrl, async (client) => {
    const attributes = `LOGIN NOSUPERUSER CREATEROLE CREATEDB NOBYPASSRLS PASSWORD ${client.escapeLiteral(password)}`
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [ownerRole])
    await client.query(`${rowCount ? 'ALTER' : 'CREATE'} ROLE ${ownerRole} ${attributes}`)
    // Without this membership a superuser's database cannot be given to the role by anyone else (managed PostgreSQL).
    await client.query(`GRANT ${ownerRole} TO CURRENT_USER`)
  })
}

/** True if the server has this database. */
export async function databaseExists(superUrl: string, name: string): Promise<boolean> {
  return withClient(superUrl, async (client) => Boolean((await client.query('SELECT FROM pg_database WHERE datname = $1', [name])).rowCount))
}

/** Makes a database owned by the owner role: empty but for the extensions, or the copy of another one to which nobody is connected. */
export async function createDatabase(superUrl: string, name: string, template?: string): Promise<void> {
  await withClient(superUrl, async (client) => {
    const id = (identifier: string): string => client.escapeIdentifier(identifier)
    // template0: what was added to template1 on this machine stays out.
    await client.query(`CREATE DATABASE ${id(name)} OWNER ${ownerRole} TEMPLATE ${template === undefined ? `template0 ENCODING 'UTF8'` : id(template)}`)
  })
  if (template !== undefined) return
  await withClient(databaseUrl(superUrl, name), async (client) => {
    for (const extension of extensions) await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension}`)
  })
}

/** Removes a database and whoever is connected to it. */
export async function dropDatabase(superUrl: string, name: string): Promise<void> {
  await withClient(superUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`))
}

/** Gives a finished database its name, in one step that is either done or not. */
export async function renameDatabase(superUrl: string, from: string, to: string): Promise<void> {
  await withClient(superUrl, async (client) => {
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()', [from])
    await client.query(`ALTER DATABASE ${client.escapeIdentifier(from)} RENAME TO ${client.escapeIdentifier(to)}`)
  })
}

/** The same server under another database, and another login if one is given. */
export function databaseUrl(url: string, database: string, login?: { readonly role: string; readonly password: string }): string {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(database)}`
  if (login) {
    other.username = login.role
    other.password = login.password
  }
  return other.href
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  // A server that goes down ends the query at hand too, which reports it; without a listener the event would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
