/**
 * What stands in the text for a value that is not there as it was. Every mark is an object with the key `$ph`, which no value of the app
 * can be taken for (values/tags.ts), and sets the bit of the event's flags that tells the user of it:
 *
 *     {"$ph":"cut","type":"object","size":-1}         a budget dropped the value               truncated
 *     {"$ph":"string","v":"begins so","size":70000}   a budget dropped the end of the text     truncated
 *     {"$ph":"redacted","v":"password"}               a rule hides the value                   redacted
 *     {"$ph":"getter"}                                an accessor, which is not called         opaque
 *     {"$ph":"threw","v":"message"}                   a Proxy's trap threw                     opaque
 */
import { Flag } from '@playhead/shared/model/event'
import { errorMessage } from './safe-read'
import type { TextWriter } from './text-writer'

/** Text that marks are written into, and what is known of its cuts. */
export interface MarkedText extends TextWriter {
  /** Bits of `Flag`. */
  flags: number
  /** Bytes that cuts dropped at least. */
  lostBytes: number
  /** Something was cut whose size nobody knows, so that `lostBytes` is not all of it. */
  unknownSize: boolean
}

/** Names of classes are cut to so many characters. */
const NAME = 256

/** `size`: the entries or characters of the value that was dropped; −1: unknown. */
export function markCut(to: MarkedText, type: string, size: number): void {
  to.ascii(`{"$ph":"cut","type":"${type}","size":${size}}`)
  noteCut(to, -1)
}

/** Writes as much of `text` as the budgets allow: at most `characters`, and nothing past `soft`. */
export function markCutString(to: MarkedText, text: string, characters: number): void {
  to.ascii('{"$ph":"string","v":')
  const written = to.quotedUpTo(text, characters, to.soft)
  to.ascii(`,"size":${text.length}}`)
  noteCut(to, text.length - written)
}

/** Ends a list of which `count` elements were dropped. `comma`: elements stand before the mark. */
export function markDropped(to: MarkedText, count: number, comma: boolean): void {
  if (count <= 0) return
  if (comma) to.buf[to.pos++] = 44
  markCut(to, 'elements', count)
}

export function markRedacted(to: MarkedText, rule: string): void {
  to.ascii('{"$ph":"redacted","v":')
  to.quotedUpTo(rule, 128, to.buf.length)
  to.buf[to.pos++] = 125
  to.flags |= Flag.redacted
}

export function markGetter(to: MarkedText): void {
  to.ascii('{"$ph":"getter"}')
  to.flags |= Flag.opaque
}

export function markThrew(to: MarkedText, error: unknown): void {
  to.ascii('{"$ph":"threw","v":')
  to.quotedUpTo(errorMessage(error), 256, to.buf.length)
  to.buf[to.pos++] = 125
  to.flags |= Flag.opaque
}

/** Writes the beginning of an instance; its value and a brace must follow. */
export function openInstance(to: MarkedText, name: string): void {
  to.flags |= Flag.opaque
  to.ascii('{"$ph":"instance","type":')
  to.quotedUpTo(name, NAME, to.buf.length)
  to.ascii(',"v":')
}

/** Counts a cut of at least `bytes` bytes; −1: nobody knows how many. */
export function noteCut(to: MarkedText, bytes: number): void {
  to.flags |= Flag.truncated
  if (bytes < 0) to.unknownSize = true
  else to.lostBytes += bytes
}
