import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import pg from 'pg'
import { type Anchor, anchorLine, anchorsOf, UnreadableAnchor } from '../../audit-trail/server/anchors/anchor.ts'
import { takeAnchor } from '../../audit-trail/server/anchors/anchor-chain.sql.ts'
import { type Verification, verifyChain } from '../../audit-trail/server/chain/verify-chain.ts'
import { auditSigner, newAuditKey, type SignatureCheck, signatureCheck } from '../../platform/server/audit-chain.ts'
import { type Command, CommandError } from './command.ts'
import { withInstallation } from './database.ts'

const count = (n: number): string => n.toLocaleString('fr-FR')

/** `audit verify`, `audit anchor`, `audit key`: the proof of the traces, from a terminal. */
export const auditCommands: readonly Command[] = [
  {
    name: 'audit verify',
    usage: '[--anchor FICHIER] [--key FICHIER]',
    summary:
      'Recalcule toute la chaîne des traces et la compare à sa tête signée et aux ancres. La clé (publique ou privée) est celle de --key, sinon AUDIT_KEY_FILE. Sort en erreur au moindre écart.',
    run: async (args, say) => {
      const { anchor, key } = optionsOf(args, ['anchor', 'key'], 'audit verify [--anchor FICHIER] [--key FICHIER]')
      const keyFile = key ?? process.env['AUDIT_KEY_FILE']
      const check = keyFile === undefined ? undefined : signatureCheck(contentOf(keyFile))
      const anchors = anchor === undefined ? [] : readAnchors(anchor)
      const started = Date.now()
      const found = await withInstallation(say, ({ ownerUrl }) => verify(ownerUrl, check, anchors, say))
      report(found, { seconds: (Date.now() - started) / 1000, signed: check !== undefined, anchors: anchors.length }, say)
      if (found.findings.length > 0) process.exitCode = 1
    },
  },
  {
    name: 'audit anchor',
    summary:
      'Écrit une ancre des traces sur la sortie (une ligne de JSON, signée si AUDIT_KEY_FILE est donné) : à garder hors de la base, par exemple par courriel.',
    run: async (_args, say) => {
      const keyFile = process.env['AUDIT_KEY_FILE']
      const signer = keyFile === undefined ? undefined : auditSigner(contentOf(keyFile))
      await withInstallation(
        () => undefined,
        async ({ ownerUrl }) => {
          process.stdout.write(`${anchorLine(await takeAnchor(ownerUrl, signer, new Date()))}\n`)
        },
      )
      if (signer === undefined) say('Ancre non signée : AUDIT_KEY_FILE manque.')
    },
  },
  {
    name: 'audit key',
    usage: 'FICHIER',
    summary:
      'Crée la clé qui signe les traces (Ed25519), à garder hors de la base et hors de ses sauvegardes ; écrit à côté la clé publique, pour qui vérifie.',
    run: async (args, say) => {
      const [path, ...others] = args
      if (path === undefined || others.length > 0) throw new CommandError('Usage : npm run jalon -- audit key FICHIER')
      if (existsSync(path)) throw new CommandError(`${path} existe déjà : une clé ne se remplace pas, elle signe des traces.`)
      const pem = newAuditKey()
      const { keyId, publicKeyPem } = auditSigner(pem)
      writeFileSync(path, pem, { mode: 0o600, flag: 'wx' })
      writeFileSync(`${path}.pub`, publicKeyPem, { mode: 0o644 })
      say(`Clé ${keyId} écrite dans ${path} (secrète) et ${path}.pub (publique).`)
    },
  },
]

async function verify(ownerUrl: string, check: SignatureCheck | undefined, anchors: readonly Anchor[], say: (line: string) => void): Promise<Verification> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  let told = 0
  try {
    await client.query('begin isolation level repeatable read read only')
    return await verifyChain(client, {
      check,
      anchors,
      onProgress: (lines) => {
        if (lines < told + 250_000) return
        told = lines - (lines % 250_000)
        say(`${count(told)} lignes vérifiées`)
      },
    })
  } finally {
    await client.end()
  }
}

function report(
  found: Verification,
  { seconds, signed, anchors }: { readonly seconds: number; readonly signed: boolean; readonly anchors: number },
  say: (line: string) => void,
): void {
  const { findings, lines, firstSeq, lastSeq, headSigned, waiting } = found
  say(`${count(lines)} lignes, de n° ${firstSeq} à n° ${lastSeq}, en ${seconds.toLocaleString('fr-FR', { maximumFractionDigits: 1 })} s.`)
  if (!signed) say('Sans clé (--key) : la signature de la tête n’est pas vérifiée, et qui possède les tables aurait pu récrire la chaîne.')
  else if (headSigned) say('Tête signée par la clé de l’installation.')
  if (anchors === 0) say('Sans ancre (--anchor) : une fin coupée puis remise dans un état ancien ne se verrait pas.')
  else say(`${count(found.anchors.checked)} ancre(s) concordante(s) ou examinée(s), ${count(found.anchors.beforeWhatIsKept)} antérieure(s) aux lignes gardées.`)
  if (waiting.seconds > 60)
    say(`Attention : ${count(waiting.lines)} lignes attendent d’être scellées depuis ${count(Math.round(waiting.seconds))} s ; aucun serveur ne tourne ?`)
  for (const finding of findings) say(`ÉCART — ${finding.text}`)
  say(findings.length === 0 ? 'Aucun écart : les traces sont intactes.' : `${findings.length} écart(s) : les traces ont été altérées.`)
}

function readAnchors(path: string): readonly Anchor[] {
  try {
    return anchorsOf(contentOf(path))
  } catch (error) {
    if (error instanceof UnreadableAnchor) throw new CommandError(error.message)
    throw error
  }
}

function contentOf(path: string): string {
  if (!existsSync(path)) throw new CommandError(`Fichier introuvable : ${path}`)
  return readFileSync(path, 'utf8')
}

function optionsOf<Name extends string>(args: readonly string[], names: readonly Name[], usage: string): Partial<Record<Name, string>> {
  const options: Partial<Record<Name, string>> = {}
  for (let n = 0; n < args.length; n += 2) {
    const name = names.find((one) => args[n] === `--${one}`)
    const value = args[n + 1]
    if (name === undefined || value === undefined) throw new CommandError(`Usage : npm run jalon -- ${usage}`)
    options[name] = value
  }
  return options
}
