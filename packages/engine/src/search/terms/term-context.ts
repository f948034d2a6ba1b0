import type { Gap } from '@playhead/shared/model/gap'
import type { LateColumn, LogChange, LogChunk, LogReader, SteadyChunk, SteadyLog } from '../../log/reader'
import type { RegexRunner } from './regex-runner'

/**
 * What the terms of one filter are compiled with. `log` has what never changes. What arrives late is behind functions that take a note of
 * it, so that a test which reads it cannot forget to say so:
 *
 *     lateColumn('duration') ──▶ the column, chunk by chunk
 *              └───────────────▶ changes: { 'changed' } ──▶ the view tests all events again when the log says `changed`
 */
export class TermContext {
  /** Changes of the log after which events that were tested may be judged otherwise. */
  readonly changes = new Set<LogChange['t']>()
  readonly log: SteadyLog

  /** `regex` runs the user's expressions; without it, no filter may have one. */
  constructor(
    private readonly reader: LogReader,
    private readonly regex?: RegexRunner,
  ) {
    this.log = reader
  }

  /** Throws when there is no runner. */
  get regexRunner(): RegexRunner {
    if (!this.regex) throw new Error('nothing runs regular expressions here')
    return this.regex
  }

  /** Gives a function that reads a column which late facts rewrite. */
  lateColumn<C extends LateColumn>(column: C): (chunk: SteadyChunk) => LogChunk[C] {
    this.changes.add('changed')
    // Tests are given whole chunks, of whose columns their types hide these.
    return chunk => (chunk as LogChunk)[column]
  }

  /** The gaps of the log at the moment. */
  gaps(): readonly Gap[] {
    this.changes.add('gaps')
    return this.reader.gaps
  }
}
