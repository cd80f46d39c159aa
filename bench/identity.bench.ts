import { playLives } from '../src/persons/testing/identity-model.ts'

/** 100 000 random sequences of commands against the model (security.md, check 20). npm run bench -- identity [RUNS] [SEED] */
const [runs = 100_000, seed] = process.argv.slice(2).map(Number)
const started = performance.now()
const { sent } = playLives(runs, seed)
process.stdout.write(
  `${JSON.stringify({ bench: 'identity', sequences: runs, violations: 0, matriculesSent: sent, seconds: Math.round((performance.now() - started) / 100) / 10 })}\n`,
)
