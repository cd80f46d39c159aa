import { french } from '../../../platform/contract/typography.ts'
import type { Place } from '../places.ts'
import { tradeLabel } from '../profession.ts'
import type { PscSituation } from '../userinfo.ts'
import type { LoginRefusalCode } from './refusals.ts'
import { refusalTexts } from './refusals.ts'

const style = `
  :root { color-scheme: light dark; --ground: #f6f5f1; --surface: #fff; --line: #88837a; --ink: #1b2322; --ink-2: #444e4c; --accent: #0d5862; --on-accent: #fff; --tint: #e1efef }
  @media (prefers-color-scheme: dark) { :root { --ground: #121718; --surface: #1a2021; --line: #75807f; --ink: #e9edeb; --ink-2: #bdc6c3; --accent: #5cb9bf; --on-accent: #05272b; --tint: #173437 } }
  * { box-sizing: border-box }
  body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 'Source Sans 3 Variable', 'Source Sans 3', 'Segoe UI', 'Noto Sans', system-ui, sans-serif }
  main { max-width: 40rem; margin: 0 auto; padding: 48px 16px }
  .name { font-weight: 700; color: var(--accent); margin: 0 0 24px }
  h1 { font-size: 21px; line-height: 1.2; margin: 0 0 8px }
  p, li { color: var(--ink-2) }
  fieldset { border: 0; margin: 16px 0; padding: 0 }
  label { display: flex; gap: 12px; align-items: flex-start; min-height: 44px; background: var(--surface); border: 1px solid var(--line); border-radius: 11px; padding: 10px 14px; margin-bottom: 8px; cursor: pointer }
  label:has(:checked) { border-color: var(--accent); background: var(--tint) }
  label:focus-within, a:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
  input { margin: 4px 0 0; accent-color: var(--accent) }
  b { display: block; font-weight: 600 }
  small { font-size: 13px; color: var(--ink-2) }
  .go { display: inline-block; font: inherit; font-weight: 600; background: var(--accent); color: var(--on-accent); border: 0; border-radius: 7px; padding: 10px 18px; min-height: 44px; text-decoration: none; cursor: pointer }
  a { color: var(--accent) }
`

/** « Choisissez votre situation d’exercice »: a form that works without JavaScript. */
export function choicePage(places: readonly Place[], cspNonce: string): string {
  const suggested = Math.max(
    0,
    places.findIndex(({ situation }) => situation.suggested),
  )
  const options = places.map((place, index) => {
    const { title, detail } = describePlace(place)
    return `<label><input type="radio" name="place" value="${index}"${index === suggested ? ' checked' : ''} required><span><b>${escapeHtml(title)}</b><small>${escapeHtml(detail)}</small></span></label>`
  })
  return page(
    'Choisissez votre situation d’exercice',
    `<h1>Choisissez votre situation d’exercice</h1>
    <p>${french('Ce que vous verrez, et le nom sous lequel vos gestes seront enregistrés, dépendent de la situation dans laquelle vous travaillez maintenant. Pour en changer, déconnectez-vous.')}</p>
    <form method="post" action="/login/situation"><fieldset><legend><small>${french('Vos situations')}</small></legend>${options.join('')}</fieldset><button class="go">Entrer</button></form>`,
    cspNonce,
  )
}

/** What happened, what it does not mean, and what to do now. */
export function refusalPage(code: LoginRefusalCode, cspNonce: string): string {
  const { title, explanation, steps, again } = refusalTexts[code]
  const list = steps.length === 0 ? '' : `<ul>${steps.map((step) => `<li>${escapeHtml(french(step))}</li>`).join('')}</ul>`
  return page(
    title,
    `<h1>${escapeHtml(french(title))}</h1><p>${escapeHtml(french(explanation))}</p>${list}<p><a class="go" href="/login">${escapeHtml(french(again))}</a></p>`,
    cspNonce,
  )
}

/** The session has ended here; the one of Pro Santé Connect ends with the page that opens by itself. */
export function leavingPage(logoutUrl: string, cspNonce: string): string {
  return page(
    'Déconnexion',
    `<h1>Vous êtes déconnecté de Jalon</h1><p>${french('Votre session Pro Santé Connect se ferme aussi.')}</p><p><a class="go" href="${escapeHtml(logoutUrl)}">Continuer</a></p>`,
    cspNonce,
    `<meta http-equiv="refresh" content="0; url=${escapeHtml(logoutUrl)}">`,
  )
}

export function byePage(cspNonce: string): string {
  return page(
    'Déconnecté',
    `<h1>Vous êtes déconnecté</h1><p>${french('Rien de ce que vous avez enregistré n’est perdu.')}</p><p><a class="go" href="/login">Se reconnecter</a></p>`,
    cspNonce,
  )
}

function describePlace({ membership, situation }: Place): { title: string; detail: string } {
  const where = situation.structure.name === '' ? 'Sans structure, en remplacement' : situation.structure.name
  if (membership === null) return { title: where, detail: [tradeLabel(situation), modeLabel(situation), situation.structure.city].filter(Boolean).join(' · ') }
  return {
    title: membership.serviceName,
    detail: [membership.jobTitle ?? tradeLabel(situation), modeLabel(situation), situation.structure.city].filter(Boolean).join(' · '),
  }
}

function modeLabel({ mode }: PscSituation): string {
  return mode === 'L' ? 'en libéral' : mode === 'S' ? 'salarié' : mode === 'B' ? 'bénévole' : ''
}

function page(title: string, body: string, cspNonce: string, head = ''): string {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(french(title))} – Jalon</title>${head}<style nonce="${cspNonce}">${style}</style></head><body><main><p class="name">Jalon</p>${body}</main></body></html>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
