/** Files: sessions written and read. */

import type { SessionInfo } from '@playhead/shared/model/session'
import type { Outcome } from './outcome'

export interface ExportFormat {
  format: 'json' | 'jsonl' | 'csv'
  gzip: boolean
}

export type OnDuplicate = 'ask' | 'replace' | 'copy'

/** `stop`: import what is before it. */
export type OnBadLine = 'ask' | 'stop' | 'skip'

export type ImportOutcome =
  | { ok: true; session: string; events: number; warnings: string[] }
  | { ok: false; duplicate: SessionInfo }
  /** The first bad line, and the events before it; nothing was changed. */
  | { ok: false; badLine: { message: string; where: string; events: number } }
  /** `where`: line and column, or the path in the document. */
  | { ok: false; message: string; where: string }

export interface TransferProgress {
  what: 'export' | 'import'
  events: number
  /** Of the file itself. */
  bytes: number
  /** 0: not known. */
  totalBytes: number
  totalEvents: number
  /** Bytes of text, before or after compression. */
  text: number
  /** ms since it began. */
  elapsed: number
  done: boolean
}

export interface TransferApi {
  /** Writes the session as a file; progress comes as notices. The blob may be backed by a file on disk. */
  export(session: string, format?: ExportFormat): Promise<Outcome<{ blob: Blob; name: string; events: number }>>
  /**
   * One file, or the parts of one session in any order. `onDuplicate` says what to do when the session is already here, `onBadLine` what
   * to do with a line that cannot be read.
   */
  import(
    file: Blob | readonly File[],
    name: string,
    onDuplicate: OnDuplicate,
    onBadLine?: OnBadLine,
  ): Promise<ImportOutcome>
  /** Cancels the running export or import. */
  cancel(): Promise<void>
}
