import { messageOf } from '@playhead/shared/values/message-of'
/**
 * Reads one whole JSON value fast: the platform's parser makes the tree, and a walk over the text finds what is to be kept as text. Its
 * tokens are looked at one by one only where something is wrong, to say what and where, and where it is so long that its tree could be
 * a hundred times as large.
 */
import type { TokenType } from '@streamparser/json'
import { FileBudget } from './budgets'
import { JsonGrammar, type Role } from './json-grammar'
import { JsonWalk, PieceError, type RawMembers, tooDeepAt } from './json-walk'
import { createTokenizer, tokenizerError } from './tokenizer'
import { ValueBuilder } from './value-builder'

export const EVENT_RAW: RawMembers = { payload: 'raw', patches: { '*': { patch: 'raw' } } }

/** What stands around a payload in a line. */
const OUTER_DEPTH = 3
/** Characters from which on no tree is made of what is to be kept as text. */
const LONG = 8 << 20
/** Bytes given to the tokenizer at a time. */
const PIECE = 4096

/** Throws PieceError. */
export function readPiece(text: string, raw: RawMembers): unknown {
  const deep = tooDeepAt(text, FileBudget.rawDepth + OUTER_DEPTH)
  if (deep >= 0) throw new PieceError(`nested deeper than ${FileBudget.rawDepth}`, deep + 1)
  if (text.length >= LONG) return build(text, raw)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    tokens(text)
    throw new PieceError(`not JSON: ${messageOf(error)}`.slice(0, 300), 1)
  }
  new JsonWalk(text).attach(value, raw)
  return value
}

/** Column of a member of the object that `text` is, or of its beginning. */
export function columnOf(text: string, key: string): number {
  let column = 1
  const walk = new JsonWalk(text)
  if (walk.isObject()) {
    walk.members((name, start) => {
      if (name === key) column = start + 1
      walk.skip()
    })
  }
  return column
}

/** The value, within the budget of entries. */
function build(text: string, raw: RawMembers): unknown {
  const builder = new ValueBuilder(new Set(pathsOf(raw)))
  tokens(text, (role, token, value) => builder.push(role, token, value))
  return builder.result
}

function pathsOf(raw: RawMembers): string[] {
  return Object.entries(raw).flatMap(([key, inner]) =>
    inner === 'raw' ? [key] : pathsOf(inner).map(path => `${key}.${path}`),
  )
}

/** Calls with each token. Throws PieceError where text is not JSON, in our words, and for what `each` throws. */
function tokens(text: string, each: (role: Role, token: TokenType, value: unknown) => void = () => {}): void {
  const tokenizer = createTokenizer()
  const grammar = new JsonGrammar(FileBudget.depth)
  let last = 0
  let found: { message: string; offset: number } | undefined
  tokenizer.onToken = ({ token, value, offset }) => {
    last = offset
    if (found) return
    try {
      each(grammar.next(token), token, value)
    } catch (error) {
      found = { message: messageOf(error).replace('the end of the file', 'the end of the line'), offset }
    }
  }
  tokenizer.onError = error => {
    found ??= tokenizerError(error, last)
  }
  const bytes = new TextEncoder().encode(text)
  for (let i = 0; i < bytes.length && !found; i += PIECE) tokenizer.write(bytes.subarray(i, i + PIECE))
  if (!found && !grammar.complete) found = { message: 'the line ends in the middle', offset: bytes.length }
  if (found) throw new PieceError(found.message.slice(0, 300), found.offset + 1)
}
