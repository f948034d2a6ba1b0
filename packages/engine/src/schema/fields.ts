import { withStep } from '@playhead/shared/values/field-path'
import { TAG, unescapeKey } from '@playhead/shared/values/tags'

/** One field that payloads of a type were seen to have. */
export interface Field {
  /** Where the field lies, such as `a.b[].c` (shared `values/field-path.ts`); an empty path is the payload itself. */
  path: string
  /**
   * The kinds of value seen there, at most 8: `string`, `number`, `boolean`, `null`, `array`, `object`, or the kind of a tagged value, such
   * as `undefined`, `date` or `map`.
   */
  kinds: Set<string>
  /** Payloads that have the field. */
  seen: number
  /** seq of the first payload that has the field. */
  firstSeq: number
  /** Payloads of the type that were read before that one. */
  after: number
}

/** Fields kept of one type, at most. */
const MOST_FIELDS = 200
/** Levels of nesting that are looked into. */
const DEPTH = 5
/** Characters of the longest path that is kept. */
const PATH = 256
/** Elements at the beginning of an array that are looked at. */
const ELEMENTS = 8

/** Learns the fields of one type, payload by payload. The number of fields is bounded; those beyond the bound are only counted. */
export class TypeFields {
  /** Fields by path. */
  readonly fields = new Map<string, Field>()
  /** Payloads learned from. */
  read = 0
  /** Times that a value was met at a path for which there was no room. */
  others = 0

  /** Learns from one payload. `text` is tagged JSON; text that is not JSON is passed over. */
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

  /** `met` has the paths that this payload was seen to have so far. */
  private visit(value: unknown, path: string, depth: number, seq: number, met: Set<string>): void {
    const tag = tagOf(value)
    this.note(path, tag ?? kindOf(value), seq, met)
    if (typeof value !== 'object' || value === null || depth >= DEPTH) return
    if (tag === 'instance' || tag === 'error') this.visitOwn((value as { v?: unknown }).v, path, depth, seq, met)
    else if (Array.isArray(value)) {
      for (const element of value.slice(0, ELEMENTS)) this.visit(element, `${path}[]`, depth + 1, seq, met)
    } else if (!tag) this.visitOwn(value, path, depth, seq, met)
  }

  /** Visits the members of an object. */
  private visitOwn(value: unknown, path: string, depth: number, seq: number, met: Set<string>): void {
    if (typeof value !== 'object' || value === null || tagOf(value) !== undefined) return
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

/** The kind of a tagged value (`{"$ph": kind, …}`); undefined for plain JSON. */
function tagOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const tag = (value as Record<string, unknown>)[TAG]
  return typeof tag === 'string' ? tag : undefined
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : value === undefined ? 'undefined' : typeof value
}
