import { FileBudget } from './budgets'
import { FileError } from './file-error'

/** Gets the parts of a session file in the order of the document, not checked. What a method throws is the part's error. */
export interface SessionSink {
  /** Comes first, once. */
  session(value: unknown): void
  snapshot(value: unknown): void
  gap(value: unknown): void
  event(value: unknown): void
  artifact(value: unknown): void
}

/** Thrown by a reader without passes where the members of the document do not come in the order that one pass needs. */
export class Disordered extends FileError {}

export interface SessionReaderOptions {
  /**
   * For a document whose members come in any order, as tools leave them that sort keys: the first of two passes reads format, version and
   * session, the second all the rest. Absent: one pass reads all.
   */
  pass?: 'head' | 'rest'
  /** Gets a snapshot, gap or event that the sink refuses. Returns when reading is to go on behind it, and throws otherwise. */
  bad?(error: FileError): void
}

/** The lists of the document: the sink's method for an item, the paths in it that are kept as text, and how many items there may be. */
export const LISTS = {
  snapshots: { part: 'snapshot', raw: new Set(['value']), max: FileBudget.snapshots },
  gaps: { part: 'gap', raw: new Set<string>(), max: FileBudget.gaps },
  artifacts: { part: 'artifact', raw: new Set<string>(), max: FileBudget.snapshots },
  events: { part: 'event', raw: new Set(['payload', 'patches.*.patch']), max: FileBudget.events },
} as const
/** The paths in the member `session` that are kept as text. */
export const SESSION_RAW = new Set(['marks.*.data'])
/** Throws Disordered where a member of the document comes before what has to be known first. `seen`: the members before it. */
export function checkOrder(name: string, seen: ReadonlySet<string>): void {
  if (name !== 'format' && !seen.has('format')) throw new Disordered('"format" does not come first')
  if (name !== 'format' && name !== 'version' && !seen.has('version'))
    throw new Disordered('"version" does not come right after "format"')
  if (name in LISTS && !seen.has('session')) throw new Disordered(`"session" does not come before "${name}"`)
}
