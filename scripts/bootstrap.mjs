// Runs before anything is installed, on Node 20 or newer: no dependency, no TypeScript.
// `node scripts/bootstrap.mjs FILE ARGS…` installs what is missing, then runs FILE on Node 24.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const oldestHost = 20
const wanted = 24

/** Whole lines on a pipe, one line rewritten on a terminal. */
function progress(title) {
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const terminal = process.stdout.isTTY
  process.stdout.write(terminal ? `  … ${title}` : `  … ${title}\n`)
  const ticking = terminal ? setInterval(() => process.stdout.write(`\r  … ${title} (${seconds()} s) `), 1000) : undefined
  return (ending) => {
    clearInterval(ticking)
    process.stdout.write(`${terminal ? '\r' : ''}  ${ending} ${title} (${seconds()} s)   \n`)
  }
}

/** npm itself, as it was called, or as it is found. */
function npm(args, options = {}) {
  const viaNode = process.env.npm_execpath?.endsWith('.js')
  const [file, ...before] = viaNode ? [process.execPath, process.env.npm_execpath] : ['npm']
  return new Promise((resolve) => {
    const child = spawn(file, [...before, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: !viaNode && process.platform === 'win32',
      ...options,
    })
    let said = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    child.stderr.on('data', (chunk) => (said += chunk))
    child.on('error', (error) => resolve({ code: 1, said: `${said}${error.message}` }))
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

/**
 * True if node_modules holds what package-lock.json says. npm writes node_modules/.package-lock.json last: an installation cut short has none.
 * Dates are not compared: a checkout changes them.
 */
function isInstalled() {
  const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  try {
    const installed = read('node_modules/.package-lock.json')
    return Object.entries(read('package-lock.json')).every(([path, locked]) => path === '' || locked.optional || installed[path]?.version === locked.version)
  } catch {
    return false
  }
}

async function install() {
  const done = progress('Installation des dépendances (une à deux minutes la première fois)')
  // NODE_ENV=production would leave out what builds and tests; engine warnings are about the host's Node, which runs npm only.
  const { code, said } = await npm(['ci', '--include=dev', '--include=optional', '--loglevel=error', '--no-audit', '--no-fund'])
  done(code === 0 ? '✓' : '✗')
  if (code === 0) return
  process.stderr.write(`${said}\nL’installation a échoué. Vérifiez l’accès au registre npm et la place libre, puis relancez la même commande.\n`)
  process.exit(1)
}

/** Node 24: this one, the one of the npm package `node`, or its binary fetched apart where npm runs no install script. */
async function findNode() {
  if (major() >= wanted) return process.execPath
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const version = JSON.parse(readFileSync(join(root, 'node_modules/node/package.json'), 'utf8')).version
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const binary = `${platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${process.arch}`
  const apart = join(root, 'node_modules/.cache/jalon/node')
  const places = [join(root, 'node_modules/node/bin', name), join(apart, 'node_modules', binary, 'bin', name)]
  const found = () => places.find((place) => existsSync(place))
  if (found()) return found()
  const done = progress(`Installation de Node ${version}`)
  mkdirSync(apart, { recursive: true })
  const { code, said } = await npm(
    ['install', '--prefix', apart, '--no-save', '--no-package-lock', '--ignore-scripts', '--loglevel=error', `${binary}@${version}`],
    { cwd: apart },
  )
  done(code === 0 && found() ? '✓' : '✗')
  if (found()) return found()
  process.stderr.write(
    `${said}\nNode ${wanted} est introuvable pour cette machine (${process.platform}-${process.arch}). Installez-le (https://nodejs.org), puis relancez la même commande.\n`,
  )
  process.exit(1)
}

function major() {
  return Number(process.versions.node.split('.')[0])
}

/** Runs the file on another Node. The channel between the two closes when this process dies, however it dies: the other one then stops by itself. */
function runOn(node, file, args) {
  const child = spawn(node, [file, ...args], { cwd: process.cwd(), stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: pathFor(node) })
  // Ctrl C reaches both processes: this one waits for the other to stop cleanly.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)))
}

/** Tools of node_modules/.bin that the file runs find the same Node first. */
function pathFor(node) {
  const separator = process.platform === 'win32' ? ';' : ':'
  return { ...process.env, PATH: [dirname(node), join(root, 'node_modules/.bin'), process.env.PATH].join(separator) }
}

if (major() < oldestHost) {
  process.stderr.write(`Jalon demande Node ${oldestHost} ou plus récent pour s’installer ; cette machine a Node ${process.versions.node}.\n`)
  process.exit(1)
}
const [target, ...args] = process.argv.slice(2)
if (!isInstalled()) await install()
const node = await findNode()
const file = join(root, target)
if (node === process.execPath) {
  process.env.PATH = pathFor(node).PATH
  process.argv = [node, file, ...args]
  await import(pathToFileURL(file).href)
} else {
  runOn(node, file, args)
}
