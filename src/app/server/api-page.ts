import { z } from 'zod'
import type { Implementation } from '../../platform/server/implement.ts'

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

/** The readable page of the API, in French, for whoever connects another system. No script. */
export function apiPage(registry: ReadonlyMap<string, Implementation>, version: string): string {
  const entries = [...registry.values()].map(({ contract }) => contract).sort((a, b) => (a.name < b.name ? -1 : 1))
  const schema = (of: z.ZodType, io: 'input' | 'output'): string => escape(JSON.stringify(z.toJSONSchema(of, { io, unrepresentable: 'any' }), null, 2))
  const sections = entries.map(
    (contract) => `<section id="${contract.name}"><h2>${escape(contract.title)}</h2>
<p><code>POST /api/${contract.kind === 'action' ? 'actions' : 'queries'}/${contract.name}</code>${contract.access.openTo ? ` · ouvert : ${contract.access.openTo.whom}` : ' · soumis à la règle d’accès'}</p>
<details><summary>Entrée</summary><pre>${schema(contract.input, 'input')}</pre></details><details><summary>Réponse</summary><pre>${schema(contract.output, 'output')}</pre></details></section>`,
  )
  return `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API de Jalon</title>
<body><main><h1>API de Jalon ${escape(version)}</h1>
<p>Le même document pour les machines : <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). Chaque action demande un en-tête <code>Idempotency-Key</code> (UUID) et chaque appel un en-tête <code>X-Jalon</code>. Les erreurs sont des <code>application/problem+json</code> en français.</p>
<nav><ul>${entries.map((c) => `<li><a href="#${c.name}">${escape(c.title)}</a></li>`).join('')}</ul></nav>${sections.join('\n')}</main></body></html>`
}
