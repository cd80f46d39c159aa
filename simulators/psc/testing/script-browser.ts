interface KeptCookie {
  readonly name: string
  readonly value: string
  readonly path: string
}

export interface Landing {
  readonly url: string
  readonly status: number
  readonly body: string
  /** Every address passed through, the first included. */
  readonly trail: readonly string[]
}

/** What a script does to log in: keep cookies, follow redirections, post forms. No JavaScript runs. Cookies ignore the port, as in browsers. */
export interface ScriptBrowser {
  readonly get: (url: string) => Promise<Landing>
  readonly post: (url: string, fields: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>) => Promise<Landing>
  /** One request, redirections not followed. */
  readonly step: (url: string, init?: RequestInit) => Promise<Response>
  readonly cookies: () => readonly KeptCookie[]
  readonly forget: (name: RegExp) => void
}

export function scriptBrowser(): ScriptBrowser {
  const jar = new Map<string, KeptCookie>()

  const step = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { pathname } = new URL(url)
    const cookie = [...jar.values()]
      .filter(({ path }) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string> | undefined), ...(cookie === '' ? {} : { cookie }) },
    })
    for (const line of response.headers.getSetCookie()) keep(line)
    return response
  }

  const keep = (line: string): void => {
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const name = pair.slice(0, pair.indexOf('='))
    const attribute = (wanted: string): string | undefined => attributes.find((text) => text.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1)
    const path = attribute('path') ?? '/'
    const expires = attribute('expires')
    const gone = attribute('max-age') === '0' || (expires !== undefined && new Date(expires) <= new Date())
    if (gone) jar.delete(`${name} ${path}`)
    else jar.set(`${name} ${path}`, { name, value: pair.slice(name.length + 1), path })
  }

  const follow = async (url: string, init?: RequestInit): Promise<Landing> => {
    const trail = [url]
    let response = await step(url, init)
    for (let hops = 0; hops < 20; hops += 1) {
      const location = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || location === null) break
      const next = new URL(location, trail.at(-1)).href
      trail.push(next)
      response = await step(next)
    }
    return { url: trail.at(-1) ?? url, status: response.status, body: await response.text(), trail }
  }

  return {
    get: (url) => follow(url),
    post: (url, fields, headers = {}) => follow(url, { method: 'POST', body: new URLSearchParams(fields), headers: { ...headers } }),
    step,
    cookies: () => [...jar.values()],
    forget: (name) => {
      for (const [key, cookie] of jar) if (name.test(cookie.name)) jar.delete(key)
    },
  }
}
