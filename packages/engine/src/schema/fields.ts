import { withStep } from '@playhead/shared/values/field-path'
import { TAG, unescapeKey } from '@playhead/shared/values/tags'

/** One field of a type's payloads. */
export interface Field {
  /** `a.b[].c`, as `values/field-path` has it; empty: the payload itself. */
  path: string
  /** `string`, `number`, `boolean`, `null`, `array`, `object`, or what a tagged value is: `undefined`, `date`, `map`, … */
  kinds: Set<string>
  seen: number
  /** seq of the first payload that has it, and how many payloads of the type had been read before. */
  firstSeq: number
  after: number
}

const MOST_FIELDS = 200
const DEPTH = 5
const PATH = 256
/** Elements of an array that are looked at. */
const ELEMENTS = 8

/** The fields of one type, learned payload by payload. Bounded; what does not fit is counted. */
export class TypeFields {
  readonly fields = new Map<string, Field>()
  read = 0
  /** Fields that found no room. */
  others = 0

  /** `text`: a payload as tagged JSON. What cannot be read has no fields. */
  learn(text: string, seq: number): void {
    let value: unknown
    try {
      value = text === '' ? undefined : JSON.parse(text)
    } catch {
      return
    }
    this.visit(value, '', 0, seq, new Set())
    this.read++
  }

  private visit(value: unknown, path: string, depth: number, seq: number, met: Set<string>): void {
    const tag = tagOf(value)
    this.note(path, tag ?? kindOf(value), seq, met)
    if (typeof value !== 'object' || value === null || depth >= DEPTH) return
    if (tag === 'instance' || tag === 'error') this.visitOwn((value as { v?: unknown }).v, path, depth, seq, met)
    else if (Array.isArray(value)) {
      for (const element of value.slice(0, ELEMENTS)) this.visit(element, `${path}[]`, depth + 1, seq, met)
    } else if (!tag) this.visitOwn(value, path, depth, seq, met)
  }

  private visitOwn(value: unknown, path: string, depth: number, seq: number, met: Set<string>): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value))
      this.visit(inner, withStep(path, unescapeKey(key)), depth + 1, seq, met)
  }

  private note(path: string, kind: string, seq: number, met: Set<string>): void {
    const known = this.fields.get(path)
    if (known) {
      if (known.kinds.size < 8) known.kinds.add(kind)
      // Several elements of one array are one field of one payload.
      if (!met.has(path)) known.seen++
    } else if (this.fields.size < MOST_FIELDS && path.length <= PATH) {
      this.fields.set(path, { path, kinds: new Set([kind]), seen: 1, firstSeq: seq, after: this.read })
    } else this.others++
    met.add(path)
  }
}

function tagOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const tag = (value as Record<string, unknown>)[TAG]
  return typeof tag === 'string' ? tag : undefined
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : value === undefined ? 'undefined' : typeof value
}
