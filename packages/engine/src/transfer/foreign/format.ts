import type { CauseKind, Kind, Level } from '@playhead/shared/model/event'

/** An event of another program's file. Names that are too long are cut. */
export interface ForeignEvent {
  /** Epoch ms, or ms from any zero where the file has no dates; undefined: as the event before it in the file. */
  at: number | undefined
  type: string
  /** A function is asked when the event's turn comes: what names it may stand further down in the file. */
  source: string | (() => string)
  level?: Level
  kind?: Kind
  /** ms. */
  duration?: number
  /** Tagged JSON text (values/tags). */
  payload: string
  /** By which other events name this one as their cause, unique in the file. */
  key?: string
  causes?: readonly { key: string; kind: CauseKind }[]
  /** Spans of one lane nest: the one around an event is its cause. */
  lane?: string
  foreignId?: string
  facets?: Record<string, string | number>
}

/** Where a reader of another program's format puts what it reads. */
export interface ForeignOut {
  event(event: ForeignEvent): void
  /** Notes a named moment. Those that come behind many events are left out, and counted. */
  mark(mark: { at: number; kind: 'navigation' | 'custom'; name: string }): void
  /** Notes a state; it belongs behind the event that was given last. */
  state(name: string, json: string): void
  /** Says something about the session. What is said after many events comes too late. */
  about(facts: { name?: string; url?: string; title?: string; browser?: string }): void
  /** Counts what has no place in a session. */
  leftOut(what: string): void
  warn(message: string): void
}

/** Reads the items of one file. What a method throws is the item's error. */
export interface ForeignReader {
  /** `path` says where in the document the item stands; of a file of lines it is empty. */
  item(path: readonly string[], text: string): void
  end?(): void
}

/** One format of other programs. */
export interface ForeignFormat {
  /** As in "this is a HAR". */
  name: string
  /** Items of a document that are read, as keys; `*` stands for any element of a list, `{}` for any key of an object. Empty: the file is lines. */
  items: readonly (readonly string[])[]
  /** A document may end in the middle of its list. */
  open?: boolean
  reader(out: ForeignOut): ForeignReader
}
