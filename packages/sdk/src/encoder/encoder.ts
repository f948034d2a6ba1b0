import { Limits } from '@playhead/shared/wire/limits'
import type { EncodeLimits, Transform } from '../api/options'
import { getOwn, getPrototype, isArray } from '../page/natives'
import { lengthOf, writeArray } from './arrays'
import { writeExotic } from './exotic'
import { type KeyTrail, KeyTrails, TRAIL } from './key-trails'
import type { KeyInfo, Keys } from './keys'
import { markCut, markCutString, markGetter, markRedacted, markThrew, noteCut } from './marks'
import { more } from './more'
import { isAgain, meetHost, reserveOf, widen, writeInPasses } from './passes'
import { TextWriter, writeAscii, writeDecimal, writeInteger, writePlain } from './text-writer'
import { writeTransformed } from './transform'

const OBJECT = Object.prototype
/** Strings of up to so many characters fit into the reserve whatever they hold, so that no room is asked for. */
const SHORT = 128
/** The digits of bigger numbers are not written: to compute them takes quadratic time. */
const HUGE = 1n << 4096n
/** Own functions of more than this number make a plain object a host: it is somebody's interface. */
const FUNCTIONS = 8

/**
 * Turns one value into JSON text with tags (values/tags.ts), in one pass and without running the page's code where the language allows
 * that: own properties are read through their descriptors, accessors are not called, nor is `toJSON`. A Proxy's traps cannot be avoided;
 * what they throw becomes a mark in the text (marks.ts).
 *
 * Recording costs what this costs, so the frequent case, a small plain object as the last one of its type, has a way of its own:
 *
 *     properties     for each own enumerable key of the object
 *       key            as in the last payload of this type (key-trails.ts)? Its UTF-8 is ready, written eight bytes at a time
 *       value          short plain text, number  ─▶ written on the spot
 *                      object                    ─▶ container ─▶ properties │ array │ writeExotic (Date, Map, Error, class, …)
 *                      everything else           ─▶ value
 *
 * Each key is written with a comma before it, and the first comma then becomes the brace. Every payload has a budget, `limits.total`:
 *
 *     buf   … earlier payloads │ this payload …                  │ reserve                              │
 *                            start          pos ─▶              soft                        start + limits.total
 *
 * Nothing that may be left out is begun past `soft`; it is marked as cut. What must still come, which is the value under way, one mark and
 * one bracket for each open level, fits into the reserve, so that no write needs to check the buffer's end.
 *
 * passes.ts says what happens to a payload that does not fit or mentions a host.
 */
export class Encoder extends TextWriter {
  /** Results of the last `encode`: bits of `Flag`, and the size in bytes before the cuts (−1: it is not known; 0: nothing was cut). */
  flags = 0
  originalBytes = 0
  lostBytes = 0
  unknownSize = false
  /** Gets the raw top-level values that are facets, at index `facet * facetStride + facetRow`. */
  facetValues: unknown[] | undefined
  facetStride = 0
  facetRow = 0

  readonly limits: EncodeLimits
  private readonly short: number
  private readonly trails: KeyTrails
  /** Reading tracks nothing: the app said how (`untracked` in the recorder's options). */
  untracked = false
  trail!: KeyTrail
  step = 0
  /** The payload is being written breadth first. */
  wide = false
  /** Passes that are left. */
  passes = 0
  /** The depth of the innermost class instance that is being written below the payload itself; 0: there is none. */
  inside = 0
  /** The objects that are being written, by depth, to find cycles; null elsewhere, so that no object of the app is kept alive. */
  private readonly holders: (object | null)[]

  /** The caller empties the buffer when it holds `room` bytes of text; one more payload always fits behind them. */
  constructor(
    private readonly keys: Keys,
    limits: EncodeLimits,
    room: number,
    most: number = Limits.eventBytes,
    /** What the app's own values are written as; the first whose test passes counts. */
    readonly transforms: readonly Transform[] = [],
  ) {
    const total = Math.min(Math.max(limits.total, 1024), most)
    const depth = Math.min(Math.max(limits.depth, 1), 128)
    super(room + total + reserveOf(depth))
    this.limits = { ...limits, total, depth, host: Math.min(limits.host, total) }
    this.holders = new Array(depth).fill(null)
    this.short = Math.min(SHORT, limits.string)
    this.trails = new KeyTrails(keys)
  }

  /** Writes `value` at `pos`. `like` is a number that values of the same shape share, in practice the type's; `time` is now. Never throws. */
  encode(value: unknown, like: number, time = Number.NaN): void {
    this.trail = this.trails.of(like)
    writeInPasses(this, value, time)
  }

  /** Writes one value at nesting `depth`; the payload itself is at 0. May throw what a Proxy throws. */
  value(value: unknown, depth: number): void {
    switch (typeof value) {
      case 'string':
        this.string(value)
        return
      case 'number':
        this.number(value)
        return
      case 'boolean':
        this.ascii(value ? 'true' : 'false')
        return
      case 'object':
        if (value === null) this.ascii('null')
        else this.container(value, depth)
        return
      case 'undefined':
        this.ascii('{"$ph":"undefined"}')
        return
      case 'bigint':
        if (value > HUGE || value < -HUGE) markCut(this, 'bigint', -1)
        else this.ascii(`{"$ph":"bigint","v":"${value}"}`)
        return
      default:
        writeExotic(this, value as symbol | object, depth)
    }
  }

