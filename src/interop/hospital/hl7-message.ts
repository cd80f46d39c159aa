/** A message of HL7 v2 in its pieces. Reading one never throws: what is missing reads as an empty text. */
export interface Hl7Message {
  readonly segments: readonly Hl7Segment[]
  /** The first segment of a name. */
  readonly segment: (name: string) => Hl7Segment | undefined
}

export interface Hl7Segment {
  readonly name: string
  /** The repetitions of a field, numbered as the standard does (MSH-1 is the separator); none for an absent or empty one. */
  readonly field: (number: number) => readonly Hl7Field[]
  /** The first component of the first repetition, its escapes read; '' when absent. */
  readonly text: (number: number) => string
}

export interface Hl7Field {
  /** A component, and a part of it, from 1; '' when absent. */
  readonly component: (number: number, part?: number) => string
}

interface Separators {
  readonly field: string
  readonly component: string
  readonly repetition: string
  readonly escape: string
  readonly part: string
}

/** Longest name of field, most segments, most repetitions: beyond, it is no ADT. */
const mostSegments = 500
const mostRepetitions = 100

/** Reads a message; null for what does not begin as one (MSH and its separators). */
export function readHl7(text: string): Hl7Message | null {
  const separators = separatorsOf(text)
  if (separators === null) return null
  const segments = text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, mostSegments)
    .map((line) => segmentOf(line, separators))
  return { segments, segment: (name) => segments.find((one) => one.name === name) }
}

function separatorsOf(text: string): Separators | null {
  if (!text.startsWith('MSH') || text.length < 8) return null
  const [field = '', component = '', repetition = '', escape = '', part = ''] = [...text.slice(3, 8)]
  const all = [field, component, repetition, escape, part === field ? '' : part].filter(Boolean)
  // Five different signs, none of them a letter, a digit or an end of line: otherwise every text would be cut.
  if (all.length < 4 || new Set(all).size !== all.length || all.some((sign) => /[A-Za-z0-9\r\n]/.test(sign))) return null
  return { field, component, repetition, escape, part: part === field ? '' : part }
}

function segmentOf(line: string, separators: Separators): Hl7Segment {
  const [name = '', ...pieces] = line.split(separators.field)
  // MSH-1 is the separator itself, MSH-2 the other four.
  const fields = name === 'MSH' ? [separators.field, ...pieces] : pieces
  const literal = (number: number): boolean => name === 'MSH' && number <= 2
  const field = (number: number): readonly Hl7Field[] => {
    const raw = fields[number - 1]
    if (raw === undefined || raw === '' || raw === '""') return []
    if (literal(number)) return [{ component: (at) => (at === 1 ? raw : '') }]
    return raw
      .split(separators.repetition)
      .slice(0, mostRepetitions)
      .map((repetition) => fieldOf(repetition, separators))
  }
  return { name, field, text: (number) => field(number)[0]?.component(1) ?? '' }
}

function fieldOf(raw: string, separators: Separators): Hl7Field {
  const components = raw.split(separators.component)
  return {
    component: (number, part) => {
      const whole = components[number - 1]
      if (whole === undefined || whole === '""') return ''
      const parts = separators.part === '' ? [whole] : whole.split(separators.part)
      return unescaped(parts[(part ?? 1) - 1] ?? '', separators)
    },
  }
}

/** \F\ \S\ \T\ \R\ \E\ and \X..\ as the standard writes separators and bytes within a text; marks of highlighting are left out. */
function unescaped(text: string, { field, component, repetition, escape, part }: Separators): string {
  if (escape === '' || !text.includes(escape)) return text
  const pieces = text.split(escape)
  let read = pieces[0] ?? ''
  for (let at = 1; at < pieces.length; at += 1) {
    const code = pieces[at] as string
    const closed = at + 1 < pieces.length
    const meant = closed ? meaningOf(code, { field, component, repetition, escape, part }) : null
    if (meant === null) {
      read += escape + code
      continue
    }
    read += meant + (pieces[at + 1] ?? '')
    at += 1
  }
  return read
}

function meaningOf(code: string, { field, component, repetition, escape, part }: Separators): string | null {
  const separators: Readonly<Record<string, string>> = { F: field, S: component, T: part, R: repetition, E: escape, H: '', N: '', '.br': ' ' }
  const known = separators[code]
  if (known !== undefined) return known
  return /^X([0-9A-Fa-f]{2}){1,32}$/.test(code) ? Buffer.from(code.slice(1), 'hex').toString('latin1') : null
}
