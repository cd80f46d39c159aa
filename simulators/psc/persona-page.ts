import type { Persona } from '../../src/app/seed/personas.ts'
import { french } from '../../src/platform/contract/typography.ts'

const style = `
  :root { color-scheme: light dark; --ground: #f6f5f1; --surface: #fff; --line: #e3dfd7; --ink: #1b2322; --ink-2: #444e4c; --accent: #0d5862; --tint: #e1efef }
  @media (prefers-color-scheme: dark) { :root { --ground: #121718; --surface: #1a2021; --line: #2f3839; --ink: #e9edeb; --ink-2: #bdc6c3; --accent: #82cdd2; --tint: #173437 } }
  * { box-sizing: border-box }
  body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.45 'Source Sans 3', 'Segoe UI', 'Noto Sans', system-ui, sans-serif }
  main { max-width: 76rem; margin: 0 auto; padding: 24px 16px 48px }
  h1 { font-size: 21px; line-height: 1.2; margin: 0 0 4px }
  p { margin: 0 0 16px; color: var(--ink-2); max-width: 62ch }
  form { display: grid; grid-template-columns: repeat(auto-fill, minmax(290px, 1fr)); gap: 8px }
  button { display: flex; flex-direction: column; align-items: flex-start; font: inherit; text-align: left; color: inherit; background: var(--surface); border: 1px solid var(--line); border-radius: 11px; padding: 10px 14px; cursor: pointer; min-height: 44px }
  button:hover { background: var(--tint); border-color: var(--accent) }
  button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
  b { display: block; font-weight: 600 }
  span { display: block; font-size: 13px; color: var(--ink-2) }
  span.who { color: var(--accent); font-weight: 600 }
  button.leave { border-style: dashed }
`

/** The page on which one chooses who to be. Works without JavaScript. */
export function personaPage(personas: readonly Persona[], action: string): string {
  const cards = personas.map(
    ({ id, label, lookAt, givenName, familyName }) =>
      `<button name="persona" value="${id}"><span class="who">${escapeHtml(`${givenName} ${familyName}`)}</span><b>${escapeHtml(french(label))}</b><span>${escapeHtml(french(`À regarder : ${lookAt}`))}</span></button>`,
  )
  return page(
    'Doublure de Pro Santé Connect',
    `<h1>Doublure de Pro Santé Connect</h1>
    <p>Ici, pas de carte ni de téléphone\u00a0: choisissez qui vous êtes. Toutes ces personnes sont inventées.</p>
    <form method="post" action="${escapeHtml(action)}">${cards.join('\n')}<button class="leave" name="persona" value=""><b>Renoncer</b><span>Revenir sans se connecter</span></button></form>`,
  )
}

/** What is shown when a request cannot be understood: the words of the protocol, for a developer. */
export function faultPage(error: string, description: string): string {
  return page('Demande refusée', `<h1>Demande refusée</h1><p>${escapeHtml(error)}</p><p>${escapeHtml(description)}</p>`)
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head><body><main>${body}</main></body></html>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
