/** Writes sessions to files and reads them back. */

import type { SessionInfo } from '@playhead/shared/model/session'
import type { Outcome } from './outcome'

/** `csv` is for other programs and cannot be imported. */
export interface ExportFormat {
  format: 'json' | 'jsonl' | 'csv'
  gzip: boolean
  /** The events that are written: those of a view, or some. Default: all. */
  only?: { view: number } | { seqs: readonly number[] }
  /** Bytes of text behind which the session goes on in another file. Default: it is one file. */
  part?: number
  /** False: the file holds no bytes of artifacts, and says so. A table never does. */
  artifacts?: boolean
}

/** A file that was written. */
export interface ExportedFile {
  blob: Blob
  name: string
}

/** What an import does where its session is here already: it asks, replaces it, or takes the file in under a new id. */
export type OnDuplicate = 'ask' | 'replace' | 'copy'

/** What an import does at a line that it cannot read: it asks, imports what stands before the line, or leaves the line out. */
export type OnBadLine = 'ask' | 'stop' | 'skip'

/** What came of an import. Where it is not `ok`, nothing was changed. */
export type ImportOutcome =
  | { ok: true; session: string; events: number; warnings: string[] }
  /** The session is here already; the user has to say what to do. */
  | { ok: false; duplicate: SessionInfo }
  /** The first line that cannot be read, and how many events stand before it; the user has to say what to do. */
  | { ok: false; badLine: { message: string; where: string; events: number } }
  /** The file cannot be read. `where` is a line and column, or a path in the document; empty where the message says it. */
  | { ok: false; message: string; where: string }

/** How far an export or import is. */
export interface TransferProgress {
  what: 'export' | 'import'
  /** Events written or read. */
  events: number
  /** Bytes of the file written or read, compressed where the file is. */
  bytes: number
  /** Bytes of the file and events in all; 0 where that is not known beforehand. */
  totalBytes: number
  totalEvents: number
  /** Bytes of uncompressed text written or read. */
  text: number
  /** ms since the transfer began. */
  elapsed: number
  done: boolean
}

export interface TransferApi {
  /**
   * Writes a session as a file, or as several parts, of which the first is named here, too; progress comes as notices. The blobs may lie on
   * disk. Default format: JSON without compression.
   */
  export(
    session: string,
    format?: ExportFormat,
  ): Promise<Outcome<ExportedFile & { events: number; parts: ExportedFile[] }>>
  /**
   * Reads a session from one file, or from the several files that it was divided into, in any order. `name` is the file's, for messages.
   */
  import(
    file: Blob | readonly File[],
    name: string,
    onDuplicate: OnDuplicate,
    onBadLine?: OnBadLine,
  ): Promise<ImportOutcome>
  /** Cancels the export or import that runs; its call is answered with a message. */
  cancel(): Promise<void>
}
