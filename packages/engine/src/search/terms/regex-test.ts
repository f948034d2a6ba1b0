import { messageOf } from '@playhead/shared/values/message-of'
import { payloadRange } from '../../log/event-row'
import type { SteadyChunk, SteadyLog } from '../../log/reader'
import type { RegexRunner } from './regex-runner'
import type { Selection } from './selection'
import type { TermTest } from './term-test'

/** The expression is found in the payload's text or in the type. It runs elsewhere: one that takes for ever is stopped there. */
export class RegexTest implements TermTest {
  readonly needsText = true
  problem = ''
  private readonly types: number[] = []
  private closed = false
  /** Of the rows asked about last. */
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
          // Several chunks may be asked about at once: each brings the names it needs.
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

/** The payloads of `rows`, one behind the other; none where the text is lost. */
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
