/**
 * Reads one whole JSON value, such as a line of a `.jsonl` file or an event of a `.json` file, of which some members are kept as text. What
 * an app recorded (payload, state, patch) is never turned into objects for good: it must be stored to the letter.
 *
 *     text  {"id":"…-7", "t":12, "payload":{"a":[1,2]}}
 *
 *     ① tooDeepAt      refuses text that is nested too deep, before a parser recurses into it
 *     ② JSON.parse     makes the tree: { id: '…-7', t: 12, payload: { a: [1, 2] } }
 *     ③ JsonWalk       goes along the text and the tree, and puts text in place of the members that `raw` names:
 *                      { id: '…-7', t: 12, payload: RawJson('{"a":[1,2]}') }
 *
 * This is several times as fast as reading token by token, which is done in two cases only:
 *
 *     JSON.parse throws      the tokens are read up to the first that is wrong, for a message in our words and a column
 *     text is 8 M characters or longer
 *                            the tree of a payload could be a hundred times as large as its text: ValueBuilder makes none of it
 */
import { messageOf } from '@playhead/shared/values/message-of'
import type { TokenType } from '@streamparser/json'
import { FileBudget } from './budgets'
import { JsonGrammar, type Role } from './json-grammar'
import { JsonWalk, PieceError, type RawMembers, tooDeepAt } from './json-walk'
import { createTokenizer, tokenizerError } from './tokenizer'
import { ValueBuilder } from './value-builder'

/** The members of an event that are kept as text. */
export const EVENT_RAW: RawMembers = { payload: 'raw', patches: { '*': { patch: 'raw' } } }

/** Levels of nesting around a payload, at most: a line, its list of patches, one of these. */
const OUTER_DEPTH = 3
/** Characters of text from which on the members to be kept as text are never made into a tree. */
const LONG = 8 << 20
/** Bytes given to the tokenizer at a time. */
const PIECE = 4096

/** Reads the value that `text` is, with the members that `raw` names as `RawJson`. Throws PieceError with the column of what is wrong. */
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

/** Column, from 1, of the member `key` in the object that `text` is; 1 when it has no such member. `text` must be JSON. */
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

/** Reads `text` token by token. Throws PieceError. */
function build(text: string, raw: RawMembers): unknown {
  const builder = new ValueBuilder(new Set(pathsOf(raw)))
  tokens(text, (role, token, value) => builder.push(role, token, value))
  return builder.result
}

/** `raw` as the paths that `ValueBuilder` takes: keys joined by dots. */
function pathsOf(raw: RawMembers): string[] {
  return Object.entries(raw).flatMap(([key, inner]) =>
    inner === 'raw' ? [key] : pathsOf(inner).map(path => `${key}.${path}`),
  )
}

/** Calls `each` with every token of `text`. Throws PieceError when `text` is not JSON, and for what `each` throws. */
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
