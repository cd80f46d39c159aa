import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { joinUsers, takeFileLock } from './file-lock.ts'

let folder = ''
let file = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jalon-lock-'))
  file = join(folder, 'lock')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('one holder at a time, the next one when it is released', async () => {
  const held = await takeFileLock(file, 'exclusive', 0)
  expect(await takeFileLock(file, 'exclusive', 0)).toBeNull()
  const waiting = takeFileLock(file, 'exclusive', 2_000)
  held?.release()
  const next = await waiting
  expect(next).not.toBeNull()
  next?.release()
})

test('a holder killed with -9 holds nothing any more', async () => {
  const module = new URL('./file-lock.ts', import.meta.url).href
  const program = `import { takeFileLock } from ${JSON.stringify(module)}; await takeFileLock(${JSON.stringify(file)}, 'exclusive', 0); console.log('held'); setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise((resolve) => holder.stdout.once('data', resolve))
  expect(await takeFileLock(file, 'exclusive', 0)).toBeNull()
  holder.kill('SIGKILL')
  const taken = await takeFileLock(file, 'exclusive', 5_000)
  expect(taken).not.toBeNull()
  taken?.release()
})

test('the last user to leave closes, the others do not', async () => {
  const closed: string[] = []
  const first = await joinUsers(file)
  const second = await joinUsers(file)
  await first.leave(async () => void closed.push('first'))
  expect(closed).toEqual([])
  await second.leave(async () => void closed.push('second'))
  expect(closed).toEqual(['second'])
})
