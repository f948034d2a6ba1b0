import type { Annotation, Retention } from '@playhead/engine/contract/sessions'
import type { ExportFormat } from '@playhead/engine/contract/transfer'
import type { ImportChoices } from '../store'

/** What the user does with sessions. Implemented in `sessions/session-actions.ts`. */
export interface SessionActions {
  /** Reads the catalogue anew. */
  refresh(): Promise<void>
  toggleRecording(): void
  /** Ends the session that records and begins an empty one. */
  clear(): void
  /** Shows a session; null is the live one. */
  open(id: string | null): void
  remove(id: string): void
  rename(id: string, name: string): void
  annotate(id: string, change: Annotation): void
  setRetention(retention: Retention): Promise<void>
  /** Deletes everything that is stored. */
  wipe(): void
  /** Opens the dialog about one session. */
  openAbout(id: string): void
}

/** The events that an export writes: all of the session, those of the list, or the chosen ones. */
export type ExportScope = 'all' | 'shown' | 'selected'

/** Files, both ways. Implemented in `sessions/transfer-actions.ts`. */
export interface TransferActions {
  export(format: ExportFormat, scope?: ExportScope): Promise<void>
  /** Reads one file, or the parts of one session. */
  import(files: readonly File[], how?: ImportChoices): Promise<void>
  cancel(): void
}
