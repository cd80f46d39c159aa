import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { chown, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-error.ts'

/** What is kept beside an embedded cluster, readable by its owner only. */
export interface ClusterRecord {
  readonly major: number
  readonly pgdata: string
  readonly port: number | null
  readonly superPassword: string
  readonly ownerPassword: string
  readonly appPassword: string
}

const secret = (): string => randomBytes(24).toString('base64url')

export function recordFile(dataDir: string): string {
  return join(dataDir, 'cluster.json')
}

/** Reads the record of a cluster; null before its first start. Refuses a record that another user keeps to herself. */
export function readRecord(dataDir: string): ClusterRecord | null {
  const file = recordFile(dataDir)
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ClusterRecord
  } catch (error) {
    const unreadable = (error as NodeJS.ErrnoException).code === 'EACCES'
    throw new EmbeddedPostgresError(
      unreadable
        ? `Le dossier ${dataDir} appartient à un autre utilisateur de cette machine. Reprenez sous cet utilisateur, ou choisissez un autre dossier avec JALON_DATA.`
        : `Le fichier ${file} est abîmé : il porte les mots de passe de la base embarquée. Restaurez-le depuis une sauvegarde du dossier.`,
    )
  }
}

export function newRecord(major: number, pgdata: string): ClusterRecord {
  return { major, pgdata, port: null, superPassword: secret(), ownerPassword: secret(), appPassword: secret() }
}

/** Writes the record whole or not at all, for the owner of the folder. */
export async function writeRecord(dataDir: string, record: ClusterRecord): Promise<void> {
  const file = recordFile(dataDir)
  const writing = `${file}.${process.pid}`
  const handle = await open(writing, 'w', 0o600)
  await handle.writeFile(`${JSON.stringify(record, null, 2)}\n`)
  await handle.sync()
  await handle.close()
  const folder = statSync(dirname(file))
  if (process.getuid?.() === 0 && folder.uid !== 0) await chown(writing, folder.uid, folder.gid)
  await rename(writing, file)
}

/** Refuses a cluster made by another major version: PostgreSQL cannot read its files. */
export function checkMajor(dataDir: string, pgdata: string, recorded: number, shipped: number): void {
  const versionFile = join(pgdata, 'PG_VERSION')
  const onDisk = existsSync(versionFile) ? Number(readFileSync(versionFile, 'utf8').trim()) : recorded
  if (onDisk === shipped) return
  throw new EmbeddedPostgresError(
    `Les données de ${dataDir} ont été écrites par PostgreSQL ${onDisk}, et cette version de Jalon embarque PostgreSQL ${shipped}. Rien n’a été modifié. Reprenez la version de Jalon qui les a écrites, ou choisissez un autre dossier avec JALON_DATA.`,
  )
}
