import { readFileSync } from 'node:fs'

/** @type {Record<string, { knows: string[] }>} */
const { $comment: _, ...capabilities } = JSON.parse(readFileSync(new URL('./capabilities.json', import.meta.url), 'utf8'))
const names = Object.keys(capabilities)
const any = `(?:${names.join('|')})`

/** What a capability may import from: itself, those that it names, and all that they know. */
function known(name, seen = new Set()) {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const other of capabilities[name]?.knows ?? []) known(other, seen)
  return seen
}

const test = '\\.(test|journey)\\.tsx?$'
const testing = `(${test}|/testing/)`
const npm = (...packages) => `(^|/)node_modules/(${packages.join('|')})/`

const rules = [
  ...names.map((name) => ({
    name: `order-${name}`,
    comment: `${name} may know ${[...known(name)].filter((other) => other !== name).join(', ') || 'no other capability'} (capabilities.json). To react upward, subscribe to the feed.`,
    // Tests and builders may set the scene with whatever the journey needs.
    from: { path: `^src/${name}/`, pathNot: testing },
    to: { path: `^src/${any}/`, pathNot: `^src/(?:${[...known(name)].join('|')})/` },
  })),
  {
    name: 'server-through-api',
    comment: 'The only server file of another capability that may be imported is its server/api.ts.',
    from: { path: '^src/([^/]+)/', pathNot: `(^src/(app|platform)/|${testing})` },
    to: { path: `^src/${any}/server/`, pathNot: '(^src/$1/|/server/api\\.ts$)' },
  },
  {
    name: 'contract-is-isomorphic',
    comment: 'contract/ runs in the browser and on the server: it imports contract/ only, without node, and few packages.',
    from: { path: `^src/[^/]+/contract/`, pathNot: test },
    to: { pathNot: `(^src/[^/]+/contract/|${npm('zod', 'uuid', 'libphonenumber-js', 'dayjs')})` },
  },
  {
    name: 'web-sees-contracts',
    comment: 'web/ imports its own web/, contract/ and platform/web; a page that shows two capabilities lives in app/web.',
    from: { path: `^src/(${any})/web/`, pathNot: test },
    to: { path: '^src/', pathNot: '(^src/$1/web/|^src/platform/web/|^src/[^/]+/contract/)' },
  },
  {
    name: 'web-of-app-and-platform',
    comment: 'The browser never receives code of the server.',
    from: { path: '^src/(app|platform)/web/', pathNot: test },
    to: { path: '^src/([^/]+/(server|testing|cli|seed)/|interop/)' },
  },
  {
    name: 'browser-without-node',
    comment: 'What runs in the browser uses neither node nor a database.',
    from: { path: '^src/.*/(contract|web)/', pathNot: test },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'server-without-web',
    comment: 'The server imports no screen.',
    from: { path: '^src/.*/(server|contract)/' },
    to: { path: '^src/[^/]+/web/' },
  },
  {
    name: 'database-driver',
    comment:
      'Only *.sql.ts, platform/server and composition import the database driver; and the import of the directory, which streams COPY into its own staging tables.',
    from: { path: '^(src|simulators)/', pathNot: `(\\.sql\\.ts$|^src/platform/server/|^src/app/|^src/directory/server/import/|${testing})` },
    to: { path: npm('pg', 'kysely', 'pg-copy-streams', 'graphile-worker') },
  },
  {
    name: 'platform-knows-no-capability',
    comment: 'platform/ is what capabilities stand on.',
    from: { path: '^src/platform/' },
    to: { path: '^src/', pathNot: '^src/platform/' },
  },
  {
    name: 'interop-is-outermost',
    comment: 'Only app/ composes the partners; one partner does not know another.',
    from: { path: '^src/([^/]+/[^/]+)', pathNot: '^src/app/' },
    to: { path: '^src/interop/', pathNot: '^src/$1/' },
  },
  {
    name: 'nobody-imports-app',
    comment: 'app/ composes and is known by nobody, but for the seed and the composition that simulators, scripts, benches and journeys start.',
    from: { path: '^src/', pathNot: '^src/app/' },
    to: { path: '^src/app/' },
  },
  {
    name: 'simulators-stay-outside',
    comment: 'Stand-ins speak the protocol; the product does not know them.',
    from: { path: '^src/', pathNot: testing },
    to: { path: '^simulators/' },
  },
  {
    name: 'testing-stays-in-tests',
    comment: 'Builders and test databases are no part of the product.',
    from: { path: '^(src|simulators)/', pathNot: `(${testing}|^src/app/seed/)` },
    to: { path: '^src/.*/testing/' },
  },
  {
    name: 'no-cycle',
    comment: 'Two files that need each other are one thing or three.',
    from: { path: '^(src|simulators)/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'declared-packages',
    comment: 'What the product runs on is in dependencies; tests, seed and stand-ins may use the others.',
    from: { path: '^src/', pathNot: `(${testing}|^src/app/seed/)` },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'], pathNot: npm('vite', '@types/[^/]+') },
  },
  {
    name: 'resolvable',
    comment: 'An import that leads nowhere. WebAssembly is found by Vite, whose build fails without it.',
    from: {},
    to: { couldNotResolve: true, pathNot: '[.]wasm[?]url$' },
  },
]

export default {
  forbidden: rules.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