  string(text: string): void {
    const { pos, soft } = this
    const { length } = text
    if (length <= this.limits.string) {
      if (length <= SHORT || length * 6 + 2 <= soft - pos) {
        this.quoted(text)
        return
      }
      // How much it takes is not known before: it is written, and taken back where it does not fit. Each character asks for 8 bytes before
      // the end.
      if (this.quotedUpTo(text, length, soft + 8) === length && this.pos <= soft) return
      this.pos = pos
    }
    markCutString(this, text, this.limits.string)
  }

  /** Writes the own enumerable properties of `object` as `{…}`, and returns their number. */
  properties(object: object, depth: number): number {
    if (this.wide && more.breadth) return more.breadth.properties(this, object, depth)
    const { buf, view, soft, short } = this
    const trail = this.trail.keys
    const start = this.pos
    const most = this.limits.entries
    // The position is kept in a variable while the frequent values are written: the field would take half as long again.
    let pos = start
    let entries = 0
    let dropped = 0
    let functions = 0
    for (const key in object) {
      if (entries >= most || pos > soft) {
        if (dropped === 0 && entries < most) widen(this, false)
        dropped++
        continue
      }
      const own = getOwn(object, key)
      if (own === undefined) continue
      entries++
      let info: KeyInfo
      const { step } = this
      if (step < TRAIL) {
        info = trail[step] as KeyInfo
        if (info.key !== key) info = trail[step] = this.keys.info(key)
        this.step = step + 1
      } else info = this.keys.info(key)
      const { words } = info
      for (let i = 0, at = pos; i < words.length; i++, at += 8) view.setFloat64(at, words[i] as number, true)
      pos += info.length
      const value = own.value
      if (info.special) {
        this.pos = pos
        if (this.special(info, value, depth)) {
          pos = this.pos
          continue
        }
      }
      if (typeof value === 'string' && value.length <= short) {
        const end = writePlain(buf, view, pos, value)
        if (end >= 0) {
          pos = end
          continue
        }
      } else if (typeof value === 'number') {
        if ((value | 0) === value && value !== 0) {
          if (value < 0) buf[pos++] = 45
          pos = writeInteger(buf, pos, value < 0 ? -value : value)
          continue
        }
        if (value - value === 0 && value !== 0) {
          pos = writeDecimal(buf, pos, value)
          continue
        }
      } else if (typeof value === 'object' && value !== null) {
        this.pos = pos
        this.container(value, depth + 1)
        pos = this.pos
        continue
      }
      this.pos = pos
      if (value === undefined && (own.get !== undefined || own.set !== undefined)) this.accessor(object, own, depth)
      else {
        if (typeof value === 'function' && ++functions > FUNCTIONS && depth > 0) meetHost(this, object)
        this.value(value, depth + 1)
      }
      pos = this.pos
    }
    if (dropped > 0) {
      pos = writeAscii(buf, pos, `,"$ph:cut":${dropped}`)
      noteCut(this, -1)
    }
    this.pos = pos
    this.close(start)
    return entries + dropped
  }

  /** Writes `,"key":`, and the mark where its value is redacted: then it returns true. At depth 0, facets are noted. */
  key(key: string, value: unknown, depth = -1): boolean {
    const info = this.keys.info(key)
    const { words } = info
    for (let i = 0, at = this.pos; i < words.length; i++, at += 8) this.view.setFloat64(at, words[i] as number, true)
    this.pos += info.length
    return info.special && this.special(info, value, depth)
  }

  /** Writes what stands for an own accessor. */
  accessor(object: object, own: PropertyDescriptor, depth: number): void {
    const held = more.behind?.(this, object, own)
    if (held === undefined) markGetter(this)
    else this.value(held.value, depth + 1)
  }

  /** The object that is being written at `depth`. */
  holder(depth: number): object | null | undefined {
    return this.holders[depth]
  }

  /** Handles a key that is cut, redacted or a facet. Returns true where the value is written, because it is redacted. */
  private special(info: KeyInfo, value: unknown, depth: number): boolean {
    if (info.cut) noteCut(this, -1)
    if (info.redact !== '') {
      markRedacted(this, info.redact)
      return true
    }
    if (info.facet !== -1 && depth === 0 && this.facetValues !== undefined) {
      this.facetValues[info.facet * this.facetStride + this.facetRow] = value
    }
    return false
  }

  redacts(key: string): string {
    return this.keys.redacts(key)
  }

  /** Writes an object or array at nesting `depth`. What reading it throws becomes a mark. */
  container(object: object, depth: number): void {
    const start = this.pos
    const { holders } = this
    try {
      const raw = (object as { __v_raw?: unknown }).__v_raw
      if (raw !== undefined && typeof (object as { __v_isReadonly?: unknown }).__v_isReadonly === 'boolean') {
        this.value(raw, depth)
        return
      }
      if (raw !== undefined && more.replace?.(this, object, depth)) return
      if (this.transforms.length > 0 && writeTransformed(this, object, depth)) return
      for (let level = 0; level < depth; level++) {
        if (holders[level] === object) {
          if (this.inside > 0 && this.inside >= level) meetHost(this, holders[this.inside])
          this.ascii(`{"$ph":"cycle","v":${depth - level}}`)
          return
        }
      }
      const list = isArray(object)
      if (depth >= this.limits.depth) {
        markCut(this, list ? 'array' : 'object', list ? lengthOf(object) : -1)
        return
      }
      holders[depth] = object
      if (list) writeArray(this, object, depth)
      else {
        const prototype = getPrototype(object)
        if (prototype === OBJECT || prototype === null) this.properties(object, depth)
        else writeExotic(this, object, depth)
      }
      holders[depth] = null
    } catch (error) {
      holders[depth] = null
      if (isAgain(error)) throw error
      this.pos = start
      markThrew(this, error)
    }
  }
}
