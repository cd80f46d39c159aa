/**
 * Where to go after the login: a path of Jalon itself. Takes whatever the address held; gives '/' for anything that a browser could read as
 * another site, for what is not a page, and for the login itself.
 */
export function returnPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked) || asked.includes('\\')) return '/'
  const here = 'https://jalon.invalid'
  const url = URL.canParse(asked, here) ? new URL(asked, here) : undefined
  if (url === undefined || url.origin !== here || url.pathname.startsWith('//')) return '/'
  if (/^\/(login|logout|api|assets|health|metrics)(\/|$)/.test(url.pathname)) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
