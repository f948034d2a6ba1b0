import type { PayloadTest } from '@playhead/shared/filter/filter'
import { passes } from '@playhead/shared/filter/payload-test'
import { escapeKey } from '@playhead/shared/values/tags'
import type { LogChunk } from '../log/reader'
import { ByteFinder } from './bytes'
import type { Selection } from './selection'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * The part of a filter that compares values inside the payload. Payload text is canonical (written by our encoder, no white space), so
 * a row that lacks the key, or the key with its value, as bytes cannot pass: only the others are parsed.
 */
export class PayloadTests {
  private readonly finders: ByteFinder[]

  constructor(private readonly tests: readonly PayloadTest[]) {
    this.finders = tests.flatMap(needlesOf).map(needle => new ByteFinder(needle, false))
  }

  get empty(): boolean {
    return this.tests.length === 0
  }

  /** `text`: the payload text of the chunk, undefined where it is lost. */
  narrow(chunk: LogChunk, text: Uint8Array | undefined, selection: Selection): void {
    if (!text) {
      selection.clear()
      return
    }
    const rows = selection.explicit()
    const { payloadEnds } = chunk
    let k = 0
    for (let i = 0; i < selection.count; i++) {
      const row = rows[i] as number
      const start = row === 0 ? 0 : (payloadEnds[row - 1] as number)
      const end = payloadEnds[row] as number
      if (this.mayPass(text, start, end) && this.passes(text, start, end)) rows[k++] = row
    }
    selection.count = k
  }

  private mayPass(text: Uint8Array, start: number, end: number): boolean {
    for (const finder of this.finders) if (!finder.in(text, start, end)) return false
    return true
  }

  private passes(text: Uint8Array, start: number, end: number): boolean {
    let value: unknown
    try {
      value = JSON.parse(decoder.decode(text.subarray(start, end)))
    } catch {
      return false
    }
    return this.tests.every(test => passes(test, value))
  }
}

/** Byte strings every passing payload has. A key that may be an array index says nothing. */
function needlesOf({ path, op, value }: PayloadTest): string[] {
  const keys = path.map(key => (/^\d+$/.test(key) ? undefined : `${JSON.stringify(escapeKey(key))}:`))
  const last = keys.pop()
  const needles = keys.filter(key => key !== undefined)
  if (op === '=') needles.push(`${last ?? ''}${JSON.stringify(value)}`)
  else if (last !== undefined) needles.push(last)
  return needles
}
