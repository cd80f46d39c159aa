import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'

const folder = fileURLToPath(new URL('../../../db/migrations/', import.meta.url))

export interface Migration {
  readonly name: string
  readonly text: string
  readonly sha256: string
}

/** The migrations in their order, with the hash by which a change to a landed one is noticed. */
export async function listMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(`${folder}${name}`, 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

export interface MigrateOptions {
  /** Owner of the database: CREATEROLE, not necessarily superuser. */
  readonly ownerUrl: string
  /** Password to give jalon_app; left as it is when absent. */
  readonly appPassword?: string
  readonly log?: (line: string) => void
}

/** An installation whose migrations differ from those of this version; the message is French, for the operator. */
export class MigrationMismatch extends Error {}

/**
 * Brings the database to this version: roles, extensions, the worker's tables, then each new migration in a transaction of its own.
 * One process at a time (advisory lock). Refuses when a migration already applied has changed or is unknown to this version.
 */
export async function migrate({ ownerUrl, appPassword, log = () => undefined }: MigrateOptions): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('jalon.migrate'))`)
    await ensureRoles(client, appPassword)
    await ensureExtensions(client)
    await client.query(`create table if not exists public.jalon_migration (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`)
    const applied = new Map(
      (await client.query<{ name: string; sha256: string }>('select name, sha256 from public.jalon_migration')).rows.map((row) => [row.name, row.sha256]),
    )
    const migrations = await listMigrations()
    for (const name of applied.keys()) {
      if (!migrations.some((m) => m.name === name))
        throw new MigrationMismatch(`La base contient la migration ${name}, inconnue de cette version de Jalon : installez la version qui l’a appliquée.`)
    }
    let count = 0
    for (const migration of migrations) {
      const known = applied.get(migration.name)
      if (known === migration.sha256) continue
      if (known !== undefined) throw new MigrationMismatch(`La migration ${migration.name} a changé depuis son application : refus de continuer.`)
      log(`migration ${migration.name}`)
      await client.query('begin')
      try {
        await client.query(migration.text)
        await client.query('insert into public.jalon_migration (name, sha256) values ($1, $2)', [migration.name, migration.sha256])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      }
      count += 1
    }
    await runMigrations({ connectionString: ownerUrl, schema: 'graphile_worker' })
    await grantJobs(client)
    return count
  } finally {
    await client.end()
  }
}

async function ensureRoles(client: pg.Client, appPassword: string | undefined): Promise<void> {
  await client.query(`do $$ begin
    perform pg_advisory_xact_lock(hashtext('jalon.roles'));
    if not exists (select from pg_roles where rolname = 'jalon_app') then create role jalon_app login noinherit nosuperuser nobypassrls nocreatedb nocreaterole; end if;
    if not exists (select from pg_roles where rolname = 'jalon_system') then create role jalon_system nologin nosuperuser nobypassrls; end if;
    if not exists (select from pg_roles where rolname = 'jalon_kernel') then create role jalon_kernel nologin nosuperuser nobypassrls; end if;
    if not exists (select from pg_roles where rolname = 'jalon_report') then create role jalon_report nologin nosuperuser nobypassrls; end if;
    execute 'grant jalon_system, jalon_report to jalon_app';
    -- to give functions and views to these roles
    execute format('grant jalon_kernel, jalon_report to %I', current_user);
  end $$`)
  if (appPassword !== undefined) await client.query(`alter role jalon_app password ${client.escapeLiteral(appPassword)}`)
}

async function ensureExtensions(client: pg.Client): Promise<void> {
  for (const extension of ['pg_trgm', 'btree_gist', 'unaccent']) await client.query(`create extension if not exists ${extension}`)
}

/** The worker's tables have row-level security without policy: the application adds jobs through this owner-owned door only. */
async function grantJobs(client: pg.Client): Promise<void> {
  await client.query(`create or replace function platform.add_job(task text, payload json, queue text default null, at timestamptz default null, job_key text default null)
    returns void language sql security definer set search_path = pg_catalog as
    $$ select graphile_worker.add_job(task, payload, queue, at, null, job_key) $$`)
  await client.query('revoke all on function platform.add_job(text, json, text, timestamptz, text) from public')
  await client.query('grant execute on function platform.add_job(text, json, text, timestamptz, text) to jalon_app, jalon_system')
}
