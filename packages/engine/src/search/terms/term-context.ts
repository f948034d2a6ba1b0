import type { Gap } from '@playhead/shared/model/gap'
import type { LateColumn, LogChange, LogChunk, LogReader, SteadyChunk, SteadyLog } from '../../log/reader'
import type { RegexRunner } from './regex-runner'

/**
 * What the terms of one filter are compiled with. `log` is what stays as it was. What arrives late is behind functions that note it, so
 * that a test which reads it cannot forget to say so:
 *
 *     lateColumn('duration') ──▶ the column, chunk by chunk
 *              └───────────────▶ changes: { 'changed' } ──▶ the view tests all events again when the log says `changed`
 */
export class TermContext {
  /** Changes of the log after which what was tested may be answered otherwise. */
  readonly changes = new Set<LogChange['t']>()
  readonly log: SteadyLog

  /** `regex`: where expressions of the user are run; without it no filter may have one. */
  constructor(
    private readonly reader: LogReader,
    private readonly regex?: RegexRunner,
  ) {
    this.log = reader
  }

  get regexRunner(): RegexRunner {
    if (!this.regex) throw new Error('nothing runs regular expressions here')
    return this.regex
  }

  /** Reads a column that late facts rewrite. */
  lateColumn<C extends LateColumn>(column: C): (chunk: SteadyChunk) => LogChunk[C] {
    this.changes.add('changed')
    // Every chunk is a whole one: tests only do not see all of it.
    return chunk => (chunk as LogChunk)[column]
  }

  /** Events known to be missing now. */
  gaps(): readonly Gap[] {
    this.changes.add('gaps')
    return this.reader.gaps
  }
}
