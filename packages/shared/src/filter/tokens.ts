import type { Operator } from './filter'

/** A range of the text, in UTF-16 units; `to` is exclusive. */
export interface Range {
  from: number
  to: number
}

/** A clause as it is written: alternatives with bars between them, and perhaps a minus before. */
export interface ClauseToken extends Range {
  not: boolean
  alternatives: Alternative[]
}

/** What stands between two bars. */
export type Alternative = Range &
  (
    | { form: 'regex'; source: string; flags: string }
    /** A `key:` and a value. */
    | ({ form: 'key'; key: string } & Value)
    /** A path, an operator and a value. */
    | ({ form: 'comparison'; path: string[]; op: Operator } & Value)
    | ({ form: 'word' } & Value)
  )

interface Value {
  /** The value without quotes. */
  value: string
  quoted: boolean
  /** Where the value begins. */
  valueFrom: number
}

const SPACE = /\s*/y
const BAR = /\s*\|\s*/y
const REGEX = /\/((?:[^/\\\n]|\\.)+)\/([a-z]*)(?=[\s|]|$)/y
const KEY = /([A-Za-z]+):/y
const STEP = /([\p{L}_$](?:[\p{L}\p{N}_$-]*[\p{L}\p{N}_$])?|\d+)|"((?:[^"\\]|\\.)*)"/uy
const OPERATOR = /!=|<=|>=|=|<|>/y
const QUOTED = /"((?:[^"\\]|\\.)*)(?:"|$)/sy
const BARE = /[^\s|]*/y
const FLAGS = /^[imsu]*$/

/** Splits what somebody typed into clauses at white space, and these into alternatives at `|`. Takes every text; ranges never overlap. */
export function tokenize(text: string): ClauseToken[] {
  const tokens: ClauseToken[] = []
  const at = new Cursor(text)
  for (;;) {
    at.take(SPACE)
    if (at.ended) return tokens
    const from = at.index
    const not = text[from] === '-' && /\S/.test(text[from + 1] ?? '')
    if (not) at.index++
    const alternatives = [alternative(at)]
    while (at.take(BAR)) alternatives.push(alternative(at))
    tokens.push({ from, to: at.index, not, alternatives })
  }
}

/** Removes the backslashes before escaped characters. */
export function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1')
}

function alternative(at: Cursor): Alternative {
  const from = at.index
  const regex = at.take(REGEX)
  if (regex && FLAGS.test(regex[2] ?? '')) {
    return { form: 'regex', source: regex[1] as string, flags: regex[2] ?? '', from, to: at.index }
  }
  at.index = from
  const key = at.take(KEY)
  if (key) return { form: 'key', key: key[1] as string, ...value(at), from, to: at.index }
  const compared = comparison(at)
  if (compared) return { form: 'comparison', ...compared, ...value(at), from, to: at.index }
  return { form: 'word', ...value(at), from, to: at.index }
}

/** Reads a path and an operator. Returns undefined, and leaves the cursor where it is, where there are none. */
function comparison(at: Cursor): { path: string[]; op: Operator } | undefined {
  const from = at.index
  const path: string[] = []
  for (;;) {
    const step = at.take(STEP)
    if (!step) break
    path.push(step[1] ?? unescaped(step[2] ?? ''))
    if (at.text[at.index] !== '.') break
    at.index++
  }
  const named = path.length > 0 && !/\d/.test(at.text[from] as string)
  const op = named && at.take(OPERATOR)
  if (op) return { path, op: op[0] as Operator }
  at.index = from
  return undefined
}

function value(at: Cursor): Value {
  const valueFrom = at.index
  const quoted = at.take(QUOTED)
  if (quoted) return { value: unescaped(quoted[1] ?? ''), quoted: true, valueFrom }
  return { value: at.take(BARE)?.[0] ?? '', quoted: false, valueFrom }
}

/** A place in the text that moves on with everything that is taken. */
class Cursor {
  index = 0
  constructor(readonly text: string) {}

  get ended(): boolean {
    return this.index >= this.text.length
  }

  /** Moves over what a sticky expression matches here. Returns null, and stays, where it does not match. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.index
    const found = pattern.exec(this.text)
    if (found) this.index = pattern.lastIndex
    return found
  }
}
