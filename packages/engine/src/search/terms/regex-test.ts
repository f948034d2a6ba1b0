import { messageOf } from '@playhead/shared/values/message-of'
import { payloadRange } from '../../log/event-row'
import type { SteadyChunk, SteadyLog } from '../../log/reader'
import type { RegexRunner } from './regex-runner'
import type { Selection } from './selection'
import type { TermTest } from './term-test'

/**
 * Tests that the user's regular expression is found in the payload's text or in the name of the type. The expression runs in another
 * thread, where it can be stopped: `prepare` sends the rows' text there and keeps the answer, which `narrow` then uses.
 */
export class RegexTest implements TermTest {
  readonly needsText = true
  /** Says that the expression failed or was stopped; no row passes from then on. */
  problem = ''
  /** By type id, 1 when the expression is found in the type's name. */
  private readonly types: number[] = []
  private closed = false
  /** The answer for the rows that were asked about last: `bits[row - from]` is 1 for those in which the expression is found. */
  private answer: { chunk: SteadyChunk; bits: Uint8Array; from: number; to: number } | undefined

  constructor(
    private readonly regex: { source: string; flags: string },
    private readonly reader: SteadyLog,
    private readonly runner: RegexRunner,
  ) {}

  prepare(chunk: SteadyChunk, text: Uint8Array | undefined, selection: Selection): Promise<void> | undefined {
    const { answer, problem } = this
    const { from, to } = selection
    if (problem || (answer?.chunk === chunk && answer.from <= from && answer.to >= to)) return undefined
    const names = this.reader.types.slice(this.types.length)
    const rows = selection.explicit().slice(0, selection.count)
    return this.runner
      .run({ ...this.regex, names, ...textOf(chunk, text, rows) }, () => !this.closed)
      .then(
        found => {
          // Several chunks may be asked about at the same time, so each answer brings the names that it needs.
          for (const [i, name] of names.entries())
            this.types[this.reader.types.indexOf(name)] = found.names[i] as number
          const bits = new Uint8Array(to - from)
          for (const [i, row] of rows.entries()) bits[row - from] = found.rows[i] ?? 0
          this.answer = { chunk, bits, from, to }
        },
        error => {
          this.problem = messageOf(error)
        },
      )
  }

  close(): void {
    this.closed = true
  }

  narrow(chunk: SteadyChunk, _: Uint8Array | undefined, selection: Selection): void {
    const { answer, types } = this
    if (this.problem || answer?.chunk !== chunk) {
      selection.clear()
      return
    }
    const rows = selection.explicit()
    let k = 0
    for (let i = 0; i < selection.count; i++) {
      const row = rows[i] as number
      if (answer.bits[row - answer.from] === 1 || types[chunk.type[row] as number] === 1) rows[k++] = row
    }
    selection.count = k
  }
}

/** Puts the payloads of `rows` one behind the other; `ends` says where each ends, in bytes. Both are empty when the text is lost. */
function textOf(
  chunk: SteadyChunk,
  text: Uint8Array | undefined,
  rows: Uint32Array,
): { text: Uint8Array; ends: Uint32Array } {
  if (!text) return { text: new Uint8Array(0), ends: new Uint32Array(0) }
  const ends = new Uint32Array(rows.length)
  let bytes = 0
  for (const [i, row] of rows.entries()) {
    const [start, end] = payloadRange(chunk, row)
    bytes += end - start
    ends[i] = bytes
  }
  const gathered = new Uint8Array(bytes)
  let at = 0
  for (const row of rows) {
    const [start, end] = payloadRange(chunk, row)
    gathered.set(text.subarray(start, end), at)
    at += end - start
  }
  return { text: gathered, ends }
}
