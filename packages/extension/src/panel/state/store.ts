import type { EventDetail } from '@playhead/engine/contract/event'
import type { ReplayStatus } from '@playhead/engine/contract/replay'
import type { EngineNotice, EngineStatus } from '@playhead/engine/contract/status'
import type { OnBadLine, OnDuplicate, TransferProgress } from '@playhead/engine/contract/transfer'
import type { ViewStatus } from '@playhead/engine/contract/view'
import { parseFilter } from '@playhead/shared/filter/parse'
import type { SessionInfo } from '@playhead/shared/model/session'
import { computed, signal } from '@preact/signals'
import type { ConnectionState } from '../connection/types'
import type { TimeMode } from '../widgets/format'
import { createFilterStore } from './filter-store'
import { createInspectorStore } from './inspector-store'
import { createTableStore } from './list-store'
import { saved } from './saved'
import { createTimelineStore } from './timeline-store'

export type Dialog =
  | 'none'
  | 'keys'
  | 'replay'
  | 'wipe'
  | 'duplicate'
  | 'sites'
  | 'storage'
  | 'session'
  | 'bad-line'
  | 'palette'

/** What the user has said so far of how an import goes on. */
export interface ImportChoices {
  onDuplicate: OnDuplicate
  onBadLine: OnBadLine
}

/** An import that waits for the user to say how it goes on. */
interface PendingImport {
  files: readonly File[]
  name: string
  how: ImportChoices
}

/** Everything the panel shows, as signals. Actions write it, and `listen`; components have it as `ReadOnlyStore` (`context.ts`). */
export function createStore() {
  const settings = saved()
  const status = signal<EngineStatus | null>(null)
  const view = signal<ViewStatus | null>(null)
  const sessions = signal<SessionInfo[]>([])
  /** id of the session that is shown; null for the live one. */
  const session = signal<string | null>(null)
  const filterText = signal(settings.filterText)
  const parsed = computed(() => parseFilter(filterText.value))
  const shown = computed(() => {
    const id = session.value
    const live = status.value?.session ?? null
    return id === null || id === live?.id ? live : (sessions.value.find(info => info.id === id) ?? null)
  })

  return {
    status,
    view,
    sessions,
    session,
    /** The session that is shown; null where there is none yet. */
    shown,
    filterText,
    parsed,
    timeMode: signal<TimeMode>(settings.timeMode),
    /** The filter is looked for among all events instead of hiding the others. */
    finding: signal(false),
    /** Status of what is found; null where nothing is looked for. */
    found: signal<ViewStatus | null>(null),
    filter: createFilterStore(settings),
    table: createTableStore(settings),
    timeline: createTimelineStore(settings.timeline, shown, status),
    inspector: createInspectorStore(settings.inspectorSize),
    /** What was done, said for a moment; each change of `at` says it anew. */
    toast: signal({ text: '', at: 0 }),
    /** seq of the selected event; −1 where none is. */
    selected: signal(-1),
    detail: signal<EventDetail | null>(null),
    /** The selected event is no longer in the log. */
    gone: signal(false),
    replay: signal<ReplayStatus | null>(null),
    transfer: signal<TransferProgress | null>(null),
    connection: signal<ConnectionState>({
      phase: 'starting',
      page: null,
      frames: 0,
      message: '',
      permission: null,
      dropped: 0,
    }),
    dialog: signal<Dialog>('none'),
    /** id of the session that the dialog `session` is about. */
    about: signal(''),
    /** Files whose session is here already, and files with a line that cannot be read. */
    duplicate: signal<(PendingImport & { session: SessionInfo }) | null>(null),
    badLine: signal<(PendingImport & { message: string; where: string; events: number }) | null>(null),
    /** What the user must know, which stays until they dismiss it; `where` is a place in a file. */
    message: signal<{ text: string; where: string } | null>(null),
    /** Counts up to have the list go to the newest event and follow. */
    toEnd: signal(0),
    /** Asks the list to bring an event and so many rows below it into view; each change of `at` asks anew. */
    reveal: signal({ seq: -1, below: 0, at: 0 }),
  }
}

export type Store = ReturnType<typeof createStore>

/** Writes what the engine tells of itself into the store. */
export function listen(store: Store, notice: EngineNotice): void {
  if (notice.t === 'status') store.status.value = notice.status
  else if (notice.t === 'view') store.view.value = newer(store.view.value, notice.view)
  else if (notice.t === 'found') {
    if (store.found.value) store.found.value = newer(store.found.value, notice.found)
  } else if (notice.t === 'replay') store.replay.value = notice.replay
  else if (notice.t === 'transfer') store.transfer.value = notice.progress.done ? null : notice.progress
  else if (notice.t === 'problem') store.message.value = { text: notice.message, where: '' }
}

/** Answers and notices come over two ports: what was sent first may arrive last. */
export function newer(known: ViewStatus | null, next: ViewStatus): ViewStatus {
  if (!known || next.view !== known.view) return known && next.view < known.view ? known : next
  return next.version < known.version || (next.version === known.version && known.done && !next.done) ? known : next
}
