import { SaxesParser } from 'saxes'

/** An element of an answer: its name without prefix, the namespace that the prefix stood for. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly text: string
  readonly children: readonly XmlElement[]
}

/** The root of a document, or null when it is not well-formed. A document type is refused: no answer has one, and entities would be resolved. */
export function readXml(text: string): XmlElement | null {
  interface Open {
    readonly name: string
    readonly namespace: string
    text: string
    readonly children: Open[]
  }
  const parser = new SaxesParser({ xmlns: true })
  const open: Open[] = []
  let root: Open | null = null
  let fault = false
  parser.on('error', () => {
    fault = true
  })
  parser.on('doctype', () => {
    fault = true
  })
  parser.on('opentag', (tag) => {
    const element: Open = { name: tag.local, namespace: tag.uri, text: '', children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
    root ??= element
  })
  const keep = (piece: string): void => {
    const element = open.at(-1)
    if (element !== undefined) element.text += piece
  }
  parser.on('text', keep)
  parser.on('cdata', keep)
  parser.on('closetag', () => {
    open.pop()
  })
  try {
    parser.write(text).close()
  } catch {
    return null
  }
  return fault ? null : root
}

/** The first element of that name below (or at) this one, in the order of the document. */
export function find(element: XmlElement | null, name: string, namespace?: string): XmlElement | null {
  if (element === null) return null
  if (element.name === name && (namespace === undefined || element.namespace === namespace)) return element
  for (const child of element.children) {
    const found = find(child, name, namespace)
    if (found !== null) return found
  }
  return null
}

/** A text as it stands inside an element. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&'"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
