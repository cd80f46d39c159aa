import type { Plugin } from 'vite'

const narrow = '\u202f'
const wide = '\u00a0'

/** A text that holds a plain space where French wants one at which no line breaks. */
const plain = / [;!?:»]|« /
const screens = /\/src\/(?:[^?]*\/)?web\/[^?]*\.tsx?(?:$|\?)/

/** What the parser gives, as far as texts are looked for in it. */
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly value?: unknown
}

/**
 * Writes the spaces of French typography into the texts of the screens as they are built: « Rue : » never breaks before its colon, whoever wrote it and however.
 * A space replaces a space, so that nothing moves. What a user typed passes at run time and is left as it is.
 */
export function frenchSpaces(): Plugin {
  return {
    name: 'french-spaces',
    enforce: 'post',
    transform(code, id) {
      if (!screens.test(id) || !plain.test(code)) return null
      return { code: withFrenchSpaces(code, this.parse(code)), map: null }
    },
  }
}

/** The code with those spaces in its strings and templates, and nowhere else. `ast`: its ESTree, with places in characters. */
export function withFrenchSpaces(code: string, ast: unknown): string {
  let [done, at] = ['', 0]
  for (const { start, end } of textsOf(ast)) {
    done += code.slice(at, start) + spaced(code.slice(start, end))
    at = end
  }
  return done + code.slice(at)
}

function spaced(text: string): string {
  return text
    .replace(/ ([;!?])(?=$|[\s.,)»])/g, `${narrow}$1`)
    .replace(/ :(?=$|\s)/g, `${wide}:`)
    .replace(/ »/g, `${wide}»`)
    .replace(/« /g, `«${wide}`)
}

/** Where the insides of strings and templates stand, in their order. */
function textsOf(ast: unknown): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = []
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) look(one)
    else if (isNode(value)) {
      if (value.type === 'Literal' && typeof value.value === 'string') found.push({ start: value.start + 1, end: value.end - 1 })
      else if (value.type === 'TemplateElement') found.push({ start: value.start, end: value.end })
      else for (const part of Object.values(value)) if (typeof part === 'object') look(part)
    }
  }
  look(ast)
  return found.sort((a, b) => a.start - b.start)
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value
